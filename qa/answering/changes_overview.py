"""Telling what changed as a whole: in the Constitution, by theme, or in a subject, pair by pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.concordance import Pair, load_concordance, load_themes
from corpus.subjects import Subject
from index import Hit, SearchIndex, SearchResult
from qa.answer import Answer
from qa.composing.pairs import what_changed
from qa.composing.reply import Reply
from qa.evidence.provisions import hit_of, provisions_of, text_of
from qa.evidence.retrieval import Retrieval
from qa.evidence.wholes import subject_fits
from qa.labels import labels_of
from qa.turn import Turn
from qa.understanding.asides import CHANGES, aside_scores
from qa.understanding.subject_question import subject_called

# Of what is learned of questions on all that changed: less suffices where the question compares in so many words.
_SURE = 0.4
_COMPARING = 0.25
_FITS = 1.0  # a subject that the matter fits so well is meant as a whole…
_MOST_WORDS = 4  # …unless more is said of it
_SEVERAL = 2
_MOST_PAIRS = 8
_MOST_CITED = 8


def all_that_changed(turn: Turn, retrieval: Retrieval, reply: Reply) -> Answer | None:
    """What changed in general, or in a subject asked for as a whole; None where a point is asked."""
    question, matters = turn.question, retrieval.index.matters
    if question.references or question.reading or matters is None:
        return None
    of_all = aside_scores(matters.of(question.text, question.topic, question.written_in))[CHANGES]
    found, _ = retrieval.find(turn, [load_concordance().new])
    if question.compares:
        subject = subject_called(question.topic, question.written_in) or _fitting(turn, retrieval, found)
        if subject is not None and (told := _in_subject(turn, subject, found.hits, retrieval.index, reply)):
            return told
    if of_all >= (_COMPARING if question.compares else _SURE):
        return _in_general(turn, found.hits, retrieval.index, reply)
    return None


def _fitting(turn: Turn, retrieval: Retrieval, found: SearchResult) -> Subject | None:
    """The subject that the matter compared fits well, where hardly more is said of it."""
    topic, matters = turn.question.topic, retrieval.index.matters
    if matters is None or len(topic.split()) > _MOST_WORDS:
        return None
    language = turn.question.written_in
    best = subject_fits(matters.of(topic, topic, language), found, topic, language)[0]
    return best.subject if best.score >= _FITS else None


def _in_general(turn: Turn, found: Sequence[Hit], index: SearchIndex, reply: Reply) -> Answer:
    language = turn.question.language
    turn.step("scope", "trace.compares")
    lines = []
    for theme in load_themes():
        said = " ".join(what_changed(pair, language) for pair in theme.pairs)
        lines.append(turn.say("answer.theme", heading=theme.heading[language], text=said))
    notice = turn.say("answer.changes", listed="\n".join(lines))
    pairs = [pair for theme in load_themes() for pair in theme.pairs]
    return _cited(turn, pairs, found, index, reply, notice)


def _in_subject(turn: Turn, subject: Subject, found: Sequence[Hit], index: SearchIndex, reply: Reply) -> Answer | None:
    language = turn.question.language
    chosen = _pairs_of(subject)[:_MOST_PAIRS]
    if not chosen:
        return None
    turn.step("scope", "trace.compares")
    turn.step("question", "trace.subject", subject=subject.title(language))
    listed = "\n".join(
        turn.say("answer.pair", text=what_changed(pair, language), sides=_sides(pair, language)) for pair in chosen
    )
    notice = turn.say("answer.changes_in", title=subject.title(language), listed=listed)
    return _cited(turn, chosen, found, index, reply, notice)


def _pairs_of(subject: Subject) -> list[Pair]:
    """Pairs in which something changed, of what is essential to the subject first. Of a whole article only where it is
    the subject's: it has several of its provisions; and not beside finer ones of the same article."""
    concordance = load_concordance()
    of_article = Counter(name.split("__")[0] for name in subject.provisions)
    found: dict[int, Pair] = {}
    for name in (*subject.essential, *subject.provisions):
        pair = next((pair for pair in concordance.of([name]) if pair.changed), None)
        if pair and (not pair.is_whole or of_article[name.split("__")[0]] >= _SEVERAL):
            found.setdefault(id(pair), pair)
    finer = {side.split("__")[0] for pair in found.values() if not pair.is_whole for side in pair.new}
    return [pair for pair in found.values() if not (pair.is_whole and finer.issuperset(pair.new) and pair.new)]


def _sides(pair: Pair, language: str) -> str:
    return f"{labels_of(pair.old, language)} → {labels_of(pair.new, language)}"


def _cited(
    turn: Turn, pairs: Sequence[Pair], found: Sequence[Hit], index: SearchIndex, reply: Reply, notice: str
) -> Answer:
    """The new sides of the first pairs and the old ones beside them; the rest unfolds."""
    language = turn.question.language
    new = _first_of([pair.new for pair in pairs], index, language)
    old = _first_of([pair.old for pair in pairs], index, language)
    half = _MOST_CITED // 2
    cited, rest = [*new[:half], *old[:half]], [*new[half:], *old[half:]]
    answer = reply.citing(turn, cited, list(found) or cited, others=(), notice=notice, further=rest)
    return replace(answer, mode="overview")


def _first_of(sides: Sequence[Sequence[str]], index: SearchIndex, language: str) -> list[Hit]:
    """The first provision of each side of a pair; none where its document is not installed."""
    names = (name for side in sides for part in side[:1] for name in provisions_of(index, part)[:1])
    texts = (text_of(index, name, language) for name in dict.fromkeys(names))
    return [hit_of(text) for text in texts if text]
