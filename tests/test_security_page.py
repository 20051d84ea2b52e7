"""The page on security promises only what a test holds."""

from __future__ import annotations

import re
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_PAGE = (_ROOT / "docs" / "security.md").read_text(encoding="utf-8")
_PROMISE = re.compile(r"^\| (?P<promise>(?!promise|-)[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)


def test_every_promise_names_tests_that_exist() -> None:
    there = {
        name
        for path in (_ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    promises = list(_PROMISE.finditer(_PAGE))
    assert len(promises) >= 15
    for promise in promises:
        named = re.findall(r"`(test_\w+)`", promise["tests"])
        assert named, promise["promise"]
        assert set(named) <= there, promise["promise"]
