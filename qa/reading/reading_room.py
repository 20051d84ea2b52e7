"""The documents as one reads them: contents, article by article, and finding an article as one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from corpus import LANGUAGES, Document, EditionText
from corpus.digest import digests
from corpus.private import parse_private
from corpus.store import StoredEdition
from qa.errors import BadReference
from qa.labels import article_label, label_of, label_of_eid
from qa.messages import message
from qa.reading.article import ArticleText, read_article
from qa.reading.finding import (
    Finding,
    Found,
    FoundPlace,
    Passage,
    Sought,
    by_article,
    readings,
    snippet,
    spelling_of,
    tokens,
)
from qa.setup.installed import Installed
from qa.understanding.references import PREAMBLE, Reference, parse_reference, resolve

_DAYS_KEPT = 4  # rooms of past days, each with its texts parsed


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """An article in the contents; `heading` is "" where neither the text nor the layer has one."""

    article: str
    label: str
    heading: str


@dataclass(frozen=True, slots=True)
class ContentsSection:
    """A section with its articles; `title` is "" for articles outside sections."""

    title: str
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """An article opened: one text a language asked for (the official one, or the nearest there is), and neighbours."""

    document: Document
    article: str
    texts: tuple[ArticleText, ...]
    previous: str | None
    following: str | None


class ReadingRoom:
    """Everything installed, parsed once. Safe to share by threads."""

    def __init__(self, state: Installed) -> None:
        self.state = state
        self.documents = {d.document.id: d.document for d in state.documents}
        self._changed = state.changed
        self._edition = cache(self._parsed)
        self._passages = cache(self._searched)
        self._spelling = cache(lambda document, languages: spelling_of(self._passages(document, languages)))
        self._of_a_day = lru_cache(maxsize=_DAYS_KEPT)(lambda day: ReadingRoom(state.on(day)))

    def editions(self, document: str) -> tuple[str, ...]:
        """First days in force, ISO 8601, of the document's editions that are installed, the newest first; none where
        there is one a language."""
        if not any(stored.document == document for stored in self.state.beside):
            return ()
        return self._first_days(document, self.state.every)

    def asked(self, document: str) -> str | None:
        """Which of the `editions` this room reads; None where there are none to choose from."""
        return self._first_days(document, self.state.official)[0] if self.editions(document) else None

    def _first_days(self, document: str, texts: Sequence[StoredEdition]) -> tuple[str, ...]:
        found = (self.state.edition_of(stored) for stored in texts if stored.document == document)
        return tuple(sorted({edition.edition for edition in found if edition}, reverse=True))

    def on(self, day: date) -> ReadingRoom:
        """The room with the editions in force on the day."""
        return self._of_a_day(day) if self.state.beside else self

    def articles(self, document: str) -> tuple[str, ...]:
        """Numbers of the articles, in printed order, "preamble" before them where there is one. Raises `BadReference`
        for an unknown document."""
        text = self._texts(document, "ru")[0]
        numbers = tuple(h.number for h in text.headings if h.level == "article")
        return (PREAMBLE, *numbers) if numbers and any(p.place == PREAMBLE for p in text.provisions) else numbers

    def contents(self, document: str, language: str) -> tuple[ContentsSection, ...]:
        """The sections in the reader's language where some text of the document has it, else in the text's own."""
        texts = self._texts(document, language)
        titles = {h.eid: h.text for text in reversed(texts) for h in text.headings if h.level == "section"}
        if len(texts) > 1 and texts[0].language != language:
            titles |= self._layer_titles(texts[0], document, language)
        sections: list[ContentsSection] = []
        title, entries = "", list[ContentsEntry]()
        if self.articles(document)[:1] == (PREAMBLE,):
            heading_of_ours = self._heading(document, PREAMBLE, language)
            sections.append(
                ContentsSection("", (ContentsEntry(PREAMBLE, article_label(PREAMBLE, language), heading_of_ours),))
            )
        for heading in texts[0].headings:
            if heading.level == "section":
                if entries:
                    sections.append(ContentsSection(title, tuple(entries)))
                title, entries = titles[heading.eid], []
            elif heading.level == "article":
                entries.append(
                    ContentsEntry(
                        heading.number,
                        article_label(heading.number, language),
                        self._heading(document, heading.number, language),
                    )
                )
        return (*sections, ContentsSection(title, tuple(entries)))

    def open(self, document: str, article: str, languages: Sequence[str]) -> Opened:
        """The article in each of the languages. Raises `BadReference` with the nearest valid choice."""
        self._texts(document, languages[0])
        named = PREAMBLE if article == PREAMBLE else f"art_{article}"
        found = [read_article(self.state, named, document=document, language=code) for code in languages]
        numbers = self.articles(document)
        at = numbers.index(article)
        return Opened(
            document=found[0].document,
            article=article,
            texts=tuple(found),
            previous=numbers[at - 1] if at else None,
            following=numbers[at + 1] if at + 1 < len(numbers) else None,
        )

    def whole(self, document: str, languages: Sequence[str]) -> tuple[Opened, ...]:
        """Every article of the document, in each of the languages. Raises `BadReference` for an unknown document."""
        return tuple(self.open(document, article, languages) for article in self.articles(document))

    def read(
        self, reference: str, *, document: str | None = None, language: str | None = None, as_of: date | None = None
    ) -> ArticleText:
        """What a reference names, as `atazan article` prints it. Raises `BadReference`."""
        return read_article(self.state, reference, document=document, language=language, as_of=as_of)

    def find(self, words: str, document: str, language: str, shown: Sequence[str] = ()) -> Finding:
        """Articles by number ("18", "18-бап", "ст. 18 п. 2"), else the places with all the words, in any form, in the
        texts of the reader's language and of the others shown."""
        languages = (language, *(code for code in LANGUAGES if code in shown and code != language))
        reference = parse_reference(words)
        if reference and reference.article in self.articles(document):
            return Finding(words, (self._named(document, reference, language),))
        if not Sought(words):
            return Finding(words)
        passages = self._passages(document, languages)
        for meant in readings(words, languages, self._spelling(document, languages)):
            sought = Sought(meant)
            if found := tuple(sought.among(passages)):
                return Finding(meant, self._in_order(document, language, found, sought))
        return Finding(words)

    def _named(self, document: str, reference: Reference, language: str) -> Found:
        """The article of a reference, and in it the provision named."""
        named = resolve(reference, self._texts(document, language)[0].provisions)
        inner = [p for p in named[:1] if reference.eid != reference.article_eid]
        places = tuple(FoundPlace(p.eid, label_of(p, language), ()) for p in inner)
        return self._found(document, reference.article, language, places)

    def _in_order(self, document: str, language: str, passages: Sequence[Passage], sought: Sought) -> tuple[Found, ...]:
        """The articles with these passages, in the order of the document."""
        found = by_article(passages)
        printed = [p.eid for p in self._texts(document, language)[0].provisions]
        order = {eid: place for place, eid in enumerate(printed)}
        articles = []
        for article in (number for number in self.articles(document) if number in found):
            inner = sorted(filter(None, found[article]), key=lambda eid: order.get(eid, len(order)))
            places = tuple(
                FoundPlace(eid, label_of_eid(eid, language), snippet(found[article][eid], sought)) for eid in inner
            )
            articles.append(self._found(document, article, language, places))
        return tuple(articles)

    def _found(self, document: str, article: str, language: str, places: tuple[FoundPlace, ...]) -> Found:
        return Found(article, article_label(article, language), self._heading(document, article, language), places)

    def _searched(self, document: str, languages: tuple[str, ...]) -> tuple[Passage, ...]:
        """Headings, official texts and plain words in the languages, the first language's before the others'."""
        texts = {id(text): text for code in languages for text in self._texts(document, code)}
        return tuple(passage for text in texts.values() for passage in self._passages_of(text, document))

    def _passages_of(self, text: EditionText, document: str) -> Iterator[Passage]:
        above: dict[str, frozenset[str]] = {}
        for heading in text.headings:
            if heading.level in ("article", "preamble"):
                article = PREAMBLE if heading.level == "preamble" else heading.number
                told = f"{article_label(article, text.language)}. {heading.title or heading.text}"
                above[article] = tokens(told)
                yield Passage(article, "", text.language, told, above[article])
        for p in text.provisions:
            if p.place:
                own = tokens(" ".join((p.body, *p.everyday)))
                is_shown = p.wording == "official" or not self._changed.withheld(p.id)
                yield Passage(p.place, p.eid, text.language, p.body, own, above.get(p.place, frozenset()), is_shown)

    def _heading(self, document: str, article: str, language: str) -> str:
        """The heading in the reader's language: the layer's unless it is withheld, else the printed one of the text
        that is read."""
        named = PREAMBLE if article == PREAMBLE else f"art_{article}"
        withheld = self._changed.withheld(f"{document}#{named}")
        layer = None if withheld else self._edition(document, f"plain {language}")
        official = self._texts(document, language)[0]
        for text in (layer, official):
            for heading in text.headings if text else ():
                wanted = heading.level == "preamble" if article == PREAMBLE else heading.number == article
                if wanted and heading.level in ("article", "preamble"):
                    return heading.title if text is official else heading.text
        return ""

    def _layer_titles(self, official: EditionText, document: str, language: str) -> dict[str, str]:
        """The layer's titles of sections, by the official eId: both have the same sections in the same order."""
        layer = self._edition(document, f"plain {language}")
        ours = [h.text for h in layer.headings if h.level == "section"] if layer else []
        theirs = [h.eid for h in official.headings if h.level == "section"]
        return dict(zip(theirs, ours, strict=True)) if len(ours) == len(theirs) else {}

    def official(self, document: str, language: str) -> list[EditionText]:
        """Every official text of the document that is installed, that in the language first; or the user's own. Raises
        `BadReference` for an unknown document."""
        if document not in self.documents:
            raise BadReference(message("bad.document", language, value=repr(document), known=", ".join(self.documents)))
        keys = [language, *(code for code in ("ru", "en", "kk") if code != language)]
        return [text for key in keys if (text := self._edition(document, key))]

    def _texts(self, document: str, language: str) -> list[EditionText]:
        """Every text to read: the official one in the language, else in another, then the layer's."""
        official = self.official(document, language)
        layer = self._edition(document, f"plain {language}")
        return [*official[:1], *([layer] if layer else [])]

    def _parsed(self, document: str, key: str) -> EditionText | None:
        """The document's text by language, or the layer's by `plain` and language."""
        if key.startswith("plain "):
            return next((text for text in digests(document) if text.language == key.split()[1]), None)
        for private, stored in self.state.private:
            if (private.id, stored.language) == (document, key):
                return parse_private(stored)
        for stored in self.state.official:
            if (stored.document, stored.language) == (document, key):
                return stored.parsed()
        return None
