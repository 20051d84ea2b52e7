"""An answer as HTML: what was understood, the citation cards, what is near, and how it was found."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from corpus import Document
from page.asking.following import following_view
from page.feedback import about
from page.own.sides import Side, own_documents, sides
from page.own.whose import Whose
from page.translation import say
from page.views.citation_card import card, is_readable, provision_link
from page.views.export import as_markdown, to_share
from page.views.markup import act_button, copy_button, escaped, link
from page.views.overview import chips, further, overview
from qa.answer import Answer, FromLibrary
from qa.composing.composition import quoted_in_another
from qa.labels import label_of_eid
from qa.messages import message

Documents = dict[str, Document]
_CANDIDATES = 8


def growing(
    answer: Answer, documents: Documents, *, turn: int, yours: Answer | None = None, whose: Whose = "law"
) -> Iterator[str]:
    """The answer as it grows part by part. `turn` names it for feedback; `whose` texts were asked; `yours` is what the
    visitor's own documents answer beside the law."""
    parts: list[str] = []
    for part in _parts(answer, documents, turn, yours, whose):
        parts.append(part)
        yield _shell(answer, parts)


def whole(
    answer: Answer,
    documents: Documents,
    *,
    turn: int,
    yours: Answer | None = None,
    whose: Whose = "law",
    is_writing: bool = False,
    following: Collection[str] = (),
) -> str:
    """All of the answer at once, with the questions that may be `following`; with `is_writing` it says that a language
    model is at work on it."""
    parts = list(_parts(answer, documents, turn, yours, whose))
    parts.append(following_view(following, answer.language))
    if is_writing:
        parts.insert(0, f'<p class="az-mark" role="status">{escaped(say("writing", answer.language))}</p>')
    return _shell(answer, parts)


def _shell(answer: Answer, parts: list[str]) -> str:
    turn = _turn("atazan", answer.language)
    return f'<div class="az-answer" lang="{answer.language}">{turn}{"".join(parts)}</div>'


def _turn(whose: str, language: str) -> str:
    """Whose turn it is, as a heading that only a screen reader meets."""
    return f'<h2 class="az-hidden" lang="{language}">{escaped(say(f"turn_{whose}", language))}</h2>'


def said(text: str, language: str) -> str:
    """What somebody typed, shown letter for letter: inside an HTML block Markdown is not read."""
    return f'{_turn("you", language)}<div class="az-plain">{escaped(" ".join(text.split()))}</div>'


def _parts(answer: Answer, documents: Documents, turn: int, yours: Answer | None, whose: Whose) -> Iterator[str]:
    language = answer.language
    if answer.reading:
        alone = act_button("az-alone", say("ask_as_new", language), answer.question) if answer.leans else ""
        yield f'<p class="az-reading">{escaped(say("understood", language, reading=answer.reading))} {alone}</p>'
    told = sides(answer, yours, whose)
    if sum(side.answer is not None for side in told) > 1:
        yield f'<div class="az-sides">{"".join(_column(side, documents) for side in told)}</div>'
    else:
        for side in told:
            yield from _side(side, documents)
    yield chips(answer)
    yield _actions(answer, turn, yours, whose)
    yield how(answer)


def _column(side: Side, documents: Documents) -> str:
    return f'<section class="az-side">{"".join(_side(side, documents))}</section>'


def _side(side: Side, documents: Documents) -> Iterator[str]:
    """What one side says, under its heading; the line of one that has no more to say."""
    if side.heading:
        yield f'<h3 class="az-lead">{escaped(side.heading)}</h3>'
    if side.answer is None:
        yield f'<p class="az-meta az-silent">{escaped(side.line)}</p>'
    elif side.is_own:
        cited = (*side.answer.citations, *side.answer.further)
        yield from _said(side.answer, own_documents(cited), say("try_own", side.answer.language))
    else:
        yield from _said(side.answer, documents | side.answer.acts)
        if side.answer.see_also and not side.answer.abstained:
            yield f'<div class="az-meta">{escaped(say("see_also", side.answer.language))}:{_near(side.answer)}</div>'
        if side.answer.library:
            yield _of_library(side.answer, side.answer.library)


def _said(answer: Answer, documents: Documents, hint: str = "") -> Iterator[str]:
    """The answer of one side; `hint` is what to try where it has none, that for its reason by default."""
    language = answer.language
    if answer.abstained:
        yield _abstention(answer, hint or say(f"try_{answer.abstained.reason}", language))
    if answer.notice:
        yield f"<p>{escaped(answer.notice)}</p>"
    if answer.written:
        yield _prose(answer)
    if answer.subjects:
        yield from overview(answer, documents)
    else:
        for position, citation in enumerate(answer.citations):
            yield card(citation, documents[citation.document], language, is_open=position == 0)
    if answer.further:
        yield further(answer, documents)
    if said := quoted_in_another(answer.citations, language):
        yield f'<p class="az-meta">{escaped(said)}</p>'
    if answer.newer:
        yield f'<p class="az-meta az-newer">{escaped(answer.newer)}</p>'


def _of_library(answer: Answer, library: FromLibrary) -> str:
    """What the laws of a library have beside the answer, on their official pages, and what is to be told of it."""
    links = "".join(
        f'<li>{link(item.url, item.label)}<span class="az-heading"> · {escaped(item.heading)}</span></li>'
        if item.heading
        else f"<li>{link(item.url, item.label)}</li>"
        for item in library.see_also
    )
    heading = escaped(say("in_laws", answer.language))
    near = f'<div class="az-meta az-in-laws">{heading}:<ul class="az-near">{links}</ul></div>'
    told = f'<p class="az-meta az-library">{escaped(library.told)}</p>' if library.told else ""
    return (near if links else "") + told


def _abstention(answer: Answer, hint: str) -> str:
    """Help, not an error: why, what is near, what to try."""
    language, abstained = answer.language, answer.abstained
    assert abstained is not None
    near = f'<div class="az-meta">{escaped(say("nearest", language))}:{_near(answer)}</div>' if answer.see_also else ""
    return (
        f'<div class="az-abstained"><p>{escaped(abstained.message)}</p>{near}'
        f'<p class="az-meta"><strong>{escaped(say("try", language))}.</strong> {escaped(hint)}</p></div>'
    )


def _prose(answer: Answer) -> str:
    """What a language model wrote and the check let through, each sentence with its provisions; the rest on demand."""
    language = answer.language
    shown = [s for s in answer.written if not s.doubts and answer.mode == "written"]
    dropped = [s for s in answer.written if s.doubts]
    said = " ".join(
        f'{escaped(s.text)} <span class="az-refs">({", ".join(_link_to(p, language) for p in s.provisions)})</span>'
        for s in shown
    )
    by = f'<span class="az-mark">{escaped(say("prose_by", language))}</span>'
    listed = "".join(
        f"<li>{escaped(s.text)} <span class='az-meta'>– {escaped('; '.join(s.doubts))}</span></li>" for s in dropped
    )
    summary = escaped(say("dropped_sentences", language, count=len(dropped)))
    return (
        '<div class="az-prose">'
        + (f"<p>{said}{by}</p>" if shown else "")
        + (f'<details class="az-how"><summary>{summary}</summary><ul>{listed}</ul></details>' if dropped else "")
        + "</div>"
    )


def _link_to(provision: str, language: str) -> str:
    """The provision's label, a link where the reader opens it."""
    label = label_of_eid(provision.split("#")[1], language)
    return provision_link(provision, language, label) if is_readable(provision) else escaped(label)


def _near(answer: Answer) -> str:
    links = []
    for item in answer.see_also:
        told = provision_link(item.provision, answer.language, item.label)
        heading = f'<span class="az-heading"> · {escaped(item.heading)}</span>' if item.heading else ""
        links.append(f"<li>{told}{heading}</li>")
    return f'<ul class="az-near">{"".join(links)}</ul>'


def _actions(answer: Answer, turn: int, yours: Answer | None, whose: Whose) -> str:
    language = answer.language
    # What scripts/judging.js shows before it is kept; the server keeps its own.
    kept = json.dumps({**about(answer), "question": answer.question}, ensure_ascii=False)
    verdicts = "".join(
        act_button(f"az-verdict {verdict} turn-{turn}", say(verdict, language), kept if verdict == "wrong" else "")
        for verdict in ("helpful", "wrong")
    )
    copied = copy_button(as_markdown(answer, yours, whose), say("copy_answer", language))
    shared = act_button("az-share", say("share", language), to_share(answer, yours, whose))
    edited = act_button("az-edit", say("edit", language), answer.question)
    return f'<div class="az-row az-actions">{copied}{shared}{edited}{verdicts}</div>'


def how(answer: Answer) -> str:
    """Every stage with what it did and dropped, then the candidates with their scores."""
    language = answer.language
    stages: dict[str, list[str]] = {}
    for step in answer.trace:
        stages.setdefault(step.stage, []).append(step.text)
    listed = "".join(
        f"<li><strong>{escaped(message(f'page.stage_{stage}', language))}.</strong> "
        + "<br>".join(escaped(text) for text in texts)
        + "</li>"
        for stage, texts in stages.items()
    )
    rows = "".join(
        f"<tr><td>{escaped(_name(provision, language))}</td><td>{score:.3f}</td></tr>"
        for provision, score in answer.retrieved[:_CANDIDATES]
    )
    heads = f"<th>{escaped(say('provision', language))}</th><th>{escaped(say('score', language))}</th>"
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    elapsed = say("elapsed", language, ms=f"{answer.elapsed_ms:.0f}", fingerprint=answer.fingerprint)
    return (
        f'<details class="az-how"><summary>{escaped(say("how", language))}</summary><ol>{listed}</ol>'
        f"{table}<p>{escaped(elapsed)}</p></details>"
    )


def _name(provision: str, language: str) -> str:
    document, eid = provision.split("#")
    return f"{label_of_eid(eid, language)} · {document}"
