"""Verbatim or nothing: a quote is shown only if it stands in its provision, letter for letter."""

from __future__ import annotations

from corpus import Provision
from qa.answer import Citation


def is_verbatim(citation: Citation, provision: Provision | None) -> bool:
    """Whether the quote, and the lead-in beside it, are substrings of the provision in the index."""
    return (
        provision is not None
        and provision.id == citation.provision
        and provision.language == citation.language
        and bool(citation.quote.strip())
        and citation.quote in provision.text
        and citation.key_sentence in citation.quote
        and (not citation.lead_in or citation.lead_in == provision.lead_in)
    )
