"""When a library of legislation answers: of acts that a question names, where it alone is asked, and after the
Constitution where that leaves the matter to a law or does not speak of it. What it cannot do costs no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from corpus.library.acts import ActKind, ActStatus
from index import SearchIndex
from index.stores import OPEN_END, Filters, StoreFailure, day_number
from qa.answer import Answer, Citation, FromLibrary
from qa.composing.composition import library_told
from qa.composing.reply import Reply
from qa.legislation import Legislation, LibraryHit
from qa.legislation.known_acts import named_in
from qa.legislation.named_acts import ActNames, NamedAct
from qa.legislation.sureness import Sureness, sureness
from qa.messages import message
from qa.statutes.citing import ActTexts, label_in, near
from qa.statutes.left_to_law import constitutions_article, is_left_to_law, nearest_left_to_law
from qa.statutes.named import answer_in_acts, answer_on_articles
from qa.statutes.reply import StatuteReply, others_near, with_library
from qa.turn import Turn
from qa.understanding.beyond.other_states import asks_about_another_state

_NEAR = 0.02  # how near to the best what is cited beside it comes
_MOST_CITED = 3
_MOST_SEE_ALSO = 3
_HARDLY_SURE = 0.5  # chance that the Constitution's best is right, below which what it leaves to a law is the law's
_SURELY = 0.5  # in log-odds, more than else where the Constitution has something on the question
_WORTH_A_LOOK = 1.0  # …and less, where there is no answer, for a law to be named to read on in
_OF_THE_QUESTION = ("too_vague", "not_a_question")  # reasons that hold whatever is asked


class Statutes:
    """Answers from one library, beside one index. Without state between questions but the library's titles; safe to
    share by threads."""

    def __init__(self, legislation: Legislation, index: SearchIndex, reply: Reply) -> None:
        self._legislation = legislation
        self._index = index
        self._reply = StatuteReply(reply)
        self._names = ActNames()

    def first(self, turn: Turn) -> Answer | None:
        """The library's answer where it is asked before the Constitution; None where it is not."""
        where = turn.where
        if turn.choice or where.place == "constitution" or turn.question.says_too_little:
            return None
        of_index = turn.document or turn.question.document in self._index.documents
        if of_index and not where.only_laws:
            return None
        try:
            named = self._named(turn)
            if named and turn.question.references:
                return answer_on_articles(turn, named, self._legislation, self._reply)
            if all(act.acts for act in named) and named:
                answer = answer_in_acts(turn, named, self._legislation, self._reply, _filters(turn))
                if answer or not where.only_laws:
                    return answer
            return self._only_laws(turn) if where.only_laws else None
        except StoreFailure as failure:
            # An article of an act is no article of the Constitution.
            if where.only_laws or (turn.question.references and _names_an_act(turn)):
                return self._reply.abstain(turn, _told(turn, failure))
            return None

    def beside(self, turn: Turn, answer: Answer, *, searched: bool) -> Answer:
        """The Constitution's answer, as it was, with what laws have on the question; the laws' where they surely answer
        and the Constitution does not. `searched`: the answer was searched for."""
        if not searched or turn.where.place == "constitution" or turn.document or turn.question.says_too_little:
            return answer
        if turn.question.gone or turn.question.compares:  # the Constitutions' own matter
            return answer
        if (turn.scope.named and not turn.scope.constitution) or answer.doubtful:
            return answer
        if answer.abstained and answer.abstained.reason in _OF_THE_QUESTION:
            return answer
        if asks_about_another_state(turn.question.text, turn.question.written_in):  # no law of ours answers that
            return answer
        try:
            return self._beside(turn, answer)
        except StoreFailure as failure:
            told = _told(turn, failure)
            return replace(with_library(answer, FromLibrary(told=told)), trace=tuple(turn.steps))

    def _beside(self, turn: Turn, answer: Answer) -> Answer:
        store = self._legislation.store
        fingerprint = store.fingerprint()
        missing = [act.name for act in self._named(turn) if not act.acts]
        if missing:  # another act is none that answers in its place
            told = turn.say("laws.not_held", name=missing[0])
            return with_library(answer, FromLibrary(fingerprint, told=told))
        hits = self._found(turn)
        texts = ActTexts(store)
        case = self._case(turn, hits, texts)
        answer = replace(answer, trace=tuple(turn.steps))
        if case is None or case.odds < case.needed - (_WORTH_A_LOOK if answer.abstained else 0.0):
            return replace(answer, library=FromLibrary(fingerprint))
        link = constitutions_article(answer, hits[0].provision, self._index)
        is_sure = case.odds >= case.needed + _SURELY
        is_the_laws = (answer.abstained and case.sufficient) or (link and is_sure and self._leaves_open(answer))
        if is_the_laws and (
            led := self._led(turn, hits, texts, link, self._opening(turn, answer, link, is_sure=is_sure))
        ):
            return led
        there = {
            name.split("__")[0]
            for name in (*(c.provision for c in answer.citations), *(s.provision for s in answer.see_also))
        }
        rows = [hit.provision for hit in _near(hits) if hit.provision.id.split("__")[0] not in there]
        also = tuple(near(row, texts, turn.question.language) for row in rows[:_MOST_SEE_ALSO])
        return with_library(answer, FromLibrary(fingerprint, see_also=also))

    def _opening(self, turn: Turn, answer: Answer, link: Citation | None, *, is_sure: bool) -> str:
        """What the Constitution has to do with what the laws answer."""
        if link:
            return turn.say("laws.leaves", labels=link.label)
        if nearest := nearest_left_to_law(answer, self._index):
            left = turn.say("laws.nearest_left", label=nearest.label)
            return left if is_sure else f"{left} {turn.say('laws.nearest')}"
        return turn.say("laws.does_not_speak" if is_sure else "laws.may_speak")

    def _led(
        self, turn: Turn, hits: Sequence[LibraryHit], texts: ActTexts, link: Citation | None, notice: str
    ) -> Answer | None:
        """The laws' answer, opened by what the Constitution has to do with it."""
        rows = [hit.provision for hit in _near(hits)]
        return self._reply.citing(
            turn,
            texts,
            rows,
            hits,
            notice=notice,
            first=[link] if link else (),
            see_also=others_near(hits, rows),
            asked=turn.question.topic,
        )

    def _only_laws(self, turn: Turn) -> Answer:
        """The laws' answer where they alone are asked, or that they have none."""
        texts = ActTexts(self._legislation.store)
        unknown = next((act for act in turn.where.acts if not texts.act(act)), None)
        if unknown:
            return self._reply.abstain(turn, turn.say("laws.not_held", name=unknown))
        hits = self._found(turn)
        case = self._case(turn, hits, texts)
        is_sure = case is not None and case.sufficient
        may_be = case is not None and case.odds >= case.needed - _WORTH_A_LOOK
        # Of an act that was chosen, what comes nearest is worth reading.
        if hits and (may_be or turn.where.acts):
            rows = [hit.provision for hit in _near(hits)]
            notice = "" if is_sure else turn.say("laws.nearest")
            answer = self._reply.citing(
                turn, texts, rows, hits, notice=notice, see_also=others_near(hits, rows), asked=turn.question.topic
            )
            if answer:
                return answer
        language = turn.question.language
        shown = [near(hit.provision, texts, language) for hit in hits[:_MOST_SEE_ALSO]]
        near_it = library_told(FromLibrary(see_also=tuple(shown)), language)
        told = " ".join((turn.say("laws.silent"), *near_it))
        return self._reply.abstain(turn, told, fingerprint=texts.store.fingerprint(), see_also=shown)

    def _named(self, turn: Turn) -> list[NamedAct]:
        """The acts that the question names, or, of a follow-up, the act spoken of before."""
        if "acts named" not in turn.found:
            store, document = self._legislation.store, turn.question.document
            found = self._names.find(turn.question, store, day_number(turn.as_of, 0))
            if not found and document and document not in self._index.documents:
                texts = ActTexts(store).act(document)
                found = [NamedAct(document, (0, 0), (document,))] if texts else []
            turn.found["acts named"] = found
        named: list[NamedAct] = turn.found["acts named"]
        return named

    def _found(self, turn: Turn) -> tuple[LibraryHit, ...]:
        if "laws" not in turn.found:
            hits = self._legislation.find(turn.question, filters=_filters(turn))
            turn.found["laws"] = tuple(hit for hit in hits if _may_be_in_force(hit))
        found: tuple[LibraryHit, ...] = turn.found["laws"]
        return found

    def _case(self, turn: Turn, hits: Sequence[LibraryHit], texts: ActTexts) -> Sureness | None:
        """The case for answering from the best hit, left in the trace."""
        case = sureness(hits, turn.question)
        if case is None:
            turn.step("retrieval", "trace.laws_empty")
            return None
        best, language = hits[0].provision, turn.question.language
        label = label_in(texts.act(best.act), best.eid, language)
        said = f"{case.odds:+.3f}", f"{case.needed:+.3f}"
        turn.step("retrieval", "trace.laws", count=len(hits), label=label, margin=said[0], needed=said[1])
        return case

    def _leaves_open(self, answer: Answer) -> bool:
        """Whether the Constitution's answer says that what is asked is not there, or is hardly one."""
        unsure = answer.confidence is not None and answer.confidence < _HARDLY_SURE
        return answer.absent or (unsure and is_left_to_law(answer.citations[0].provision, self._index))


def _near(hits: Sequence[LibraryHit]) -> list[LibraryHit]:
    return [hit for hit in hits if hits[0].score - hit.score <= _NEAR][:_MOST_CITED]


def _filters(turn: Turn) -> Filters:
    """What is in force on the day; of today what is told to be repealed is not, whatever its days."""
    where = turn.where
    kinds = tuple(kind for kind in get_args(ActKind) if kind in where.kinds)
    statuses: tuple[ActStatus, ...] = () if turn.dated else ("in_force", "unknown")
    return Filters(where.acts, where.languages, kinds, statuses, day_number(turn.as_of, 0))


def _may_be_in_force(hit: LibraryHit) -> bool:
    """Not of an act that is repealed since an unknown day."""
    return hit.provision.status != "repealed" or hit.provision.until < OPEN_END


def _names_an_act(turn: Turn) -> bool:
    return bool(named_in(turn.question.text, turn.question.written_in, has_article=True))


def _told(turn: Turn, failure: StoreFailure) -> str:
    """That the library could not be asked, and why; the trace has what it said."""
    turn.step("scope", "trace.laws_failed", message=str(failure))
    why = message(f"laws.{failure.kind}", turn.question.language)
    return turn.say("laws.not_asked", why=why)
