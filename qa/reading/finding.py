"""Finding places in the texts that are read: words in any form, as they are typed or were most likely meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.text.folding import fold_letters
from index.words.analysis import terms, typed, words
from index.words.spelling import Spelling, Vocabulary
from index.words.transliteration import in_cyrillic, is_latin

Run = tuple[str, bool]  # a piece of a text, and whether it is one of the words sought

_LONGEST_SEARCH = 200  # characters
_SHORT = 3  # letters: so short a word begins too many others to stand for them beside further words
_SHORTEST_BARE = 4  # letters: shorter Kazakh words without their letters are too often words of their own
_SNIPPET = 140  # characters
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A provision that has all the words: its eId, its label, and the text around the first of them; no text where the
    plain words that have them are withheld."""

    eid: str
    label: str
    snippet: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An article, and its provisions that have all the words; none where its heading or number was asked for."""

    article: str
    label: str
    heading: str
    places: tuple[FoundPlace, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search found, in the order of the document. `words` are those that were found: the ones typed, or, where
    nothing has them, what they were most likely meant to be."""

    words: str
    articles: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A provision in one text, or the heading of an article (`eid` is "" then). `tokens` are its own words and those
    that people say for them, `above` those of its article's heading."""

    article: str
    eid: str
    language: str
    text: str
    tokens: frozenset[str]
    above: frozenset[str] = frozenset()
    is_shown: bool = True


def tokens(text: str) -> frozenset[str]:
    """The words of a text as they are printed, look-alike letters of one alphabet."""
    return frozenset(_TOKEN.findall(fold_letters(text)))


class Sought:
    """The words of a search; false where there is none.

    A word of a text is one of them where it begins so or has the same stem. One typed without Kazakh letters is looked
    for without them.
    """

    def __init__(self, typed_words: str) -> None:
        found = _TOKEN.findall(fold_letters(typed_words[:_LONGEST_SEARCH]))
        self._words = tuple(dict.fromkeys(word for word in found if len(word) > 1))

    def __bool__(self) -> bool:
        return bool(self._words)

    def runs(self, text: str, language: str) -> tuple[Run, ...]:
        """The text in pieces, the words that are sought apart; joined they are the text."""
        pieces: list[Run] = []
        end = 0
        if not self._words:
            return ((text, False),)
        for match in _TOKEN.finditer(fold_letters(text)):  # letter for letter as long as the text
            if any(self._is(word, match[0], language) for word in self._words):
                pieces += [(text[end : match.start()], False), (text[match.start() : match.end()], True)]
                end = match.end()
        return tuple((piece, is_word) for piece, is_word in (*pieces, (text[end:], False)) if piece)

    def among(self, passages: Sequence[Passage]) -> Iterator[Passage]:
        """Those that have all the words, in their order; with words that only the heading has, if not all of them."""
        known: dict[str, set[str]] = {}
        for passage in passages:
            known.setdefault(passage.language, set()).update(passage.tokens)
        forms = {
            language: [{token for token in known[language] if self._is(word, token, language)} for word in self._words]
            for language in known
        }
        for passage in passages:
            wanted = forms[passage.language]
            own = [not passage.tokens.isdisjoint(form) for form in wanted]
            above = [not passage.above.isdisjoint(form) for form in wanted]
            if all(own) or (not all(above) and all(map(max, own, above))):
                yield passage

    def _is(self, word: str, token: str, language: str) -> bool:
        begins = len(self._words) == 1 or len(word) > _SHORT
        return _is_form(word, token, language, begins)


@lru_cache(maxsize=1 << 16)
def _is_form(sought: str, token: str, language: str, begins: bool) -> bool:
    (word, stem), (other, its_stem) = _analysed(token, language), _analysed(sought, language)
    if stem == its_stem or (begins and word.startswith(other)):
        return True
    if language != "kk" or len(other) < _SHORTEST_BARE or typed(other) != other:
        return False
    return typed(stem) == its_stem or typed(word).startswith(other)


@lru_cache(maxsize=1 << 16)
def _analysed(token: str, language: str) -> tuple[str, str]:
    return words(token)[0], terms(token, language)[0]


def spelling_of(passages: Sequence[Passage]) -> Spelling:
    """The words of the passages, for mending what is typed."""
    told: dict[str, list[str]] = {}
    for passage in passages:
        told.setdefault(passage.language, []).append(passage.text)
    return Spelling({language: Vocabulary.of(texts, language) for language, texts in told.items()})


def readings(typed_words: str, languages: Sequence[str], spelling: Spelling) -> Iterator[str]:
    """What may be meant, likeliest first: what is typed, that without its slips, that in Cyrillic letters."""
    plain = typed_words[:_LONGEST_SEARCH].strip()
    yield plain
    for language in languages:
        written = [plain.lower()]
        if is_latin(plain.replace(" ", "")) and language != "en":
            written.append(in_cyrillic(plain, language))
            yield written[-1]
        yield from filter(None, (spelling.corrected(each, language) for each in written))


def snippet(passage: Passage, sought: Sought) -> tuple[Run, ...]:
    """The text around the first word, cut at words; nothing where the passage is not shown."""
    if not passage.is_shown:
        return ()
    text = passage.text
    first = next((len(run[0]) for run in sought.runs(text, passage.language)[:1] if not run[1]), 0)
    start = max(0, (first if first < len(text) else 0) - _SNIPPET // 3)
    cut = text[start : start + _SNIPPET]
    if start:
        cut = "… " + cut.partition(" ")[2]
    if start + _SNIPPET < len(text):
        cut = cut.rpartition(" ")[0] + " …"
    return sought.runs(cut, passage.language)


def by_article(passages: Sequence[Passage]) -> Mapping[str, Mapping[str, Passage]]:
    """Passages by article and eId; of several texts of a provision the first that has words to show."""
    found: dict[str, dict[str, Passage]] = {}
    for passage in passages:
        places = found.setdefault(passage.article, {})
        if passage.eid not in places or (passage.is_shown and not places[passage.eid].is_shown):
            places[passage.eid] = passage
    return found
