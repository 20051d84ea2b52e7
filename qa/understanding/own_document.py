"""Questions on a clause of the asker's own document: "clause 2.2 of my contract", "статья 4 договора", "шарттың
3-тармағы". Its number is none of the Constitution's."""

from __future__ import annotations

import re

_NUMBER = r"(?P<n>\d{1,3}(?:\.\d{1,3}){0,3})"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:articles?|arts?\.|clauses?|sections?|paragraphs?|points?|items?|parts?)\s*(?:no\.?\s*)?{_NUMBER}\.?\s+"
        r"(?:of|in|under)\s+(?:(?:my|our|the|this|that|his|her|their)\s+)?(?:\w+\s+){0,2}?"
        r"(?:contract|agreement|lease|tenancy|charter|by-?laws|policy|offer|document|file|house rules)\b",
        rf"\b(?:contract|agreement|lease|charter)(?:'s)?,?\s+(?:clause|section|paragraph|point|article)\s*{_NUMBER}",
        rf"(?:\bстать(?:я|и|е|ю|ей)|\bст\.|\bпункт\w*|\bп\.|\bподпункт\w*|\bраздел\w*|\bчаст[ьи]\w*)\s*№?\s*{_NUMBER}\.?\s+"
        r"(?:(?:этого|моего|нашего|данного|своего|их|его|её)\s+)?(?:\w+(?:ого|его)\s+)?"
        r"(?:договора|контракта|соглашения|устава|приказа|документа|файла|оферты)\b",
        rf"\b(?:договор|контракт|соглашени|устав|приказ)\w*,?\s+(?:п\.|пункт\w*|раздел\w*|ст\.)\s*{_NUMBER}",
        r"\b\w*(?:шарт|келісім|жарғы|бұйрық|бұйрығ|құжат)\w*(?:[тдн][ыі]ң)\s+"
        rf"{_NUMBER}\s*[-‐‑–]?\s*(?:ба[пб]|тарма[қғ]|бөлім)\w*",
    )
)


def own_clause(text: str) -> str:
    """The number of the clause asked for, as it was typed; "" where none of a document of one's own is."""
    found = (match["n"] for pattern in _PATTERNS if (match := pattern.search(text)))
    return next(found, "")
