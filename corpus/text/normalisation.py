"""One normal form of text, so that a checksum means the same on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SPACES = re.compile(r"[^\S\n]+")


def normalise_line(text: str) -> str:
    """NFC, invisible characters removed, every run of white space one space, ends trimmed."""
    # Invisible characters go first: one between a letter and its accent would keep them from being composed.
    visible = text.translate(_INVISIBLE).replace("\n", " ")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def checksum(text: str) -> str:
    """SHA-256 of the UTF-8 bytes, in lower-case hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
