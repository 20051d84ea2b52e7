"""What the law and what the visitor's documents say, told apart: the same on the screen and in what is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Document
from corpus.store import private_document
from page.own.whose import Whose
from page.translation import say
from qa.answer import Answer, Citation
from qa.setup.private_library import names_own_clause


@dataclass(frozen=True, slots=True)
class Side:
    """One side's answer under its `heading`, "" where nothing stands beside it. Without an `answer` it has no more to
    say than its `line`."""

    heading: str = ""
    answer: Answer | None = None
    is_own: bool = False
    line: str = ""


def sides(answer: Answer, yours: Answer | None, whose: Whose) -> list[Side]:
    """The sides in the order in which they are told: who answers comes first, the visitor's documents before the law.
    `whose` was asked; `yours` is what the documents said beside the law."""
    language = answer.language
    if whose == "own":
        return [_own(answer)]
    if yours is None:
        gone = [Side(is_own=True, line=say("own_gone_beside", language))] if whose == "both" else []
        return [Side(answer=answer), *gone]
    law_answers = not answer.abstained
    own_answers = not yours.abstained and not (yours.doubtful and law_answers)
    if own_answers and law_answers:
        return [_own(yours), Side(_law_says(answer), answer)]
    if own_answers or (not law_answers and names_own_clause(answer.question)):
        return [_own(yours), Side(line=say("law_silent", language))]
    told = yours.abstained.message if yours.abstained else say("own_unclear", language)
    return [Side(answer=answer), Side(is_own=True, line=told)]


def own_documents(citations: Sequence[Citation]) -> dict[str, Document]:
    """The visitor's documents that are cited, as a catalogue would have them."""
    return {c.document: private_document(c.document, c.document_title) for c in citations}


def _own(answer: Answer) -> Side:
    """What the documents say; without the heading that they say it where that is doubtful."""
    says = not answer.abstained and not answer.doubtful
    return Side(say("own_says", answer.language) if says else "", answer, is_own=True)


def _law_says(answer: Answer) -> str:
    first = answer.citations[0].document if answer.citations else ""
    language = answer.language
    of_constitution = first.startswith("kz-constitution")
    return say("constitution_says", language) if of_constitution else say("law_says", language)
