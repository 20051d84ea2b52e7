"""What is said around a point: the subject it belongs to, and what the text leaves open or said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.concordance import load_concordance
from corpus.subjects import Subject, load_subjects
from corpus.text.numbers import numbers_in
from index import Hit
from index.words.analysis import terms
from qa.answer import Citation, SeeAlso, SubjectNamed
from qa.composing.composition import Published
from qa.evidence.answer_type import wants_a_number_not_there
from qa.evidence.wanted_whole import WantedWhole
from qa.evidence.wholes import essential_to, narrow_subjects_of
from qa.labels import label_of
from qa.turn import Turn

_MOST_NAMED = 2
_MOST_SEE_ALSO = 5
_SIBLINGS = 2
_TELLING = 4  # letters of a word's stem that tells what is asked
_NEAR = 0.75  # of a subject's fit, to be named where nothing answers


def subjects_of(wanted: WantedWhole | None, provision: str) -> list[Subject]:
    """Subjects to which the provision is essential: those nearest to the question first, else the narrowest."""
    having = [load_subjects()[name] for name in essential_to().get(provision, ())]
    if wanted is None:
        return sorted(having, key=lambda subject: len(subject.provisions))
    place = {fit.subject.id: at for at, fit in enumerate(wanted.fits)}
    return sorted(having, key=lambda subject: place[subject.id])


def named(subjects: Sequence[Subject], language: str) -> tuple[SubjectNamed, ...]:
    """The first of them, to read on under."""
    return tuple(SubjectNamed(subject.id, subject.title(language)) for subject in subjects[:_MOST_NAMED])


def nearest_subject(wanted: WantedWhole | None) -> Subject | None:
    """The subject nearest to a question that nothing answers; None where none is near."""
    best = wanted.fits[0] if wanted else None
    return best.subject if best and best.score >= _NEAR else None


def left_open(turn: Turn, subjects: Sequence[Subject], hits: Sequence[Hit]) -> str:
    """Of a question for a number that what is found does not name: that it does not, or what is known to be left to a
    law there, and what the old text said; "" of other questions."""
    question = turn.question
    text, language = question.topic, question.written_in
    if not hits or not wants_a_number_not_there(text, language, hits):
        return ""
    open_ones = [subject.open[question.language] for subject in subjects if subject.open]
    asked = {word for word in terms(text, question.language) if len(word) >= _TELLING}
    # The one that speaks of what is asked, else the nearest.
    said = sorted(open_ones, key=lambda told: not asked & set(terms(told, question.language)))[:1]
    parts = [turn.say("answer.plain", text=open_) for open_ in said]
    before = [told for told in _said_before(hits[0], question.language) if numbers_in(told, question.language)]
    parts += [turn.say("answer.changed", text=told) for told in before[:1]]
    return "\n\n".join(parts or [turn.say("answer.not_counted")])


def not_said(turn: Turn, wanted: WantedWhole | None, hits: Sequence[Hit]) -> str:
    """Of a question that what is found answers, and that also asks after something that is not there: that it is not,
    and what the old text said; "" where it asks after no such thing."""
    question = turn.question
    absence = wanted.absent if wanted and of_the_constitution(hits) else None
    if absence is None:
        return ""
    before = _said_before(hits[0], question.language)[:1]
    parts = [turn.say("answer.not_said", thing=absence.opening(question.language))]
    return "\n\n".join([*parts, *(turn.say("answer.changed", text=told) for told in before)])


def of_the_constitution(hits: Sequence[Hit]) -> bool:
    """Whether the best is of the Constitution in force: of what is not in that, a document of the user's may speak."""
    return bool(hits) and hits[0].provision.document == load_concordance().new


def _said_before(hit: Hit, language: str) -> list[str]:
    """What changed in the provision itself, not in the whole of its article."""
    pairs = load_concordance().of([hit.provision.id])
    return [pair.changed[language] for pair in pairs if pair.changed and not pair.is_whole]


def see_also(
    hits: Sequence[Hit],
    cited: Sequence[Citation],
    published: Mapping[tuple[str, str], Published],
    language: str,
) -> tuple[SeeAlso, ...]:
    """Provisions near the question: first others of the article cited first, then one of each other article. Where a
    subject has what is cited, only such as share one with it: what is merely near is no help."""
    chosen = [*_siblings(hits, cited), *_of_other_articles(hits, cited)][:_MOST_SEE_ALSO]
    urls = [published.get((p.document, p.language), Published("", "")).url for p in (hit.provision for hit in chosen)]
    return tuple(
        SeeAlso(hit.provision.id, label_of(hit.provision, language), url) for hit, url in zip(chosen, urls, strict=True)
    )


def _siblings(hits: Sequence[Hit], cited: Sequence[Citation]) -> list[Hit]:
    there = {citation.provision for citation in cited}
    article = cited[0].provision.split("__")[0] if cited else ""
    return [hit for hit in hits if hit.provision.article_id == article and hit.provision.id not in there][:_SIBLINGS]


def _of_other_articles(hits: Sequence[Hit], cited: Sequence[Citation]) -> Iterator[Hit]:
    seen = {citation.provision.split("__")[0] for citation in cited}
    known = narrow_subjects_of()
    subjects = {name for citation in cited for name in known.get(citation.provision, ())}
    for hit in hits:
        article, own = hit.provision.article_id, known.get(hit.provision.id, ())
        if article not in seen and (not subjects or not subjects.isdisjoint(own)):
            seen.add(article)
            yield hit
