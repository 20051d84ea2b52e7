"""An index's files: written whole, verified when opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import faiss
import msgspec
import numpy as np

from corpus.catalogue import Document
from corpus.files import write_atomically
from corpus.parsing.amendments import History
from corpus.provision import Provision
from index.classifier import QuestionClassifier
from index.embedders.embedder import FloatArray
from index.errors import StaleIndex
from index.fusion import FusionWeights, LayerWeights
from index.matters import LEARNED_ARRAYS, LEARNED_NAMES, LearnedMatters
from index.storage.contents import IndexContents
from index.storage.fingerprint import FORMAT
from index.storage.vectors import digest_of, flat
from index.texts import IndexedText
from index.words.lexical import LexicalIndex, unit_of
from index.words.spelling import Vocabulary

_Row = TypeVar("_Row", Provision, IndexedText)
HashedVectors = tuple[Sequence[str], FloatArray]  # the names of texts, and `(n, d)` their vectors
# What only the next building reads, which verifies it itself; to answer, it need not even be opened.
_FOR_BUILDING = frozenset({"matter_vectors.faiss", "matter_hashes.json", "hashes.json"})


def write_contents(
    home: Path, contents: IndexContents, *, embedder: str, hashes: Sequence[str], matter_vectors: HashedVectors
) -> None:
    """Write what an index holds into the empty folder. `hashes` name the vectors' texts in their order;
    `matter_vectors` are kept for the next building only."""
    # The questions and the texts embedded served the building; to open without them is quicker.
    _write_rows(home / "provisions.msgpack", [replace(p, asked=()) for p in contents.provisions])
    _write_rows(home / "texts.msgpack", [replace(t, text="") for t in contents.texts])
    _write_vectors(home / "vectors.faiss", contents.vectors)
    _write_vectors(home / "articles.faiss", contents.articles)
    if contents.hubness is not None:
        np.save(home / "hubness.npy", contents.hubness)
    (home / "hashes.json").write_text(json.dumps(hashes), encoding="utf-8")
    words = json.dumps(_words_row(contents.vocabularies), ensure_ascii=False)
    (home / "words.json").write_text(words, encoding="utf-8")
    if classifier := contents.classifier:
        np.savez(home / "classifier.npz", rows=classifier.rows, weights=classifier.weights)
    if matters := contents.matters:
        arrays = {name: getattr(matters, name) for name in LEARNED_ARRAYS}
        np.savez(home / "matters.npz", allow_pickle=False, **arrays)
        matter_hashes, vectors = matter_vectors
        _write_vectors(home / "matter_vectors.faiss", flat(vectors))
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
    for file, digest in manifest["files"].items():
        if file not in _FOR_BUILDING and digest_of(home / file) != digest:
            raise StaleIndex(f"The index file {file} is damaged; the index is being built again.")
    lexical: dict[tuple[str, str], LexicalIndex] = {}
    for name, count in manifest["lexical"].items():
        kind, language = name.split("-")
        lexical[kind, language] = LexicalIndex.load(home / "lexical" / f"{name}.npz", language, count, unit_of(kind))
    return IndexContents(
        fingerprint=home.name,
        documents=tuple(_document(row) for row in manifest["documents"]),
        provisions=_read_rows(home / "provisions.msgpack", Provision),
        texts=_read_rows(home / "texts.msgpack", IndexedText),
        vectors=faiss.read_index(str(home / "vectors.faiss")),
        articles=faiss.read_index(str(home / "articles.faiss")),
        hubness=np.load(home / "hubness.npy") if manifest["hubs"] else None,
        contrast=manifest["contrast"],
        classifier=_classifier(home, manifest["classes"]),
        lexical=lexical,
        vocabularies=_vocabularies(json.loads((home / "words.json").read_text(encoding="utf-8"))),
        weights=FusionWeights(**manifest["weights"]),
        layer_weights=LayerWeights(**manifest["layer_weights"]),
        matters=_matters(home, manifest["matters"]),
        history=msgspec.msgpack.decode((home / "history.msgpack").read_bytes(), type=History),
    )


def _classifier(home: Path, articles: Sequence[str]) -> QuestionClassifier | None:
    if not articles:
        return None
    with np.load(home / "classifier.npz") as arrays:
        return QuestionClassifier(arrays["rows"], arrays["weights"], tuple(articles))


def _matters(home: Path, names: Mapping[str, Sequence[str]] | None) -> LearnedMatters | None:
    if names is None:
        return None
    with np.load(home / "matters.npz") as arrays:
        found: dict[str, Any] = {name: arrays[name] for name in LEARNED_ARRAYS}
    return LearnedMatters(**found | {name: tuple(names[name]) for name in LEARNED_NAMES})


def _write_vectors(path: Path, vectors: faiss.Index) -> None:
    """Written by us, not by faiss, which says of a full disk only that its own line of code failed."""
    path.write_bytes(faiss.serialize_index(vectors).tobytes())


def _write_rows(path: Path, rows: Sequence[Provision] | Sequence[IndexedText]) -> None:
    path.write_bytes(msgspec.msgpack.encode(rows))


def _read_rows(path: Path, kind: type[_Row]) -> tuple[_Row, ...]:
    return msgspec.msgpack.decode(path.read_bytes(), type=tuple[kind, ...])  # type: ignore[valid-type]


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
