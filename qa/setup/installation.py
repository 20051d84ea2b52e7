"""From a bare machine to an assistant that answers: fetch what is missing, open or build the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from corpus import LANGUAGES, Catalogue, Document, EditionText, Folders, load_catalogue
from corpus.digest import asked_checksum, digest_checksum, digests, with_questions
from corpus.private import parse_private
from corpus.store import NewerEdition, StoredEdition, installed_editions, newer_edition, private_documents
from index import (
    Embedder,
    IndexedDocument,
    Reranker,
    SearchIndex,
    StaleIndex,
    build_index,
    fingerprint,
    open_embedder,
    open_index,
    open_reranker,
)
from index.storage.shipped import shipped
from index.storage.vectors import Progress as BuildProgress
from qa.assistant import Assistant
from qa.composing.reply import Editions
from qa.evidence.changed_text import ChangedTexts
from qa.labels import label_of_eid
from qa.messages import message
from qa.prose.entailment import Entailment, open_entailment
from qa.prose.generators.generator import Generator
from qa.prose.generators.opening import open_generator
from qa.prose.writing import Writer
from qa.setup.learned_from import learned_from

if TYPE_CHECKING:
    from corpus.fetching import Outcome
    from corpus.fetching import Progress as FetchProgress

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Installed:
    """What is on this machine: official editions and the user's documents."""

    catalogue: Catalogue
    official: tuple[StoredEdition, ...]
    private: tuple[tuple[Document, StoredEdition], ...]
    newer: tuple[NewerEdition, ...] = ()
    set_aside: tuple[str, ...] = ()  # ids of the user's documents that are damaged

    def with_private(self, document: Document, stored: StoredEdition) -> Installed:
        """The same with one more document of the user's, in the place that it has once it is saved."""
        others = [(other, text) for other, text in self.private if other.id != document.id]
        return replace(self, private=tuple(sorted([*others, (document, stored)], key=lambda own: f"{own[0].id}.json")))

    @property
    def changed(self) -> ChangedTexts:
        """The articles whose plain words are withheld, and the newer editions."""
        differing = {f"{e.document}#{eid.split('__')[0]}" for e in self.official for eid in e.differing}
        documents = {e.document for e in self.official if e.differing}
        layered = {p.article_id for name in documents for text in digests(name) for p in text.provisions}
        return ChangedTexts(frozenset(differing & layered), self.newer)

    @property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """Documents that can be asked, the catalogue's order first: those with an official text installed or with a
        plain-language layer, then the user's own."""
        found = []
        for document in self.catalogue.documents:
            sums = [(e.language, e.checksum) for e in self.official if e.document == document.id]
            # The layer's checksum, not its text: an index that is up to date needs no parsing.
            plain = [(language, digest_checksum(document.id, language)) for language in LANGUAGES]
            layer = [(f"plain {language}", digest) for language, digest in plain if digest]
            if sums and not layer and (asked := asked_checksum(document.id)):
                sums.append(("asked", asked))
            sums += layer
            if sums:
                found.append(IndexedDocument(document, tuple(sums)))
        found += [IndexedDocument(d, ((stored.language, stored.checksum),)) for d, stored in self.private]
        return tuple(found)

    @property
    def editions(self) -> Editions:
        """Official page and edition name of every installed text; the page alone where only plain words are there."""
        pages = {(d.id, e.language): d.pages[e.language] for d in self.catalogue.documents for e in d.editions}
        official = {
            (e.document, e.language): (pages.get((e.document, e.language), e.source_url), e.edition)
            for e in self.official
        }
        read = {document for document, _ in official}
        layers = {
            (d.id, text.language): (d.pages[text.language], "")
            for d in self.catalogue.documents
            if d.id not in read
            for text in digests(d.id)
        }
        return official | layers | {(d.id, stored.language): ("", stored.edition) for d, stored in self.private}

    @property
    def layers(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Documents with a plain-language layer, and its languages."""
        layers = ((d.id, tuple(text.language for text in digests(d.id))) for d in self.catalogue.documents)
        return tuple((document, languages) for document, languages in layers if languages)

    def texts(self) -> tuple[EditionText, ...]:
        """All texts, parsed, in the order of `documents`."""
        texts: list[EditionText] = []
        for document in self.catalogue.documents:
            official = [e.parsed() for e in self.official if e.document == document.id]
            layer = digests(document.id)
            texts += [*official, *layer] if layer else _asked(official)
        return (*texts, *(parse_private(stored) for _, stored in self.private))


def _asked(official: Sequence[EditionText]) -> list[EditionText]:
    """A document's texts with the questions people ask of it: each in its language, the first also in the languages
    that no text is in."""
    own = {text.language for text in official}
    return [
        with_questions(text, [text.language, *(code for code in LANGUAGES if at == 0 and code not in own)])
        for at, text in enumerate(official)
    ]


def installed(folders: Folders, catalogue: Catalogue | None = None) -> Installed:
    """What is on this machine now; the user's documents that are damaged are set aside."""
    catalogue = catalogue or load_catalogue()
    official = installed_editions(folders, catalogue)
    present = {(stored.document, stored.language) for stored in official}
    waiting = (newer_edition(folders, e) for e in catalogue.editions if (e.document, e.language) in present)
    private = private_documents(folders)
    return Installed(catalogue, official, private.readable, tuple(n for n in waiting if n), private.damaged)


def ensure_texts(
    folders: Folders, *, reader: str = "en", on_fetch: FetchProgress | None = None, notice: Notice | None = None
) -> Installed:
    """Fetch what is missing, once in a while where no source is in reach. Never fails for want of a source: the
    plain-language layer is always there."""
    catalogue = load_catalogue()
    state = installed(folders, catalogue)
    outcomes: tuple[Outcome, ...] = ()
    if len(state.official) < len(catalogue.editions):
        # Where all is installed nothing is fetched, and what fetches takes longer to import than a question to answer.
        from corpus.fetching import fetch_all, mirror_location, recently_unreachable, remember_unreachable

        mirror = mirror_location()
        if not recently_unreachable(folders, mirror):
            outcomes = fetch_all(catalogue, folders, mirror=mirror, on_progress=on_fetch)
            remember_unreachable(folders, mirror, any(outcome.problem for outcome in outcomes))
            state = installed(folders, catalogue)
    for outcome in outcomes:
        if notice and outcome.fresh and outcome.stored and outcome.stored.differing:
            notice(_otherwise_than_known(outcome.stored, catalogue, reader))
    if notice:
        for identifier in state.set_aside:
            notice(message("state.set_aside", reader, id=identifier))
    problems = [outcome.problem for outcome in outcomes if outcome.problem]
    if problems and notice:
        if not state.official:
            notice(message("state.layer_alone", reader, reason=str(problems[0]).rstrip(".")))
        else:
            more = f" ({len(problems)} editions are missing in all.)" if len(problems) > 1 else ""
            notice(f"{problems[0]}{more}")
    return state


def _otherwise_than_known(stored: StoredEdition, catalogue: Catalogue, reader: str) -> str:
    """One line: the official text is another than the plain words were written for."""
    articles = dict.fromkeys(label_of_eid(eid.split("__")[0], reader) for eid in stored.differing)
    return message(
        "state.differs",
        reader,
        document=catalogue.document(stored.document).short_titles[reader],
        tongue=message(f"page.{stored.language}", reader),
        source=stored.source_url,
        articles=", ".join(articles),
    )


@dataclass(frozen=True, slots=True)
class Models:
    """What an assistant works with beside its texts; None where it does without."""

    embedder: Embedder
    reranker: Reranker | None = None
    generator: Generator | None = None
    entailment: Entailment | None = None


def open_models(
    embedder: Embedder | str | None = None,
    reranker: str | None = None,
    generator: str | None = None,
    entailment: str | None = None,
) -> Models:
    """`reranker` is a cross-encoder, by default that in ATAZAN_RERANKER or none; `generator` a model that writes,
    `entailment` one that checks what it writes (`qa.setup.settings.writing_models`). Raises `SearchIndexError` and
    `AnswerError` for one that cannot be opened."""
    return Models(
        open_embedder(embedder) if embedder is None or isinstance(embedder, str) else embedder,
        open_reranker(reranker),
        open_generator(generator),
        open_entailment(entailment if generator else None),
    )


def open_assistant(
    folders: Folders,
    *,
    embedder: Embedder | str | None = None,
    reranker: str | None = None,
    generator: str | None = None,
    entailment: str | None = None,
    reader: str = "en",
    today: Callable[[], date] = date.today,
    on_fetch: FetchProgress | None = None,
    on_build: BuildProgress | None = None,
    notice: Notice | None = None,
    adding: tuple[Document, StoredEdition] | None = None,
) -> Assistant:
    """The assistant over everything installed; a stale or damaged index is built again from the cache.

    `adding` is a document of the user's that is to be saved once it is indexed, by this, with all the others.
    `reader` is the language of notices; the models as for `open_models`. Raises `SearchIndexError`, `CorpusError` and
    `AnswerError`.
    """
    # Whoever slips in a name is told before anything is fetched or built.
    models = open_models(embedder, reranker, generator, entailment)
    state = ensure_texts(folders, reader=reader, on_fetch=on_fetch, notice=notice)
    state = state.with_private(*adding) if adding else state
    return assistant_over(
        index_of(folders, state, models.embedder, on_build=on_build, notice=notice), state, models, today
    )


def assistant_over(
    index: SearchIndex, state: Installed, models: Models, today: Callable[[], date] = date.today
) -> Assistant:
    """The assistant over an index of what is installed."""
    changed, writes = state.changed, models.generator
    writer = Writer(index, writes, models.entailment, changed) if writes else None
    return Assistant(index, state.editions, today, models.reranker, writer, changed)


def known_index(folders: Folders, state: Installed, model: Embedder) -> SearchIndex:
    """The index of just what is installed. Raises `StaleIndex` where there is none, or it is damaged."""
    return open_index(folders.index, fingerprint(state.documents, model.fingerprint, **learned_from()), model)


def index_of(
    folders: Folders,
    state: Installed,
    model: Embedder,
    *,
    on_build: BuildProgress | None = None,
    notice: Notice | None = None,
) -> SearchIndex:
    """The index of what is installed, built where there is none. Raises `SearchIndexError`."""
    try:
        return known_index(folders, state, model)
    except StaleIndex as stale:
        fresh = not any(folders.index.glob("[!.]*"))
        if notice and not fresh:
            notice(str(stale))
        return _build(folders, state, model, in_stages=fresh, on_build=on_build)


def _build(
    folders: Folders, state: Installed, model: Embedder, *, in_stages: bool, on_build: BuildProgress | None
) -> SearchIndex:
    """Build the index; the very first time in two stages, so that whoever stops it keeps the Constitution."""

    def build(documents: Sequence[IndexedDocument], texts: Sequence[EditionText]) -> SearchIndex:
        return build_index(
            folders.index,
            documents,
            texts,
            model,
            **learned_from(),
            on_progress=on_build,
        )

    documents, texts = state.documents, state.texts()
    constitution = documents[0].document.id
    # What ships is there at once: in stages is built only what takes minutes.
    if in_stages and len(documents) > 1 and shipped().model != model.fingerprint:
        build(documents[:1], [text for text in texts if text.document == constitution])
    return build(documents, texts)
