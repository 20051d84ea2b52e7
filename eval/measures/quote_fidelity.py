"""Are the quotes shown the law's own words, letter for letter?

They are held against the installed official texts, not against the index: what the assistant checks before it shows a
quote is checked here by another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus import EditionText
from eval.asking.response import Cited, Outcome

OfficialTexts = Mapping[tuple[str, str], str]  # by provision and language


def official_texts(editions: Iterable[EditionText]) -> dict[tuple[str, str], str]:
    """The text of every official provision, by its identifier and language."""
    return {
        (provision.id, provision.language): provision.text
        for edition in editions
        for provision in edition.provisions
        if provision.wording == "official"
    }


def is_faithful(citation: Cited, texts: OfficialTexts) -> bool:
    """Whether the quote, if one is shown, is a passage of its provision."""
    if citation.quote is None:
        return True
    return bool(citation.quote.strip()) and citation.quote in texts.get((citation.provision, citation.language), "")


def quote_fidelity(outcomes: Sequence[Outcome], texts: OfficialTexts) -> list[tuple[Outcome, float]]:
    """Of each answer with quotes, the share that is verbatim."""
    found = []
    for o in outcomes:
        quoted = [c for c in o.response.cited if c.quote is not None]
        if quoted:
            found.append((o, sum(is_faithful(c, texts) for c in quoted) / len(quoted)))
    return found
