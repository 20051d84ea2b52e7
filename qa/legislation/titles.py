"""The titles of a library's acts, to find an act by the beginning of its title ("the law on the Kurultai")."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.stores import StoredAct
from index.words.analysis import terms

# Words that a title may have or not: what kind of act it is, whose, and what joins them.
_NO_MATTER = {
    language: frozenset(stem for word in text.split() for stem in terms(word, language))
    for language, text in {
        "ru": "закон закона кодекс конституционный конституционный указ постановление приказ республика республики"
        " казахстан о об обо в и его их",
        "kk": "заң заңы заңының кодекс кодексі конституциялық жарлық қаулы бұйрық қазақстан республикасы"
        " республикасының республикасындағы туралы және мен оның олардың",
        "en": "law act code constitutional decree resolution order of the on and in republic kazakhstan its their",
    }.items()
}
_RARE = 3  # acts whose title begins with a word; up to so many, that word alone names them


class Titles:
    """Titles by their first word that matters. Made once of all acts, and small: 200,000 acts take some seconds and a
    few dozen megabytes."""

    def __init__(self, acts: Iterable[StoredAct]) -> None:
        self._ids: list[tuple[str, str]] = []  # act, language
        self._titles: list[str] = []  # words that matter, parted by spaces
        self._leading: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
        for act in acts:
            for title in dict.fromkeys((act.title, act.short)):
                words = matter_of(title, act.language)
                if words:
                    self._leading[act.language, words[0]].append(len(self._ids))
                    self._ids.append((act.id, act.language))
                    self._titles.append(" ".join(words))

    def exactly(self, title: str) -> list[str]:
        """Acts whose title is this one, but for words that say what kind of act it is and whose."""
        found = []
        for language in _NO_MATTER:
            words = matter_of(title, language)
            places = self._leading.get((language, words[0]), ()) if words else ()
            found += [self._ids[at][0] for at in places if self._titles[at] == " ".join(words)]
        return list(dict.fromkeys(found))

    def beginning(self, words: Sequence[str], language: str, *, whole: bool = False) -> list[str]:
        """The acts whose title begins as the words do, the nearest to them alone; none where that may be chance.
        `whole`: all of the words are of the title."""
        places = self._leading.get((language, words[0]), ()) if words else ()
        if not places:
            return []
        is_rare = len({self._ids[at][0] for at in places}) <= _RARE
        best: tuple[int, int] = (0, 0)
        found: list[str] = []
        for at in places:
            title = self._titles[at].split()
            shared = next((i for i, (a, b) in enumerate(zip(words, title, strict=False)) if a != b), None)
            shared = min(len(words), len(title)) if shared is None else shared
            is_all = shared == len(title) or (shared == len(words) and shared > 1)
            if (whole and shared < len(words)) or not (is_all or is_rare):
                continue
            fit = shared, shared - len(title)
            if fit > best or not found:
                best, found = fit, []
            if fit == best:
                found.append(self._ids[at][0])
        return list(dict.fromkeys(found))


def matter_of(text: str, language: str) -> list[str]:
    """The stems of a title that tell what it is on."""
    return [stem for stem in terms(text, language) if stem not in _NO_MATTER[language]]
