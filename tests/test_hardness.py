"""`make harden` finds out what goes wrong, and says so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import strategies as st

from corpus import Folders
from corpus.store import private_ids, remove_private
from eval.hardness.entrances import dates, files
from eval.hardness.kills import DEEDS
from eval.hardness.tally import Effort, Tally, drawn, table


def _effort(share: float, seed: int = 7) -> Effort:
    """So much, from now on and not from when the tests were gathered."""
    return Effort(share, time.monotonic() + 600, seed)


def test_what_goes_wrong_is_counted_and_told() -> None:
    tally = Tally("doors", "let in")
    tally.judge(lambda: None)
    tally.judge(lambda: "the back door stood open")
    tally.judge(lambda: str(1 // 0))
    assert (tally.tried, len(tally.faults)) == (3, 2)
    told = table([tally])
    assert "3 tried" in told
    assert "2 let in" in told
    assert "doors: the back door stood open" in told
    assert "ZeroDivisionError" in told


def test_the_same_seed_draws_the_same() -> None:
    def values(number: int) -> list[str]:
        found: list[str] = []
        drawn(Tally("texts"), st.text(), 30, _effort(1, number), lambda text: found.append(text))
        return found

    assert values(7) == values(7) != values(8)


def test_nothing_is_begun_when_the_time_is_up() -> None:
    over = Effort(1, time.monotonic() - 1, 7)
    assert drawn(Tally("texts"), st.text(), 30, over, lambda _: "never").tried == 0


def test_entrances_stand_what_is_drawn() -> None:
    effort = _effort(0.02)
    for tally in (dates(effort), *files(None, effort)):
        assert tally.tried > 10
        assert tally.faults == []


@pytest.mark.parametrize("gone", [True, False])
def test_a_document_that_is_gone_or_damaged_after_a_kill_is_told(tmp_path: Path, gone: bool) -> None:
    deed, folders = DEEDS["add"], Folders(tmp_path / "cache", tmp_path / "data")
    for number in range(3):
        deed.does(tmp_path, number, None)
        assert deed.lost(tmp_path, number) == ""
    first = private_ids(folders)[0]
    if gone:
        remove_private(folders, first)
    else:
        path = folders.documents / f"{first}.json"
        path.write_bytes(path.read_bytes()[:-40])
    assert deed.lost(tmp_path, 3)
