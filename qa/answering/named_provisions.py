"""Looking up what the question names: "article 18", "does article 18 allow a lawyer?"."""

from __future__ import annotations

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
from qa.understanding.references import resolve

_SEARCHED = 200
_MOST_READ = 8  # provisions shown of what is only named; the rest unfolds
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
