"""Deciding whether the provisions found answer the question at all.

A cosine alone does not tell: questions of all kinds lie near some provision. A logistic regression weighs several
signals against one another: how near the question lies to what the documents say and to what no constitution speaks of
(`out_of_scope.toml`), whether it is like the questions that they answer or like those they do not
(`unanswered.toml`), how many of its words are known, whether it asks about another state. There are three: for
provisions with a plain-language layer, for official text alone, and for a user's own documents, of which nothing is
learned; their weights stand in `abstention.toml`, made by `python -m eval.fitting.abstention` from the development
questions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Literal

import rtoml

from corpus import LANGUAGES, load_catalogue
from corpus.digest import near_misses
from index import SearchResult
from qa.evidence.answer_type import wants, wants_a_number_not_there
from qa.evidence.logistic import LogisticModel
from qa.understanding.beyond.other_states import asks_about_another_state

ModelName = Literal["layer", "official", "added"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`margin` is the case for answering from the best hit, in log-odds, `needed` the least that is answered.
    `signals` are what the model weighed, by name."""

    margin: float
    needed: float
    signals: dict[str, float]

    @property
    def sufficient(self) -> bool:
        return self.margin >= self.needed


@dataclass(frozen=True, slots=True)
class AbstentionModel:
    """`logistic` gives the log-odds that the question is answerable; `needed`: the least that is answered, by
    language."""

    logistic: LogisticModel
    needed: dict[str, float]


# The layer's model knows better what no constitution speaks of than that of official text alone: where it is this
# sure, in log-odds, the other's word does not count.
_SURE = 2.5


def second_opinion(
    own: Evidence | None, layer: Evidence | None, *, lives_on: bool, of_the_gone: bool = False
) -> Evidence | None:
    """The case for answering from official text alone, where plain words of the other Constitution were searched too.

    Those refuse what they are sure is out of scope, and answer for what is doubtful here, if the best of them
    `lives_on`: stood in the old Constitution as well. `of_the_gone`: the question names a body that only the old text
    has, of which the others tell nothing.
    """
    if own is None or layer is None:
        return own
    refused = not of_the_gone and layer.margin < layer.needed - _SURE
    return layer if (own.sufficient and refused) or (not own.sufficient and layer.sufficient and lives_on) else own


# Up to this cosine with the nearest question that people ask, the two have little in common (e5's cosines run high).
_UNLIKE = 0.9
# The least that is answered where another state is named, in log-odds: of what is asked so, little is of ours.
_OF_ANOTHER_STATE = 0.0
_NAMED_BY_THE_WAY = ("another_state", "words_beyond", "task", "no_number", "money", "news")
_MOST_BEYOND = 2  # words: a short document has few itself, and more of them were hardly ever learned from
_TELLS = 14  # words, of a question that tells what happened…
_TELLS_IN_PART = 8  # …and how many fewer one has that only asks
# Where official text alone is asked: a question that names its document is refused only when it is far off, and a
# document that the user added may speak of what no constitution does. In log-odds.
_LENIENCY = 1.5
# What follows an answered question says little by itself ("and if I am a minor?"), and is mostly on the same matter.
_OF_WHAT_FOLLOWS = 2.0


def evidence(
    result: SearchResult,
    question: str,
    language: str,
    *,
    named: bool = False,
    added: bool = False,
    follows: bool = False,
) -> Evidence | None:
    """The case for answering from the best hit; None without hits. `language` is the question's own. `named`: the
    question names the document; `added`: the best hit is in a document that the user added; `follows`: the question
    leans on one before it."""
    if not result.hits:
        return None
    found = signals(result, question, language)
    name = model_for(result, added=added)
    judged = [_judged(name, result, found, language, is_lenient=name == "added" or (named and name == "official"))]
    if named and name == "official":  # what is like the Constitution's questions tells little of another document's
        judged.append(_judged("added", result, found, language, is_lenient=True))
    best = max(judged, key=lambda case: case.margin - case.needed)
    return replace(best, needed=round(best.needed - _OF_WHAT_FOLLOWS, 4)) if follows else best


def _judged(
    name: ModelName, result: SearchResult, found: dict[str, float], language: str, *, is_lenient: bool
) -> Evidence:
    model = abstention_model(name)
    margin = model.logistic.log_odds(found)
    if name != "added" and result.wording.count and result.wording.unknown == 1.0:
        margin = min(margin, model.needed[language] - _SURE)  # what none of its words is known of, it is near by chance
    needed = model.needed[language] - (_LENIENCY if is_lenient else 0.0)
    if name != "added" and not is_lenient and found["another_state"]:
        needed = max(needed, _OF_ANOTHER_STATE)
    return Evidence(round(margin, 4), round(needed, 4), found)


def model_for(result: SearchResult, *, added: bool = False) -> ModelName:
    """Which model judges the best hit. What is learned of the Constitution's questions (`SearchResult.answerable`)
    tells nothing of those that a user's own document answers."""
    if result.hits[0].plain:
        return "layer"
    return "added" if added or result.answerable is None else "official"


def signals(result: SearchResult, question: str, language: str) -> dict[str, float]:
    """What the model weighs, by name."""
    best = result.hits[0]
    found = {
        "typical": result.typical,
        "words": best.lexical,
        "beyond": result.beyond.cosine,
        "beyond_across": result.beyond.across,
        "beyond_words": result.beyond.words,
        "answerable": result.answerable or 0.0,
        "another_state": float(asks_about_another_state(question, language)),
        "words_beyond": float(min(result.wording.beyond, _MOST_BEYOND)),
        "task": float(wants("task", question, language)),
        "no_number": float(wants_a_number_not_there(question, language, result.hits)),
        "money": float(wants("money", question, language)),
        "news": float(wants("news", question, language)),
    }
    # A short question is about the day, the state or the sum that it names; a story names them by the way.
    brevity = min(max((_TELLS - len(question.split())) / _TELLS_IN_PART, 0.0), 1.0)
    found |= {f"{name}_asked": found[name] * brevity for name in _NAMED_BY_THE_WAY}
    found["score"] = best.score
    if not best.plain:
        return found | {"same_language": float(best.provision.language == language)}
    return found | {
        "asked": result.asked,
        # Alike in words and of the kind that is answered: together they tell more than the sum of the two.
        "asked_alike": max(found["answerable"], 0.0) * max(result.asked - _UNLIKE, 0.0),
        "across": best.across,
        "letters": best.letters,
        "beyond_letters": result.beyond.letters,
        "unknown": result.wording.unknown,
        "spelled": result.wording.spelled,
    }


@cache
def abstention_model(name: ModelName) -> AbstentionModel:
    """The model, as `python -m eval.fitting.abstention` wrote it."""
    table = rtoml.loads(resources.files("qa.evidence").joinpath("abstention.toml").read_text(encoding="utf-8"))[name]
    return AbstentionModel(LogisticModel.of(table), table["needed"])


@cache
def contrast_texts() -> dict[str, tuple[str, ...]]:
    """The matters out of scope, by language."""
    table = rtoml.loads(resources.files("qa.evidence").joinpath("out_of_scope.toml").read_text(encoding="utf-8"))
    particulars = table["particulars"]
    return {
        language: (
            *table[language],
            *(
                question.format(body=body)
                for question in particulars[language]["asked"]
                for body in particulars[language]["of"]
            ),
        )
        for language in LANGUAGES
    }


@cache
def unanswered_questions() -> dict[str, tuple[str, ...]]:
    """Questions that come near to the documents and are not answered by them, by language."""
    table = rtoml.loads(resources.files("qa.evidence").joinpath("unanswered.toml").read_text(encoding="utf-8"))
    documents = [document.id for document in load_catalogue().documents]
    return {
        language: (
            *table[language],
            *(q for name in documents for own in near_misses(name, language).values() for q in own),
        )
        for language in LANGUAGES
    }
