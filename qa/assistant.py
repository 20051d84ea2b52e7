"""The one way through: question, scope, retrieval, abstention, composition, verification."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from corpus import Provision, load_catalogue
from index import Hit, Reranker, SearchIndex, SearchResult
from qa.abstention import Evidence
from qa.answer import AbstentionReason, Answer, Citation, TraceStep
from qa.changed_matter import answer_on_change
from qa.changed_text import AS_KNOWN, ChangedTexts
from qa.comparison import hit_of, text_of
from qa.conversation import Earlier, followed
from qa.errors import BadReference
from qa.glossary import translations
from qa.gone_bodies import answer_on_gone_body
from qa.labels import date_label, label_of, label_of_eid
from qa.law_beside import answer_on_constitutional_law
from qa.messages import message
from qa.missing_reference import no_such
from qa.other_states import asks_about_another_state
from qa.question import LONGEST, Question, understand
from qa.references import resolve
from qa.reply import Editions, Reply
from qa.retrieval import RETRIEVED, Retrieval
from qa.scope import Scope, scope_of
from qa.turn import Turn
from qa.writing import Writer

_CURRENT = "kz-constitution-2026"
_FEWEST_LETTERS = 3  # "тіл", "суд": short words are subjects too
# The law on legal acts comes near to any question about laws; it answers what the Constitution does not only when there
# is little doubt. In log-odds.
_RELATED_DOUBT = 1.5


@dataclass(frozen=True, slots=True)
class _Asked:
    """What comes with a question: as for `Assistant.ask`, and when it came (`time.perf_counter`, seconds)."""

    as_of: date | None
    document: str | None
    earlier: Earlier | None
    quotes_in: str | None
    started: float


class Assistant:
    """Answers questions from one index. Holds no state between questions; safe to share by threads.

    `editions` gives the official page and the edition's name for `(document, language)`; `today` is asked at
    every question, so that a long-running server notices the calendar. With a `reranker`, what it ranks first of the
    provisions found is cited; whether to answer at all is judged before. With a `writer`, prose can be asked for.
    `changed` tells whose plain words are withheld, and of what there is a newer edition.
    """

    def __init__(
        self,
        index: SearchIndex,
        editions: Editions,
        today: Callable[[], date] = date.today,
        reranker: Reranker | None = None,
        writer: Writer | None = None,
        changed: ChangedTexts = AS_KNOWN,
    ) -> None:
        self.index = index
        self.writer = writer
        self._retrieval = Retrieval(index)
        self._reply = Reply(index, editions, reranker, changed)
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
        quotes_in: str | None = None,
    ) -> Answer:
        """An answer or an abstention; of a question that leans on the `earlier` one, completed from it; `written` with
        verified prose, where there is a writer. `quotes_in` is the language of quotes from what has no official text in
        the answer's own, Russian by default. Raises `BadQuestion` and `BadReference` for bad input."""
        asked = _Asked(as_of, document, earlier, quotes_in, time.perf_counter())
        answer = self._answered(understand(text, language=language), language, asked)
        if written and self.writer:
            *_, answer = self.writer.write(answer)
        return answer

    def _answered(self, typed: Question, language: str | None, asked: _Asked) -> Answer:
        """The answer to the question as it was meant: in its language's letters always, its slips mended where it would
        go unanswered, since a word that is rare is no slip."""
        spelling = self.index.spelling
        spelt = spelling.in_its_letters(typed.text, typed.written_in)
        question = understand(spelt, language=language) if spelt else typed
        answer = self._ask(question, asked)
        if answer.abstained and (meant := spelling.corrected(question.text, question.written_in)):
            other = self._ask(understand(meant, language=question.language), asked)
            answer = answer if other.abstained else other
        if answer.question == typed.text:
            return answer
        said = message("trace.respelled", answer.language, reading=answer.question)
        return replace(
            answer,
            question=typed.text,
            reading=answer.reading or answer.question,
            trace=(TraceStep("question", said), *answer.trace),
        )

    def _ask(self, question: Question, asked: _Asked) -> Answer:
        as_of, document = asked.as_of, asked.document
        question = followed(question, asked.earlier)
        self._require(document, question.language)
        named = document or (question.document if question.document in self.index.documents else None)
        day = as_of or question.as_of or self._today()
        turn = Turn(question, asked.earlier, day, asked.started, asked.quotes_in)
        self._trace_question(turn, named)
        if question.document and named is None:
            return self._reply.abstain(
                turn,
                "not_in_corpus",
                turn.say(
                    "abstain.not_installed",
                    document=load_catalogue().document(question.document).titles[question.language],
                ),
            )
        scope = scope_of(self.index.documents, named=named, as_of=day, commitments=question.commitments)
        if question.compares and not (document or question.gone) and _CURRENT in self.index.documents:
            return answer_on_change(turn, self._retrieval, self._reply)
        if not (scope.named or scope.constitution) and (question.references or not scope.primary):
            return self._reply.abstain(turn, "not_in_corpus", self._no_constitution(turn))
        if question.references:
            return self._look_up(turn, scope)
        dated = as_of is not None or question.as_of is not None
        elsewhere = asks_about_another_state(question.text, question.written_in)
        if question.gone and not (scope.named or dated or elsewhere):
            return answer_on_gone_body(turn, question.gone, scope, self._retrieval, self._reply)
        return self._search(turn, scope)

    def search(self, words: str, *, document: str | None = None, limit: int = 10) -> SearchResult:
        """The provisions nearest to the words, over all documents or one. Raises as `ask` does."""
        question = understand(words)
        self._require(document, question.language)
        documents = [document] if document else list(self.index.documents)
        found = self.index.search(
            question.topic,
            language=question.written_in,
            documents=documents,
            limit=limit,
            translations=translations(question.topic, question.written_in),
        )
        return replace(found, hits=tuple(hit for hit in found.hits if not self._reply.changed.gone(hit.provision)))

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
        return question.language, self._reply.cited(list(best.values())[:limit], question.language)

    def cited(self, identifiers: Sequence[str], language: str) -> tuple[Citation, ...]:
        """Citations of provisions named, in their order, each in the reader's language or what there is."""
        hits = [hit_of(p) for i in identifiers if (p := text_of(self.index, i, language))]
        return self._reply.cited(hits, language)

    def newer_told(self, citations: Sequence[Citation], language: str) -> str:
        """That a newer edition of what is cited was found; "" where none was."""
        return self._reply.newer_told(citations, language)

    def _require(self, document: str | None, language: str) -> None:
        if document is not None and document not in self.index.documents:
            known = ", ".join(self.index.documents)
            raise BadReference(message("bad.document", language, value=repr(document), known=known))

    # Looking up what the question names

    def _look_up(self, turn: Turn, scope: Scope) -> Answer:
        document = scope.primary[0]
        edition = self.index.edition(document, turn.question.language)
        official = edition[0].wording == "official"
        groups: list[list[Provision]] = []
        for reference in turn.question.references:
            named = resolve(reference, edition)
            if not named:
                told = no_such(reference, edition, self.index.documents[document], turn.question.language)
                return self._reply.abstain(turn, "not_in_corpus", told)
            groups.append([p for p in named if not any(p in group for group in groups)])
        found = [p for group in groups for p in group]
        if all(p.excluded for p in found):
            label = label_of(found[0], turn.question.language)
            return self._reply.abstain(
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
        return self._reply.citing(turn, hits[:3], [*hits, *others], others=hits[3:])

    # Searching

    def _search(self, turn: Turn, scope: Scope) -> Answer:
        question = turn.question
        result, case = self._strongest(turn, scope)
        if sum(character.isalpha() for character in question.topic) < _FEWEST_LETTERS:
            return self._reply.abstain(turn, "too_vague", turn.say("abstain.too_vague"), result)
        if not scope.named:
            of_law = answer_on_constitutional_law(turn, result, case, self._retrieval, self._reply)
            if of_law:
                return of_law
        if case and case.sufficient:
            turn.step("abstention", "trace.answered")
            return self._reply.from_result(turn, result)
        turn.step("abstention", "trace.refused")
        if scope.related:
            titles = ", ".join(self._title(turn, d) for d in scope.related)
            turn.step("scope", "trace.related", documents=titles)
            related, case = self._retrieval.find(turn, scope.related)
            if case and case.margin >= case.needed + _RELATED_DOUBT:
                turn.step("abstention", "trace.answered")
                return self._reply.from_result(turn, related)
        if not (scope.named or scope.constitution):
            return self._reply.abstain(turn, "not_in_corpus", self._no_constitution(turn), result)
        reason: AbstentionReason = "not_in_corpus" if scope.named else "out_of_scope"
        return self._reply.abstain(turn, reason, turn.say(f"abstain.{reason}"), result)

    def _strongest(self, turn: Turn, scope: Scope) -> tuple[SearchResult, Evidence | None]:
        """What is found in the Constitution or in the user's own documents, whichever makes the stronger case: their
        scores do not compare."""
        kinds = [self.index.documents[name].kind == "private" for name in scope.primary]
        parts = [[n for n, own in zip(scope.primary, kinds, strict=True) if own is wanted] for wanted in (False, True)]
        found = [self._retrieval.find(turn, part, named=scope.named) for part in parts if part]
        return max(found, key=lambda pair: pair[1].margin - pair[1].needed if pair[1] else float("-inf"))

    # Wording

    def _trace_question(self, turn: Turn, document: str | None) -> None:
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

    def _title(self, turn: Turn, document: str) -> str:
        return self.index.documents[document].short_titles[turn.question.language]

    def _no_constitution(self, turn: Turn) -> str:
        """Why there is no Constitution to ask: none was in force on the day, or its text is not installed."""
        language = turn.question.language
        wanted = load_catalogue().constitution_on(turn.as_of)
        if wanted is None:
            return turn.say("abstain.before_first", date=date_label(turn.as_of, language))
        return turn.say("abstain.not_installed", document=wanted.titles[language])
