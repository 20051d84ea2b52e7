"""Deciding whether the provisions found answer the question at all.

A cosine alone does not tell: questions of all kinds lie near some provision. What tells is the margin between the case
for the nearest provision and the nearest matter that no constitution speaks of (`out_of_scope.toml`). With the
plain-language layer, whose words are the asker's own, the case also counts how near the question lies to the whole
document, and which of its words the provision has: on the development sets that separates answerable from
unanswerable questions best (docs/retrieval.md has the figures).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus import LANGUAGES
from index import SearchResult


@dataclass(frozen=True, slots=True)
class Evidence:
    """`score` is the case for the best hit, `margin` that minus contrast; `needed` is the least margin answered."""

    score: float
    contrast: float
    needed: float

    @property
    def margin(self) -> float:
        return round(self.score - self.contrast, 4)

    @property
    def sufficient(self) -> bool:
        return self.margin >= self.needed


# A logistic regression on the development set gave the case its form (its weights rounded). Cosines between texts of
# one language run higher than across languages, and those of Kazakh texts lie closer together than those of Russian
# ones, so the needed margin differs. All are set on the development set where few answerable questions are refused
# (docs/retrieval.md). `PLAIN` is for provisions with a plain-language entry, by the question's language.
WORDS = 0.006
PLAIN = {"kk": 0.001, "ru": 0.021, "en": 0.004}
SAME_LANGUAGE = 0.033
ACROSS_LANGUAGES = -0.024
# A question that names its document is refused only when it is far off; a document that the user added may speak of
# what no constitution does.
NAMED_DOCUMENT = 0.05
ADDED_DOCUMENT = 0.015


def evidence(result: SearchResult, language: str, *, leniency: float = 0.0) -> Evidence | None:
    """The case for answering from the best hit; None without hits. `language` is the question's own; `leniency` is
    taken off the margin needed where the user chose the hit's document."""
    if not result.hits:
        return None
    best = result.hits[0]
    if best.plain:
        case = (best.score + result.typical) / 2 + WORDS * best.lexical
        needed = PLAIN[language]
    else:
        case = best.score
        needed = SAME_LANGUAGE if best.provision.language == language else ACROSS_LANGUAGES
    return Evidence(round(case, 6), result.contrast, round(needed - leniency, 4))


@cache
def contrast_texts() -> tuple[str, ...]:
    """The matters out of scope, all languages together."""
    table = tomllib.loads(resources.files("qa").joinpath("out_of_scope.toml").read_text(encoding="utf-8"))
    return tuple(text for language in LANGUAGES for text in table[language])
