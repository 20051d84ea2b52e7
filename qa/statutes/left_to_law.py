"""What the Constitution leaves to a law: by its own words, and by which laws carry out which article."""

from __future__ import annotations

import re

from corpus.concordance import load_concordance
from corpus.links import load_links
from index import SearchIndex
from index.stores import StoredProvision
from qa.answer import Answer, Citation, SeeAlso

_BY_LAW = {
    "ru": re.compile(r"\bзакон(?:ом|ами|ах|у|е|а|ов)\b|\bзаконодательств", re.IGNORECASE),
    "kk": re.compile(r"\bзаң(?:мен|да|дарда|дармен|дарға|ға|дың|ның|дар|ды)\b|\bзаңнама", re.IGNORECASE),
    "en": re.compile(r"\b(?:by|in|under|to) (?:a |the )?laws?\b|\ba law\b", re.IGNORECASE),
}


def is_left_to_law(provision: str, index: SearchIndex) -> bool:
    """Whether the provision speaks of what a law says."""
    texts = ((code, at(provision, code)) for code in _BY_LAW for at in (index.provision, index.plain))
    return any(text and _BY_LAW[code].search(text.text) for code, text in texts)


def constitutions_article(answer: Answer, law: StoredProvision, index: SearchIndex) -> Citation | None:
    """What the answer cites first of the Constitution in force, where the law found carries it out or, of a law of
    which no link is known, where it leaves the matter to a law; else None."""
    first = next(iter(answer.citations), None)
    if first is None or first.document != load_concordance().new:
        return None
    if served := load_links().served_by(law.id):
        return first if first.provision.split("__")[0] in served else None
    return first if is_left_to_law(first.provision, index) else None


def nearest_left_to_law(answer: Answer, index: SearchIndex) -> SeeAlso | None:
    """What comes nearest in the Constitution in force to what it does not answer, where that speaks of what a law says;
    else None."""
    nearest = next(iter(answer.see_also), None)
    if nearest is None or not nearest.provision.startswith(f"{load_concordance().new}#"):
        return None
    return nearest if is_left_to_law(nearest.provision, index) else None
