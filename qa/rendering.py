"""Answers, articles and lists as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from corpus import Catalogue, Edition, SourceUnavailable
from corpus.difference import difference
from corpus.fetching import Outcome, named_articles
from corpus.store import StoredEdition
from index import SearchResult
from qa.answer import Answer
from qa.article import ArticleText
from qa.composition import standing
from qa.labels import edition_label, label_of
from qa.messages import message

WIDTH = 100
_MOST_CHANGES = 20
_MOST_REASONS = 8


def plain_text(answer: Answer, *, explain: bool = False) -> str:
    """The answer with links, and with `explain` its trace."""
    language = answer.language
    parts = [message("page.understood", language, reading=answer.reading)] if answer.reading else []
    parts.append(wrapped(answer.text))
    links = list(dict.fromkeys(c.url for c in answer.citations if c.url))
    if answer.abstained and answer.see_also:
        labels = ", ".join(item.label for item in answer.see_also)
        parts.append(message("abstain.nearest", language, labels=labels))
    if links:
        parts.append("\n".join(f"{message('page.official', language)}: {link}" for link in links))
    parts.append(message("page.disclaimer", language))
    if explain:
        parts.append(f"{message('page.how', language)}\n" + "\n".join(explanation(answer)))
    return "\n\n".join(parts)


def explanation(answer: Answer) -> Iterator[str]:
    """The trace line by line, then the ten best candidates."""
    language = answer.language
    for step in answer.trace:
        yield f"  [{step.stage}] {step.text}"
    for provision, score in answer.retrieved[:10]:
        yield "  " + message("page.candidate", language, label=provision, score=f"{score:.4f}")
    yield "  " + message("page.elapsed", language, ms=f"{answer.elapsed_ms:.0f}", fingerprint=answer.fingerprint)


def article_text(found: ArticleText) -> str:
    """An article with its document, its notes set apart, and its official page."""
    language = found.reader_language
    facts = [found.document.titles[language], standing(found.document, language)]
    if found.official:
        facts.append(message(f"answer.quote_in_{found.language}", language))
        facts.append(message("page.edition", language, edition=edition_label(found.edition, language)))
    lines = ["; ".join(fact for fact in facts if fact), ""]
    if found.heading:
        lines += [found.heading, ""]
    if found.official:
        lines += [wrapped(p.text) for p in found.provisions]
    else:
        lines.append(wrapped(message("answer.no_text", language)))
    if found.plain:
        lines += ["", message("answer.plain", language, text=found.plain_heading)]
        said = ((p, found.plain[p.eid]) for p in found.provisions if p.eid in found.plain)
        lines += [wrapped(f"{label_of(p, language)}: {text}") for p, text in said]
    if found.withheld:
        lines += ["", wrapped(message("answer.withheld", language))]
    if found.notes:
        lines += ["", *(wrapped(f"* {note.text}") for note in found.notes)]
    if found.newer:
        lines += ["", wrapped(found.newer)]
    if found.url:
        lines += ["", f"{message('page.official', language)}: {found.url}"]
    return "\n".join(lines)


def hit_lines(result: SearchResult) -> str:
    """One hit a line: score, id, language, beginning of the text."""
    rows = []
    for hit in result.hits:
        text = textwrap.shorten(hit.provision.body, 90, placeholder=" …")
        label = label_of(hit.provision, hit.provision.language)
        rows.append(f"{hit.score:.4f}  {hit.provision.document}  {label}\n        {text}")
    return "\n".join(rows)


def outcome_lines(outcomes: Sequence[Outcome], catalogue: Catalogue) -> Iterator[str]:
    """What became of each edition; for a changed text, the difference article by article. Nothing where nothing is
    installed: `problem_lines` says why."""
    for outcome in outcomes:
        edition = outcome.edition
        name = f"{edition.document} ({edition.language})"
        if outcome.candidate:
            yield f"{name}: a new edition"
            yield from _changes(outcome.stored, outcome.candidate)
        elif outcome.stored:
            state = "fetched" if outcome.fresh else "already here"
            yield f"{name}: {state}, edition of {outcome.stored.edition}{_otherwise(outcome.stored, edition)}"
        elif any(other.stored for other in outcomes):
            yield f"{name}: missing"


def problem_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Why editions are missing or were left as they are, one line for those with the same reason; one line in all where
    nothing is installed and nothing was there to be accepted."""
    problems = [outcome.problem for outcome in outcomes if outcome.problem]
    unavailable = [problem for problem in problems if isinstance(problem, SourceUnavailable)]
    reasons = list(dict.fromkeys(reason for problem in unavailable for reason in problem.reasons))
    if len(problems) > 1 and len(unavailable) == len(outcomes) and not any(o.stored for o in outcomes) and reasons:
        more = f"; and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
        yield (
            f"No official text could be fetched: {'; '.join(reasons[:_MOST_REASONS])}{more}. Check the network, or name"
            " a mirror's folder or URL in ATAZAN_MIRROR."
        )
        return
    alike: dict[tuple[str, ...], list[Outcome]] = {}
    for outcome in outcomes:
        if isinstance(outcome.problem, SourceUnavailable):
            alike.setdefault(outcome.problem.reasons or (str(outcome.problem),), []).append(outcome)
        elif outcome.problem:
            yield str(outcome.problem)
    for reasons_alike, group in alike.items():
        if len(group) == 1 or reasons_alike == (str(group[0].problem),):
            yield str(group[0].problem)
        else:
            names = ", ".join(f"{o.edition.document} ({o.edition.language})" for o in group)
            yield f"{len(group)} texts could not be fetched ({names}): {'; '.join(reasons_alike)}."


def _otherwise(stored: StoredEdition, edition: Edition) -> str:
    """In what the installed text is not the known edition."""
    if not stored.differing:
        return ""
    return f"; {named_articles(stored.differing)} differ from the known edition of {edition.edition}"


def _changes(known: StoredEdition | None, new: StoredEdition) -> Iterator[str]:
    parsed = new.parsed()
    if known is None:
        yield f"  {len(parsed.provisions)} provisions, checksum {new.checksum}"
        return
    changes = list(difference(known.parsed(), parsed))
    for change in changes[:_MOST_CHANGES]:
        yield f"  {change.article} ({change.kind})"
        for line in change.lines:
            yield textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="      ")
    if len(changes) > _MOST_CHANGES:
        yield f"  and {len(changes) - _MOST_CHANGES} more articles"


def wrapped(text: str) -> str:
    """The text in lines of at most `WIDTH` characters, its own line breaks kept."""
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )
