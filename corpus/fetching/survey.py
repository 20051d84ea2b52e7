"""Trying every official source of every edition, to see which of them give it today; nothing is installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from corpus.catalogue import Catalogue, Edition, Source
from corpus.errors import UnreadableFile
from corpus.fetching.client import Client, Limits
from corpus.fetching.refusals import OutOfReach, Refused, is_connection_failure, reason_of
from corpus.fetching.sources import Progress, SourceReader
from corpus.fetching.trust import named_articles, refusal, standing
from corpus.identity import known_provisions


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one source gave: `shape` is "document" or what came in its place, `articles` how many it holds, `agrees`
    whether it is the known edition; `differs` says where not."""

    edition: Edition
    source: Source
    reachable: bool
    shape: str
    articles: int = 0
    agrees: bool = False
    differs: str = ""


def survey(
    catalogue: Catalogue,
    *,
    on_progress: Progress | None = None,
    limits: Limits | None = None,
    known: Callable[[Edition], Mapping[str, str]] = known_provisions,
) -> tuple[SourceReport, ...]:
    """A report a source, in the catalogue's order; hosts are asked side by side, each one thing at a time."""
    limits = limits or Limits()
    client = Client(catalogue.hosts, limits)
    reader = SourceReader(client, limits, on_progress or (lambda *_: None), known)
    pairs = [(edition, source) for edition in catalogue.editions for source in edition.sources]
    hosts = dict.fromkeys(source.host for _, source in pairs)

    def work(host: str) -> list[SourceReport]:
        return [_report(reader, edition, source) for edition, source in pairs if source.host == host]

    with ThreadPoolExecutor(max_workers=max(1, len(hosts))) as pool:
        done = {(r.edition, r.source): r for reports in pool.map(work, hosts) for r in reports}
    client.close()
    return tuple(done[pair] for pair in pairs)


def _report(reader: SourceReader, edition: Edition, source: Source) -> SourceReport:
    try:
        candidate = reader.candidate(source, edition)
    except (Refused, UnreadableFile, httpx.HTTPError, OSError) as error:
        reached = not isinstance(error, OutOfReach) and not is_connection_failure(error)
        reason = reason_of(error, source.host).rstrip(".").removeprefix("it gives ")
        return SourceReport(edition, source, reached, reason)
    assert candidate, "no validators were sent, so the server has no unchanged copy to speak of"
    found, known = candidate.identity, reader.known(edition)
    verdict = standing(found, edition, known)
    if verdict in ("short", "another"):
        reason = refusal(verdict, found, edition, known)
        return SourceReport(
            edition, source, True, "another act" if verdict == "another" else "a part", found.articles, differs=reason
        )
    return SourceReport(
        edition,
        source,
        True,
        "document",
        found.articles,
        agrees=verdict == "known",
        differs=named_articles(candidate.stored.differing) if verdict == "differs" else "",
    )
