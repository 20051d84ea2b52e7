"""Where to look, where there is a library of laws: the Constitution, the laws, or both, and which kind of act."""

from __future__ import annotations

import gradio as gr

from page.translation import DEFAULT, Translated, say
from qa.turn import ACT_KINDS, EVERYWHERE, Place, Where

_PLACES: tuple[Place, ...] = ("both", "constitution", "laws")


class WhereAsked:
    """The two controls, out of sight without a library."""

    def __init__(self, texts: Translated, *, has_library: bool) -> None:
        with gr.Row(visible=has_library, elem_id="where-row"):
            self.place = texts.add(
                gr.Radio(_places(DEFAULT), value=_PLACES[0], label=say("where", DEFAULT), elem_id="where"),
                lambda code: gr.Radio(_places(code), label=say("where", code)),
            )
            self.kind = texts.add(
                gr.Dropdown(_kinds(DEFAULT), value="", label=say("act_kind", DEFAULT), elem_id="act-kind"),
                lambda code: gr.Dropdown(_kinds(code), label=say("act_kind", code)),
            )


def where_chosen(place: object, kind: object) -> Where:
    """What is set, or what a browser gave back; both where that is neither."""
    known = next((each for each in _PLACES if each == place), EVERYWHERE.place)
    return Where(known, kinds=(str(kind),) if kind in ACT_KINDS and known != "constitution" else ())


def where_told(where: Where, language: str) -> list[str]:
    """What is set, in short; nothing where all is asked."""
    place = [say(f"where_{where.place}", language)] if where.place != EVERYWHERE.place else []
    return place + [say(f"act_kind_{kind}", language) for kind in where.kinds]


def _places(language: str) -> list[tuple[str, str]]:
    return [(say(f"where_{place}", language), place) for place in _PLACES]


def _kinds(language: str) -> list[tuple[str, str]]:
    return [(say("act_kind_any", language), ""), *((say(f"act_kind_{kind}", language), kind) for kind in ACT_KINDS)]
