"""The one way through: the question understood, the ways of answering tried in turn, prose where it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from index import Hit, Reranker, SearchIndex, SearchResult
from qa.answer import Answer, Citation, TraceStep
from qa.answering.about_assistant import AboutAssistant
from qa.answering.changed_matter import ChangedMatter
from qa.answering.document_facts import DocumentFacts
from qa.answering.gone_bodies import GoneBodies
from qa.answering.named_provisions import NamedProvisions, OwnClause
from qa.answering.nearest_provisions import NearestProvisions
from qa.answering.no_text import NOT_HELD, NoConstitution
from qa.answering.shown_before import ShownBefore
from qa.answering.subject_overview import SubjectOverview
from qa.answering.way import Way
from qa.candidates import Choice
from qa.choosing.choosable import choosable
from qa.choosing.chosen import Chosen
from qa.choosing.reader import Reader, Reading
from qa.choosing.rereading import reread
from qa.composing.reply import Editions, Reply
from qa.errors import BadReference
from qa.evidence.changed_text import AS_KNOWN, ChangedTexts
from qa.evidence.provisions import hit_of, text_of
from qa.evidence.retrieval import RETRIEVED, Retrieval, answered_otherwise, in_its_letters, is_hardly_answered
from qa.labels import date_label, label_of_eid
from qa.messages import message
from qa.prose.writing import Writer
from qa.turn import EVERYWHERE, Asked, Turn, Where
from qa.understanding.conversation import Earlier, followed
from qa.understanding.forms import adopted_text
from qa.understanding.glossary import translations
from qa.understanding.question import LONGEST, Question, understand
from qa.understanding.scope import scope_of

if TYPE_CHECKING:
    from qa.legislation import Legislation
    from qa.statutes import Statutes

# Tried in this order; the last always answers.
WAYS: tuple[type[Way], ...] = (
    Chosen,
    OwnClause,
    *NOT_HELD,
    ShownBefore,
    AboutAssistant,
    DocumentFacts,
    ChangedMatter,
    NoConstitution,
    NamedProvisions,
    GoneBodies,
    SubjectOverview,
    NearestProvisions,
)


class Assistant:
    """Answers questions from one index. Holds no state between questions; safe to share by threads.

    `editions` gives the official page and the edition's name for `(document, language)`; `today` is asked at
    every question, so that a long-running server notices the calendar. With a `reranker`, what it ranks first of the
    provisions found is cited; whether to answer at all is judged before. With a `writer`, prose can be asked for.
    `changed` tells whose plain words are withheld, and of what there is a newer edition. `past` opens the assistant
    over the editions of another day, where those are not the ones in the index. With a `reader`, `read` has a model
    choose among what was found. With `legislation`, laws of a library answer after the Constitution.
    """

    def __init__(
        self,
        index: SearchIndex,
        editions: Editions,
        today: Callable[[], date] = date.today,
        reranker: Reranker | None = None,
        writer: Writer | None = None,
        changed: ChangedTexts = AS_KNOWN,
        past: Callable[[date], Assistant | None] | None = None,
        reader: Reader | None = None,
        legislation: Legislation | None = None,
    ) -> None:
        self.index = index
        self.writer = writer
        self.reader = reader
        self._reply = Reply(index, editions, reranker, changed)
        self._retrieval = Retrieval(index)
        self._ways = [way(self._retrieval, self._reply) for way in WAYS]
        self._today = today
        self._past = past
        self.legislation = legislation
        self._statutes: Statutes | None = None
        if legislation:  # imported only where there is a library
            from qa.statutes import Statutes

            self._statutes = Statutes(legislation, index, self._reply)

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
        choosable: bool = False,
        where: Where = EVERYWHERE,
    ) -> Answer:
        """An answer or an abstention; of a question that leans on the `earlier` one, completed from it; `written` with
        what a model at hand chose and with verified prose, where there is a reader and a writer. `quotes_in` is the
        language of quotes from what has no official text in the answer's own, Russian by default. With `choosable`, as
        where there is a reader, the answer tells its candidates; `where` to look. Raises `BadQuestion` and
        `BadReference` for bad input."""
        asked = Asked(as_of, document, earlier, quotes_in, time.perf_counter(), choosable=choosable, where=where)
        answer = self._answered(understand(text, language=language), language, asked)
        if written:
            answer = self._read(answer, language, asked)
        if written and (writer := self.writer_of(answer)):
            *_, answer = writer.write(answer)
        return answer

    def read(
        self,
        answer: Answer,
        *,
        reading: Reading | None = None,
        language: str | None = None,
        as_of: date | None = None,
        document: str | None = None,
        earlier: Earlier | None = None,
        quotes_in: str | None = None,
        where: Where = EVERYWHERE,
    ) -> Answer:
        """The answer as a model at hand chooses among what was found, or as it was: without a reader, and where the
        model fails or chooses the same. `reading` is what a model chose already; the rest is as `ask` was given it."""
        asked = Asked(as_of, document, earlier, quotes_in, time.perf_counter(), where=where)
        return self._read(answer, language, asked, reading)

    def _read(self, answer: Answer, language: str | None, asked: Asked, reading: Reading | None = None) -> Answer:
        here = self._of(answer.as_of)
        if answer.candidates is None or not answer.candidates.provisions:
            return answer
        if reading is None:
            if here.reader is None:
                return answer
            before = asked.earlier.question if asked.earlier else ""
            reading = here.reader.read(answer, self.ask, before)

        def chosen(choice: Choice) -> Answer:
            question = understand(answer.question, language=language)
            return self._answered(question, language, replace(asked, choice=choice))

        return reread(answer, reading, chosen, here.index)

    @property
    def has_model(self) -> bool:
        """Whether a language model is at hand, to choose or to write."""
        return self.reader is not None or self.writer is not None

    def writer_of(self, answer: Answer) -> Writer | None:
        """Writes about the answer from the editions of its day; None where there is no generator, and of what a library
        answers, whose texts are not in the index."""
        return None if answer.acts else self._of(answer.as_of).writer

    def _of(self, day: date) -> Assistant:
        return (self._past(day) if self._past else None) or self

    def _answered(self, typed: Question, language: str | None, asked: Asked) -> Answer:
        """The answer to the question as it was meant: in its language's letters always, its slips mended where it would
        go unanswered, since a word that is rare is no slip."""
        adopted = adopted_text(typed.text, typed.written_in)
        if adopted != typed.text:
            answer = self._answered(understand(adopted, language=typed.language), language, asked)
            return _of_the_draft(answer, typed.text)
        question = in_its_letters(typed, self.index, language)
        answer = self._ask(question, asked)
        if is_hardly_answered(answer):
            answer = answered_otherwise(answer, question, self.index, partial(self._ask, asked=asked))
        if answer.question == typed.text:
            return answer
        said = message("trace.respelled", answer.language, reading=answer.question)
        return replace(
            answer,
            question=typed.text,
            reading=answer.reading or answer.question,
            trace=(TraceStep("question", said), *answer.trace),
        )

    def _ask(self, question: Question, asked: Asked) -> Answer:
        question = followed(question, asked.earlier)
        self._require(asked.document, question.language)
        if asked.where != EVERYWHERE and self._statutes is None:
            raise BadReference(message("bad.no_library", question.language))
        day = asked.as_of or question.as_of or self._today()
        return self._of(day)._on(day, question, asked)

    def _on(self, day: date, question: Question, asked: Asked) -> Answer:
        """The answer from the editions in this index, to a question completed."""
        documents = self.index.documents
        named = asked.document or (question.document if question.document in documents else None)
        turn = Turn(
            question,
            asked.earlier,
            day,
            scope_of(documents, named=named, as_of=day, commitments=question.commitments),
            asked.started,
            document=asked.document,
            choice=asked.choice,
            dated=asked.as_of is not None or question.as_of is not None,
            quotes_in=asked.quotes_in,
            where=asked.where,
        )
        self._trace_question(turn, named)
        if self._statutes and (of_laws := self._statutes.first(turn)):
            return of_laws
        answer, way = next((answer, way) for way in self._ways if (answer := way.answers(turn)))
        searched = way.searches or turn.choice is not None
        if (self.reader or asked.choosable) and way.is_searched(turn):
            cited = [c.provision for c in answer.citations]
            answer = replace(answer, candidates=choosable(turn, self._retrieval, cited))
        return self._statutes.beside(turn, answer, searched=searched) if self._statutes else answer

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

    def _trace_question(self, turn: Turn, document: str | None) -> None:
        question = turn.question
        turn.step("question", "trace.language", name=turn.say(f"page.{question.written_in}"))
        if question.reading:
            turn.step("question", "trace.reading", reading=question.reading)
        for reference in question.references:
            turn.step("question", "trace.reference", label=label_of_eid(reference.eid, question.language))
        if document:
            title = self.index.documents[document].short_titles[question.language]
            turn.step("scope", "trace.document", document=title)
        if turn.as_of != self._today():
            turn.step("scope", "trace.date", date=date_label(turn.as_of, question.language))


def _of_the_draft(answer: Answer, typed: str) -> Answer:
    """The answer to a question on the draft that was adopted: it says so first."""
    if answer.abstained:
        return replace(answer, question=typed)
    told = message("answer.draft", answer.language)
    notice = "\n\n".join(filter(None, (told, answer.notice)))
    return replace(answer, question=typed, notice=notice, text=f"{told}\n\n{answer.text}")
