"""Building an index on disk and opening it again, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from filelock import FileLock

from corpus.catalogue import Document
from corpus.files import sync_folder, write_atomically
from corpus.provision import EditionText, Provision
from index.classifier import QuestionClassifier, learn
from index.embedder import Embedder, FloatArray
from index.errors import SearchIndexError, StaleIndex
from index.fusion import FusionWeights, LayerWeights, learned_weights
from index.lexical import LexicalIndex, Unit
from index.search import SearchIndex
from index.spelling import Spelling, Vocabulary, vocabularies
from index.texts import IndexedText, as_sentence, indexed_texts
from index.vectors import Line, Progress, digest_of, embedded, flat, hashes_of, known_vectors

FORMAT = 15  # raise it whenever parsing, the texts embedded or the files on disk change
Contrast = Mapping[str, Sequence[str]]  # texts by language


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document with the editions of it that are installed."""

    document: Document
    checksums: tuple[tuple[str, str], ...]  # (language, or "plain" and language; checksum of the normalised text)


def fingerprint(
    documents: Sequence[IndexedDocument],
    embedder_fingerprint: str,
    *,
    weights: FusionWeights | None = None,
    layer_weights: LayerWeights | None = None,
    contrast: Contrast | None = None,
    unanswered: Contrast | None = None,
) -> str:
    """Names an index: the same fingerprint means the same answers."""
    record = {
        "format": FORMAT,
        "embedder": embedder_fingerprint,
        "weights": (weights or FusionWeights()).as_dict(),
        "layer_weights": (layer_weights or learned_weights()).as_dict(),
        "contrast": {language: list(texts) for language, texts in (contrast or {}).items()},
        "unanswered": {language: list(texts) for language, texts in (unanswered or {}).items()},
        "documents": [
            [
                d.document.id,
                d.document.status,
                str(d.document.adopted),
                str(d.document.since),
                str(d.document.until),
                d.checksums,
            ]
            for d in documents
        ],
    }
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode("utf-8")).hexdigest()[:16]


def build_index(
    folder: Path,
    documents: Sequence[IndexedDocument],
    texts: Sequence[EditionText],
    embedder: Embedder,
    *,
    weights: FusionWeights | None = None,
    layer_weights: LayerWeights | None = None,
    contrast: Contrast | None = None,
    unanswered: Contrast | None = None,
    on_progress: Progress | None = None,
    vectors_of: Path | None = None,
) -> SearchIndex:
    """Build the index of the texts under `folder/<fingerprint>`, and open it.

    `contrast` are texts, by language, on matters that the documents do not speak of; a search says how near it came to
    them. `unanswered` are questions, by language, that the documents come near to and do not answer; they are only
    learned from. Vectors that an older index in the folder, or one in `vectors_of`, already holds are taken from it.
    Other indexes are removed afterwards. Raises `SearchIndexError` when there is nothing to index or no room to write.
    """
    weights, layer_weights = weights or FusionWeights(), layer_weights or learned_weights()
    contrast, unanswered = contrast or {}, unanswered or {}
    name = fingerprint(
        documents,
        embedder.fingerprint,
        weights=weights,
        layer_weights=layer_weights,
        contrast=contrast,
        unanswered=unanswered,
    )
    provisions = [p for text in texts for p in text.provisions]
    rows = indexed_texts(provisions)
    if not rows:
        raise SearchIndexError("There is no text to index; run `atazan fetch` or `atazan add FILE` first.")
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        known = known_vectors(folder) | (known_vectors(vectors_of) if vectors_of else {})
        lines = _lines(rows, contrast, unanswered)
        hashes = hashes_of(embedder, lines)
        vectors = embedded(known, lines, hashes, embedder, on_progress or (lambda *_: None))
        part = Path(tempfile.mkdtemp(dir=folder, prefix=".part-"))
        try:
            spoken = vocabularies(provisions, contrast, unanswered)
            _write(
                part,
                name,
                documents,
                provisions,
                rows,
                vectors,
                embedder,
                weights,
                layer_weights,
                contrast,
                hashes,
                spoken,
            )
            target = folder / name
            if target.exists():  # damaged, or we would not be here
                shutil.rmtree(target)
            part.rename(target)
            sync_folder(folder)
        except OSError as error:
            raise SearchIndexError(f"The index cannot be written to {folder}: {error.strerror or error}.") from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
        _remove_others(folder, name)
    return open_index(folder, name, embedder)


def open_index(folder: Path, name: str, embedder: Embedder) -> SearchIndex:
    """Open and verify `folder/<name>`. Raises `StaleIndex` when it is missing or damaged."""
    home = folder / name
    try:
        manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
        for file, digest in manifest["files"].items():
            if digest_of(home / file) != digest:
                raise StaleIndex(f"The index file {file} is damaged; the index is being built again.")
        provisions = [_provision(row) for row in _read_rows(home / "provisions.jsonl")]
        rows = [IndexedText(**row) for row in _read_rows(home / "texts.jsonl")]
        lexical: dict[tuple[str, str], LexicalIndex] = {}
        for name_of_rows, count in manifest["lexical"].items():
            kind, language = name_of_rows.split("-")
            folder_of_rows = home / "lexical" / name_of_rows
            lexical[kind, language] = LexicalIndex.load(folder_of_rows, language, count, _unit(kind))
        return SearchIndex(
            provisions=provisions,
            documents=[_document(row) for row in manifest["documents"]],
            texts=rows,
            vectors=faiss.read_index(str(home / "vectors.faiss")),
            articles=faiss.read_index(str(home / "articles.faiss")),
            article_of=_articles(provisions)[0],
            contrast=_contrast_rows(len(rows), manifest["contrast"]),
            classifier=_open_classifier(home, manifest["classes"]),
            lexical=lexical,
            spelling=Spelling(_vocabularies(json.loads((home / "words.json").read_text(encoding="utf-8")))),
            weights=FusionWeights(**manifest["weights"]),
            layer_weights=LayerWeights(**manifest["layer_weights"]),
            embedder=embedder,
            fingerprint=name,
        )
    except FileNotFoundError as error:
        raise StaleIndex("The texts have changed since the index was built; it is being brought up to date.") from error
    except (ValueError, KeyError, TypeError, RuntimeError, OSError) as error:
        raise StaleIndex(f"The index is damaged ({type(error).__name__}); it is being built again.") from error


def _write(
    home: Path,
    name: str,
    documents: Sequence[IndexedDocument],
    provisions: list[Provision],
    rows: list[IndexedText],
    vectors: FloatArray,
    embedder: Embedder,
    weights: FusionWeights,
    layer_weights: LayerWeights,
    contrast: Contrast,
    hashes: Sequence[str],
    spoken: Mapping[str, Vocabulary],
) -> None:
    # The questions and the texts embedded served the building; to open without them is quicker.
    _write_rows(home / "provisions.jsonl", [asdict(replace(p, asked=())) for p in provisions])
    _write_rows(home / "texts.jsonl", [asdict(replace(r, text="")) for r in rows])
    faiss.write_index(flat(vectors), str(home / "vectors.faiss"))  # in the order of `_lines`
    faiss.write_index(flat(_article_means(provisions, rows, vectors)), str(home / "articles.faiss"))
    (home / "hashes.json").write_text(json.dumps(hashes), encoding="utf-8")
    (home / "words.json").write_text(json.dumps(_words_row(spoken), ensure_ascii=False), encoding="utf-8")
    if classifier := _classifier(provisions, rows, vectors):
        np.savez(home / "classifier.npz", rows=classifier.rows, weights=classifier.weights)
    counts: dict[str, int] = {}
    for (kind, language), found in _lexical_texts(provisions, contrast).items():
        LexicalIndex.build(language, found, _unit(kind)).save(home / "lexical" / f"{kind}-{language}")
        counts[f"{kind}-{language}"] = len(found)
    files = sorted(p for p in home.rglob("*") if p.is_file())
    manifest = {
        "fingerprint": name,
        "format": FORMAT,
        "embedder": embedder.name,
        "weights": weights.as_dict(),
        "layer_weights": layer_weights.as_dict(),
        "lexical": counts,
        "contrast": {language: len(texts) for language, texts in contrast.items()},
        "classes": list(classifier.articles) if classifier else [],
        "documents": [_document_row(d.document) for d in documents],
        "files": {p.relative_to(home).as_posix(): digest_of(p) for p in files},
    }
    write_atomically(home / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8"))


# Words and letters


def _lexical_texts(provisions: Sequence[Provision], contrast: Contrast) -> dict[tuple[str, str], list[str]]:
    """What each lexical index is made of, by its kind and language: the words of official texts and of the layer, the
    letters of the layer; and both of the contrast texts."""
    found: dict[tuple[str, str], list[str]] = {}
    for p in provisions:
        found.setdefault((p.wording, p.language), []).append(_words(p))
        if p.wording == "plain":
            found.setdefault(("letters", p.language), []).append(_words(p))
    for language, texts in contrast.items():
        if texts:
            found["contrast", language] = found["contrast_letters", language] = list(texts)
    return found


def _unit(kind: str) -> Unit:
    return "letters" if kind.endswith("letters") else "words"


def _contrast_rows(first: int, counts: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Where each language's contrast texts stand among the vectors, after the rows'."""
    places = {}
    for language, count in counts.items():
        places[language] = (first, first + count)
        first += count
    return places


# Vectors


def _lines(rows: Sequence[IndexedText], contrast: Contrast, unanswered: Contrast) -> list[Line]:
    """What is embedded, in order: the rows' texts, the contrast's, and the questions that no document answers."""
    beyond = [as_sentence(text) for texts in (*contrast.values(), *unanswered.values()) for text in texts]
    return [Line(row.text, row.kind == "asked") for row in rows] + [Line(text, is_question=True) for text in beyond]


def _classifier(
    provisions: Sequence[Provision], rows: Sequence[IndexedText], vectors: FloatArray
) -> QuestionClassifier | None:
    """What is learned from the questions people ask and from all that stands behind the rows; None without the
    former."""
    asked = [i for i, row in enumerate(rows) if row.kind == "asked"]
    if not asked:
        return None
    beyond = range(len(rows), len(vectors))
    owners = [provisions[rows[i].provision] for i in asked]
    beside = {p.article_id for p in owners if p.wording == "official"}
    return learn(vectors, [*asked, *beyond], [*(p.article_id for p in owners), *[None] * len(beyond)], beside)


def _open_classifier(home: Path, articles: Sequence[str]) -> QuestionClassifier | None:
    if not articles:
        return None
    with np.load(home / "classifier.npz") as arrays:
        return QuestionClassifier(arrays["rows"], arrays["weights"], tuple(articles))


def _article_means(provisions: list[Provision], rows: list[IndexedText], vectors: FloatArray) -> FloatArray:
    """Mean vector of each article in each wording and language, L2-normalised."""
    article_of, count = _articles(provisions)
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    for row, vector in zip(rows, vectors[: len(rows)], strict=True):
        if row.kind in ("whole", "entry"):
            sums[article_of[row.provision]] += vector
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(norms == 0, 1, norms), dtype=np.float32)


def _articles(provisions: list[Provision]) -> tuple[list[int], int]:
    """For each provision, the ordinal of its article in its wording and language; and how many there are."""
    numbers: dict[tuple[str, str, str], int] = {}
    ordinals = [numbers.setdefault((p.article_id, p.wording, p.language), len(numbers)) for p in provisions]
    return ordinals, len(numbers)


# Files


def _remove_others(folder: Path, name: str) -> None:
    for other in folder.iterdir():
        if other.is_dir() and other.name != name:
            shutil.rmtree(other, ignore_errors=True)


def _write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _read_rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _words(provision: Provision) -> str:
    """What the words of a question are looked up in."""
    if provision.wording == "plain":
        return " ".join([provision.article_title, provision.body, *provision.everyday, *provision.asked])
    return f"{provision.lead_in} {provision.body}"


def _provision(row: dict[str, Any]) -> Provision:
    return Provision(**{**row, "everyday": tuple(row["everyday"]), "asked": tuple(row["asked"])})


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
