"""Facts of where things stand in a Constitution: its first and last articles, which articles a section has, which
section comes after another. From the structure of the text; typed in nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus import Document
from corpus.concordance import load_concordance
from corpus.subjects import Subject, load_sections
from index import SearchIndex
from qa.evidence.provisions import text_of
from qa.evidence.retrieval import Retrieval
from qa.evidence.wanted_whole import best_fit
from qa.labels import article_label
from qa.turn import Turn
from qa.understanding.beyond.other_states import asks_about_another_state
from qa.understanding.forms import Form, has_form, ordinal_in, without_form
from qa.understanding.subject_question import subject_within

_FITS = 0.6  # of a subject, to be what a section is called by
_ENDS: tuple[tuple[Form, int, str], ...] = (
    ("first_article", 0, "fact.first_article"),
    ("last_article", -1, "fact.last_article"),
)
_BESIDE: tuple[tuple[Form, int], ...] = (("after", 1), ("before", -1))
_ASKED_SO: tuple[Form, ...] = ("range", "section", "after", "before", "purpose")


@dataclass(frozen=True, slots=True)
class Fact:
    """What is told, and the provisions that say so, by identifier."""

    text: str
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """A section by its ordinal, from 1, with its title and its articles in order."""

    number: int
    title: str
    articles: tuple[str, ...]

    @property
    def first(self) -> str:
        return self.articles[0]

    @property
    def last(self) -> str:
        return self.articles[-1]


def sections_of(index: SearchIndex, document: str, language: str) -> list[SectionPlace]:
    """The document's sections in order. Titles are the official ones, where there is a text in the language, else
    ours."""
    names = [name for name in index.identifiers if name.startswith(f"{document}#art_")]
    # One language throughout: where another edition alone has a part, its section would stand between.
    own = [text for name in names if (text := index.provision(name, language) or index.plain(name, language))]
    texts = own or [text for name in names if (text := text_of(index, name, language))]
    found: list[SectionPlace] = []
    for title, provisions in groupby(texts, key=lambda p: p.section):
        articles = tuple(dict.fromkeys(p.article for p in provisions))
        found.append(SectionPlace(len(found) + 1, title, articles))
    return found


def place_asked(turn: Turn, document: Document, retrieval: Retrieval) -> Fact | None:
    """The fact of a place that the question asks for; None where it asks for none. By its form first: the text's
    structure is looked through only for those that ask for it."""
    text, language = turn.question.text, turn.question.written_in
    if turn.question.is_story:
        return None
    end = next(((at, key) for form, at, key in _ENDS if has_form(form, text, language)), None)
    on_sections, wants_range = has_form("section", text, language), has_form("range", text, language)
    all_of_them = has_form("sections", text, language)  # which are told otherwise
    asks = end or ((on_sections or wants_range) and not all_of_them)
    if not asks or asks_about_another_state(text, language):
        return None
    sections = sections_of(retrieval.index, document.id, turn.question.language)
    if not sections:
        return None
    if end:
        at, key = end
        return _end(turn, document, sections[at].articles[at], key, retrieval.index)
    if (ordinal := ordinal_in("section", text, language)) is not None:
        return _told(turn, document, sections[ordinal]) if ordinal < len(sections) else None
    step = next((step for form, step in _BESIDE if on_sections and has_form(form, text, language)), 0)
    if document.id != load_concordance().new or not (wants_range or step):
        return None
    subject = _subject_named(turn, retrieval)
    own = {section.first for section in load_sections() if subject and section.subject == subject.id}
    section = _holding(sections, subject) if subject else None
    # What has no section to itself has its own articles: where those stand is another question.
    if section is None or not (on_sections or section.first in own):
        return None
    place = section.number - 1 + step
    return _told(turn, document, sections[place]) if 0 <= place < len(sections) else None


def _subject_named(turn: Turn, retrieval: Retrieval) -> Subject | None:
    rest, language = turn.question.text, turn.question.written_in
    for form in _ASKED_SO:
        rest = without_form(form, rest, language)
    fit = best_fit(rest, language, retrieval) if rest else None
    return fit.subject if fit and fit.score >= _FITS else subject_within(rest, language)


def _holding(sections: Sequence[SectionPlace], subject: Subject) -> SectionPlace | None:
    """The section that has most of what is essential to the subject."""
    articles = [name.split("#art_")[-1].split("__")[0] for name in subject.essential]
    held = Counter(section.number for article in articles for section in sections if article in section.articles)
    return sections[held.most_common(1)[0][0] - 1] if held else None


def _end(turn: Turn, document: Document, article: str, key: str, index: SearchIndex) -> Fact:
    names = tuple(n for n in index.identifiers if f"{n}__".startswith(f"{document.id}#art_{article}__"))
    label = article_label(article, turn.question.language)
    return Fact(turn.say(key, document=document.titles[turn.question.language], label=label), names)


def _told(turn: Turn, document: Document, section: SectionPlace) -> Fact:
    language = turn.question.language
    says = {told.first: told.says[language] for told in load_sections()} if _is_current(document) else {}
    return Fact(
        turn.say(
            "fact.one_section",
            document=document.titles[language],
            number=section.number,
            title=section.title,
            first=section.first,
            last=section.last,
            count=len(section.articles),
            text=says.get(section.first, ""),
        ).strip()
    )


def _is_current(document: Document) -> bool:
    return document.id == load_concordance().new
