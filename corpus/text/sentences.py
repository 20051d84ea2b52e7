"""Sentences of a provision, as spans, so that a quote cut from them stays verbatim."""

from __future__ import annotations

import re

# A full stop ends a sentence unless it follows an abbreviation or an initial.
_STOP = re.compile(
    r"(?<=[.!?…])(?<!\bст\.)(?<!\bп\.)(?<!\bг\.)(?<!\bгг\.)(?<!\bт\.)(?<!\bNo\.)(?<!\b\w\.)\s+(?=[«“\"(]?[^\W\d_a-zа-яёәғқңөұүһі])"
)
_SEMICOLON = re.compile(r"(?<=;)\s+")
_TYPED_END = re.compile(r"(?<=[.!?…])[\"»”)]*\s+")  # the next may begin with a small letter
_CLOSING = " »”\"')"  # what may stand behind a question mark
_ASKS = 3  # words of the shortest question that stands by itself
_LONG = 240  # a sentence of semicolon-separated members longer than this is cut at the semicolons


def sentence_spans(text: str, *, at_semicolons: bool = True) -> list[tuple[int, int]]:
    """`(start, end)` offsets of the sentences, in order, white space between them left out; long ones, as laws have
    them, in parts `at_semicolons`."""
    spans: list[tuple[int, int]] = []
    for start, end in _cut(text, 0, len(text), _STOP):
        if at_semicolons and end - start > _LONG:
            spans.extend(_cut(text, start, end, _SEMICOLON))
        else:
            spans.append((start, end))
    return [(start, end) for start, end in spans if text[start:end].strip()]


def asked_part(text: str) -> str:
    """The sentences that end as questions do; all of a text that has none."""
    sentences = (text[start:end] for start, end in sentence_spans(text))
    return " ".join(sentence for sentence in sentences if sentence.rstrip(_CLOSING).endswith("?")) or text


def asking_sentences(text: str) -> str:
    """The sentences, as they are typed, that end as questions do; the last where none does."""
    sentences = _TYPED_END.split(text)
    return " ".join(s for s in sentences if s.rstrip(_CLOSING).endswith("?")) or sentences[-1]


def asked_alone(text: str) -> str:
    """What the text asks after its last colon ("I am making a poster: …?"); "" where nothing stands by itself there."""
    before, _, after = text.rpartition(": ")
    return after.strip() if before and len(after.split()) >= _ASKS else ""


def _cut(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, at = [], start
    for match in pattern.finditer(text, start, end):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, end))
    return spans
