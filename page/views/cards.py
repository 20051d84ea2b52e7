"""An answer as HTML: what was understood, the citation cards, what is near, and how it was found."""

from __future__ import annotations

from collections.abc import Iterator

from corpus import Document
from corpus.store import private_document
from page.translation import say
from page.views.citation_card import READABLE, card
from page.views.export import as_markdown, to_share
from page.views.markup import act_button, copy_button, escaped, reader_link
from page.views.overview import chips, further, overview
from qa.answer import Answer
from qa.composing.composition import quoted_in_another
from qa.labels import label_of_eid
from qa.messages import message

Documents = dict[str, Document]
_CANDIDATES = 8


def growing(answer: Answer, documents: Documents, *, turn: int, yours: Answer | None = None) -> Iterator[str]:
    """The answer as it grows part by part. `turn` names it for feedback; `yours` is what the visitor's own documents
    answer."""
    parts: list[str] = []
    for part in _parts(answer, documents, turn, yours):
        parts.append(part)
        yield _shell(answer, parts)


def whole(
    answer: Answer, documents: Documents, *, turn: int, yours: Answer | None = None, is_writing: bool = False
) -> str:
    """All of the answer at once; with `is_writing` it says that a language model is at work on it."""
    parts = list(_parts(answer, documents, turn, yours))
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


def _parts(answer: Answer, documents: Documents, turn: int, yours: Answer | None) -> Iterator[str]:
    language = answer.language
    own = yours if yours and not yours.abstained else None
    if answer.reading:
        alone = act_button("az-alone", say("ask_as_new", language), answer.question) if answer.leans else ""
        yield f'<p class="az-reading">{escaped(say("understood", language, reading=answer.reading))} {alone}</p>'
    if answer.abstained and not own:
        yield _abstention(answer)
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
    if own:
        yield f'<p class="az-lead">{escaped(say("from_yours", language))}</p>'
        if own.written:
            yield _prose(own)
        for position, citation in enumerate(own.citations):
            yield card(
                citation,
                private_document(citation.document, citation.document_title),
                language,
                is_open=position == 0 and not answer.citations,
            )
    if answer.see_also and not answer.abstained:
        yield f'<div class="az-meta">{escaped(say("see_also", language))}:{_near(answer)}</div>'
    yield chips(answer)
    yield _actions(answer, turn, own)
    yield how(answer)


def _abstention(answer: Answer) -> str:
    """Help, not an error: why, what is near, what to try."""
    language, abstained = answer.language, answer.abstained
    assert abstained is not None
    near = f'<div class="az-meta">{escaped(say("nearest", language))}:{_near(answer)}</div>' if answer.see_also else ""
    hint = escaped(message(f"page.try_{abstained.reason}", language))
    return (
        f'<div class="az-abstained"><p>{escaped(abstained.message)}</p>{near}'
        f'<p class="az-meta"><strong>{escaped(say("try", language))}.</strong> {hint}</p></div>'
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
    """The provision's label; a link into the reader where it is an article's."""
    document, eid = provision.split("#")
    label = label_of_eid(eid, language)
    if not eid.startswith(READABLE) or document.startswith("private-"):
        return escaped(label)
    return reader_link(document, eid.split("__")[0].removeprefix("art_"), language, label)


def _near(answer: Answer) -> str:
    links = []
    for item in answer.see_also:
        document, eid = item.provision.split("#")
        article = eid.split("__")[0].removeprefix("art_")
        told = reader_link(document, article, answer.language, item.label)
        heading = f'<span class="az-heading"> · {escaped(item.heading)}</span>' if item.heading else ""
        links.append(f"<li>{told}{heading}</li>")
    return f'<ul class="az-near">{"".join(links)}</ul>'


def _actions(answer: Answer, turn: int, own: Answer | None) -> str:
    language = answer.language
    verdicts = "".join(
        f'<button type="button" class="az-act az-verdict {verdict} turn-{turn}">'
        f"{escaped(say(verdict, language))}</button>"
        for verdict in ("helpful", "wrong")
    )
    copied = copy_button(as_markdown(answer, own), say("copy_answer", language))
    shared = act_button("az-share", say("share", language), to_share(answer, own))
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
