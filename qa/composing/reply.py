"""Making an answer or an abstention of what was found: provisions selected, cited, and verified to be verbatim."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus import load_catalogue
from corpus.links import load_links
from index import Hit, Reranker, SearchIndex, SearchResult, reranked
from qa.answer import Abstention, AbstentionReason, Answer, Citation, SeeAlso, SubjectTold
from qa.composing.around import see_also
from qa.composing.composition import MOST_CITATIONS, Published, answer_text, cite, select
from qa.composing.later_wording import later_told, resolutions_told
from qa.composing.lists import opened
from qa.composing.overview_text import overview_text
from qa.composing.verbatim import is_supported
from qa.evidence.changed_text import AS_KNOWN, ChangedTexts
from qa.evidence.provisions import hit_of, text_of
from qa.labels import label_of, label_of_eid
from qa.messages import message
from qa.turn import Turn

_MOST_BESIDE = 3
# Chances that the best is right: from the first on nothing is said of it, below the second also where it stands alone.
_SURE_ENOUGH = 0.65
_HARDLY_SURE = 0.5
_MOST_NEAREST = 3
_MOST_SERVED = 3
Editions = dict[tuple[str, str], Published]  # by document and language


class Reply:
    """Composes answers from hits of one index. Without state between questions. `changed` tells whose plain words are
    withheld, and of what there is a newer edition."""

    def __init__(
        self, index: SearchIndex, editions: Editions, reranker: Reranker | None, changed: ChangedTexts = AS_KNOWN
    ) -> None:
        self.index = index
        self.changed = changed
        self.editions = editions
        self._reranker = reranker

    def cited(
        self, hits: Sequence[Hit], language: str, quotes_in: str | None = None, day: date | None = None
    ) -> tuple[Citation, ...]:
        """Citations of the hits in their order, in the reader's language or what there is; only verbatim ones. `day` is
        the day asked about, if any."""
        found = (self._cite(hit, language, quotes_in, day) for hit in hits)
        return tuple(c for c in found if is_supported(c, self.index, language, self.changed))

    def newer_told(self, citations: Sequence[Citation], language: str) -> str:
        """That a newer edition of what is cited was found; "" where none was."""
        return self.changed.newer_told([c.document for c in citations], self.index.documents, language)

    def _cite(self, hit: Hit, language: str, quotes_in: str | None, day: date | None) -> Citation:
        return cite(hit, self.index, self.editions, language, quotes_in, self.changed, day)

    def from_result(
        self,
        turn: Turn,
        result: SearchResult,
        *,
        notice: str = "",
        beside: Sequence[Hit] = (),
        together: Sequence[str] = (),
        unfolding: Sequence[str] = (),
        confidence: float | None = None,
    ) -> Answer:
        """An answer from what fits best of the result; `notice` is said first, `beside` cited after it. `together` are
        identifiers of what is told with the best and so is cited too, `unfolding` of what belongs to it further.
        `confidence` is the chance that the best is right; where that is low, the answer says so."""
        language = turn.question.language
        there = self._there(turn, result.hits)
        if result.hits and not there:
            return self._nothing_left(turn)
        hits = self._reranked(turn, there)
        is_unsure = confidence is not None and confidence < _SURE_ENOUGH
        selection = select(hits, language=language, is_reranked=self._reranker is not None, is_unsure=is_unsure)
        for hit, reason in selection.dropped:
            label = label_of(hit.provision, language)
            turn.step("composition", "page.dropped", label=label, reason=reason)
        cited = [*selection.cited[: MOST_CITATIONS - len(beside)], *beside]
        several = len({hit.provision.article_id for hit in cited})
        if not notice and not beside and (several == MOST_CITATIONS or (is_unsure and several > 1)):
            notice = turn.say("answer.one_of_these")
        elif not beside and confidence is not None and confidence < _HARDLY_SURE:
            notice = "\n\n".join(filter(None, (turn.say("answer.unsure"), notice)))
        cited += self._named(together, cited, language)
        further = self._named(unfolding, cited, language)
        # The scores of what stands beside do not compare: it is found where it is cited.
        found = [*cited, *(hit for hit in hits if hit not in cited)] if beside else hits
        answer = self.citing(turn, cited, found, others=selection.others, notice=notice, further=further)
        return replace(answer, confidence=confidence)

    def _named(self, names: Sequence[str], beside: Sequence[Hit], language: str) -> list[Hit]:
        """Provisions by their names, without those there already."""
        there = {hit.provision.id for hit in beside}
        texts = (text_of(self.index, name, language) for name in dict.fromkeys(names) if name not in there)
        return [hit_of(text) for text in texts if text]

    def citing(
        self,
        turn: Turn,
        cited: Sequence[Hit],
        retrieved: Sequence[Hit],
        *,
        others: Sequence[Hit],
        notice: str = "",
        further: Sequence[Hit] = (),
        subjects: tuple[SubjectTold, ...] = (),
    ) -> Answer:
        """An answer with these citations, lists opened; `further` belongs to it and unfolds, `others` may be named
        under "see also". With `subjects` it is told as their overview."""
        language = turn.question.language
        cited, left = opened(cited, retrieved, self.index, language)
        further = [*left, *(hit for hit in further if hit not in left and hit not in cited)]
        citations: list[Citation] = []
        for hit in cited:
            citation = self._cite(hit, language, turn.quotes_in, turn.day)
            if is_supported(citation, self.index, language, self.changed):
                citations.append(citation)
            else:
                reason = turn.say("trace.not_verbatim")
                turn.step("verification", "page.dropped", label=citation.label, reason=reason)
        if cited and not citations:
            return self._nothing_left(turn)
        near = see_also(others, citations, self.editions, language)
        also = self._with_titles(near, citations[0].document if citations else "", language) + self._beside(
            citations, language
        )
        said = (later_told(citations, turn, self.index.documents), notice, self._serves(citations, language))
        notice = "\n\n".join(filter(None, said))
        if subjects:
            text = overview_text(subjects, citations, language)
        else:
            text = answer_text(citations, self.index.documents, language)
        if notice:
            text = f"{notice}\n\n{text}"
        unfolding = self.cited(further, language, turn.quotes_in, turn.day)
        if unfolding:
            labels = ", ".join(citation.label for citation in unfolding)
            text += "\n\n" + turn.say("answer.further", count=len(unfolding), labels=labels)
        if citations and (resolved := resolutions_told(citations[0], language)):
            text += f"\n\n{resolved}"
        if newer := self.newer_told(citations, language):
            text += f"\n\n{newer}"
        if also:
            text += "\n\n" + turn.say("answer.also", labels=", ".join(item.label for item in also))
        answer = self.finish(turn, None, text, tuple(citations), also, retrieved, notice)
        thread = turn.thread(citations, [subject.id for subject in subjects])
        return replace(answer, further=unfolding, subjects=subjects, thread=thread)

    def _with_titles(self, near: Sequence[SeeAlso], cited: str, language: str) -> tuple[SeeAlso, ...]:
        """With the article's heading, and its document's name what stands in another than the one `cited` first."""

        def named(item: SeeAlso) -> SeeAlso:
            document = item.provision.split("#")[0]
            plain = None if self.changed.withheld(item.provision) else self.index.plain(item.provision, language)
            item = replace(item, heading=plain.article_title if plain else "")
            title = self.index.documents[document].short_titles[language]
            return item if document == cited else replace(item, label=f"{title}, {item.label}")

        return tuple(map(named, near))

    def _beside(self, citations: Sequence[Citation], language: str) -> tuple[SeeAlso, ...]:
        """What other states were promised on the right cited first: of the covenants and the Declaration installed."""
        if not citations:
            return ()
        found = []
        for identifier in load_links().beside_provision(citations[0].provision):
            document, eid = identifier.split("#")
            if document in self.index.documents:
                title = self.index.documents[document].short_titles[language]
                page = self.editions.get((document, language)) or self.editions.get((document, "en"))
                found.append(SeeAlso(identifier, f"{title}, {label_of_eid(eid, language)}", page.url if page else ""))
        return tuple(found[:_MOST_BESIDE])

    def _serves(self, citations: Sequence[Citation], language: str) -> str:
        """Which articles of the Constitution a law carries out that is cited first; "" where none is. Where the
        Constitution comes first, that is plain to see."""
        law = citations[0].document if citations else ""
        served = [load_links().served_by(c.provision) for c in citations if c.document == law]
        names = dict.fromkeys(name for names in served for name in names)
        if not names:
            return ""
        articles = ", ".join(label_of_eid(name.split("#")[1], language) for name in [*names][:_MOST_SERVED])
        return message("answer.serves", language, law=self.index.documents[law].titles[language], articles=articles)

    def abstain(self, turn: Turn, reason: AbstentionReason, text: str, result: SearchResult | None = None) -> Answer:
        """An abstention, with what was nearest."""
        hits = result.hits if result else ()
        language = turn.question.language
        near = see_also(hits, (), self.editions, language)[:_MOST_NEAREST]
        constitution = load_catalogue().constitution_on(turn.as_of)
        nearest = self._with_titles(near, constitution.id if constitution else "", language)
        return self.finish(turn, Abstention(reason, text), text, (), nearest, hits)

    def _there(self, turn: Turn, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The hits without those of which only withheld plain words are left."""
        for hit in hits:
            if self.changed.gone(hit.provision):
                label = label_of(hit.provision, turn.question.language)
                turn.step("composition", "page.dropped", label=label, reason=turn.say("trace.gone"))
        return tuple(hit for hit in hits if not self.changed.gone(hit.provision))

    def _nothing_left(self, turn: Turn) -> Answer:
        """An abstention where none of what was found can be cited."""
        return self.abstain(turn, "not_in_corpus", turn.say("abstain.not_in_corpus"))

    def _reranked(self, turn: Turn, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        if self._reranker is None:
            return hits
        turn.step("retrieval", "trace.reranked", count=len(hits), model=self._reranker.name)
        texts = []
        for hit in hits:
            plain = self.index.plain(hit.provision.id, turn.question.written_in)
            texts.append(f"{plain.article_title}. {plain.body}" if plain else hit.provision.body)
        return reranked(hits, turn.question.topic, texts, self._reranker)

    def finish(
        self,
        turn: Turn,
        abstained: Abstention | None,
        text: str,
        citations: tuple[Citation, ...],
        also: tuple[SeeAlso, ...],
        retrieved: Sequence[Hit],
        notice: str = "",
    ) -> Answer:
        """The answer of these parts, with what the turn knows of the question; `text` opens with the `notice`."""
        return Answer(
            question=turn.question.text,
            language=turn.question.language,
            as_of=turn.as_of,
            abstained=abstained,
            text=text,
            citations=citations,
            see_also=also,
            retrieved=tuple((hit.provision.id, hit.score) for hit in retrieved),
            fingerprint=self.index.fingerprint,
            elapsed_ms=round((time.perf_counter() - turn.started) * 1000, 1),
            trace=tuple(turn.steps),
            notice=notice,
            reading=turn.question.reading,
            leans=bool(turn.question.reading),
            thread=turn.thread(citations),
            newer=self.newer_told(citations, turn.question.language),
        )
