"""HTML pages: the block elements in reading order, ordered lists numbered as a browser shows them."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.grammar import GRAMMARS
from corpus.readers.lines import Line, normalised
from corpus.readers.plain import decode

_SKIPPED = frozenset(
    "script style noscript template svg nav footer form button select iframe head title textarea".split()
)
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
    walker.walk(_main_part(root))
    walker.flush()
    return normalised(walker.lines)


def _main_part(root: LexborNode) -> LexborNode:
    """The smallest element that holds every article heading of the page, or the whole body."""
    total = _articles_below(root)
    if total < 2:
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
    return sum(1 for row in rows if any(g.article.match(row) for g in GRAMMARS.values()))


class _Walker:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._anchor: str | None = None
        self._prefix = ""

    def flush(self) -> None:
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        if text:
            self.lines.append(Line(self._prefix + text, anchor=self._anchor))
            self._prefix = ""

    def walk(self, node: LexborNode, ordinal: int = 0) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._pieces.append(node.text(deep=False) or "")
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
        for child in node.iter(include_text=True):
            self.walk(child, number)
            if number and child.tag == "li":
                number += 1
        if block:
            self.flush()
            self._prefix = ""


def _first_number(ordered_list: LexborNode) -> int:
    start = ordered_list.attributes.get("start") or "1"
    return int(start) if start.isdigit() else 1
