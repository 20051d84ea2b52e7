"""A server answers at once from what is there, and from all when it has arrived."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Folders
from corpus.private import read_document
from corpus.store import save_private
from index import Embedder, open_embedder
from qa.setup.arrival import FIRST, Arrival
from qa.setup.installation import Models, index_of
from qa.setup.installed import installed

_RULES = b"""Rules of the walnut club

1. The club meets on the first Sunday of the month.

2. The keeper of the walnuts is chosen by drawing lots.
"""


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder()


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """With a document of the user's own, and neither an official text nor an index."""
    monkeypatch.setenv("ATAZAN_MIRROR", str(tmp_path / "nowhere"))
    folders = Folders(tmp_path / "cache", tmp_path / "data")
    save_private(folders, *read_document(_RULES, "rules", detect=lambda _: "en", title="rules"))
    return folders


def test_answers_at_once_then_from_the_whole(folders: Folders, embedder: Embedder) -> None:
    told: list[str] = []
    arrival = Arrival.begun(folders, Models(embedder), told.append)
    first = arrival.at_hand.assistant
    assert first.ask("Is there a death penalty?").citations
    arrival.wait()
    assert arrival.underway is None
    whole = arrival.at_hand.assistant
    (added,) = (document.id for document, _ in arrival.at_hand.state.private)
    assert set(whole.index.documents) - set(first.index.documents) == {added}
    assert "drawing lots" in whole.ask("How is the keeper of the walnuts chosen?", document=added).text
    assert any("nowhere" in line for line in told)
    # What answered first answers on, though its files are gone.
    assert not (folders.index / FIRST).exists()
    assert first.ask("Өлім жазасы бар ма?").citations


def test_what_fails_is_told_and_what_is_at_hand_stays(folders: Folders, embedder: Embedder) -> None:
    told: list[str] = []
    damaged = next(folders.documents.glob("*.json"))
    arrival = Arrival.begun(folders, Models(embedder), told.append)
    arrival.wait()
    damaged.write_text("{", encoding="utf-8")
    arrival._arrive(folders, Models(embedder), told.append)
    assert any(damaged.stem in line for line in told)
    assert arrival.underway is None
    assert arrival.at_hand.assistant.ask("Is there a death penalty?").citations


def test_nothing_is_underway_where_the_index_is_there(installed_folders: Folders, embedder: Embedder) -> None:
    state = installed(installed_folders)
    if len(state.official) < len(state.catalogue.editions):
        pytest.skip("needs the mirror of official texts (ATAZAN_MIRROR)")
    index_of(installed_folders, state, embedder)
    arrival = Arrival.begun(installed_folders, Models(embedder), lambda _: None)
    assert arrival.underway is None
    assert len(arrival.at_hand.state.official) == len(state.official)
