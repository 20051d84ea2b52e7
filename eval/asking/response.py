"""What a system gave back for one question, in the form that the measures read."""

from __future__ import annotations

from dataclasses import dataclass

from eval.asking.dataset import Item, article_of


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation shown: its provision, the quote with its language, and the plain words; None for what is not
    shown."""

    provision: str
    quote: str | None
    language: str
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """`retrieved` is `(provision, score)`, best first, also where the system abstained; `language` the answer's;
    `milliseconds` wall-clock; `trace` one line a step; `is_overview`: something was told as a whole; `is_opinion`: it
    was said that a judgement or a motive was asked for, which no text gives; `is_absent`: that what was asked for is
    not there; `is_later`: that what is cited first is a later wording than that of the day asked about; `tokens` that a
    model read and wrote to choose."""

    retrieved: tuple[tuple[str, float], ...]
    cited: tuple[Cited, ...]
    abstained: bool
    text: str
    language: str
    milliseconds: float = 0.0
    trace: tuple[str, ...] = ()
    is_overview: bool = False
    is_opinion: bool = False
    is_absent: bool = False
    is_later: bool = False
    tokens: tuple[int, int] = (0, 0)

    @property
    def articles(self) -> tuple[str, ...]:
        """Distinct articles retrieved, best first."""
        return tuple(dict.fromkeys(article_of(provision) for provision, _ in self.retrieved))

    @property
    def cited_articles(self) -> tuple[str, ...]:
        """Distinct articles cited, in the order shown."""
        return tuple(dict.fromkeys(article_of(citation.provision) for citation in self.cited))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with what the system made of it."""

    item: Item
    response: Response
