"""Every edition of the catalogue onto this machine: from its sources in order, if what they give can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from corpus.catalogue import Catalogue, Edition, Source
from corpus.errors import CorpusError, SourceUnavailable, TextChanged, UnreadableFile
from corpus.fetching.client import Client, Limits
from corpus.fetching.mirror import Mirror, mirror_host
from corpus.fetching.refusals import Refused, reason_of
from corpus.fetching.seen import remember_validators, validators_of
from corpus.fetching.sources import Candidate, Progress, SourceReader
from corpus.fetching.trust import may_be_accepted, named_articles, refusal, standing
from corpus.folders import Folders
from corpus.identity import differing, identity_of, known_provisions
from corpus.store import NewerEdition, StoredEdition, forget_newer, load_edition, save_edition, save_newer

_SIDE_BY_SIDE = 4  # hosts asked, or files read, at once


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edition: `stored` when it is now on this machine, `fresh` when it was not before; else the
    `problem`, and a `candidate` that waits to be accepted. `passed_over` says of each source that was tried before the
    one that was taken why it was not."""

    edition: Edition
    stored: StoredEdition | None
    fresh: bool = False
    problem: CorpusError | None = None
    candidate: StoredEdition | None = None
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """What the sources gave: the `known` edition, else another text of the act (`other`), else one that only the user
    can want (`doubtful`). `as_before`: a server says that the installed text is still its own."""

    known: Candidate | None = None
    other: Candidate | None = None
    doubtful: Candidate | None = None
    as_before: bool = False
    problems: list[str] = field(default_factory=list)


def fetch_all(
    catalogue: Catalogue,
    folders: Folders,
    *,
    mirror: str | None = None,
    accept: bool = False,
    refresh: bool = False,
    documents: frozenset[str] = frozenset(),
    on_progress: Progress | None = None,
    limits: Limits | None = None,
    known: Callable[[Edition], Mapping[str, str]] = known_provisions,
) -> tuple[Outcome, ...]:
    """Install every edition that is missing (all, when `refresh`); never raises for a source out of reach.

    Hosts are asked side by side, the editions of one host one after the other; a host that cannot be reached is
    given up for all its editions at once. A mirror in a folder is no host: its files are read side by side. `known`
    gives the checksums of a known edition's provisions.
    """
    wanted = [e for e in catalogue.editions if not documents or e.document in documents]
    limits = limits or Limits()
    client = Client(catalogue.hosts | mirror_host(mirror), limits)
    reader = SourceReader(client, limits, on_progress or (lambda *_: None), known)
    copies = Mirror(mirror, client) if mirror else None
    installer = _Installer(folders, reader, copies, accept, refresh)
    groups: dict[object, list[Edition]] = {}
    for edition in wanted:
        alone = edition if copies and not copies.remote else mirror
        groups.setdefault(alone or edition.sources[0].host, []).append(edition)

    def work(group: list[Edition]) -> list[Outcome]:
        return [installer.install(edition) for edition in group]

    with ThreadPoolExecutor(max_workers=max(1, min(len(groups), _SIDE_BY_SIDE))) as pool:
        done = {o.edition: o for outcomes in pool.map(work, groups.values()) for o in outcomes}
    client.close()
    return tuple(done[edition] for edition in wanted)


@dataclass(frozen=True, slots=True)
class _Installer:
    folders: Folders
    reader: SourceReader
    mirror: Mirror | None
    accept: bool
    refresh: bool

    def install(self, edition: Edition) -> Outcome:
        installed = load_edition(self.folders, edition)
        if installed and not self.refresh:
            return Outcome(edition, installed)
        try:
            sources = self.mirror.sources(edition) if self.mirror else edition.sources
        except SourceUnavailable as error:
            return Outcome(edition, installed, problem=error)
        found = self._search(sources, edition, installed)
        if found.as_before and installed:
            forget_newer(self.folders, edition)
            return Outcome(edition, installed)
        return self._decide(edition, installed, found)

    def _search(self, sources: tuple[Source, ...], edition: Edition, installed: StoredEdition | None) -> _Found:
        """Asks the sources in order until one gives the known edition, which settles it: a single source may print a
        text with mistakes of its own."""
        seen = validators_of(self.folders, edition, installed)
        identity = identity_of(installed.parsed().blocks).checksum if installed else ""
        known = self.reader.known(edition)
        problems: list[str] = []
        other = doubtful = None
        for source in sources:
            since = seen.get(source.url)
            official = edition.sources[0].url if self.mirror else source.url
            try:
                candidate = self.reader.candidate(source, edition, since=since, official_url=official)
            except (Refused, UnreadableFile, httpx.HTTPError, OSError) as error:
                problems.append(_problem(source, error))
                continue
            if candidate is None:
                return _Found(as_before=True)
            verdict = standing(candidate.identity, edition, known, identity)
            if verdict == "known":
                return _Found(known=candidate, problems=problems)
            if verdict == "differs":
                other = other or candidate
                continue
            doubtful = doubtful or candidate
            problems.append(f"{source.url}: {refusal(verdict, candidate.identity, edition, known)}")
        return _Found(other=other, doubtful=doubtful, problems=problems)

    def _decide(self, edition: Edition, installed: StoredEdition | None, found: _Found) -> Outcome:
        if found.known:
            return self._settle(edition, installed, found.known, found.problems)
        # An official page gives the text of today, so that another text than the known one is no older edition.
        is_to_be_trusted = not (self.mirror or installed or edition.until)
        if found.other and (self.accept or is_to_be_trusted):
            return self._settle(edition, installed, found.other, found.problems)
        if found.other:
            return self._leave(edition, installed, found.other)
        wished = found.doubtful if found.doubtful and may_be_accepted(found.doubtful.identity, edition) else None
        if wished and self.accept:
            return self._settle(edition, installed, wished, found.problems)
        return Outcome(edition, installed, problem=_unavailable(edition, found.problems, acceptable=bool(wished)))

    def _settle(
        self, edition: Edition, installed: StoredEdition | None, candidate: Candidate, problems: list[str]
    ) -> Outcome:
        """Take the candidate, unless what is installed is as good."""
        stored = candidate.stored
        current = installed if installed and _is_kept(installed, candidate) else stored
        if current is stored:
            save_edition(self.folders, edition, stored)
        remember_validators(self.folders, edition, current, candidate.source.url, candidate.validators)
        forget_newer(self.folders, edition)
        return Outcome(edition, current, fresh=current is stored, passed_over=tuple(problems))

    def _leave(self, edition: Edition, installed: StoredEdition | None, candidate: Candidate) -> Outcome:
        """The text is not the known edition and was not accepted; of an official one it is remembered that it is
        there."""
        stored = candidate.stored
        name, take = edition.name, f"`atazan fetch --accept --document {edition.document}`"
        if installed is None:
            where = f" (it differs in {named_articles(stored.differing)})" if stored.differing else ""
            problem = TextChanged(
                f"{name}: the text at {candidate.source.url} is not the known edition of {edition.edition}{where},"
                f" so it was not installed; run {take} to take it."
            )
            return Outcome(edition, None, problem=problem, candidate=stored)
        changed = differing(candidate.identity, identity_of(installed.parsed().blocks).provisions)
        if not self.mirror and edition.until is None:
            newer = NewerEdition(
                edition.document, edition.language, stored.source_url, stored.edition, changed, edition.checksum
            )
            save_newer(self.folders, edition, newer)
        problem = TextChanged(
            f"{name}: the text at {candidate.source.url} differs from the installed one in {named_articles(changed)},"
            f" so the known text stays; run {take} to take the new one."
        )
        return Outcome(edition, installed, problem=problem, candidate=stored)


def _is_kept(installed: StoredEdition, candidate: Candidate) -> bool:
    """Whether the installed text stays: it is the same, or the same edition from another source, whose typography is no
    reason to index it anew. From the same source, new notes may have come, or a reader may have learnt something."""
    stored = candidate.stored
    if installed.checksum == stored.checksum:
        return True
    return installed.source_url != stored.source_url and identity_of(installed.parsed().blocks) == candidate.identity


def _problem(source: Source, error: Exception) -> str:
    reason = reason_of(error, source.host).rstrip(".")
    return reason if source.host and source.host in reason else f"{source.url}: {reason}"


def _unavailable(edition: Edition, problems: list[str], *, acceptable: bool) -> SourceUnavailable:
    reasons = list(dict.fromkeys(problems)) or ["the mirror does not hold it"]
    take = f"; if it is the text you want, run `atazan fetch --accept --document {edition.document}`"
    return SourceUnavailable(
        f"{edition.name} could not be fetched: {'; '.join(reasons)}{take if acceptable else ''}.",
        reasons,
    )
