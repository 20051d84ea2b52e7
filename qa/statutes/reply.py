"""Answers made of provisions of a library, and what is said around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus import Document
from index.stores import OPEN_END, StoredAct, StoredProvision, day_number
from qa.answer import Abstention, Answer, Citation, FromLibrary, SeeAlso
from qa.composing.composition import answer_text, library_told
from qa.composing.reply import Reply
from qa.labels import date_label
from qa.legislation import LibraryHit
from qa.statutes.citing import ActTexts, cite, document_of, near, opened
from qa.turn import Turn

_MOST_NEAR = 3
_NEAR = 0.04  # of the best score, what other acts have to be named beside it


class StatuteReply:
    """Composes answers of one library's provisions. Without state between questions."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    def citing(
        self,
        turn: Turn,
        texts: ActTexts,
        rows: Sequence[StoredProvision],
        found: Sequence[LibraryHit],
        *,
        notice: str = "",
        first: Sequence[Citation] = (),
        further: Sequence[StoredProvision] = (),
        see_also: Sequence[StoredProvision] = (),
        asked: str = "",
    ) -> Answer | None:
        """An answer that cites the provisions, after what of the Constitution comes `first`; None where none of them
        stands in the store as it would be quoted. `asked` are the words by which a long provision is cut. Raises
        `StoreFailure`."""
        language = turn.question.language
        rows = opened(rows, [hit.provision for hit in found], texts)
        cited = self._cited(turn, texts, rows, asked)
        if not cited:
            return None
        unfolding = self._cited(turn, texts, further, asked)
        citations = (*first, *cited)
        acts = {c.document: document_of(texts.act(c.document)) for c in (*cited, *unfolding)}
        documents: dict[str, Document] = self._reply.index.documents | acts
        standing = [told for act in acts if (told := standing_told(texts.act(act), turn))]
        notice = "\n\n".join(filter(None, (*standing, notice)))
        text = "\n\n".join(filter(None, (notice, answer_text(citations, documents, language))))
        if unfolding:
            labels = ", ".join(citation.label for citation in unfolding)
            text += "\n\n" + turn.say("answer.further", count=len(unfolding), labels=labels)
        also = tuple(near(row, texts, language) for row in see_also)
        answer = self._reply.finish(turn, None, text, citations, (), (), notice)
        retrieved = tuple((hit.provision.id, hit.score) for hit in found)
        answer = replace(answer, further=tuple(unfolding), retrieved=retrieved)
        return with_library(answer, FromLibrary(texts.store.fingerprint(), tuple(acts.values()), also))

    def abstain(self, turn: Turn, text: str, *, fingerprint: str = "", see_also: Sequence[SeeAlso] = ()) -> Answer:
        """That the library does not answer; `text` names what there is to see."""
        answer = self._reply.finish(turn, Abstention("not_in_corpus", text), text, (), (), ())
        return replace(answer, library=FromLibrary(fingerprint, see_also=tuple(see_also)))

    def _cited(self, turn: Turn, texts: ActTexts, rows: Sequence[StoredProvision], asked: str) -> tuple[Citation, ...]:
        found = []
        for row in rows:
            if citation := cite(row, texts, turn.question.language, turn.quotes_in, asked):
                found.append(citation)
            else:
                turn.step("verification", "page.dropped", label=row.id, reason=turn.say("trace.not_verbatim"))
        return tuple(found)


def with_library(answer: Answer, library: FromLibrary) -> Answer:
    """The answer as it was, with what a library adds told after it."""
    return replace(answer, text="\n\n".join((answer.text, *library_told(library, answer.language))), library=library)


def standing_told(texts: dict[str, StoredAct], turn: Turn) -> str:
    """That the act is not the law of the day; "" where it is, and where that is not known."""
    act = next(iter(texts.values()))
    language, day = turn.question.language, day_number(turn.as_of, 0)
    document = document_of(texts)
    title = document.short_titles[language]
    if act.since > day:
        since = date_label(document.since, language) if document.since else ""
        return turn.say("laws.not_yet_on" if since else "laws.not_yet", act=title, date=since)
    if act.until < day or (act.status == "repealed" and act.until >= OPEN_END):
        until = date_label(document.until, language) if document.until else ""
        return turn.say("laws.repealed_on" if until else "laws.repealed", act=title, date=until)
    if act.status == "repealed" and document.until:  # in force on the past day asked about, and no longer
        return turn.say("laws.repealed_since", act=title, date=date_label(document.until, language))
    if act.status == "not_yet":
        return turn.say("laws.not_yet", act=title)
    wording = date.fromisoformat(act.edition) if act.edition else None
    if wording and turn.as_of < wording:
        return turn.say("laws.later_wording", act=title, date=date_label(wording, language))
    return ""


def others_near(found: Sequence[LibraryHit], cited: Sequence[StoredProvision]) -> list[StoredProvision]:
    """What else comes near, one provision of each other act."""
    seen = {row.act for row in cited}
    chosen = []
    for hit in found:
        if hit.provision.act not in seen and found[0].score - hit.score <= _NEAR:
            seen.add(hit.provision.act)
            chosen.append(hit.provision)
    return chosen[:_MOST_NEAR]
