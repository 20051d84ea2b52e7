"""Searching the documents for a question, judging whether what was found answers it, and how else it may be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from corpus.concordance import load_concordance
from corpus.private import is_heading
from corpus.text.sentences import asked_alone
from index import SearchIndex, SearchResult
from qa.answer import Answer
from qa.evidence.abstention import Evidence, evidence, second_opinion
from qa.evidence.answer_type import names_one, wanted_measure
from qa.evidence.bridge import bridged
from qa.labels import label_of
from qa.turn import Turn
from qa.understanding.conversation import refers_back
from qa.understanding.glossary import translations
from qa.understanding.question import Question, understand

RETRIEVED = 20
_HARDLY_SURE = 0.5
_SURE = 0.65  # the chance that the first provision is right, from which what stands after a colon is answered by itself


class Retrieval:
    """What an index holds on a question. Without state between questions."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index

    def find(
        self, turn: Turn, documents: Sequence[str], *, named: bool = False
    ) -> tuple[SearchResult, Evidence | None]:
        """What is found in the documents, and the case for answering from it; `named`: the question names them. What
        one way of answering has found, the next does not seek again."""
        key = (tuple(documents), named)
        if key not in turn.found:
            turn.found[key] = self._sought(turn, documents, named=named)
        found: tuple[SearchResult, Evidence | None] = turn.found[key]
        return found

    def _sought(self, turn: Turn, documents: Sequence[str], *, named: bool) -> tuple[SearchResult, Evidence | None]:
        question = turn.question
        words = translations(f"{question.context} {question.topic}", question.written_in)
        result, plain, lives_on = self._found(turn, documents, words)
        texts = {language for document in documents for language in self.index.languages(document)}
        if sought := ", ".join(words[language] for language in sorted(texts) if words[language]):
            turn.step("retrieval", "trace.glossary", words=sought)
        titles = ", ".join(self.index.documents[d].short_titles[question.language] for d in documents)
        turn.step("retrieval", "trace.searched", documents=titles, count=len(result.hits))
        result = self._without_headings(result)
        case = self._case(turn, result, named=named)
        if plain:
            layer = self._case(turn, plain, named=named)
            is_old = question.gone is not None or _only_then_named(turn, result, plain)
            case = second_opinion(case, layer, lives_on=lives_on, of_the_gone=is_old)
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
        _trace_matches(turn, result)
        return result, case

    def _found(
        self, turn: Turn, documents: Sequence[str], words: Mapping[str, str]
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
            topic = question.topic
            today = topic if question.is_story else question.gone.replaced(topic, question.written_in)
            old = search([concordance.old], question.topic)
            return bridged(search(documents, today), old, concordance, RETRIEVED), None, False
        result = search(documents, question.topic)
        if not bridge:
            return result, None, False
        turn.step("retrieval", "trace.bridged")
        plain = search([concordance.new], question.topic)
        lives_on = any(pair.old for hit in plain.hits[:1] for pair in concordance.of([hit.provision.id])[:1])
        return bridged(result, plain, concordance, RETRIEVED), plain, lives_on

    def _without_headings(self, result: SearchResult) -> SearchResult:
        """Without lines of a user's document that only name what stands under them, unless there is nothing else."""
        documents = self.index.documents
        hits = tuple(
            hit
            for hit in result.hits
            if documents[hit.provision.document].kind != "private" or not is_heading(hit.provision.text)
        )
        return replace(result, hits=hits) if hits else result

    def _case(self, turn: Turn, result: SearchResult, *, named: bool) -> Evidence | None:
        added = any(self.index.documents[hit.provision.document].kind == "private" for hit in result.hits[:1])
        question = turn.question
        follows = bool(question.context)
        return evidence(result, question.topic, question.written_in, named=named, added=added, follows=follows)


def in_its_letters(typed: Question, index: SearchIndex, language: str | None = None) -> Question:
    """The question as it is looked up: what was typed in Latin letters, or without Kazakh ones, in its language's own.
    `language` is the reader's, where it was chosen."""
    spelt = index.spelling.in_its_letters(typed.text, typed.written_in)
    return understand(spelt, language=language) if spelt else typed


def answered_otherwise(
    refused: Answer, question: Question, index: SearchIndex, ask: Callable[[Question], Answer]
) -> Answer:
    """The answer to the question with its slips mended, if it was refused, or to what it asks after a colon; `refused`,
    or hardly sure, where neither is answered. (Around other sentences that ask, what is told is mostly the point: ten
    near misses in fifteen.)"""
    meant = index.spelling.corrected(question.text, question.written_in) if refused.abstained else None
    if meant:
        answer = ask(understand(meant, language=question.language))
        if not answer.abstained:
            return answer
    names_what_is_asked = question.document or question.as_of or question.gone or question.references or question.own
    if not names_what_is_asked and (alone := asked_alone(question.text)) and not refers_back(alone):
        answer = ask(understand(alone, language=question.language))
        if not answer.abstained and _is_sure(answer):
            return answer
    return refused


def is_hardly_answered(answer: Answer) -> bool:
    """Whether it is a refusal, or what was found first is likelier wrong than right."""
    return bool(answer.abstained) or (answer.confidence is not None and answer.confidence < _HARDLY_SURE)


def _is_sure(answer: Answer) -> bool:
    return answer.mode == "overview" or (answer.confidence is not None and answer.confidence >= _SURE)


def _only_then_named(turn: Turn, then: SearchResult, now: SearchResult) -> bool:
    """Whether the question wants a number that the text of that day names and the one in force does not: of the hours
    that one may be held, those are learned to be asked in vain."""
    measure = wanted_measure(turn.question.topic, turn.question.written_in)
    if measure is None or not (then.hits and now.hits):
        return False
    return names_one(then.hits, measure) and not names_one(now.hits, measure)


def _trace_matches(turn: Turn, result: SearchResult) -> None:
    """Which text of each of the best provisions came nearest to the question."""
    for hit in result.hits[:3]:
        if hit.matched:
            kind, language = hit.matched
            label = label_of(hit.provision, turn.question.language)
            name = turn.say(f"page.{language}")
            turn.step("retrieval", "trace.matched", label=label, text=turn.say(f"match.{kind}"), name=name)
