"""The one way through: question, scope, retrieval, abstention, composition, verification."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from corpus import Provision, load_catalogue
from corpus.concordance import load_concordance
from index import Hit, Reranker, SearchIndex, SearchResult, reranked
from qa.abstention import Evidence, evidence, second_opinion
from qa.answer import Abstention, AbstentionReason, Answer, Citation, SeeAlso, TraceStep
from qa.bridge import bridged
from qa.comparison import hit_of, hits_of, pairs_named, ranked_pairs, text_of, what_changed
from qa.composition import MOST_CITATIONS, answer_text, cite, see_also, select
from qa.conversation import Earlier, followed
from qa.errors import BadReference
from qa.glossary import translations
from qa.labels import date_label, label_of, label_of_eid
from qa.messages import message
from qa.missing_reference import no_such
from qa.other_states import asks_about_another_state
from qa.question import LONGEST, Question, understand
from qa.references import resolve
from qa.scope import Scope, scope_of
from qa.verbatim import is_supported
from qa.writing import Writer

RETRIEVED = 20
_CURRENT = "kz-constitution-2026"
_FEWEST_LETTERS = 4
# The law on legal acts comes near to any question about laws; it answers what the Constitution does not only when there
# is little doubt. In log-odds.
_RELATED_DOUBT = 1.5

Editions = dict[tuple[str, str], tuple[str, str]]


@dataclass(slots=True)
class _Turn:
    """The working state of one question."""

    question: Question
    earlier: Earlier | None
    as_of: date
    started: float
    steps: list[TraceStep] = field(default_factory=list)

    def say(self, key: str, **values: object) -> str:
        return message(key, self.question.language, **values)

    def thread(self, citations: Sequence[Citation]) -> Earlier:
        """What the next question may lean on: the last question that stood by itself, and the article cited now."""
        leaned_on = self.earlier if self.question.reading else None
        thread = leaned_on or Earlier(self.question.text, self.question.language)
        first = next((c for c in citations if "#art_" in c.provision), None)
        if first is None:
            return thread
        article = first.provision.split("#art_")[1].split("__")[0]
        return replace(thread, language=self.question.language, article=article, document=first.document)

    def step(self, stage: str, key: str, **values: object) -> None:
        self.steps.append(TraceStep(stage, self.say(key, **values)))  # type: ignore[arg-type]


class Assistant:
    """Answers questions from one index. Holds no state between questions; safe to share by threads.

    `editions` gives the official page and the edition's name for `(document, language)`; `today` is asked at
    every question, so that a long-running server notices the calendar. With a `reranker`, what it ranks first of the
    provisions found is cited; whether to answer at all is judged before. With a `writer`, prose can be asked for.
    """

    def __init__(
        self,
        index: SearchIndex,
        editions: Editions,
        today: Callable[[], date] = date.today,
        reranker: Reranker | None = None,
        writer: Writer | None = None,
    ) -> None:
        self.index = index
        self.writer = writer
        self._reranker = reranker
        self._editions = editions
        self._today = today

    def ask(
        self,
        text: str,
        *,
        language: str | None = None,
        as_of: date | None = None,
        document: str | None = None,
        earlier: Earlier | None = None,
        written: bool = False,
    ) -> Answer:
        """An answer or an abstention; of a question that leans on the `earlier` one, completed from it; `written` with
        verified prose, where there is a writer. Raises `BadQuestion` and `BadReference` for bad input."""
        answer = self._ask(text, language, as_of, document, earlier)
        if written and self.writer:
            *_, answer = self.writer.write(answer)
        return answer

    def _ask(
        self, text: str, language: str | None, as_of: date | None, document: str | None, earlier: Earlier | None
    ) -> Answer:
        started = time.perf_counter()
        question = followed(understand(text, language=language), earlier)
        self._require(document, question.language)
        named = document or (question.document if question.document in self.index.documents else None)
        day = as_of or question.as_of or self._today()
        turn = _Turn(question, earlier, day, started)
        self._trace_question(turn, named)
        if question.document and named is None:
            return self._abstain(
                turn,
                "not_in_corpus",
                turn.say(
                    "abstain.not_installed",
                    document=load_catalogue().document(question.document).titles[question.language],
                ),
            )
        scope = scope_of(self.index.documents, named=named, as_of=day)
        if question.compares and not (document or question.gone) and _CURRENT in self.index.documents:
            return self._compare(turn)
        if not (scope.named or scope.constitution) and (question.references or not scope.primary):
            return self._abstain(turn, "not_in_corpus", self._no_constitution(turn))
        if question.references:
            return self._look_up(turn, scope)
        dated = as_of is not None or question.as_of is not None
        elsewhere = asks_about_another_state(question.text, question.written_in)
        if question.gone and not (scope.named or dated or elsewhere):
            return self._gone(turn, scope)
        return self._search(turn, scope)

    def search(self, words: str, *, document: str | None = None, limit: int = 10) -> SearchResult:
        """The provisions nearest to the words, over all documents or one. Raises as `ask` does."""
        question = understand(words)
        self._require(document, question.language)
        documents = [document] if document else list(self.index.documents)
        return self.index.search(
            question.topic,
            language=question.written_in,
            documents=documents,
            limit=limit,
            translations=translations(question.topic, question.written_in),
        )

    def nearest(
        self, words: str, document: str, *, language: str | None = None, limit: int = 3
    ) -> tuple[str, tuple[Citation, ...]]:
        """The reader's language, and the document's provisions nearest to the words, cited; one an article, none where
        the document is not installed. Raises `BadQuestion` and `BadReference`."""
        question = understand(words[:LONGEST], language=language)
        if document not in self.index.documents:
            return question.language, ()
        found = self.index.search(
            question.topic,
            language=question.written_in,
            documents=[document],
            limit=RETRIEVED,
            translations=translations(question.topic, question.written_in),
        )
        best: dict[str, Hit] = {}
        for hit in found.hits:
            best.setdefault(hit.provision.article_id, hit)
        cited = (cite(hit, self.index, self._editions, question.language) for hit in list(best.values())[:limit])
        return question.language, tuple(c for c in cited if is_supported(c, self.index, question.language))

    def cited(self, identifiers: Sequence[str], language: str) -> tuple[Citation, ...]:
        """Citations of provisions named, in their order, each in the reader's language or what there is."""
        hits = (hit_of(p) for i in identifiers if (p := text_of(self.index, i, language)))
        found = (cite(hit, self.index, self._editions, language) for hit in hits)
        return tuple(c for c in found if is_supported(c, self.index, language))

    def _require(self, document: str | None, language: str) -> None:
        if document is not None and document not in self.index.documents:
            known = ", ".join(self.index.documents)
            raise BadReference(message("bad.document", language, value=repr(document), known=known))

    # Looking up what the question names

    def _look_up(self, turn: _Turn, scope: Scope) -> Answer:
        document = scope.primary[0]
        edition = self.index.edition(document, turn.question.language)
        official = edition[0].wording == "official"
        groups: list[list[Provision]] = []
        for reference in turn.question.references:
            named = resolve(reference, edition)
            if not named:
                told = no_such(reference, edition, self.index.documents[document], turn.question.language)
                return self._abstain(turn, "not_in_corpus", told)
            groups.append([p for p in named if not any(p in group for group in groups)])
        found = [p for group in groups for p in group]
        if all(p.excluded for p in found):
            label = label_of(found[0], turn.question.language)
            return self._abstain(
                turn, "not_in_corpus", turn.say("abstain.excluded", label=label, document=self._title(turn, document))
            )
        result = self.index.search(
            turn.question.text,
            language=turn.question.written_in,
            documents=[document],
            limit=200,
            text_language=edition[0].language if official else None,
        )
        ranked = {hit.provision.id: hit for hit in result.hits}
        listed = [
            [ranked.get(p.id) or Hit(p, 0.0, 0.0, 0.0, 0.0, (0, len(p.body))) for p in group if not p.excluded]
            for group in groups
        ]
        # "Article 18" is read from its start; "does article 18 allow a lawyer" by what fits best.
        if not turn.question.only_reference:
            listed = [sorted(group, key=lambda hit: -hit.score) for group in listed]
        # Of several articles each has its turn.
        hits = [hit for turns in zip_longest(*listed) for hit in turns if hit]
        others = [hit for hit in result.hits if hit.provision not in found][: RETRIEVED - min(len(hits), 10)]
        return self._answer(turn, hits[:3], [*hits, *others], others=hits[3:])

    # Searching

    def _search(self, turn: _Turn, scope: Scope) -> Answer:
        question = turn.question
        result, case = self._run(turn, scope.primary, named=scope.named)
        if sum(character.isalpha() for character in question.topic) < _FEWEST_LETTERS:
            return self._abstain(turn, "too_vague", turn.say("abstain.too_vague"), result)
        if case and case.sufficient:
            turn.step("abstention", "trace.answered")
            return self._answer_from(turn, result)
        turn.step("abstention", "trace.refused")
        if scope.related:
            titles = ", ".join(self._title(turn, d) for d in scope.related)
            turn.step("scope", "trace.related", documents=titles)
            related, case = self._run(turn, scope.related)
            if case and case.margin >= case.needed + _RELATED_DOUBT:
                turn.step("abstention", "trace.answered")
                return self._answer_from(turn, related)
        if not (scope.named or scope.constitution):
            return self._abstain(turn, "not_in_corpus", self._no_constitution(turn), result)
        reason: AbstentionReason = "not_in_corpus" if scope.named else "out_of_scope"
        return self._abstain(turn, reason, turn.say(f"abstain.{reason}"), result)

    def _run(
        self, turn: _Turn, documents: Sequence[str], *, named: bool = False
    ) -> tuple[SearchResult, Evidence | None]:
        """What is found in the documents, and the case for answering from it."""
        question = turn.question
        words = translations(f"{question.context} {question.topic}", question.written_in)
        result, plain, lives_on = self._found(turn, documents, words)
        texts = {language for document in documents for language in self.index.languages(document)}
        if sought := ", ".join(words[language] for language in sorted(texts) if words[language]):
            turn.step("retrieval", "trace.glossary", words=sought)
        titles = ", ".join(self._title(turn, d) for d in documents)
        turn.step("retrieval", "trace.searched", documents=titles, count=len(result.hits))
        case = self._case(turn, result, named=named)
        if plain:
            case = second_opinion(case, self._case(turn, plain, named=named), lives_on=lives_on)
        if case:
            turn.step(
                "abstention",
                "trace.evidence",
                label=label_of(result.hits[0].provision, question.language),
                score=f"{result.hits[0].score:.3f}",
                contrast=f"{result.beyond.nearest:.3f}",
                margin=f"{case.margin:+.3f}",
                needed=f"{case.needed:+.3f}",
            )
        self._trace_matches(turn, result)
        return result, case

    def _found(
        self, turn: _Turn, documents: Sequence[str], words: Mapping[str, str]
    ) -> tuple[SearchResult, SearchResult | None, bool]:
        """What the documents have; where the old Constitution alone is asked, found by way of the concordance too, with
        what the Constitution in force has as second, and whether the best of that came from the old one."""
        question, concordance = turn.question, load_concordance()
        both = concordance.old in self.index.documents and concordance.new in self.index.documents
        bridge = both and tuple(documents) == (concordance.old,)
        back = both and question.gone is not None and concordance.new in documents

        def search(names: Sequence[str], topic: str) -> SearchResult:
            return self.index.search(
                topic,
                language=question.written_in,
                documents=names,
                limit=self.index.count if bridge or back else RETRIEVED,
                translations=words,
                context=question.context,
            )

        if back and question.gone:
            # The text in force speaks of what does the body's work now; of the body itself only its transition does.
            today = question.gone.replaced(question.topic, question.written_in)
            old = search([concordance.old], question.topic)
            return bridged(search(documents, today), old, concordance, RETRIEVED), None, False
        result = search(documents, question.topic)
        if not bridge:
            return result, None, False
        turn.step("retrieval", "trace.bridged")
        plain = search([concordance.new], question.topic)
        lives_on = any(pair.old for hit in plain.hits[:1] for pair in concordance.of([hit.provision.id])[:1])
        return bridged(result, plain, concordance, RETRIEVED), plain, lives_on

    def _case(self, turn: _Turn, result: SearchResult, *, named: bool = False) -> Evidence | None:
        added = any(self.index.documents[hit.provision.document].kind == "private" for hit in result.hits[:1])
        return evidence(result, turn.question.topic, turn.question.written_in, named=named, added=added)

    def _gone(self, turn: _Turn, scope: Scope) -> Answer:
        """The question speaks of an institution that the Constitution in force does not know: that is said first, with
        what does its work now; then what this Constitution has on the matter, or what the old one had, where the
        question is put in the past."""
        question = turn.question
        assert question.gone is not None
        gone, language = question.gone, question.language
        told = {
            "body": gone.names[language],
            "was": ", ".join(label_of_eid(name.split("#")[1], language) for name in gone.was),
            "today": gone.today[language],
        }
        repealed = [d.id for d in self.index.documents.values() if d.kind == "constitution" and d.status == "repealed"]
        old, then = self._run(turn, repealed) if repealed else (None, None)
        if question.past and old and then and then.sufficient:
            turn.step("abstention", "trace.answered")
            return self._answer_from(turn, old, notice=turn.say("answer.gone_then", **told))
        if scope.constitution:
            notice = turn.say("answer.gone", **told)
            result, case = self._run(turn, scope.primary)
            successors = [hit_of(p) for name in gone.now if (p := text_of(self.index, name, language))]
            others = [hit for hit in result.hits if hit.provision.id not in gone.now]
            # Whether it is still there, or what came instead, its successor answers.
            is_asked_after = question.compares and bool(successors)
            if case and case.sufficient and not is_asked_after:
                turn.step("abstention", "trace.answered")
                return self._answer_from(turn, result, notice=notice)
            # Else the old text would have answered: the question was right in its time.
            in_its_time = then and then.sufficient and second_opinion(then, case, lives_on=False) is then
            if successors and (is_asked_after or in_its_time):
                return self._answer(turn, successors, [*successors, *others], others=others, notice=notice)
            turn.step("abstention", "trace.refused")
        return self._abstain(turn, "repealed_only", turn.say("abstain.repealed_only", **told), old)

    # Comparing

    def _compare(self, turn: _Turn) -> Answer:
        """What changed on the matter asked about, from the concordance, with the provisions of both Constitutions."""
        question = turn.question
        concordance = load_concordance()
        turn.step("scope", "trace.compares")
        named: list[str] = []
        if question.references:
            document = question.document or concordance.new
            edition = self.index.edition(document, question.language) if document in self.index.documents else ()
            for reference in question.references:
                found = resolve(reference, edition)
                if not found and edition:
                    told = no_such(reference, edition, self.index.documents[document], question.language)
                    return self._abstain(turn, "not_in_corpus", told)
                named += [p.id for p in found]
        new, case = self._run(turn, [concordance.new])
        old, then = self._run(turn, [concordance.old]) if concordance.old in self.index.documents else (None, None)
        case = second_opinion(then, case, lives_on=True) if then else case
        if not named and not (case and case.sufficient):
            turn.step("abstention", "trace.refused")
            return self._abstain(turn, "out_of_scope", turn.say("abstain.out_of_scope"), new)
        before = old.hits if old else ()
        if named:
            is_part = any(reference.paragraph or reference.point for reference in question.references)
            pairs = pairs_named(named, is_part=is_part)
        else:
            turn.step("abstention", "trace.answered")
            pairs = ranked_pairs([h.provision.id for h in new.hits[:3]], [h.provision.id for h in before[:3]])
        if not pairs:
            return self._answer_from(turn, new)
        pair = pairs[0]
        cited = hits_of(self.index, pair.new, new.hits, question.language, 2)
        cited += hits_of(self.index, pair.old, before, question.language, 2)[: MOST_CITATIONS - len(cited) or 1]
        others = [hit for hit in (*new.hits, *before) if hit not in cited]
        notice = turn.say("answer.changed", text=what_changed(pair, question.language))
        return self._answer(turn, cited, [*cited, *others][:RETRIEVED], others=others, notice=notice)

    # Results

    def _answer_from(self, turn: _Turn, result: SearchResult, *, notice: str = "") -> Answer:
        question = turn.question
        hits = self._reranked(turn, result.hits)
        selection = select(
            hits,
            language=question.language,
            written_in=question.written_in,
            is_reranked=self._reranker is not None,
        )
        for hit, reason in selection.dropped:
            label = label_of(hit.provision, question.language)
            turn.step("composition", "page.dropped", label=label, reason=reason)
        return self._answer(turn, selection.cited, hits, others=selection.others, notice=notice)

    def _reranked(self, turn: _Turn, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        if self._reranker is None:
            return hits
        turn.step("retrieval", "trace.reranked", count=len(hits), model=self._reranker.name)
        texts = []
        for hit in hits:
            plain = self.index.plain(hit.provision.id, turn.question.written_in)
            texts.append(f"{plain.article_title}. {plain.body}" if plain else hit.provision.body)
        return reranked(hits, turn.question.topic, texts, self._reranker)

    def _answer(
        self,
        turn: _Turn,
        cited: Sequence[Hit],
        retrieved: Sequence[Hit],
        *,
        others: Sequence[Hit],
        notice: str = "",
    ) -> Answer:
        language = turn.question.language
        citations: list[Citation] = []
        for hit in cited:
            citation = cite(hit, self.index, self._editions, language)
            if is_supported(citation, self.index, language):
                citations.append(citation)
            else:
                reason = turn.say("trace.not_verbatim")
                turn.step("verification", "page.dropped", label=citation.label, reason=reason)
        also = see_also(others, citations, self._editions, language)
        text = answer_text(citations, self.index.documents, language)
        if notice:
            text = f"{notice}\n\n{text}"
        if also:
            text += "\n\n" + turn.say("answer.also", labels=", ".join(item.label for item in also))
        return self._finish(turn, None, text, tuple(citations), also, retrieved, notice)

    def _abstain(self, turn: _Turn, reason: AbstentionReason, text: str, result: SearchResult | None = None) -> Answer:
        hits = result.hits if result else ()
        nearest = see_also(hits, (), self._editions, turn.question.language)[:3]
        return self._finish(turn, Abstention(reason, text), text, (), nearest, hits)

    def _finish(
        self,
        turn: _Turn,
        abstained: Abstention | None,
        text: str,
        citations: tuple[Citation, ...],
        also: tuple[SeeAlso, ...],
        retrieved: Sequence[Hit],
        notice: str = "",
    ) -> Answer:
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
            thread=turn.thread(citations),
        )

    # Wording

    def _trace_question(self, turn: _Turn, document: str | None) -> None:
        question = turn.question
        turn.step("question", "trace.language", name=turn.say(f"page.{question.written_in}"))
        if question.reading:
            turn.step("question", "trace.reading", reading=question.reading)
        for reference in question.references:
            turn.step("question", "trace.reference", label=label_of_eid(reference.eid, question.language))
        if document:
            turn.step("scope", "trace.document", document=self._title(turn, document))
        if turn.as_of != self._today():
            turn.step("scope", "trace.date", date=date_label(turn.as_of, question.language))

    def _trace_matches(self, turn: _Turn, result: SearchResult) -> None:
        """Which text of each of the best provisions came nearest to the question."""
        for hit in result.hits[:3]:
            if hit.matched:
                kind, language = hit.matched
                label = label_of(hit.provision, turn.question.language)
                name = turn.say(f"page.{language}")
                turn.step("retrieval", "trace.matched", label=label, text=turn.say(f"match.{kind}"), name=name)

    def _title(self, turn: _Turn, document: str) -> str:
        return self.index.documents[document].short_titles[turn.question.language]

    def _no_constitution(self, turn: _Turn) -> str:
        """Why there is no Constitution to ask: none was in force on the day, or its text is not installed."""
        language = turn.question.language
        wanted = load_catalogue().constitution_on(turn.as_of)
        if wanted is None:
            return turn.say("abstain.before_first", date=date_label(turn.as_of, language))
        return turn.say("abstain.not_installed", document=wanted.titles[language])
