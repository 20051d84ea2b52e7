"""What kind of answer a question wants, where its words tell (`answer_types.toml`).

"How many judges sit on the Supreme Court?" comes near to every provision on that court, and only one with a number
could answer it. What money one gets or pays, and what happened today, no constitution says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Literal

import rtoml

from corpus.text.numbers import numbers_in
from index import Hit

AnswerType = Literal["number", "money", "news", "task"]

_LOOKED_AT = 3


def wants(kind: AnswerType, question: str, language: str) -> bool:
    """Whether the question asks for a number (how many, how long), for money (a price, a pay), for news (of today
    and the days near to it), or a task done (write, translate, pretend)."""
    return any(pattern.search(question) for pattern in _patterns(kind, language))


def wants_a_number_not_there(question: str, language: str, hits: Sequence[Hit]) -> bool:
    """Whether the question asks for a number, and the best provision, with others of its article among the first three,
    holds none in words or digits."""
    if not wants("number", question, language):
        return False
    best = hits[0].provision
    near = [hit.provision for hit in hits[:_LOOKED_AT] if hit.provision.article_id == best.article_id]
    return not any(numbers_in(provision.body, provision.language) for provision in near)


@cache
def _patterns(kind: AnswerType, language: str) -> tuple[re.Pattern[str], ...]:
    table = rtoml.loads(resources.files("qa.evidence").joinpath("answer_types.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in table[kind][language])
