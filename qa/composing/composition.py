"""Composing an answer without any generator: the provisions themselves, cut to the sentence that answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from corpus import LANGUAGES, Document, Provision
from corpus.divergences import divergence_of
from corpus.parsing.amendments import last_change, later_than, overtaken
from corpus.text.sentences import sentence_spans
from index import Hit, SearchIndex
from qa.answer import Answer, Citation, FromLibrary
from qa.composing.later_wording import resolutions_in
from qa.composing.two_texts import divergence_lines, named
from qa.evidence.changed_text import AS_KNOWN, ChangedTexts
from qa.labels import date_label, edition_label, label_of, label_of_eid
from qa.messages import message

MOST_CITATIONS = 3
_PER_ARTICLE = 2
_WHOLE_QUOTE = 1200  # a provision up to this long is quoted whole; of a longer one, the sentence that matched
_KEY_SHARE = 0.6  # a key sentence longer than this share of its quote says nothing that the quote does not
_ELSE_QUOTED_IN = "ru"  # where there is no official text in the reader's language
# A further provision is cited while its score is this near to the best one's: with plain words, whose scores lie
# further apart, and of official text alone.
_NEAR = 0.04
_NEAR_IF_UNSURE = 0.07  # where the best is hardly sure to be right
_NEAR_OF_TEXT = 0.01
_NEAR_RERANKED = 0.05  # of a cross-encoder's scores, which run from 0 to 1


class Published(NamedTuple):
    """Where an installed text is read and of which day its edition is; `one_of_several` where others are installed."""

    url: str
    edition: str
    one_of_several: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Hits chosen for citation, the others, and why those were not chosen (one message a hit looked at)."""

    cited: tuple[Hit, ...]
    others: tuple[Hit, ...]
    dropped: tuple[tuple[Hit, str], ...]


def select(hits: Sequence[Hit], *, language: str, is_reranked: bool = False, is_unsure: bool = False) -> Selection:
    """Up to three hits near the best, at most two of one article, one where the best `is_unsure`; `is_reranked` where a
    cross-encoder scored them."""
    if not hits:
        return Selection((), (), ())
    best = hits[0]
    near = _NEAR_RERANKED if is_reranked else _NEAR if best.plain else _NEAR_OF_TEXT
    near, most = (max(near, _NEAR_IF_UNSURE), 1) if is_unsure else (near, _PER_ARTICLE)
    cited: list[Hit] = []
    dropped: list[tuple[Hit, str]] = []
    articles: Counter[str] = Counter()
    for hit in hits[:10]:
        if best.score - hit.score > near:
            dropped.append((hit, message("trace.below", language, score=f"{hit.score:.3f}", best=f"{best.score:.3f}")))
        elif len(cited) == MOST_CITATIONS:
            dropped.append((hit, message("trace.enough", language, count=MOST_CITATIONS)))
        elif articles[hit.provision.article_id] >= most:
            dropped.append((hit, message("trace.same_article_full", language)))
        else:
            cited.append(hit)
            articles[hit.provision.article_id] += 1
    others = [hit for hit in hits if hit not in cited]
    return Selection(tuple(cited), tuple(others), tuple(dropped))


def cite(
    hit: Hit,
    index: SearchIndex,
    published: Mapping[tuple[str, str], Published],
    language: str,
    quotes_in: str | None = None,
    changed: ChangedTexts = AS_KNOWN,
    day: date | None = None,
) -> Citation:
    """A citation of the hit: its plain words unless `changed` withholds them, and the quote in the reader's language
    where the document has an edition in it, else in the one the reader chose (`quotes_in`) or Russian, else in the
    language there is; no quote where no official text is installed. The wording of the `day` asked about, if one is,
    comes before that of another day in whatever language.

    `published` tells of the text for `(document, language)`.
    """
    identifier = hit.provision.id
    preferred = dict.fromkeys((language, quotes_in or _ELSE_QUOTED_IN, _ELSE_QUOTED_IN, *LANGUAGES))
    changes, since = index.amendments(identifier), index.afterwards(identifier)

    def is_of_another_day(text: Provision) -> bool:
        language = text.language
        return bool(day and (later_than(changes, day, language) or overtaken(since, day, language)))

    texts = sorted((text for code in preferred if (text := index.provision(identifier, code))), key=is_of_another_day)
    official = texts[0] if texts else hit.provision if hit.provision.wording == "official" else None
    withheld = changed.withheld(identifier)
    plain = None if withheld else index.plain(identifier, language)
    provision = official or plain or hit.provision
    document = index.documents[provision.document]
    amendments = changes if official else ()
    later = later_than(amendments, day, provision.language) if day else ()
    since_then = overtaken(since, day, provision.language) if day and official else ()
    off = bool(later or since_then)
    source = published.get((provision.document, provision.language), Published("", ""))
    return Citation(
        provision=provision.id,
        document=document.id,
        document_title=document.titles[language],
        label=label_of(provision, language),
        plain=plain.text if plain else None,
        quote=_quote(hit, official) if official else None,
        key_sentence=_key_sentence(hit, official) if official and not off else "",
        lead_in=provision.lead_in if provision.number else "",  # an unnumbered part is a sentence of its own
        url=f"{source.url}#{provision.anchor}" if source.url and provision.anchor else source.url,
        status=document.status,
        language=provision.language,
        edition=source.edition,
        others=tuple((t.language, _quote(hit, t)) for t in texts[1:] if is_of_another_day(t) == off),
        withheld=withheld,
        later=later,
        last_change=last_change(amendments, provision.language),
        resolutions=resolutions_in(index.resolutions(identifier), language) if official else (),
        overtaken=since_then,
        one_of_several=source.one_of_several,
        divergence=divergence_of(identifier, language) if official and not withheld else None,
        page=provision.page if document.kind == "private" else None,
        heading=provision.article_title if document.kind == "private" else "",
    )


def _quote(hit: Hit, provision: Provision) -> str:
    body = provision.body
    return body if len(body) <= _WHOLE_QUOTE else body[slice(*_matched_span(hit, provision))]


def _key_sentence(hit: Hit, provision: Provision) -> str:
    """The sentence that matched, where it is a whole sentence and clearly less than the quote; else ""."""
    quote = _quote(hit, provision)
    sentence = provision.body[slice(*_matched_span(hit, provision))]
    whole = sentence.endswith((".", "!", "?")) and sentence[:1].isupper()
    return sentence if whole and sentence in quote and len(sentence) < _KEY_SHARE * len(quote) else ""


def _matched_span(hit: Hit, provision: Provision) -> tuple[int, int]:
    """The best sentence's place in the provision's body, also where another language edition of it was found."""
    if provision.language == hit.provision.language:
        return hit.sentence
    # The same sentence of the translation, if the translation has as many.
    matched, translated = sentence_spans(hit.provision.body), sentence_spans(provision.body)
    if hit.sentence in matched and len(matched) == len(translated):
        return translated[matched.index(hit.sentence)]
    return 0, len(provision.body)


def answer_text(citations: Sequence[Citation], documents: dict[str, Document], language: str) -> str:
    """The answer in words: what the first provision says in plain words (or the sentence of it that answers best), then
    each quote under its label, the document named where it changes; where the official texts part, how, or for a shade
    that they may. Without an official text, the plain words stand
    alone, in no quotation marks, and the answer says why."""
    paragraphs = []
    if citations:
        paragraphs += _opening(citations[0], language)
    previous: tuple[str, str] | None = None
    noted: set[str] = set()
    for position, citation in enumerate(citations):
        lines = []
        article = citation.provision.split("__")[0]
        if (position and citation.plain) or (citation.withheld and article not in noted):
            lines.append(plain_words(citation, language))
            noted.add(article)
        if citation.quote is not None:
            lines.append(quoted(citation))
        if citation.divergence and citation.divergence.weight == "case":
            lines += divergence_lines(citation.divergence, language)
        head = citation.label
        if (citation.document, citation.language) != previous:
            previous = (citation.document, citation.language)
            head = f"{head}. {'; '.join(_about(citation, documents[citation.document], language))}"
        elif said := wording(citation, language):
            head = f"{head}; {said}"
        paragraphs.append("\n".join([f"{head}:" if lines else f"{head}.", *lines]))
    if any(citation.quote is None for citation in citations):
        paragraphs.append(message("answer.no_text", language))
    if said := quoted_in_another(citations, language):
        paragraphs.append(said)
    if said := named([c for c in citations if c.divergence and c.divergence.weight == "shade"], language):
        paragraphs.append(said)
    return "\n\n".join(paragraphs)


def library_told(library: FromLibrary, language: str) -> list[str]:
    """What a library of laws adds after an answer: where to read on in the laws, an act named once, and what is told of
    the library."""
    labels, previous = list[str](), ""
    for item in library.see_also:
        act, eid = item.provision.split("#")
        labels.append(label_of_eid(eid, language) if act == previous else item.label)
        previous = act
    also = [message("laws.in_laws", language, labels="; ".join(labels))] if labels else []
    return also + ([library.told] if library.told else [])


def plain_words(citation: Citation, language: str) -> str:
    """What the provision says in plain words, marked so, or that they are withheld; "" where the layer has none."""
    if citation.withheld:
        return message("answer.withheld", language)
    return message("answer.plain", language, text=citation.plain) if citation.plain else ""


def quoted_in_another(citations: Sequence[Citation], language: str) -> str:
    """That what is cited has no official text in the reader's language, said once an answer; "" where it has."""
    foreign = [c for c in citations if c.quote is not None and c.language != language and c.status != "private"]
    if not foreign:
        return ""
    return message("answer.no_edition", language, text=message(f"answer.quote_in_{foreign[0].language}", language))


def prose(answer: Answer) -> str:
    """What a generator wrote and the check let through, each sentence with the labels of what it rests on; else ""."""
    if answer.mode != "written":
        return ""
    said = []
    for sentence in answer.written:
        if not sentence.doubts:
            labels = "; ".join(label_of_eid(name.split("#")[1], answer.language) for name in sentence.provisions)
            said.append(f"{sentence.text} ({labels})")
    return f"{message('written.heading', answer.language)}: {' '.join(said)}"


def _opening(first: Citation, language: str) -> list[str]:
    if first.plain:
        return [f"{plain_words(first, language)} ({first.label})"]
    if first.key_sentence:
        return [f"{_marks(first.language).format(first.key_sentence)} ({first.label})"]
    return []


def _about(citation: Citation, document: Document, language: str) -> list[str]:
    facts = [citation.document_title, standing(document, language), wording(citation, language)]
    if citation.quote is not None and (citation.language != language or document.kind != "private"):
        facts.append(message(f"answer.quote_in_{citation.language}", language))
    if citation.quote is not None and citation.one_of_several:
        facts.append(message("page.edition", language, edition=edition_label(citation.edition, language)))
    return [fact for fact in facts if fact]


def quoted(citation: Citation) -> str:
    """The quote in quotation marks; a point after the words that open its list."""
    marks = _marks(citation.language)
    quote = marks.format(citation.quote)
    return f"{marks.format(citation.lead_in)} — {quote}" if citation.lead_in else quote


def _marks(language: str) -> str:
    return "“{}”" if language == "en" else "«{}»"


def standing(document: Document, language: str) -> str:
    """Since when the document is in force, or else when it was adopted; "" where neither is known."""
    if document.kind == "private":
        return message("answer.private", language)
    if document.since is None:
        return (
            message("answer.adopted", language, date=date_label(document.adopted, language)) if document.adopted else ""
        )
    since = date_label(document.since, language)
    if document.until is None:
        return message("answer.in_force_since", language, since=since)
    return message("answer.was_in_force", language, since=since, until=date_label(document.until, language))


def wording(citation: Citation, language: str) -> str:
    """Since when the provision stands as it is quoted, or by which law, where that is not since its document does."""
    if citation.overtaken:
        return message("later.earlier_wording", language, law=date_label(citation.overtaken[0].law, language))
    change = citation.last_change
    if change is None:
        return ""
    if citation.later:
        return message("later.wording", language, law=date_label(change.law, language))
    if change.since is None:
        return message("later.by", language, law=date_label(change.law, language))
    return message("later.since", language, since=date_label(change.since, language))
