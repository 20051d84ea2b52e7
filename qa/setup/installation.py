"""From a bare machine to an assistant that answers: fetch what is missing, open or build the index."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import Catalogue, Document, EditionText, Folders, load_catalogue
from corpus.store import StoredEdition
from index import (
    Embedder,
    IndexedDocument,
    Reranker,
    SearchIndex,
    SearchIndexError,
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
from qa.choosing.reader import Reader
from qa.errors import AnswerError
from qa.labels import label_of_eid
from qa.messages import message
from qa.prose.entailment import Entailment, open_entailment
from qa.prose.generators.generator import Generator
from qa.prose.generators.marks import Marks
from qa.prose.generators.opening import open_generator
from qa.prose.judge import Judge
from qa.prose.writing import Writer
from qa.setup.installed import Installed, installed
from qa.setup.learned_from import learned_from
from qa.setup.settings import ModelNames, chosen_store

if TYPE_CHECKING:
    from corpus.fetching import Outcome
    from corpus.fetching import Progress as FetchProgress
    from qa.legislation import Legislation

Notice = Callable[[str], None]

NO_MODELS = ModelNames()
_PAST_DAYS_KEPT = 2  # opened indexes of past editions; each takes as much memory as the main one


def ensure_texts(
    folders: Folders, *, reader: str = "en", on_fetch: FetchProgress | None = None, notice: Notice | None = None
) -> Installed:
    """Fetch what is missing, once in a while where no source is in reach. Never fails for want of a source: the
    plain-language layer is always there."""
    catalogue = load_catalogue()
    state = installed(folders, catalogue)
    outcomes: tuple[Outcome, ...] = ()
    if len(state.every) < len(catalogue.editions):
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
    reader: Generator | None = None
    legislation: Legislation | None = None


def open_models(
    embedder: Embedder | str | None = None,
    reranker: str | None = None,
    names: ModelNames = NO_MODELS,
    store: str | None = None,
) -> Models:
    """`reranker` is a cross-encoder, by default that in ATAZAN_RERANKER or none; `names` the language models (of
    `qa.setup.settings.language_models`); `store` that of a library of laws (of `qa.setup.settings.chosen_store`), which
    is opened when it is first asked. Raises `SearchIndexError` and `AnswerError` for a model that cannot be opened."""
    writes = open_generator(names.generator)
    model = open_embedder(embedder) if embedder is None or isinstance(embedder, str) else embedder
    return Models(
        model,
        open_reranker(reranker),
        writes,
        open_entailment(names.entailment if writes else None),
        writes if names.reader == names.generator else open_generator(names.reader),
        _legislation(store, model),
    )


def _legislation(store: str | None, embedder: Embedder) -> Legislation | None:
    if store is None:
        return None
    from qa.legislation.opening import LegislationAtHand

    return LegislationAtHand(store, embedder)


def open_assistant(
    folders: Folders,
    *,
    embedder: Embedder | str | None = None,
    reranker: str | None = None,
    names: ModelNames = NO_MODELS,
    store: str | None = None,
    reader: str = "en",
    today: Callable[[], date] = date.today,
    on_fetch: FetchProgress | None = None,
    on_build: BuildProgress | None = None,
    notice: Notice | None = None,
    adding: tuple[Document, StoredEdition] | None = None,
) -> Assistant:
    """The assistant over everything installed; a stale or damaged index is built again from the cache.

    `adding` is a document of the user's that is to be saved once it is indexed, by this, with all the others.
    `reader` is the language of notices; `store` names a library of laws (`qa.setup.settings.chosen_store` tells which
    where none is named); the models as for `open_models`. Raises `SearchIndexError`, `CorpusError` and
    `AnswerError`.
    """
    # Whoever slips in a name is told before anything is fetched or built.
    models = open_models(embedder, reranker, names, chosen_store(folders, store))
    state = ensure_texts(folders, reader=reader, on_fetch=on_fetch, notice=notice)
    state = state.with_private(*adding) if adding else state
    state = state.on(today())
    index = index_of(folders, state, models.embedder, on_build=on_build, notice=notice)
    return assistant_over(index, state, models, folders, today)


def assistant_over(
    index: SearchIndex, state: Installed, models: Models, folders: Folders, today: Callable[[], date] = date.today
) -> Assistant:
    """The assistant over an index of what is installed; on past days over the editions of then, where there are any."""
    marks = Marks(folders.cache)
    past = Past(folders, state, models, today, marks) if state.beside else None
    return assistant_of_a_day(index, state, models, today, marks, past)


def assistant_of_a_day(
    index: SearchIndex,
    state: Installed,
    models: Models,
    today: Callable[[], date],
    marks: Marks,
    past: Past | None = None,
) -> Assistant:
    """The assistant over the editions that are asked."""
    changed, writes, reads = state.changed, models.generator, models.reader
    writer = Writer(index, writes, models.entailment, changed, Judge(writes, marks)) if writes else None
    reader = Reader(index, reads, marks, changed) if reads else None
    return Assistant(index, state.editions, today, models.reranker, writer, changed, past, reader, models.legislation)


class Past:
    """Opens the assistant over the editions of another day, the index of it built when it is first asked. Safe to share
    by threads."""

    def __init__(
        self, folders: Folders, state: Installed, models: Models, today: Callable[[], date], marks: Marks
    ) -> None:
        self._folder, self._main, self._marks = folders.past, folders.index, marks
        self._state, self._models, self._today = state, models, today
        self._days = state.turning_days()
        self._of = lru_cache(maxsize=_PAST_DAYS_KEPT)(self._opened)

    def __call__(self, day: date) -> Assistant | None:
        """None where the editions of the day are those that are asked anyway. Raises `AnswerError` where their index
        cannot be written."""
        return self._of(max((turn for turn in self._days if turn <= day), default=self._days[0]))

    def _opened(self, since: date) -> Assistant | None:
        state = self._state.on(since)
        if state.official == self._state.official:
            return None
        folder, model = self._folder / since.isoformat(), self._models.embedder
        try:
            index = open_index(folder, fingerprint(state.documents, model.fingerprint, **learned_from()), model)
        except StaleIndex:
            index = self._built(folder, state)
        return assistant_of_a_day(index, state, self._models, self._today, self._marks)

    def _built(self, folder: Path, state: Installed) -> SearchIndex:
        known = {day.isoformat() for day in self._days}
        try:
            index = build_index(
                folder,
                state.documents,
                state.texts(),
                self._models.embedder,
                **learned_from(),
                vectors_of=self._main,  # but for what the editions differ in, nothing is embedded again
                others=[stored.parsed() for stored in state.others],
            )
        except SearchIndexError as error:
            raise AnswerError(str(error)) from error
        for other in self._folder.iterdir():  # of editions that are no longer installed
            if other.name not in known:
                shutil.rmtree(other, ignore_errors=True)
        return index


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
