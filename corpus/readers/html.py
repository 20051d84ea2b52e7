"""HTML pages: the block elements in reading order, ordered lists numbered as a browser shows them."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.folding import fold_letters
from corpus.grammar import GRAMMARS
from corpus.readers.lines import Line, LineKind, normalised
from corpus.readers.plain import decode

_SKIPPED = frozenset(
    "script style noscript template svg nav footer form button select iframe head title textarea".split()
)
_FEWEST_ARTICLES = 2
_RED = frozenset({"#ff0000", "ff0000", "red", "#800000", "800000"})  # how the official site colours its notes
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5"
    " h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


def read_html(data: bytes) -> list[Line]:
    """Normalised lines of the page's main part; `Line.anchor` is the nearest element id."""
    tree = LexborHTMLParser(decode(data))
    root = tree.body
    if root is None:
        return []
    walker = _Walker()
    for part in _main_parts(root):
        walker.walk(part)
        walker.flush()
    return normalised(walker.lines)


def _main_parts(root: LexborNode) -> list[LexborNode]:
    """The page's only `article`, and its title where that stands outside; else the smallest element that holds all
    headings of articles."""
    articles = root.css("article")
    if len(articles) == 1 and _articles_below(articles[0]) >= _FEWEST_ARTICLES:
        inside = {node.mem_id for node in articles[0].css("h1")}
        titles = [node for node in root.css("h1") if node.mem_id not in inside]
        return [*titles[-1:], articles[0]]
    return [_main_part(root)]


def _main_part(root: LexborNode) -> LexborNode:
    """The smallest element that holds every article heading of the page, or the whole body."""
    total = _articles_below(root)
    if total < _FEWEST_ARTICLES:
        return root
    node = root
    while True:
        inner = [child for child in node.iter() if _articles_below(child) == total]
        if not inner:
            return node
        # A title above the articles belongs to the text: stop before it is cut off.
        if any(child.tag in {"h1", "h2", "h3", "header"} for child in node.iter()):
            return node
        node = inner[0]


def _articles_below(node: LexborNode) -> int:
    rows = (row.strip() for row in node.text(separator="\n").split("\n"))
    return sum(1 for row in rows if any(g.article.match(fold_letters(row)) for g in GRAMMARS.values()))


class _Walker:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._anchor: str | None = None
        self._prefix = ""
        self._notes = 0  # elements around that mark a note
        self._is_note = False

    def flush(self) -> None:
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        if text:
            kind: LineKind = "note" if self._is_note else "text"
            self.lines.append(Line(self._prefix + text, anchor=self._anchor, kind=kind))
            self._prefix = ""

    def walk(self, node: LexborNode, ordinal: int = 0) -> None:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text(deep=False) or ""
            if text.strip() and not "".join(self._pieces).strip():
                self._is_note = self._notes > 0  # a line is what it begins as
            self._pieces.append(text)
            return
        if tag in _SKIPPED or tag.startswith(("-", "!", "_")):
            return
        if tag == "br":
            self.flush()
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
        if identifier := node.attributes.get("id") or (tag == "a" and node.attributes.get("name")):
            self._anchor = str(identifier)
        if tag == "li" and ordinal:
            self._prefix = f"{ordinal}. "
        number = _first_number(node) if tag == "ol" else 0
        marks_note = _marks_note(node)
        self._notes += marks_note
        for child in node.iter(include_text=True):
            self.walk(child, number)
            if number and child.tag == "li":
                number += 1
        self._notes -= marks_note
        if block:
            self.flush()
            self._prefix = ""


def _marks_note(node: LexborNode) -> bool:
    """Whether the element sets its text apart as an editor's note, as the official site does."""
    classes = (node.attributes.get("class") or "").split()
    color = (node.attributes.get("color") or "").lower()
    return "note" in classes or (node.tag == "font" and color in _RED)


def _first_number(ordered_list: LexborNode) -> int:
    start = ordered_list.attributes.get("start") or "1"
    return int(start) if start.isdigit() else 1
