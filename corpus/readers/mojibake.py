"""Letters read in a wrong encoding ("Ñòàòüÿ", "РЎС‚Р°С‚СЊСЏ"): mended where that is certain, else refused.

A line is suspect when its pairs of letters are no language's. Every known mistake is undone on all suspect lines
together; the one that makes a language of them is the mistake. Lines that read well are never touched.
"""

from __future__ import annotations

import re
from functools import cache

from corpus.errors import UnreadableFile
from corpus.readers.likeness import is_wrong, kinds_of_pairs, likeness, summed

# How it was read, and how it should have been; PDF fonts also put bytes into the private use area.
_MISTAKES = (
    *((wrong, "utf-8") for wrong in ("cp1252", "cp1251", "koi8-r", "cp866", "kz1048")),
    ("cp1252", "cp1251"),
    ("cp1252", "kz1048"),
    ("cp1252", "koi8-r"),
    ("cp1252", "cp866"),
    ("cp1251", "koi8-r"),
    ("koi8-r", "cp1251"),
    ("koi8-r", "kz1048"),
    ("cp1251", "cp866"),
    ("cp866", "cp1251"),
    ("cp866", "kz1048"),
    ("cp866", "koi8-r"),
    ("koi8-r", "cp866"),
    ("U+F000", "cp1251"),
    ("U+F000", "kz1048"),
    ("U+F000", "cp1252"),
    ("U+E000", "cp1251"),
    ("U+E000", "cp1252"),
)
_KAZAKH = str.maketrans("ЌќЋћЎўЈҐЄЇґєјЅѕї", "ҚқҺһҰұӘӨҒҮөғәҢңү")  # where KZ-1048 differs from windows-1251
_KAZAKH_GAIN = 3  # common pairs that such letters must win
_KAZAKH_CERTAIN = 0.8  # share of common pairs from which that is certain
_SUSPECT = 0.45  # share of common pairs below which a text is suspect
_CERTAIN = 0.65  # share from which mended texts are a language
_ENOUGH = 4  # different common pairs that mended texts must have
_ENOUGH_CYRILLIC = 10  # the same where both readings are Cyrillic, as an abbreviation in capitals is soon another word
_WHOLE = 0.5  # share of a text's pairs that must then be suspect: such a mistake is made with a whole file
_MOST = 0.5  # share of the suspect pairs that one mistake must explain
_WRONG = 0.05  # share of impossible characters that a text may have
_NOISE = 0.5  # share of suspect pairs from which a text of many pairs is noise
_NOISE_FROM = 60  # suspect pairs
_NOISE_KINDS = 40  # different ones: a letter over and over is odd, not noise
_GARBLED = 0.05  # share of pairs that may stand in texts known to be garbled, though not how
_SAMPLE = 20_000  # characters of suspect text that the mistakes are tried on
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")  # ECMA-48, 5.4 and 5.6
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0a8\uf076\uf0fc"  # what Symbol and Wingdings print before the items of a list


def mended(texts: list[str]) -> list[str]:
    """The texts, line by line, with wrongly read letters put right and without terminal escapes and controls.

    Raises `UnreadableFile` where letters are wrong beyond repair.
    """
    plain = [_ESCAPES.sub("", text).translate(_DIRECTION) for text in texts]
    distinct = list(dict.fromkeys(plain))
    right = _with_kazakh_letters(distinct)
    suspect = [text for text in distinct if _suspicious(text)]
    if suspect and (mistake := _mistake(suspect, summed(map(likeness, distinct)).pairs)):
        right |= _undone_where_better(distinct, *mistake)
    result = [right.get(text, text) for text in plain]
    _refuse_noise(result, [text for text in suspect if text not in right])
    return [_without_strays(text) for text in result]


def _suspicious(text: str) -> bool:
    if text.isascii():
        return False
    found = likeness(text)
    return (found.pairs > 0 and found.share < _SUSPECT) or any(map(is_wrong, text))


def _mistake(suspect: list[str], all_pairs: int) -> tuple[str, str] | None:
    """How the suspect texts were read and should have been, if that is certain; `all_pairs` are the whole text's."""
    sample = _beginning(suspect)
    pairs = summed(map(likeness, sample)).pairs
    whole = summed(map(likeness, suspect)).pairs >= _WHOLE * all_pairs
    best, mistake = 0, None
    for wrong, right in _MISTAKES:
        cyrillic = right != "utf-8" and wrong != "cp1252" and not wrong.startswith("U+")
        undone = {text: new for text in sample if (new := _undone(text, wrong, right)) is not None}
        found = summed(map(likeness, undone.values()))
        if found.common <= best or found.share < _CERTAIN or (cyrillic and not whole):
            continue
        covered = summed(map(likeness, undone)).pairs >= _MOST * pairs
        if covered and kinds_of_pairs(undone.values(), common=True) >= (_ENOUGH_CYRILLIC if cyrillic else _ENOUGH):
            best, mistake = found.common, (wrong, right)
    return mistake


def _beginning(texts: list[str]) -> list[str]:
    length, count = 0, 0
    for text in texts:
        length, count = length + len(text), count + 1
        if length > _SAMPLE:
            break
    return texts[:count]


def _undone_where_better(texts: list[str], wrong: str, right: str) -> dict[str, str]:
    """The mistake undone where a text was suspect, or had no letters at all and has some now."""
    doubtful = [text for text in texts if _suspicious(text) or not likeness(text).pairs]
    undone = {text: new for text in doubtful if (new := _undone(text, wrong, right)) is not None}
    return {text: new for text, new in undone.items() if likeness(new).weight > likeness(text).weight}


def _undone(text: str, wrong: str, right: str, *, errors: str = "strict") -> str | None:
    table = _bytes_of(wrong)
    try:
        return bytes(table[character] for character in text).decode(right, errors)
    except (KeyError, UnicodeDecodeError):
        return None


@cache
def _bytes_of(encoding: str) -> dict[str, int]:
    """The byte that each character was. As programs do it, a byte without a letter became a control character."""
    table = {chr(byte): byte for byte in range(0xA0)}
    if encoding.startswith("U+"):
        return table | {chr(int(encoding[2:], 16) + byte): byte for byte in range(0x20, 0x100)}
    for byte in range(0x80, 0x100):
        if character := bytes([byte]).decode(encoding, "ignore"):
            table[character] = byte
    return table


def _with_kazakh_letters(texts: list[str]) -> dict[str, str]:
    """Texts whose Kazakh letters alone are wrong, taken for Serbian and Ukrainian ones: "Ќазаќстан"."""
    swapped = {text: new for text in texts if (new := text.translate(_KAZAKH)) != text}
    before, after = summed(map(likeness, swapped)), summed(map(likeness, swapped.values()))
    gain = after.common - before.common
    letters = sum(old != new for text, swap in swapped.items() for old, new in zip(text, swap, strict=True))
    # Ukrainian or Serbian gains nothing by it: the pairs around the letters do not become Kazakh ones.
    if gain < max(_KAZAKH_GAIN, letters) or after.share < _KAZAKH_CERTAIN:
        return {}
    return {text: new for text, new in swapped.items() if likeness(new).common > likeness(text).common}


def _refuse_noise(texts: list[str], suspect: list[str]) -> None:
    """Raises `UnreadableFile` for a text that would be indexed as noise."""
    characters = sum(len(text) - text.count(" ") for text in texts)
    wrong = sum(is_wrong(c) and c not in _BULLETS for text in texts if not text.isascii() for c in text)
    pairs = summed(map(likeness, texts)).pairs
    suspicious = summed(map(likeness, suspect)).pairs
    garbled = summed(likeness(text) for text in suspect if _garbled(text)).pairs
    if (
        wrong > _WRONG * characters
        or garbled > _GARBLED * pairs
        or (suspicious > max(_NOISE_FROM, _NOISE * pairs) and kinds_of_pairs(suspect) >= _NOISE_KINDS)
    ):
        raise UnreadableFile("letters")


def _garbled(text: str) -> bool:
    """Whether most of a text is UTF-8 read in another encoding, some letters of which were lost since."""
    for wrong in ("cp1252", "cp1251"):
        table = _bytes_of(wrong)
        known = "".join(c for c in text if c == " " or (c in table and not c.isascii()))
        undone = _undone(known, wrong, "utf-8", errors="ignore")
        if undone and (found := likeness(undone)).common >= _ENOUGH and found.share >= _CERTAIN:
            return True
    return False


def _without_strays(text: str) -> str:
    """The text with pictures of bullets as bullets, and without what no text has."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("•" if c in _BULLETS else c for c in text if c in _BULLETS or c == "\ufffd" or not is_wrong(c))


__all__ = ["mended"]
