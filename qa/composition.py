"""Composing an answer without any generator: the provisions themselves, cut to the sentence that answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus import Document, Provision
from corpus.sentences import sentence_spans
from index import Hit, SearchIndex
from qa.answer import Citation, SeeAlso
from qa.labels import date_label, label_of
from qa.messages import message

MOST_CITATIONS = 3
MOST_SEE_ALSO = 5
_PER_ARTICLE = 2
_WHOLE_QUOTE = 420  # a provision up to this long is quoted whole; of a longer one, the sentence that matched
# A further provision is cited while its score is this near to the best one's.
_NEAR_SAME_LANGUAGE = 0.008
_NEAR_ACROSS = 0.01


@dataclass(frozen=True, slots=True)
class Selection:
    """Hits chosen for citation, the others, and why those were not chosen (one message a hit looked at)."""

    cited: tuple[Hit, ...]
    others: tuple[Hit, ...]
    dropped: tuple[tuple[Hit, str], ...]


def select(hits: Sequence[Hit], *, language: str, written_in: str) -> Selection:
    """Up to three hits near the best, at most two of one article."""
    if not hits:
        return Selection((), (), ())
    best = hits[0]
    near = _NEAR_SAME_LANGUAGE if best.provision.language == written_in else _NEAR_ACROSS
    cited: list[Hit] = []
    dropped: list[tuple[Hit, str]] = []
    articles: Counter[str] = Counter()
    for hit in hits[:10]:
        if best.score - hit.score > near:
            dropped.append((hit, message("trace.below", language, score=f"{hit.score:.3f}", best=f"{best.score:.3f}")))
        elif len(cited) == MOST_CITATIONS:
            dropped.append((hit, message("trace.enough", language, count=MOST_CITATIONS)))
        elif articles[hit.provision.article_id] >= _PER_ARTICLE:
            dropped.append((hit, message("trace.same_article_full", language)))
        else:
            cited.append(hit)
            articles[hit.provision.article_id] += 1
    others = [hit for hit in hits if hit not in cited]
    return Selection(tuple(cited), tuple(others), tuple(dropped))


def cite(hit: Hit, index: SearchIndex, urls: dict[tuple[str, str], tuple[str, str]], language: str) -> Citation:
    """A citation of the hit, in the reader's language where the document has an edition in it.

    `urls` gives the page and the edition's name for `(document, language)`.
    """
    provision = index.provision(hit.provision.id, language) or hit.provision
    document = index.documents[provision.document]
    url, edition = urls.get((provision.document, provision.language), ("", ""))
    return Citation(
        provision=provision.id,
        document=document.id,
        document_title=document.titles[language],
        label=label_of(provision, language),
        quote=_quote(hit, provision),
        lead_in=provision.lead_in,
        url=f"{url}#{provision.anchor}" if url and provision.anchor else url,
        status=document.status,
        language=provision.language,
        edition=edition,
    )


def _quote(hit: Hit, provision: Provision) -> str:
    body = provision.body
    if len(body) <= _WHOLE_QUOTE:
        return body
    start, end = hit.sentence
    if provision.language == hit.provision.language:
        return body[start:end]
    # The same sentence of the translation, if the translation has as many.
    matched, translated = sentence_spans(hit.provision.body), sentence_spans(body)
    if (start, end) in matched and len(matched) == len(translated):
        start, end = translated[matched.index((start, end))]
        return body[start:end]
    return body


def answer_text(citations: Sequence[Citation], documents: dict[str, Document], language: str, as_of: date) -> str:
    """The answer in words: each quote under its label; the document named where it changes."""
    paragraphs = []
    previous: tuple[str, str] | None = None
    for citation in citations:
        head = citation.label
        if (citation.document, citation.language) != previous:
            previous = (citation.document, citation.language)
            facts = [citation.document_title, standing(documents[citation.document], language)]
            if citation.language != language or documents[citation.document].kind != "private":
                facts.append(message(f"answer.quote_in_{citation.language}", language))
            head = f"{head}. {'; '.join(fact for fact in facts if fact)}"
        paragraphs.append(f"{head}:\n{quoted(citation)}")
    return "\n\n".join(paragraphs)


def quoted(citation: Citation) -> str:
    """The quote in quotation marks; a point after the words that open its list."""
    marks = "“{}”" if citation.language == "en" else "«{}»"
    quote = marks.format(citation.quote)
    return f"{marks.format(citation.lead_in)} — {quote}" if citation.lead_in else quote


def standing(document: Document, language: str) -> str:
    """Whether and since when the document is in force; "" where that is no question."""
    if document.kind == "private":
        return message("answer.private", language)
    if document.since is None or document.kind == "declaration":
        return ""
    since = date_label(document.since, language)
    if document.until is None:
        return message("answer.in_force_since", language, since=since)
    return message("answer.was_in_force", language, since=since, until=date_label(document.until, language))


def see_also(
    hits: Sequence[Hit],
    cited: Sequence[Citation],
    urls: dict[tuple[str, str], tuple[str, str]],
    language: str,
) -> tuple[SeeAlso, ...]:
    """Provisions of other articles near the question, one an article."""
    seen = {citation.provision.split("__")[0] for citation in cited}
    others: list[SeeAlso] = []
    for hit in hits:
        provision = hit.provision
        if provision.article_id in seen or len(others) == MOST_SEE_ALSO:
            continue
        seen.add(provision.article_id)
        url = urls.get((provision.document, provision.language), ("", ""))[0]
        others.append(SeeAlso(provision.id, label_of(provision, language), url))
    return tuple(others)
