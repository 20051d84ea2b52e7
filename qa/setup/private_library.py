"""A visitor's own documents: read, indexed and asked apart from everyone else's, forgotten when they leave."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath

from corpus import Document, UnreadableFile
from corpus.private import parse_private, readable_name
from corpus.store import StoredEdition, private_document
from index import IndexedDocument, SearchIndex, SecondReader, build_index, untrained_embedder
from qa.answer import Abstention, Answer
from qa.assistant import Assistant
from qa.composing.composition import Published
from qa.errors import AnswerError
from qa.evidence.abstention import contrast_texts
from qa.messages import message
from qa.prose.writing import Writer
from qa.setup.reading_process import Bounds, read_apart
from qa.setup.visitors_folder import visitors_folder
from qa.understanding.conversation import Earlier
from qa.understanding.references import clause_alone, own_clause

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 150
MAX_CHARACTERS = 150_000
MAX_FILES = 3
SECONDS = 40

_OF_THE_QUESTION = ("too_vague", "not_a_question")  # reasons that hold whatever texts are asked

Progress = Callable[[int, int], None]


class NotAccepted(AnswerError):
    """A document that cannot be taken; the message says why, in the visitor's language."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document held for the visitor; `paragraphs` are what is searched and cited."""

    document: Document
    stored: StoredEdition
    paragraphs: int

    @property
    def pages(self) -> int:
        """How many printed pages hold text; 0 where the file has none."""
        return max((line.page or 0 for line in self.stored.lines), default=0)


class PrivateLibrary:
    """One visitor's documents with an index of their own in a temporary folder, which nobody else on the machine may
    read. `base` lends its embedder and the vectors of the matters out of scope; `vectors` is the folder of its index.
    """

    def __init__(self, base: Assistant, vectors: Path, today: Callable[[], date] = date.today) -> None:
        self._base = base
        self._vectors = vectors
        self._today = today
        self._folder = Path(tempfile.mkdtemp(prefix="library-", dir=visitors_folder()))
        self._lock = threading.Lock()
        self._changing = threading.Lock()  # what is held changes one document at a time
        self.closed = False
        self._assistant: Assistant | None = None
        self.held: tuple[Held, ...] = ()
        self._second: SecondReader | None = None  # opened with the first document

    def add(self, data: bytes, name: str, language: str, on_progress: Progress | None = None) -> Held:
        """Read and index a file. Raises `NotAccepted`; what was there stays."""
        with self._changing:
            return self._add(data, readable_name(name), language, on_progress)

    def _add(self, data: bytes, name: str, language: str, on_progress: Progress | None) -> Held:

        def refused(key: str, **values: object) -> NotAccepted:
            return NotAccepted(message(f"upload.{key}", language, name=name, **values))

        if len(self.held) >= MAX_FILES:
            raise refused("too_many", files=MAX_FILES)
        if len(data) > MAX_BYTES:
            raise refused("too_big", megabytes=MAX_BYTES // 2**20)
        try:
            stored = read_apart(data, PurePath(name).stem, Bounds(MAX_PAGES, MAX_CHARACTERS, SECONDS))
        except UnreadableFile as error:
            reason = message(f"unreadable.{error.code}", language, **error.values)
            raise refused("unreadable", reason=reason) from None
        if any(held.stored.checksum == stored.checksum for held in self.held):
            raise refused("twice")
        text = parse_private(stored)
        held = Held(private_document(stored.document, name), stored, len(text.provisions))
        self._hold((*self.held, held), on_progress)
        return held

    def remove(self, identifier: str) -> None:
        """Forget one document."""
        with self._changing:
            self._hold(tuple(held for held in self.held if held.document.id != identifier), None)

    @property
    def writer(self) -> Writer | None:
        """Writes about answers from these documents; None where nothing is held or no generator is there."""
        return self._assistant.writer if self._assistant else None

    def ask(self, question: str, *, earlier: Earlier | None = None) -> Answer | None:
        """What the visitor's documents answer; None while there are none. Raises `BadQuestion`."""
        if self._assistant is None:
            return None
        answer = self._assistant.ask(question, earlier=earlier)
        if answer.abstained is None or answer.abstained.reason in _OF_THE_QUESTION or names_own_clause(question):
            return answer
        # What the assistant says of a law that is not installed is beside the point where no law is asked.
        told = message("abstain.own_silent", answer.language)
        return replace(answer, abstained=Abstention("not_in_corpus", told), text=told)

    def close(self) -> None:
        """Forget everything, for good; while a document is being indexed, once it is."""
        self.closed = True
        with self._lock:
            self._assistant, self.held = None, ()
            shutil.rmtree(self._folder, ignore_errors=True)

    def _hold(self, held: tuple[Held, ...], on_progress: Progress | None) -> None:
        with self._lock:
            if not self.closed:
                self._rebuild(held, on_progress)

    def _rebuild(self, held: tuple[Held, ...], on_progress: Progress | None) -> None:
        index = self._built(held, on_progress) if held else None
        editions = {(h.document.id, h.stored.language): Published("", h.stored.edition) for h in held}
        self.held, self._assistant = (
            held,
            Assistant(index, editions, self._today, None, self._writer_of(index)) if index else None,
        )

    def _writer_of(self, index: SearchIndex) -> Writer | None:
        """The generator that everyone shares, over the visitor's own provisions."""
        return self._base.writer.over(index) if self._base.writer else None

    def _built(self, held: tuple[Held, ...], on_progress: Progress | None) -> SearchIndex:
        documents = [IndexedDocument(h.document, ((h.stored.language, h.stored.checksum),)) for h in held]
        texts = [parse_private(h.stored) for h in held]
        second = untrained_embedder(self._base.index.embedder)
        self._second = self._second or (SecondReader(second) if second else None)
        progress = _InTwo(on_progress, self._second.count(texts) if self._second else 0)
        index = build_index(
            self._folder,
            documents,
            texts,
            self._base.index.embedder,
            contrast=contrast_texts(),
            on_progress=progress.first,
            vectors_of=self._vectors,
        )
        return self._second.over(index, progress.second) if self._second else index


class _InTwo:
    """The progress of two readings as that of one, of which the second is of so many `more` texts."""

    def __init__(self, tell: Progress | None, more: int) -> None:
        self._tell, self._more, self._first = tell, more, 0

    def first(self, done: int, total: int) -> None:
        self._first = total
        if self._tell:
            self._tell(done, total + self._more)

    def second(self, done: int, total: int) -> None:
        if self._tell:
            self._tell(self._first + done, self._first + total)


def names_own_clause(question: str) -> bool:
    """Whether the question names a clause of a document of the asker's own by its number."""
    return bool(own_clause(question) or clause_alone(question))
