"""Verbatim or nothing: a quote is shown only if it stands in its provision, letter for letter; plain words only if they
are the layer's for that provision, and none where they are withheld; and of where the official texts part, our note."""

from __future__ import annotations

from corpus import Provision
from corpus.divergences import divergence_of
from index import SearchIndex
from qa.answer import Citation
from qa.evidence.changed_text import AS_KNOWN, ChangedTexts


def is_supported(citation: Citation, index: SearchIndex, language: str, changed: ChangedTexts = AS_KNOWN) -> bool:
    """Whether the index bears out every word that the citation shows; `language` is the answer's."""
    if not _is_layers(citation, index, language, changed):
        return False
    told = None if citation.withheld or citation.quote is None else divergence_of(citation.provision, language)
    if citation.divergence != told:
        return False
    if citation.quote is None:  # only where there is nothing to quote, and plain words to show
        installed = any(index.provision(citation.provision, code) for code in index.languages(citation.document))
        return citation.plain is not None and not installed
    others = ((index.provision(citation.provision, code), quote) for code, quote in citation.others)
    if not all(text is not None and quote.strip() and quote in text.text for text, quote in others):
        return False
    return is_verbatim(citation, index.provision(citation.provision, citation.language))


def _is_layers(citation: Citation, index: SearchIndex, language: str, changed: ChangedTexts) -> bool:
    """Whether the plain words are exactly the layer's, or none where they are withheld, and then said to be."""
    withheld = changed.withheld(citation.provision)
    plain = None if withheld else index.plain(citation.provision, language)
    return citation.withheld == withheld and citation.plain == (plain.text if plain else None)


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
