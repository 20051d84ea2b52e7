"""What is said where the wording at hand is later than the day asked about, and of an article's history at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from corpus import Document
from corpus.parsing.amendments import Amendment, Resolution
from index import SearchIndex
from qa.answer import Citation
from qa.labels import date_label, label_of_eid
from qa.messages import message
from qa.turn import Turn
from qa.understanding.references import Reference

_MOST_RESOLUTIONS = 3  # named in an answer; the latest


def later_told(citations: Sequence[Citation], turn: Turn, documents: Mapping[str, Document]) -> str:
    """`not_in_force_told` or `wording_told` of the first citation; "" where it is of the day asked about, or no day
    is."""
    first = citations[0] if citations else None
    if first is None or turn.day is None:
        return ""
    if told := not_in_force_told(documents[first.document], turn.day, turn.question.language):
        return told
    article = first.provision.split("#")[1].split("__")[0]
    if (change := first.last_change) and first.of_the_day and _is_within(change, turn):
        return _told("within", article, (change,), turn.day, turn.question.language)
    return wording_told(article, first.later, first.overtaken, turn.day, turn.question.language)


def _is_within(change: Amendment, turn: Turn) -> bool:
    """Whether the wording came to hold within the time that the question names, and another held before."""
    asked = turn.question
    return asked.as_of == turn.day and asked.since is not None and asked.since < change.settled <= turn.as_of


def not_in_force_told(document: Document, day: date, language: str) -> str:
    """That the document was not in force on the day; "" where it was, or none of its days is known."""
    if document.in_force_on(day):
        return ""
    has_ended = document.until is not None and document.until < day
    bound = document.until if has_ended else document.since or document.adopted
    assert bound is not None
    return message(
        "later.after_force" if has_ended else "later.before_force",
        language,
        document=document.titles[language],
        date=date_label(day, language),
        bound=date_label(bound, language),
    )


def wording_told(article: str, later: Sequence[Amendment], since: Sequence[Amendment], day: date, language: str) -> str:
    """That the article's wording of the day is not at hand, which laws changed it, and that a later one is quoted, or
    an earlier one that the changes `since` had or may have overtaken. `article` is its eId; "" without changes."""
    if since:
        return _told("overtaken" if day >= since[0].settled else "overtaken_unsettled", article, since, day, language)
    if not later:
        return ""
    kinds = {change.kind for change in later}
    if day >= later[0].earliest:
        kind = "unsettled"
    else:
        kind = "inserted" if "inserted" in kinds else "excluded" if "excluded" in kinds else "amended"
    return _told(kind, article, later, day, language)


def _told(kind: str, article: str, changes: Sequence[Amendment], day: date, language: str) -> str:
    return message(
        f"later.{kind}",
        language,
        article=label_of_eid(article, language),
        date=date_label(day, language),
        laws=", ".join(_law(change, language) for change in changes),
    )


def not_in_the_text(reference: Reference, document: str, index: SearchIndex, turn: Turn) -> str:
    """Of an article that is not in the text: by which law it was taken out, and, for a day before that, that what it
    said is not at hand, or by which law it was added since; "" where the notes tell of no such thing."""
    article = f"{document}#{reference.article_eid}"
    language = turn.question.language
    since = tuple(change for change in index.afterwards(article) if change.kind == "inserted")
    if since and turn.day:
        kind = "inserted_meanwhile" if since[0].earliest <= turn.day else "not_yet"
        return _told(kind, reference.article_eid, since, turn.day, language)
    amendments = index.amendments(article)
    out = next((change for change in amendments if change.kind == "excluded"), None)
    if out is None:
        return ""
    values = {"article": label_of_eid(reference.article_eid, language), "laws": _law(out, language)}
    if turn.day and turn.day < out.settled:
        return turn.say("later.excluded", date=date_label(turn.day, language), **values)
    return turn.say("later.taken_out", document=index.documents[document].short_titles[language], **values)


def history_lines(amendments: Sequence[Amendment], language: str) -> Iterator[str]:
    """A line a change, oldest first."""
    for change in amendments:
        number = f" № {change.number}" if change.number else ""
        yield message(f"later.was_{change.kind}", language, law=_law(change, language), number=number)


def resolutions_told(citation: Citation, language: str) -> str:
    """That resolutions of the Constitutional Court or Council are on what is cited, and are not among the texts; ""
    where the notes name none."""
    named = citation.resolutions
    if not named:
        return ""
    latest = [f"№ {r.number} ({date_label(r.day, language)})" for r in reversed(named[-_MOST_RESOLUTIONS:])]
    more = message("later.more", language, count=len(named) - len(latest)) if len(named) > len(latest) else ""
    return message("later.resolutions", language, label=citation.label, named=", ".join(latest) + more)


def resolutions_in(named: Sequence[Resolution], language: str) -> tuple[Resolution, ...]:
    """Those of the notes in the language, else in the first there is: each is numbered otherwise in another."""
    own = tuple(r for r in named if r.language == language)
    return own or tuple(r for r in named if r.language == named[0].language)


def _law(change: Amendment, language: str) -> str:
    """The law by its day, with its day of effect where that is named and another."""
    law = date_label(change.law, language)
    if change.since is None or change.since == change.law:
        return law
    return message("later.effect", language, law=law, since=date_label(change.since, language))
