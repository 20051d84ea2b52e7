"""The yes, no or "it depends" that a sentence begins with: an answer to the question, which is a claim of its own.

The rules see sentences and provisions, not whether a provision decides a question that way; a second judge is shown
both. What it does not find borne out, and what no judge was there for, loses its first word and keeps the rest.
"""

from __future__ import annotations

import re

_OUTRIGHT = re.compile(
    r"(?:yes|no|it depends|да|нет|(?:это )?зависит от обстоятельств|иә|жоқ|жағдайға байланысты)\b"
    r"(?:\s*[,:;.!–—]+|\s+[–-])\s*",
    re.IGNORECASE,
)
_MARKS = " .,:;!–—-"


def without_outright(sentence: str) -> str:
    """The sentence without the answer that it begins with; "" where there is nothing else, and the sentence itself
    where there is none."""
    match = _OUTRIGHT.match(sentence)
    rest = sentence[match.end() :].strip() if match else sentence
    return rest[:1].upper() + rest[1:] if match else rest


def is_outright(sentence: str) -> bool:
    """Whether the sentence is an answer of that kind and nothing more."""
    return bool(_OUTRIGHT.fullmatch(f"{sentence.rstrip(_MARKS)}."))
