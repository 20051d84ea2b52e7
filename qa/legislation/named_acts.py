"""Acts named in a question, by what people call them or by their titles, and whether a library has them."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import LANGUAGES
from index.stores import ProvisionStore, StoredAct
from qa.legislation.known_acts import KnownAct, named_in
from qa.legislation.titles import Titles, matter_of
from qa.understanding.question import Question

_REST = 20  # times what reading the titles took, for which a library that is being written to is not read again
_LONGEST = 12  # words of a title that are looked at
# "The law on …": what stands behind is the title, as far as it goes; in Kazakh what stands before.
_TITLED = {
    "ru": re.compile(
        r"\b(?:закон|кодекс|указ|постановлени|приказ)\w*\s+(?:(?:рк|республики\s+казахстан)\s+)?[«\"“„]?(?:о|об|обо)\s+"
        r"(?P<title>[^?!.;»\"”]+)",
        re.IGNORECASE,
    ),
    "kk": re.compile(
        r"(?P<title>[^?!.;,«\"“]+?)\s+туралы[»\"”]?\s+(?:(?:қр|қазақстан\s+республикасы\w*)\s+)?(?:конституциялық\s+)?"
        r"(?:заң|кодекс|жарлы[қғ]|қаулы|бұйры[қғ])\w*",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\b(?:law|act|code|decree|resolution)\s+[\"“]?on\s+(?P<title>[^?!.;\"”]+)", re.IGNORECASE),
}
# Where a title has ended: what is said or asked of the act, or where in it.
_AFTER = re.compile(
    r"\s*(?:,|:|\b(?:ст\.?|стать\w+|пункт\w*|про|ли|что|как\w*|когда|кто|где|говор\w+|сказано|глас\w+|предусм\w+"
    r"|устан\w+|регулир\w+|art\.?|article|say|says|provide\w*|about|does|is|are|\d).*)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[«“„\"]([^»”\"]{3,300})[»”\"]")


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act that a question names, where it does (`span`), and as what: `acts` are the ids of those of the library
    that may be meant, best first; none where it has no such act."""

    name: str
    span: tuple[int, int]
    acts: tuple[str, ...]
    known: KnownAct | None = None


class ActNames:
    """Finds acts of one store by name. Titles are read once, when first a question needs them, and again when the
    store has changed: of a large one that is being written to, only once in a while. Safe to share by threads."""

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._read: tuple[str, Titles] | None = None
        self._kept_until = 0.0

    def find(self, question: Question, store: ProvisionStore, day: int) -> list[NamedAct]:
        """The acts that the question names, in its order; of several with one title those in force on the day first.
        Raises `StoreFailure`."""
        text, has_article = question.text, bool(question.references)
        found = []
        for known, span in named_in(text, question.written_in, has_article=has_article):
            titled = [act.id for title in known.titles for act in store.titled(title)]
            titled = titled or [name for title in known.titles for name in self._titles(store).exactly(title)]
            acts = _in_order(titled, store, day)
            found.append(NamedAct(known.names[question.language], span, acts, known))
        if found:
            return found
        return self._by_title(question, store, day)

    def _by_title(self, question: Question, store: ProvisionStore, day: int) -> list[NamedAct]:
        """An act named by a title that no list of ours has."""
        text = question.text
        for match in _QUOTED.finditer(text):
            acts = [act.id for act in store.titled(match[1])] or self._titles(store).exactly(match[1])
            if acts:
                return [NamedAct(match[1], match.span(), _in_order(acts, store, day))]
        language = question.written_in
        mention = _TITLED[language].search(text)
        if mention is None:
            return self._bare(question, store, day)
        title = mention["title"] if language == "kk" else _AFTER.sub("", mention["title"])
        end = mention.end() if language == "kk" else mention.start("title") + len(title)
        name, span = " ".join(text[mention.start() : end].split()), (mention.start(), end)
        words = matter_of(title, language)
        # In Kazakh the title begins somewhere before "туралы" and ends there.
        starts = range(max(0, len(words) - _LONGEST), len(words)) if language == "kk" else range(1)
        for start in starts:
            acts = self._titles(store).beginning(words[start : start + _LONGEST], language, whole=language == "kk")
            if acts:
                return [NamedAct(name, span, _in_order(acts, store, day))]
        # Of what has an article a certain act is meant; "the law on taxes" may be no title.
        return [NamedAct(name, span, ())] if question.references else []

    def _bare(self, question: Question, store: ProvisionStore, day: int) -> list[NamedAct]:
        """A title that stands alone before or behind an article's number."""
        if len(question.references) != 1:
            return []
        start, end = question.references[0].span
        for title in (question.text[:start], question.text[end:]):
            if len(title.split()) > 1 and (acts := store.titled(title.strip(" ,.;:"))):
                at = question.text.index(title)
                return [NamedAct(title.strip(), (at, at + len(title)), _in_order([a.id for a in acts], store, day))]
        return []

    def _titles(self, store: ProvisionStore) -> Titles:
        turn = store.fingerprint()
        with self._reading:
            began = time.monotonic()
            if self._read is None or (self._read[0] != turn and began >= self._kept_until):
                self._read = (turn, Titles(store.acts()))
                ended = time.monotonic()
                self._kept_until = ended + _REST * (ended - began)
            return self._read[1]


def texts_of_act(store: ProvisionStore, act: str) -> dict[str, StoredAct]:
    """The act in each language that the store has it in. Raises `StoreFailure`."""
    found = ((code, store.act(act, code)) for code in LANGUAGES)
    return {code: text for code, text in found if text}


def _in_order(acts: Sequence[str], store: ProvisionStore, day: int) -> tuple[str, ...]:
    """Those in force on the day, then the others, the newest first."""

    def rank(act: str) -> tuple[bool, int]:
        text = next(iter(texts_of_act(store, act).values()))
        return not (text.status != "repealed" and text.since <= day <= text.until), -text.since

    return tuple(sorted(dict.fromkeys(acts), key=rank))
