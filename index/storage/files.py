"""An index's files: written whole, verified when opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from corpus.catalogue import Document
from corpus.files import write_atomically
from corpus.parsing.amendments import History
from corpus.provision import Provision
from index.classifier import Part, QuestionClassifier
from index.embedders.embedder import FloatArray
from index.errors import StaleIndex
from index.fusion import FusionWeights, LayerWeights
from index.matters import LEARNED_ARRAYS, LEARNED_NAMES, LearnedMatters
from index.storage.coding import CODED_WEIGHTS, coded_weights, rows_of_weights
from index.storage.contents import IndexContents
from index.storage.fingerprint import FORMAT
from index.storage.rows import Rows
from index.storage.vectors import digest_of, files_of, read_vectors, write_vectors
from index.texts import TextTable
from index.words.lexical import LexicalIndex, unit_of
from index.words.spelling import Vocabulary

HashedVectors = tuple[Sequence[str], FloatArray]  # the names of texts, and `(n, d)` their vectors
# What only the next building reads, which verifies it itself; to answer, it need not even be opened.
_FOR_BUILDING = frozenset({"matter_vectors.faiss", "matter_vectors.scales.npy", "matter_hashes.json", "hashes.json"})
_HASHING = 2  # threads


def write_contents(
    home: Path, contents: IndexContents, *, embedder: str, hashes: Sequence[str], matter_vectors: HashedVectors
) -> None:
    """Write what an index holds into the empty folder. `hashes` name the vectors' texts in their order;
    `matter_vectors` are kept for the next building only."""
    # The questions and the texts embedded served the building; to open without them is quicker.
    provisions = msgspec.msgpack.encode([replace(p, asked=()) for p in contents.provisions])
    (home / "provisions.msgpack").write_bytes(provisions)
    np.savez(
        home / "texts.npz", allow_pickle=False, **{f.name: getattr(contents.texts, f.name) for f in fields(TextTable)}
    )
    write_vectors(home / "vectors.faiss", contents.vectors)
    write_vectors(home / "articles.faiss", Rows.of(contents.articles))
    if contents.hubness is not None:
        np.save(home / "hubness.npy", contents.hubness)
    (home / "hashes.json").write_text(json.dumps(hashes), encoding="utf-8")
    words = json.dumps(_words_row(contents.vocabularies), ensure_ascii=False)
    (home / "words.json").write_text(words, encoding="utf-8")
    if classifier := contents.classifier:
        parts = {
            f"{n}_{name}": array for n, part in enumerate(classifier.parts) for name, array in _arrays(part).items()
        }
        np.savez(home / "classifier.npz", rows=classifier.rows, **parts)
    if matters := contents.matters:
        arrays = {name: getattr(matters, name) for name in LEARNED_ARRAYS}
        np.savez(home / "matters.npz", allow_pickle=False, **arrays)
        matter_hashes, vectors = matter_vectors
        write_vectors(home / "matter_vectors.faiss", Rows.of(vectors))
        (home / "matter_hashes.json").write_text(json.dumps(matter_hashes), encoding="utf-8")
    for (kind, language), lexical in contents.lexical.items():
        lexical.save(home / "lexical" / f"{kind}-{language}.npz")
    (home / "history.msgpack").write_bytes(msgspec.msgpack.encode(contents.history))
    files = sorted(p for p in home.rglob("*") if p.is_file())
    manifest = {
        "fingerprint": contents.fingerprint,
        "format": FORMAT,
        "embedder": embedder,
        "weights": contents.weights.as_dict(),
        "layer_weights": contents.layer_weights.as_dict(),
        "lexical": {f"{kind}-{language}": found.count for (kind, language), found in contents.lexical.items()},
        "contrast": dict(contents.contrast),
        "hubs": contents.hubness is not None,
        "classes": list(classifier.articles) if classifier else [],
        "matters": {name: getattr(matters, name) for name in LEARNED_NAMES} if matters else None,
        "documents": [_document_row(document) for document in contents.documents],
        "files": {p.relative_to(home).as_posix(): digest_of(p) for p in files},
    }
    manifest["digest"] = _digest_of_manifest(manifest)
    write_atomically(home / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8"))


def _digest_of_manifest(manifest: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of all that it says but this."""
    rest = {name: value for name, value in manifest.items() if name != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode("utf-8")).hexdigest()


def read_contents(home: Path) -> IndexContents:
    """What the folder holds, each file verified. Raises `StaleIndex` when something is missing or damaged."""
    try:
        return _read(home)
    except FileNotFoundError as error:
        raise StaleIndex("The texts have changed since the index was built; it is being brought up to date.") from error
    except (ValueError, KeyError, TypeError, RuntimeError, OSError, msgspec.MsgspecError) as error:
        raise StaleIndex(f"The index is damaged ({type(error).__name__}); it is being built again.") from error


def _read(home: Path) -> IndexContents:
    manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
    if _digest_of_manifest(manifest) != manifest["digest"]:
        raise StaleIndex("The index file manifest.json is damaged; the index is being built again.")
    with ThreadPoolExecutor(_HASHING) as pool:
        verified = _Verified(home, manifest["files"], pool)
        lexical: dict[tuple[str, str], LexicalIndex] = {}
        for name, count in manifest["lexical"].items():
            kind, language = name.split("-")
            path = verified(f"lexical/{name}.npz")
            lexical[kind, language] = LexicalIndex.load(path, language, count, unit_of(kind))
        return IndexContents(
            fingerprint=home.name,
            documents=tuple(_document(row) for row in manifest["documents"]),
            provisions=msgspec.msgpack.decode(verified("provisions.msgpack").read_bytes(), type=tuple[Provision, ...]),
            texts=_texts(verified("texts.npz")),
            hubness=np.load(verified("hubness.npy")) if manifest["hubs"] else None,
            contrast=manifest["contrast"],
            lexical=lexical,
            vocabularies=_vocabularies(json.loads(verified("words.json").read_text(encoding="utf-8"))),
            weights=FusionWeights(**manifest["weights"]),
            layer_weights=LayerWeights(**manifest["layer_weights"]),
            matters=_matters(verified, manifest["matters"]),
            history=msgspec.msgpack.decode(verified("history.msgpack").read_bytes(), type=History),
            classifier=_classifier(verified, manifest["classes"]),
            articles=_vectors(verified, "articles.faiss").whole(),
            vectors=_vectors(verified, "vectors.faiss"),
        )


class _Verified:
    """Paths of the folder's files, each given once its digest is known to be right; they are worked out by the pool,
    which needs no interpreter for it, while other files are read. Raises `StaleIndex`."""

    def __init__(self, home: Path, digests: Mapping[str, str], pool: ThreadPoolExecutor) -> None:
        self._home, self._digests = home, digests
        names = [name for name in digests if name not in _FOR_BUILDING]
        # The two largest first: they take longest, and are wanted last.
        names.sort(key=lambda name: (home / name).stat().st_size, reverse=True)
        first, rest = names[:_HASHING], names[_HASHING:]
        self._found = {name: pool.submit(digest_of, home / name) for name in (*first, *rest)}

    def __call__(self, name: str) -> Path:
        if self._found[name].result() != self._digests[name]:
            raise StaleIndex(f"The index file {name} is damaged; the index is being built again.")
        return self._home / name


def _classifier(verified: _Verified, articles: Sequence[str]) -> QuestionClassifier | None:
    if not articles:
        return None
    with np.load(verified("classifier.npz")) as arrays:
        count = sum(name.endswith("_columns") for name in arrays)
        parts = (
            Part(
                arrays[f"{n}_rows"],
                arrays[f"{n}_columns"],
                rows_of_weights({kind: arrays[f"{n}_{kind}"] for kind in CODED_WEIGHTS}),
            )
            for n in range(count)
        )
        return QuestionClassifier(arrays["rows"], tuple(parts), tuple(articles))


def _arrays(part: Part) -> dict[str, Any]:
    return {"rows": part.places, "columns": part.columns, **coded_weights(part.weights.whole())}


def _vectors(verified: _Verified, name: str) -> Rows:
    for path in files_of(Path(name)):
        verified(path.name)
    return read_vectors(verified(name))


def _matters(verified: _Verified, names: Mapping[str, Sequence[str]] | None) -> LearnedMatters | None:
    if names is None:
        return None
    with np.load(verified("matters.npz")) as arrays:
        found: dict[str, Any] = {name: arrays[name] for name in LEARNED_ARRAYS}
    return LearnedMatters(**found | {name: tuple(names[name]) for name in LEARNED_NAMES})


def _texts(path: Path) -> TextTable:
    with np.load(path) as arrays:
        return TextTable(**arrays)


def _words_row(spoken: Mapping[str, Vocabulary]) -> dict[str, Any]:
    return {code: {"counts": known.counts, "stems": sorted(known.stems)} for code, known in spoken.items()}


def _vocabularies(row: dict[str, Any]) -> dict[str, Vocabulary]:
    return {code: Vocabulary(known["counts"], frozenset(known["stems"])) for code, known in row.items()}


def _document_row(document: Document) -> dict[str, Any]:
    row = asdict(replace(document, editions=()))
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}


def _document(row: dict[str, Any]) -> Document:
    days = {key: date.fromisoformat(row[key]) if row[key] else None for key in ("adopted", "since", "until")}
    return Document(**{**row, **days, "editions": ()})
