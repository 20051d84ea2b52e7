"""The laws that questions are written on, put into a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus import Folders, load_catalogue
from corpus.provision import Provision
from corpus.store import installed_editions
from index import Embedder
from index.embedders.embedder import FloatArray
from index.storage.shipped import shipped
from index.storage.vectors import Line, embedded, hashes_of
from index.stores import OPEN_END, ProvisionStore, StoredAct, day_number
from index.stores.embedding import act_texts, act_vectors, question_vectors, stored_rows
from qa.setup.progress import tell

LAWS = (
    "kz-law-on-legal-acts-2016",
    "kz-constlaw-kurultai-2026",
    "kz-constlaw-president-2026",
    "kz-constlaw-peoples-council-2026",
)


@dataclass(frozen=True, slots=True)
class Law:
    """One law in one language, with the vectors of its texts `(n + 1, d)` (`act_texts`)."""

    act: StoredAct
    provisions: Sequence[Provision]
    vectors: FloatArray


def laws(folders: Folders, embedder: Embedder) -> list[Law]:
    """The laws installed, embedded where their vectors do not ship."""
    found = list(_installed(folders))
    lines = [Line(text, is_question=False) for act, provisions in found for text in act_texts(act, provisions)]
    hashes = hashes_of(embedder, lines)
    tell(f"embedding what does not ship of {len(lines)} texts of laws")
    vectors = embedded([shipped()], lines, hashes, embedder, lambda *_: None)
    ends = np.cumsum([len(act_texts(act, provisions)) for act, provisions in found])
    parts = np.split(vectors, ends[:-1])
    return [Law(act, provisions, part) for (act, provisions), part in zip(found, parts, strict=True)]


def put(store: ProvisionStore, found: Sequence[Law], embedder: Embedder) -> None:
    """Write the laws into the store."""
    questions = question_vectors(embedder)
    for law in found:
        rows = stored_rows(law.act, law.provisions)
        store.put(law.act, rows, act_vectors(rows, law.vectors, questions), embedder.fingerprint)
    store.settle()


def _installed(folders: Folders) -> Iterator[tuple[StoredAct, tuple[Provision, ...]]]:
    catalogue = load_catalogue()
    for stored in installed_editions(folders, catalogue):
        document = catalogue.document(stored.document)
        if document.id in LAWS:
            provisions = stored.parsed().provisions
            yield (
                StoredAct(
                    id=document.id,
                    language=stored.language,
                    title=document.titles[stored.language],
                    short=document.short_titles[stored.language],
                    kind="constitutional_law" if "constlaw" in document.id else "law",
                    status="in_force",
                    number="",
                    edition=stored.edition,
                    since=day_number(document.since or document.adopted, 0),
                    until=day_number(document.until, OPEN_END),
                    page=document.pages.get(stored.language, ""),
                    source=stored.source_url,
                    checksum=stored.checksum,
                    provisions=len(provisions),
                ),
                provisions,
            )
