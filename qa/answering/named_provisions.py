"""Looking up what the question names: "article 18", "does article 18 allow a lawyer?", "clause 2.2 of my contract"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus import Provision
from qa.answer import Answer
from qa.answering.way import Way
from qa.composing.around import not_said
from qa.composing.later_wording import not_in_the_text
from qa.composing.missing_reference import no_such
from qa.evidence.provisions import hit_of
from qa.evidence.retrieval import RETRIEVED
from qa.evidence.wanted_whole import wanted_whole
from qa.labels import label_of
from qa.turn import Turn
from qa.understanding.references import Reference, clause_alone, resolve

_SEARCHED = 200
_MOST_READ = 8  # provisions shown of what is only named; the rest unfolds
# The number that a clause begins with.
_PRINTED = re.compile(
    r"^\W{0,2}(?:(?:статья|ст|пункт|п|раздел|article|art|clause|section)\.?\s+)?(\d+(?:\.\d+)*)(?!\d)", re.IGNORECASE
)
_MOST_LOOKED_UP = 10  # of what is named, in the list of what was retrieved


class NamedProvisions(Way):
    """Each article named has its turn; one that is not there, or is excluded, is told."""

    def answers(self, turn: Turn) -> Answer | None:
        question, index = turn.question, self.retrieval.index
        if not question.references:
            return None
        document = turn.scope.primary[0]
        edition = index.edition(document, question.language)
        groups: list[list[Provision]] = []
        for reference in question.references:
            named = resolve(reference, edition)
            if not named:
                told = not_in_the_text(reference, document, index, turn) or no_such(
                    reference, edition, index.documents[document], question.language
                )
                return self.reply.abstain(turn, "not_in_corpus", told)
            groups.append([p for p in named if not any(p in group for group in groups)])
        found = [p for group in groups for p in group]
        if all(p.excluded for p in found):
            title = index.documents[document].short_titles[question.language]
            label = label_of(found[0], question.language)
            told = not_in_the_text(question.references[0], document, index, turn) or turn.say(
                "abstain.excluded", label=label, document=title
            )
            return self.reply.abstain(turn, "not_in_corpus", told)
        result = index.search(
            question.text,
            language=question.written_in,
            documents=[document],
            limit=_SEARCHED,
            text_language=edition[0].language if edition[0].wording == "official" else None,
        )
        ranked = {hit.provision.id: hit for hit in result.hits}
        listed = [[ranked.get(p.id) or hit_of(p) for p in group if not p.excluded] for group in groups]
        # "Article 18" is read from its start; "does article 18 allow a lawyer" by what fits best.
        if not question.only_reference:
            listed = [sorted(group, key=lambda hit: -hit.score) for group in listed]
        # Of several articles each has its turn.
        hits = [hit for turns in zip_longest(*listed) for hit in turns if hit]
        others = [hit for hit in result.hits if hit.provision not in found]
        others = others[: RETRIEVED - min(len(hits), _MOST_LOOKED_UP)]
        if question.only_reference:
            return self.reply.citing(
                turn, hits[:_MOST_READ], [*hits, *others], others=others, further=hits[_MOST_READ:]
            )
        absent = not_said(turn, wanted_whole(turn, self.retrieval), hits)
        answer = self.reply.citing(turn, hits[:3], [*hits, *others], others=hits[3:], notice=absent)
        return replace(answer, absent=bool(absent))


class OwnClause(Way):
    """A clause of a document of the asker's own, by the number that it is printed with."""

    def answers(self, turn: Turn) -> Answer | None:
        index, question = self.retrieval.index, turn.question
        own = [name for name in turn.scope.primary if index.documents[name].kind == "private"]
        is_alone = len(own) == len(turn.scope.primary) > 0 and not question.references
        number = question.own or (clause_alone(question.text) if is_alone else "")
        if not number or (turn.scope.named and not own):
            return None
        if not own:
            return self.reply.abstain(turn, "not_in_corpus", turn.say("abstain.own_not_held"))
        found = [p for name in own for p in _clause(number, index.edition(name, question.language))]
        if not found:
            return self.reply.abstain(turn, "not_in_corpus", turn.say("abstain.no_own_clause", number=number))
        hits = [hit_of(p) for p in found]
        return self.reply.citing(turn, hits[:_MOST_READ], hits, others=(), further=hits[_MOST_READ:])


def _clause(number: str, provisions: Sequence[Provision]) -> list[Provision]:
    """The clause of the number and what stands under it; empty where none is printed with it."""
    article, _, paragraph = number.partition(".")
    if named := resolve(Reference(article, paragraph), provisions):
        return named
    found: list[Provision] = []
    for provision in provisions:
        printed = _PRINTED.match(provision.text)
        inside = printed is None or f"{printed[1]}.".startswith(f"{number}.")
        if found and not inside:
            break
        if found or (printed and printed[1] == number):
            found.append(provision)
    return found
