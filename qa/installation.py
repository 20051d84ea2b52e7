"""From a bare machine to an assistant that answers: fetch what is missing, open or build the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from corpus import Catalogue, Document, EditionText, Folders, load_catalogue
from corpus.fetch import Outcome, fetch_all, mirror_location, recently_unreachable, remember_unreachable
from corpus.fetch import Progress as FetchProgress
from corpus.private import parse_private
from corpus.store import StoredEdition, installed_editions, private_documents
from index import Embedder, IndexedDocument, StaleIndex, build_index, fingerprint, open_embedder, open_index
from index.store import Progress as BuildProgress
from qa.abstention import contrast_texts
from qa.assistant import Assistant, Editions
from qa.errors import NothingInstalled

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Installed:
    """What is on this machine: official editions and the user's documents."""

    catalogue: Catalogue
    official: tuple[StoredEdition, ...]
    private: tuple[tuple[Document, StoredEdition], ...]

    @property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """Installed documents, the catalogue's order first."""
        found = []
        for document in self.catalogue.documents:
            sums = tuple((e.language, e.checksum) for e in self.official if e.document == document.id)
            if sums:
                found.append(IndexedDocument(document, sums))
        found += [IndexedDocument(d, ((stored.language, stored.checksum),)) for d, stored in self.private]
        return tuple(found)

    @property
    def editions(self) -> Editions:
        """Official page and edition name of every installed text."""
        pages = {(e.document, e.language): e.page for e in self.catalogue.editions}
        official = {
            (e.document, e.language): (pages.get((e.document, e.language), e.source_url), e.edition)
            for e in self.official
        }
        return official | {(d.id, stored.language): ("", stored.edition) for d, stored in self.private}

    def texts(self) -> tuple[EditionText, ...]:
        """All texts, parsed."""
        return (*(e.parsed() for e in self.official), *(parse_private(stored) for _, stored in self.private))


def installed(folders: Folders, catalogue: Catalogue | None = None) -> Installed:
    """Raises `CorpusError` when a document that the user added is damaged."""
    catalogue = catalogue or load_catalogue()
    return Installed(catalogue, installed_editions(folders, catalogue), tuple(private_documents(folders)))


def ensure_texts(folders: Folders, *, on_fetch: FetchProgress | None = None, notice: Notice | None = None) -> Installed:
    """Fetch what is missing, once in a while where no source is in reach. Raises `NothingInstalled`."""
    catalogue = load_catalogue()
    mirror = mirror_location()
    outcomes: tuple[Outcome, ...] = ()
    state = installed(folders, catalogue)
    if len(state.official) < len(catalogue.editions) and not recently_unreachable(folders, mirror):
        outcomes = fetch_all(catalogue, folders, mirror=mirror, on_progress=on_fetch)
        remember_unreachable(folders, mirror, any(outcome.problem for outcome in outcomes))
        state = installed(folders, catalogue)
    problems = [outcome.problem for outcome in outcomes if outcome.problem]
    if not state.documents:
        raise NothingInstalled(str(problems[0]).rstrip(".") if problems else "none answered a short while ago")
    if problems and notice:
        more = f" ({len(problems)} editions are missing in all.)" if len(problems) > 1 else ""
        notice(f"{problems[0]}{more}")
    return state


def open_assistant(
    folders: Folders,
    *,
    embedder: Embedder | str | None = None,
    today: Callable[[], date] = date.today,
    on_fetch: FetchProgress | None = None,
    on_build: BuildProgress | None = None,
    notice: Notice | None = None,
) -> Assistant:
    """The assistant over everything installed; a stale or damaged index is built again from the cache.

    Raises `NothingInstalled`, `SearchIndexError` and `CorpusError`.
    """
    state = ensure_texts(folders, on_fetch=on_fetch, notice=notice)
    model = open_embedder(embedder) if embedder is None or isinstance(embedder, str) else embedder
    name = fingerprint(state.documents, model.fingerprint, contrast=contrast_texts())
    try:
        index = open_index(folders.index, name, model)
    except StaleIndex as stale:
        if notice and any(folders.index.glob("[!.]*")):
            notice(str(stale))
        index = build_index(
            folders.index, state.documents, state.texts(), model, contrast=contrast_texts(), on_progress=on_build
        )
    return Assistant(index, state.editions, today)
