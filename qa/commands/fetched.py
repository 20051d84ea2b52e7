"""What became of fetched editions, as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from corpus import Catalogue, Edition, SourceUnavailable
from corpus.difference import difference
from corpus.fetching import Outcome, named_articles
from corpus.store import StoredEdition
from qa.commands.rendering import WIDTH

_MOST_CHANGES = 20
_MOST_REASONS = 8


def outcome_lines(outcomes: Sequence[Outcome], catalogue: Catalogue) -> Iterator[str]:
    """What became of each edition; for a changed text, the difference article by article. Nothing where nothing is
    installed: `problem_lines` says why."""
    for outcome in outcomes:
        edition = outcome.edition
        name = edition.name
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
            names = ", ".join(o.edition.name for o in group)
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
