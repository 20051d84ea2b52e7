"""Which encoding a file's bytes are in, told by the letters that come out."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from corpus.errors import UnreadableFile
from corpus.readers.likeness import Likeness, is_odd, likeness

# A mark of four bytes begins like that of two, so the longer ones come first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp1251", "kz1048", "koi8-r", "cp866", "cp1252")
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.I)
_HEAD = 2048  # bytes in which a page declares its encoding
_NAMES = {"windows-1251": "cp1251", "koi8-r": "koi8-r", "ibm866": "cp866", "windows-1252": "cp1252"}
_MIXED = re.compile(r"[A-Za-z][Ѐ-ԯ]|[Ѐ-ԯ][A-Za-z]")  # Latin and Cyrillic letters in one word
_CYRILLIC = re.compile(r"(?=([Ѐ-ԯ]{2}))[Ѐ-ԯ]")  # pairs of Cyrillic letters, overlapping
# Letters beyond ASCII, and signs beyond it that make a word of their own, as letters of another encoding do.
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]|(?<!\S)[^\x00-\x7f]{2,}(?!\S)")
_PLAUSIBLE = 0.6  # share of common pairs from which a text is one
_LEAD = 3  # common pairs that a reading must have more than another, the other's uncommon ones counted
_STRAY = 0.001  # share of broken bytes that a UTF-8 text may have
_SAMPLE = 100_000  # bytes that are judged


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text in one encoding; `odd` counts what print has no use for, `favoured` decides between equals."""

    encoding: str
    likeness: Likeness
    odd: int
    favoured: bool

    @property
    def rank(self) -> tuple[int, bool]:
        return self.likeness.weight - self.odd, self.favoured

    def beats(self, other: _Reading) -> bool:
        """Whether this reading, ranked higher, is right for certain: one pair of letters may be common by chance.

        KZ-1048 is windows-1251 but for the Kazakh letters, so between these two each letter counts.
        """
        kin = {self.encoding, other.encoding} == {"cp1251", "kz1048"}
        return self.favoured or self.rank[0] - other.rank[0] >= (1 if kin else _LEAD)


def decode(data: bytes, *, page: bool = False) -> str:
    """The text of the bytes: by its byte order mark, as UTF-8, or in the one encoding whose letters are a text.

    `page`: HTML, which may declare its encoding. Raises `UnreadableFile` where nothing is certain.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(data) or _without_mark(data) or _legacy(data, _declared(data) if page else None)
    return (_without_mark(data) or text) if "\x00" in text or "\x04" in text else text


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise UnreadableFile("encoding") from None


def _nearly_utf8(data: bytes) -> str | None:
    """A UTF-8 text with a stray byte, or cut off inside a letter."""
    text = data.decode("utf-8", "replace")
    lost, several = text.count("\ufffd"), len(data) - len(text)
    return text if lost <= max(1, _STRAY * len(text)) and several > 20 * lost else None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 that lost its byte order mark: every other byte is zero, or the 4 of Cyrillic letters."""
    if len(data) % 2 or not {0, 4} & set(data[:_HEAD]):
        return None
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (found := likeness(text[:_SAMPLE])).pairs and found.share >= _PLAUSIBLE:
            return text
    return None


def _legacy(data: bytes, declared: str | None) -> str:
    readings: dict[str, _Reading] = {}
    for name in _LEGACY:
        try:
            sample = data[:_SAMPLE].decode(name)
        except UnicodeDecodeError:
            continue
        odd = sum(map(is_odd, sample)) + _LEAD * len(_MIXED.findall(sample))
        favoured = name == declared or (declared is None and name == "cp1252" and not _FOREIGN.search(sample))
        readings.setdefault(sample, _Reading(name, likeness(sample), odd, favoured))
    ranked = sorted(readings.values(), key=lambda reading: reading.rank, reverse=True)
    if not ranked or ranked[0].likeness.share < _PLAUSIBLE:
        raise UnreadableFile("encoding")
    best = ranked[0]
    cyrillic = set(_CYRILLIC.findall(data[:_SAMPLE].decode(best.encoding)))
    if any(not best.beats(other) for other in ranked[1:]) or (0 < len(cyrillic) < _LEAD and not best.favoured):
        raise UnreadableFile("encoding")
    return _strictly(data, best.encoding)


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD])
    return _NAMES.get(match[1].decode("ascii").lower()) if match else None
