"""What ships in `index/learned/`: vectors and what is learned, held against what they come from."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus import Folders, load_catalogue
from corpus.provision import EditionText
from eval.fitting.embedded_before import embedded_before, keep
from index import build_index, open_embedder
from index.classifier import learned_beside
from index.matters import LearnedMatters
from index.storage.building import lines_of, matters_digest, points_of, questions_of
from index.storage.shipped import (
    FOLDER,
    NOTHING,
    Shipped,
    Weights,
    as_shipped,
    shipped,
    shipped_version,
    version_of,
    write_shipped,
)
from index.storage.vectors import Line, hashes_of
from index.texts import indexed_texts
from qa.setup.installed import installed
from qa.setup.learned_from import learned_from
from tests.gardens import indexed_garden

_SAMPLE = 60
_MOST_BYTES = 24_000_000
_MAKE_LEARN = "run `make learn`"


def _catalogued(folders: Folders) -> list[EditionText]:
    catalogue = {document.id for document in load_catalogue().documents}
    return [text for text in installed(folders, load_catalogue()).texts() if text.document in catalogue]


@pytest.fixture(scope="module")
def lines(installed_folders: Folders) -> list[Line]:
    source = learned_from()
    rows = tuple(indexed_texts(tuple(p for text in _catalogued(installed_folders) for p in text.provisions)))
    return lines_of(rows, source["contrast"], source["unanswered"])


def test_every_text_of_the_layer_and_of_the_catalogue_has_its_vector(lines: Sequence[Line]) -> None:
    hashes = hashes_of(open_embedder(), lines)
    missing = len(set(hashes)) - len(shipped().vectors(hashes))
    assert missing == 0, _MAKE_LEARN


def test_a_sample_computed_again_is_what_ships(lines: Sequence[Line]) -> None:
    embedder = open_embedder()
    places = np.random.default_rng(20260701).choice(len(lines), _SAMPLE, replace=False)
    sample = [lines[i] for i in places]
    hashes = hashes_of(embedder, sample)
    vectors = shipped().vectors(hashes)
    for line, name in zip(sample, hashes, strict=True):
        embed = embedder.embed_queries if line.is_question else embedder.embed_passages
        assert float(embed([line.text])[0] @ vectors[name]) > 0.997, line.text  # what five bits a number keep


def test_what_is_learned_is_of_the_lines_that_are_there(installed_folders: Folders) -> None:
    source, embedder = learned_from(), open_embedder()
    provisions = tuple(p for text in _catalogued(installed_folders) for p in text.provisions)
    rows = tuple(indexed_texts(provisions))
    hashes = hashes_of(embedder, lines_of(rows, source["contrast"], source["unanswered"]))
    points = [hashes[i] for i in points_of(provisions, rows)]
    assert shipped().learned_matters(matters_digest(source["matters"], points)) is not None, _MAKE_LEARN
    questions = questions_of(provisions, rows, len(hashes))
    articles = [name for name in dict.fromkeys(questions.articles) if name is not None]
    own = [name for name in articles if name not in questions.beside]
    apart = [i for i, name in zip(questions.rows, questions.articles, strict=True) if name not in questions.beside]
    assert shipped().part("own", questions.digest(hashes, apart, [*own, "answerable"])) is not None, _MAKE_LEARN
    theirs = [*(name for name in articles if name in questions.beside), "beside"]
    kept = np.array(questions.rows)[learned_beside(questions.articles, questions.beside)].tolist()
    assert shipped().part("beside", questions.digest(hashes, kept, theirs)) is not None, _MAKE_LEARN


def test_it_is_small_and_its_version_names_its_bytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < _MOST_BYTES
    assert version_of(FOLDER) == shipped_version(), _MAKE_LEARN


def _written(folder: Path) -> Shipped:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(5, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    names = [f"{n:016x}{'0' * 48}" for n in (9, 4, 7, 1, 3)]
    weights = Weights.learned("d1", [*names, names[0]], ["a", "b"], np.arange(12, dtype=np.float32).reshape(6, 2))
    learned = LearnedMatters(("s",), (), (), *(np.ones((9, k), np.float32) for k in (3, 0)), *(np.ones((1, 8)),) * 2)
    write_shipped(folder, "model", dict(zip(names, vectors, strict=True)), {"own": weights}, ("d2", learned))
    return shipped(folder)


def test_vectors_and_weights_come_back_by_name_and_the_bytes_are_the_same_again(tmp_path: Path) -> None:
    found, again = _written(tmp_path / "one"), _written(tmp_path / "two")
    names = [f"{n:016x}{'0' * 48}" for n in (1, 2, 9)]
    vectors = found.vectors(names)
    assert set(vectors) == {names[0], names[2]}
    assert np.allclose([np.linalg.norm(v) for v in vectors.values()], 1, atol=1e-6)
    part = found.part("own", "d1")
    assert part is not None
    assert found.part("own", "other") is None
    assert found.part("beside", "d1") is None
    # What stands twice, in rows 0 and 5, has its weights shared out alike; columns come as they are asked for.
    assert part.of([names[2]], ["b", "a"]).tolist() == [[6.0, 5.0]]
    assert found.learned_matters("d2") is not None
    assert found.learned_matters("d3") is None
    assert again.model == "model"
    assert version_of(tmp_path / "one") == version_of(tmp_path / "two") == shipped_version(tmp_path / "one")


def test_an_index_is_built_of_what_ships_without_embedding_it(tmp_path: Path) -> None:
    documents, texts = indexed_garden()
    embedder = open_embedder()
    rows = tuple(indexed_texts(tuple(p for text in texts for p in text.provisions)))
    lines = lines_of(rows, {}, {})
    hashes = hashes_of(embedder, lines)
    exact = dict(zip(hashes, embedder.embed_passages([line.text for line in lines]), strict=True))
    nothing = LearnedMatters((), (), (), *(np.zeros((385, k), np.float32) for k in (2, 0)), *(np.zeros((0, 384)),) * 2)
    write_shipped(tmp_path / "learned", embedder.fingerprint, exact, {}, ("", nothing))
    done: list[int] = []
    ships = shipped(tmp_path / "learned")
    index = build_index(
        tmp_path / "a", documents, texts, embedder, ships=ships, on_progress=lambda n, _: done.append(n)
    )
    assert done == [len(lines)]
    plain = build_index(tmp_path / "b", documents, texts, embedder, ships=NOTHING)
    for question in ("May one keep bees?", "When does the gate close?"):
        one, other = (found.search(question, language="en", documents=["garden"]).hits for found in (index, plain))
        assert [hit.provision.id for hit in one[:3]] == [hit.provision.id for hit in other[:3]]


@pytest.mark.parametrize("module", ["qa", "qa.commands.main"])
def test_what_a_question_does_not_need_is_not_imported(module: str) -> None:
    heavy = ("torch", "gradio", "pypdf", "docx", "httpx", "tenacity", "scipy", "sklearn", "matplotlib", "filelock")
    code = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_was_embedded_before_is_known_for_its_model_and_a_damaged_file_tells_nothing(tmp_path: Path) -> None:
    names = [f"{n:064x}" for n in (3 << 192, 1 << 192, 3 << 192)]  # one stands twice
    vectors = as_shipped(np.eye(8, dtype=np.float32)[[2, 5, 2]])
    assert embedded_before(tmp_path, "model") is NOTHING
    keep(tmp_path, "model", names, vectors)
    found, there = np.zeros((3, 8), dtype=np.float32), np.zeros(3, dtype=np.bool_)
    embedded_before(tmp_path, "model").fill([names[1], f"{7 << 192:064x}", names[0]], found, there)
    assert there.tolist() == [True, False, True]
    assert np.allclose(found[[0, 2]], vectors[[1, 0]])
    assert embedded_before(tmp_path, "another") is NOTHING
    (file,) = tmp_path.iterdir()
    for damaged in (b"", b"PK\x03\x04 no archive", file.read_bytes()[:-40]):
        file.write_bytes(damaged)
        assert embedded_before(tmp_path, "model") is NOTHING
