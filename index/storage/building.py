"""Building an index on disk, whole or not at all, and opening it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.files import sync_folder
from corpus.parsing.amendments import History
from corpus.provision import LANGUAGES, EditionText, Provision
from index.classifier import QuestionClassifier, learn
from index.embedders.embedder import Embedder, FloatArray
from index.errors import SearchIndexError, StaleIndex
from index.fusion import FusionWeights, LayerWeights, learned_weights
from index.matters import (
    LearnedMatters,
    MatterKind,
    Matters,
    MatterSource,
    learn_matters,
    lexical_kinds,
    matter_questions,
    texts_of,
)
from index.search import SearchIndex
from index.storage.contents import IndexContents, article_ordinals
from index.storage.files import HashedVectors, read_contents, write_contents
from index.storage.fingerprint import Contrast, IndexedDocument, fingerprint
from index.storage.hubness import hubness
from index.storage.shipped import Shipped, digest_from, shipped
from index.storage.vectors import InIndexes, Line, Progress, embedded, hashes_of, kept_small
from index.texts import IndexedText, TextTable, as_sentence, indexed_texts
from index.words.lexical import LexicalIndex, unit_of
from index.words.spelling import vocabularies

_LEARNED_HERE = 24_000  # questions, where what ships does not fit: 2.3 GB of memory and half a minute
_PART = ".part-"  # what a folder being written is called


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
    matters: MatterSource | None = None,
    on_progress: Progress | None = None,
    vectors_of: Path | None = None,
    ships: Shipped | None = None,
    others: Sequence[EditionText] = (),
) -> SearchIndex:
    """Build the index of the texts under `folder/<fingerprint>`, and open it.

    `contrast` are texts, by language, on matters that the documents do not speak of; a search says how near it came to
    them. `unanswered` are questions, by language, that the documents come near to and do not answer; they are only
    learned from, and so are the lines on `matters` asked for as a whole. What `ships` (by default `index/learned/`) is
    not computed again; other vectors that an older index in the folder, or one in `vectors_of`, already holds are taken
    from it.
    `others` are editions of the documents from before and after the texts, of which only the notes' history is kept.
    Other indexes are removed afterwards. Raises `SearchIndexError` when there is nothing to index or no room to write.
    """
    weights, layer_weights = weights or FusionWeights(), layer_weights or learned_weights()
    contrast, unanswered = contrast or {}, unanswered or {}
    ships = shipped() if ships is None else ships
    name = fingerprint(
        documents,
        embedder.fingerprint,
        weights=weights,
        layer_weights=layer_weights,
        contrast=contrast,
        unanswered=unanswered,
        matters=matters,
    )
    provisions = tuple(p for text in texts for p in text.provisions)
    rows = tuple(indexed_texts(provisions))
    on_wholes: Matters = matters.read() if matters else {}
    if not rows:
        raise SearchIndexError("There is no text to index; run `atazan fetch` or `atazan add FILE` first.")
    from filelock import FileLock  # draws in asyncio; only building needs it

    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        for part in folder.glob(f"{_PART}*"):  # of a build that was stopped
            shutil.rmtree(part, ignore_errors=True)
        with suppress(StaleIndex):  # another process may have built it while this one waited
            return open_index(folder, name, embedder)
        lines = lines_of(rows, contrast, unanswered)
        hashes = hashes_of(embedder, lines)
        points = points_of(provisions, rows)
        source = matters_digest(matters, [hashes[i] for i in points]) if matters else ""
        learned = ships.learned_matters(source)
        wholes = [] if learned else [Line(text, is_question=True) for text in matter_questions(on_wholes)]
        named = [*hashes, *hashes_of(embedder, wholes)]
        older = InIndexes(*([vectors_of] if vectors_of else []), folder)
        found = embedded([ships, older], [*lines, *wholes], named, embedder, on_progress or (lambda *_: None))
        vectors, of_wholes = found[: len(lines)], found[len(lines) :].copy()
        small = kept_small(vectors)
        articles = _article_means(provisions, rows, vectors)
        hubs = hubness(provisions, rows, vectors, points)
        classifier = _classifier(questions_of(provisions, rows, len(lines)), vectors, hashes, ships)
        known = learned or _learned_matters(on_wholes, of_wholes, vectors[points])
        del found, vectors  # large, and what follows takes memory too
        contents = IndexContents(
            fingerprint=name,
            documents=tuple(d.document for d in documents),
            provisions=provisions,
            texts=TextTable.of(rows),
            vectors=small,
            articles=articles,
            hubness=hubs,
            contrast={language: len(lines) for language, lines in contrast.items()},
            classifier=classifier,
            lexical=_lexical(provisions, contrast) | _lexical_of_matters(on_wholes),
            vocabularies=vocabularies(provisions, contrast, unanswered),
            weights=weights,
            layer_weights=layer_weights,
            matters=known,
            history=History.of(texts, others),
        )
        _put(folder, contents, embedder, hashes, (named[len(lines) :], of_wholes))
        _remove_others(folder, name)
        del contents, small, classifier, of_wholes  # or all of it would be in memory twice
    return open_index(folder, name, embedder)


def open_index(folder: Path, name: str, embedder: Embedder) -> SearchIndex:
    """Open and verify `folder/<name>`. Raises `StaleIndex` when it is missing or damaged."""
    return SearchIndex(read_contents(folder / name), embedder)


def _put(
    folder: Path, contents: IndexContents, embedder: Embedder, hashes: Sequence[str], matter_vectors: HashedVectors
) -> None:
    """Write the index beside its place, then move it there."""
    target = folder / contents.fingerprint
    part = Path(tempfile.mkdtemp(dir=folder, prefix=_PART))
    try:
        write_contents(part, contents, embedder=embedder.name, hashes=hashes, matter_vectors=matter_vectors)
        if target.exists():  # damaged, or we would not be here
            shutil.rmtree(target)
        part.rename(target)
        sync_folder(folder)
    except OSError as error:
        raise SearchIndexError(f"The index cannot be written to {folder}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _remove_others(folder: Path, name: str) -> None:
    for other in folder.iterdir():
        if other.is_dir() and other.name != name:
            shutil.rmtree(other, ignore_errors=True)


def lines_of(rows: Sequence[IndexedText], contrast: Contrast, unanswered: Contrast) -> list[Line]:
    """What is embedded, in order: the rows' texts, the contrast's, and the questions that no document answers."""
    beyond = [as_sentence(text) for texts in (*contrast.values(), *unanswered.values()) for text in texts]
    return [Line(row.text, row.kind == "asked") for row in rows] + [Line(text, is_question=True) for text in beyond]


@dataclass(frozen=True, slots=True)
class Questions:
    """What a classifier is learned from: rows among the vectors, with the article that answers each, None where none
    does; `beside` are the articles of documents without plain words."""

    rows: Sequence[int]
    articles: Sequence[str | None]
    beside: frozenset[str]

    def digest(self, hashes: Sequence[str], places: Sequence[int], columns: Sequence[str]) -> str:
        """Names what a part of the classifier is learned from."""
        article_of = dict(zip(self.rows, self.articles, strict=True))
        return digest_from([(hashes[i], str(article_of[i])) for i in places], *sorted(columns))


def questions_of(provisions: Sequence[Provision], rows: Sequence[IndexedText], count: int) -> Questions:
    """The questions people ask, and all that stands behind the rows among the `count` vectors; without the former,
    none."""
    asked = [i for i, row in enumerate(rows) if row.kind == "asked"]
    beyond = range(len(rows), count) if asked else ()
    owners = [provisions[rows[i].provision] for i in asked]
    beside = frozenset(p.article_id for p in owners if p.wording == "official")
    return Questions([*asked, *beyond], [*(p.article_id for p in owners), *[None] * len(beyond)], beside)


def _classifier(
    questions: Questions, vectors: FloatArray, hashes: Sequence[str], ships: Shipped
) -> QuestionClassifier | None:
    """None without questions."""
    if not questions.rows:
        return None

    def known(part: str, places: Sequence[int], columns: Sequence[str]) -> FloatArray | None:
        found = ships.part(part, questions.digest(hashes, places, columns))
        return found.of([hashes[i] for i in places], columns) if found else None

    return learn(vectors, questions.rows, questions.articles, questions.beside, known, most=_LEARNED_HERE)


def matters_digest(matters: MatterSource, points: Sequence[str]) -> str:
    """Names what is learned of matters by the lines on them and the hashes of the questions on points."""
    return digest_from([(name, "point") for name in points], matters.checksum)


def _learned_matters(matters: Matters, vectors: FloatArray, points: FloatArray) -> LearnedMatters | None:
    """None without lines on matters, or without questions on points to tell them from."""
    return learn_matters(matters, vectors, points) if matters and len(points) else None


def points_of(provisions: Sequence[Provision], rows: Sequence[IndexedText]) -> list[int]:
    """Rows of the questions that ask for a point of what has plain words."""
    return [i for i, row in enumerate(rows) if row.kind == "asked" and provisions[row.provision].wording == "plain"]


def _article_means(provisions: tuple[Provision, ...], rows: Sequence[IndexedText], vectors: FloatArray) -> FloatArray:
    """Mean vector of each article in each wording and language, L2-normalised."""
    article_of, count = article_ordinals(provisions)
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    for row, vector in zip(rows, vectors[: len(rows)], strict=True):
        if row.kind in ("whole", "entry"):
            sums[article_of[row.provision]] += vector
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(norms == 0, 1, norms), dtype=np.float32)


def _lexical(provisions: Sequence[Provision], contrast: Contrast) -> dict[tuple[str, str], LexicalIndex]:
    """Lexical indexes by kind and language: the words of official texts and of the layer, and both of the contrast
    texts; the letters of the layer and of official texts."""
    found: dict[tuple[str, str], list[str]] = {}
    letters = {"plain": "letters", "official": "official_letters"}
    for p in provisions:
        found.setdefault((p.wording, p.language), []).append(_words(p))
        found.setdefault((letters[p.wording], p.language), []).append(_words(p))
    for language, texts in contrast.items():
        if texts:
            found["contrast", language] = found["contrast_letters", language] = list(texts)
    return {
        (kind, language): LexicalIndex.build(language, texts, unit_of(kind))
        for (kind, language), texts in found.items()
    }


def _lexical_of_matters(matters: Matters) -> dict[tuple[str, str], LexicalIndex]:
    """Lexical indexes of the words and letters of the lines on each subject and on each absence."""
    kinds: tuple[MatterKind, ...] = ("subject", "absence") if matters else ()
    return {
        (name, language): LexicalIndex.build(language, texts_of(matters, kind, language), unit_of(name))
        for kind in kinds
        for name in lexical_kinds(kind)
        for language in LANGUAGES
    }


def _words(provision: Provision) -> str:
    """What the words of a question are looked up in."""
    if provision.wording == "plain":
        return " ".join([provision.article_title, provision.body, *provision.everyday, *provision.asked])
    return f"{provision.lead_in} {provision.body}"
