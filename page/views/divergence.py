"""Where the two official texts of a provision part, as a note beside it."""

from __future__ import annotations

from corpus.divergences import Divergence
from page.views.markup import escaped
from qa.composing.two_texts import heading, sides
from qa.messages import message


def divergence_view(divergence: Divergence, language: str) -> str:
    """A note that lies open where a case might be decided otherwise, and unfolds where the texts part by a shade."""
    told = "".join(
        f'<dt>{escaped(name)} <span class="az-phrase" lang="{code}">«{escaped(phrase)}»</span></dt>'
        f"<dd>{escaped(says)}</dd>"
        for code, name, phrase, says in sides(divergence, language)
    )
    why = f"<dt>{escaped(message('texts.why', language))}</dt><dd>{escaped(divergence.why)}</dd>"
    ours = f'<span class="az-mark">{escaped(message("texts.ours", language))}</span>'
    title, body = escaped(heading(divergence, language)), f"<dl>{told}{why}</dl>{ours}"
    if divergence.weight == "shade":
        return f'<details class="az-parted" lang="{language}"><summary>{title}</summary>{body}</details>'
    return f'<div class="az-parted" lang="{language}"><p>{title}</p>{body}</div>'
