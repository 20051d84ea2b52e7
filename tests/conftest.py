"""Shared parts of the tests: the mirror, an installed assistant over it, and one over an invented law."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from corpus import Folders
from corpus.catalogue import load_catalogue
from corpus.fetching import fetch_all
from qa import Assistant, open_assistant
from qa.setup.installation import ensure_texts

TODAY = date(2026, 11, 23)
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

if _WORKER:  # the embedders of two processes, each with a thread a core, would slow each other tenfold
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# The programs that tests start, some of them over and over, may keep what they compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("atazan", deadline=None)  # the first call loads models; these machines are noisy
settings.load_profile("atazan")


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder of official texts; tests that need it are skipped where there is none."""
    location = os.environ.get("ATAZAN_MIRROR", "")
    if not (Path(location) / "MANIFEST.toml").is_file() or not location:
        pytest.skip("ATAZAN_MIRROR names no folder with official texts")
    return Path(location).resolve()


@pytest.fixture(scope="session")
def installed_folders(mirror: Path, request: pytest.FixtureRequest) -> Folders:
    """A cache with every text of the mirror; kept between runs, since texts and index take a while. Of tests that run
    side by side each process has its own."""
    home = Path(request.config.cache.mkdir(f"atazan{_WORKER}"))  # type: ignore[union-attr]
    folders = Folders(home / "cache", home / "data")
    shutil.rmtree(folders.data, ignore_errors=True)
    outcomes = fetch_all(load_catalogue(), folders, mirror=str(mirror), refresh=True, accept=True)
    assert [o.problem for o in outcomes if o.problem] == []
    return folders


@pytest.fixture(scope="session")
def assistant(installed_folders: Folders) -> Assistant:
    """The real assistant: bundled embedder, FAISS, all texts of the mirror."""
    ensure_texts(installed_folders)
    return open_assistant(installed_folders, today=lambda: TODAY)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """Empty folders of a fresh user, without a mirror."""
    monkeypatch.delenv("ATAZAN_MIRROR", raising=False)
    return Folders(tmp_path / "cache", tmp_path / "data")
