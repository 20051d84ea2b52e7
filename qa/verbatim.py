"""Verbatim or nothing: a quote is shown only if it stands in its provision, letter for letter; plain words only if they
are the layer's for that provision."""

from __future__ import annotations

from corpus import Provision
from index import SearchIndex
from qa.answer import Citation


def is_supported(citation: Citation, index: SearchIndex, language: str) -> bool:
    """Whether the index bears out every word that the citation shows; `language` is the answer's."""
    plain = index.plain(citation.provision, language)
    if citation.plain != (plain.text if plain else None):
        return False
    if citation.quote is None:  # only where there is nothing to quote, and plain words to show
        installed = any(index.provision(citation.provision, code) for code in index.languages(citation.document))
        return citation.plain is not None and not installed
    others = ((index.provision(citation.provision, code), quote) for code, quote in citation.others)
    if not all(text is not None and quote.strip() and quote in text.text for text, quote in others):
        return False
    return is_verbatim(citation, index.provision(citation.provision, citation.language))


def is_verbatim(citation: Citation, provision: Provision | None) -> bool:
    """Whether the quote, and the lead-in beside it, are substrings of the provision's official text."""
    return (
        provision is not None
        and provision.wording == "official"
        and provision.id == citation.provision
        and provision.language == citation.language
        and citation.quote is not None
        and bool(citation.quote.strip())
        and citation.quote in provision.text
        and citation.key_sentence in citation.quote
        and (not citation.lead_in or citation.lead_in == provision.lead_in)
    )
