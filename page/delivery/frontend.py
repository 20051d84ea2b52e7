"""Gradio's built scripts and styles: which there are, and which of them a page needs before one can type in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import gradio

_BUILT = Path(gradio.__file__).parent / "templates" / "frontend"
_ENTRY = re.compile(r'src="\./assets/([\w.-]+\.js)"')
# As vite writes them: the files that dynamic imports need, and each import with the numbers of those it does.
_LISTED = re.compile(r"m\.f=\[([^\]]*)\]")
_NAME = re.compile(r"\./([\w.-]+\.(?:js|css))")
_IMPORT = r"import\(`\./([\w.-]+)`\)[^\[]{0,80}?__vite__mapDeps\(\[([\d,]+)\]\)"
_COMPONENT = r"\b(?:%s):\{(?:(?!\},\w+:\{).)*?component:\(\)=>\w+\(\(\)=>" + _IMPORT
_FRAME = "Blocks-"  # the module that draws a page of blocks; the one beside it draws a login


@cache
def built() -> Mapping[str, Path]:
    """The files under `/assets/`, by name."""
    return {path.name: path for path in (_BUILT / "assets").iterdir() if path.is_file()}


def needed(components: Iterable[str]) -> tuple[str, ...]:
    """Names of the scripts and styles that a page of such components (`"textbox"`, `"chatbot"`) loads, which it else
    finds out about one after another; none where the frontend is built in a way that is not known here."""
    entry = _ENTRY.search((_BUILT / "index.html").read_text(encoding="utf-8"))
    if entry is None:
        return ()
    found = dict.fromkeys([entry[1], *_needed_by(entry[1], _IMPORT)])
    for name in [name for name in found if name.startswith("Index-")]:
        found |= dict.fromkeys(_needed_by(name, _IMPORT.replace(r"([\w.-]+)", rf"({_FRAME}[\w.-]+)")))
    for name in [name for name in found if name.startswith("core-")]:
        found |= dict.fromkeys(_needed_by(name, _COMPONENT % "|".join(map(re.escape, sorted(set(components))))))
    return tuple(name for name in found if name in built())


def _needed_by(name: str, imports: str) -> Iterator[str]:
    """What the dynamic imports of a script that fit the pattern need."""
    if name not in built() or not name.endswith(".js"):
        return
    source = built()[name].read_text(encoding="utf-8")
    listed = _LISTED.search(source)
    names = _NAME.findall(listed[1]) if listed else []
    for match in re.finditer(imports, source, re.DOTALL):
        yield from (names[int(place)] for place in match[2].split(",") if int(place) < len(names))
