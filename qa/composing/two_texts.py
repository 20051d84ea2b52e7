"""Wording where the Kazakh and the Russian text of a provision part: what each says, and why it matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.divergences import Divergence
from qa.answer import Citation
from qa.messages import message


def heading(divergence: Divergence, language: str) -> str:
    """That the texts differ, or may by a shade."""
    return message(f"texts.{divergence.weight}", language)


def sides(divergence: Divergence, language: str) -> Iterator[tuple[str, str, str, str]]:
    """For each of the two texts its code, its name, the words of it on which the difference hangs, and what it says."""
    for code, side in (("kk", divergence.kk), ("ru", divergence.ru)):
        yield code, message(f"texts.{code}", language), side.phrase, side.says


def divergence_lines(divergence: Divergence, language: str) -> list[str]:
    """A heading, marked as our own words, then a line for each text and one for why it matters."""
    return [
        f"{heading(divergence, language)} ({message('texts.ours', language)}):",
        *(f"{name} ({phrase}): {says}" for _, name, phrase, says in sides(divergence, language)),
        f"{message('texts.why', language)}: {divergence.why}",
    ]


def named(citations: Sequence[Citation], language: str) -> str:
    """That the texts of what is cited may differ, with the labels of where; "" where they agree."""
    labels = [citation.label for citation in citations if citation.divergence]
    return message("texts.named", language, labels="; ".join(labels), first=labels[0]) if labels else ""
