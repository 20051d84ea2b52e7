"""Acts added to a library, and a library kept as a folder is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus import CorpusError
from corpus.library.acts import Act, ActFile, Unread
from corpus.library.folders import find_acts
from corpus.private import read_file
from corpus.text.normalisation import checksum
from index.embedders.embedder import Embedder, FloatArray
from index.storage.fingerprint import FORMAT
from index.stores import OPEN_END, ProvisionStore, StoreFailure, day_number
from index.stores.embedding import act_texts, act_vectors, question_vectors, stored_rows
from index.stores.rows import StoredAct
from qa.errors import AnswerError
from qa.library.act_reader import quick_digest
from qa.library.reading_ahead import read_ahead
from qa.library.remembered import Memory, RememberingEmbedder
from qa.library.report import Report

Watch = Callable[[Report, int], None]  # the report so far, and how many files there are
Confirm = Callable[[int, int], bool]  # whether so many of so many acts may go


class NotSynced(AnswerError):
    """A folder that is not what the library was filled from; nothing was changed."""


class Adding:
    """Adds to one store. `report` tells what was done, also after an exception; what is in is whole then, and the same
    call goes on with what is missing."""

    def __init__(self, store: ProvisionStore, embedder: Embedder, memory: Memory, watch: Watch) -> None:
        known = store.embedder()
        if known and known != embedder.fingerprint:
            raise StoreFailure("other_model", f"The library {store.name} keeps vectors of another embedding model.")
        self._store, self._memory, self._watch = store, memory, watch
        self._embedder = RememberingEmbedder(embedder, memory, self._embedded)
        self._questions: FloatArray | None = None
        self.report = Report()
        self._total = 0
        self._began = time.monotonic()
        self._seen: set[int] = set()  # hashes of the acts and languages met with: a name each would not fit in memory

    def add(self, paths: Sequence[Path]) -> Report:
        """Add the acts below the paths. Raises `CorpusError`, `StoreFailure` and whatever the embedder does."""
        with self._run():
            self._total = sum(1 for _ in find_acts(paths))
            self._take(find_acts(paths))
        return self.report

    def sync(self, folder: Path, confirm: Confirm) -> Report:
        """Add the acts below the folder, and remove those that came from it and are no longer there, with `confirm`
        where these are more than half. Raises `NotSynced` where that is refused, and what `add` does."""
        with self._run():
            root = folder.resolve()
            there = set[int]()
            closed = list[Path]()  # folders that were not looked into
            for found in find_acts([folder]):
                there.add(hash(str(found.path)))
                closed += [found.path] if isinstance(found, Unread) and found.path.is_dir() else []
                self._total += 1
            stored = [
                hash(act.source) in there or any(_is_below(act.source, path) for path in closed)
                for act in self._store.acts()
                if _is_below(act.source, root)
            ]
            gone = stored.count(False)
            if 2 * gone > len(stored) and not confirm(gone, len(stored)):
                raise NotSynced(f"Nothing was changed: {gone} of {len(stored)} acts would have gone from the library.")
            self._take(find_acts([folder]))
            self._remove_gone(root)
        return self.report

    @contextmanager
    def _run(self) -> Iterator[None]:
        self.report.stopped = True
        try:
            yield
            if self.report.added or self.report.changed or self.report.removed:
                self._store.settle()
            self.report.stopped = False
        finally:
            self.report.seconds = time.monotonic() - self._began

    def _take(self, found: Iterable[ActFile | Unread]) -> None:
        for read in read_ahead(self._new(found)):
            if isinstance(read, Unread):
                self._refuse(read)
            else:
                self._put(*read)

    def _new(self, found: Iterable[ActFile | Unread]) -> Iterator[ActFile]:
        """The files that have to be read; of the others it is noted what they are."""
        for file in found:
            if isinstance(file, Unread):
                self._refuse(file)
                continue
            try:
                known = self._memory.act_of(quick_digest(file, read_file(file.path)))
            except CorpusError as error:
                self._refuse(Unread(file.path, str(error)))
                continue
            if known and self._is_held(known[0], known[1], known[2], file.path) and self._is_first(known[0], known[1]):
                self.report.unchanged += 1
                self._tell()
            else:
                yield file

    def _put(self, file: ActFile, digest: bytes, act: Act) -> None:
        name = f"{act.id} ({act.language})"
        if not self._is_first(act.id, act.language):
            self._refuse(Unread(file.path, f"{name} was read from another file already."))
            return
        stored = _stored(act, file.path)
        if self._is_held(act.id, act.language, stored.checksum, file.path):
            self.report.unchanged += 1
        else:
            kind = self.report.changed if self._store.act(act.id, act.language) else self.report.added
            rows, texts = stored_rows(stored, act.provisions), act_texts(stored, act.provisions)
            if self._questions is None:  # with another model than the bundled one they take a while
                self._questions = question_vectors(self._embedder)
            vectors = act_vectors(rows, self._embedder.embed_passages(texts), self._questions)
            self._store.put(stored, rows, vectors, self._embedder.fingerprint)
            kind.append(name)
            self.report.provisions += len(rows)
        self._memory.remember(digest, act.id, act.language, stored.checksum)
        self._tell()

    def _remove_gone(self, root: Path) -> None:
        """What came from the folder and was not met with there, but for what is there and could not be read."""
        unread = {str(unread.path) for unread in self.report.unread}
        closed = [unread.path for unread in self.report.unread if unread.path.is_dir()]
        gone = [
            (act.id, act.language)
            for act in self._store.acts()
            if _is_below(act.source, root)
            and hash((act.id, act.language)) not in self._seen
            and act.source not in unread
            and not any(_is_below(act.source, path) for path in closed)
        ]
        for act, language in gone:
            self._store.remove(act, language)
            self.report.removed.append(f"{act} ({language})")
            self._tell()

    def _is_held(self, act: str, language: str, text: str, path: Path) -> bool:
        held = self._store.act(act, language)
        return held is not None and (held.checksum, held.source) == (text, str(path))

    def _is_first(self, act: str, language: str) -> bool:
        """Whether this run has not met with the act in the language before."""
        name = hash((act, language))
        met = name in self._seen
        self._seen.add(name)
        return not met

    def _refuse(self, unread: Unread) -> None:
        self.report.unread.append(unread)
        self._tell()

    def _embedded(self, count: int) -> None:
        self.report.embedded += count
        self._tell()

    def _tell(self) -> None:
        self.report.seconds = time.monotonic() - self._began
        self._watch(self.report, self._total)


def _stored(act: Act, source: Path) -> StoredAct:
    return StoredAct(
        id=act.id,
        language=act.language,
        title=act.title,
        short=act.short,
        kind=act.kind,
        status=act.status,
        number=act.number,
        edition=act.edition.isoformat() if act.edition else "",
        since=day_number(act.since, 0),
        until=day_number(act.until, OPEN_END),
        page=act.page,
        source=str(source),
        checksum=checksum(f"{FORMAT} {act.checksum}"),
        provisions=len(act.provisions),
    )


def _is_below(source: str, root: Path) -> bool:
    return Path(source).is_relative_to(root)
