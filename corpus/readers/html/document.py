"""HTML pages: the block elements in reading order, ordered lists numbered as a browser shows them."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.parsing.grammar import GRAMMARS
from corpus.readers.encoding import decode
from corpus.readers.html.styles import Look, PageStyles
from corpus.readers.lines import Line, LineKind, normalised
from corpus.readers.mojibake import mended
from corpus.text.folding import fold_letters

_SKIPPED = frozenset(
    "script style noscript template svg nav footer form button select iframe head title textarea".split()
)
_FEWEST_ARTICLES = 2
_BLOCK_ENDS, _NOTE_ENDS = 0, 1  # what stands on the stack in an element's place after its children
_RED = frozenset({"#ff0000", "ff0000", "red", "#800000", "800000"})  # how the official site colours its notes
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5"
    " h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_LARGEST_START = 6  # digits of a list's first number
_DEEPEST = 50  # levels on which the part with the articles is looked for


def read_html(data: bytes) -> list[Line]:
    """Normalised lines of the page's main part; `Line.anchor` is the nearest element id. Raises `UnreadableFile`."""
    tree = LexborHTMLParser(decode(data, page=True))
    root = tree.body
    if root is None:
        return []
    walker = _Walker(PageStyles(tree))
    for part in _main_parts(root):
        walker.walk(part)
    texts = mended([line.text for line in walker.lines])
    return normalised([replace(line, text=text) for line, text in zip(walker.lines, texts, strict=True)])


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
    for _ in range(_DEEPEST):
        inner = [child for child in node.iter() if _articles_below(child) == total]
        # A title above the articles belongs to the text: stop before it is cut off.
        if not inner or any(child.tag in {"h1", "h2", "h3", "header"} for child in node.iter()):
            return node
        node = inner[0]
    return node


def _articles_below(node: LexborNode) -> int:
    rows = (row.strip() for row in node.text(separator="\n").split("\n"))
    return sum(1 for row in rows if any(g.article.match(fold_letters(row)) for g in GRAMMARS.values()))


class _Walker:
    """Goes through a page element by element, by a stack of its own: pages nest deeper than Python calls may."""

    def __init__(self, styles: PageStyles) -> None:
        self._styles = styles
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._anchor: str | None = None
        self._prefix = ""
        self._notes = 0  # elements around that mark a note
        self._begun = self._is_note = False
        self._ahead: list[tuple[LexborNode | None, int, Look]] = []

    def walk(self, root: LexborNode) -> None:
        """Gather the lines below the element."""
        self._ahead = [(root, 0, self._around(root))]
        while self._ahead:
            node, ordinal, around = self._ahead.pop()
            if node is None and ordinal == _NOTE_ENDS:
                self._notes -= 1
            elif node is None:
                self._flush()
                self._prefix = ""
            else:
                self._enter(node, ordinal, around)
        self._flush()

    def _around(self, node: LexborNode) -> Look:
        """How text is drawn around the element; of one that is not shown there, all is read: it is the main part."""
        above: list[LexborNode] = []
        parent = node.parent
        while parent is not None:
            above.append(parent)
            parent = parent.parent
        look = Look()
        for element in reversed(above):
            look = self._styles.look(element, look) or look
        return look

    def _flush(self) -> None:
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        self._begun = False
        if text:
            kind: LineKind = "note" if self._is_note else "text"
            self.lines.append(Line(self._prefix + text, anchor=self._anchor, kind=kind))
            self._prefix = ""

    def _enter(self, node: LexborNode, ordinal: int, around: Look) -> None:
        tag = node.tag or ""
        if tag == "-text":
            if not around.is_seen:
                return
            text = node.text(deep=False) or ""
            if text.strip() and not self._begun:
                self._begun, self._is_note = True, self._notes > 0  # a line is what it begins as
            self._pieces.append(text)
            return
        if tag in _SKIPPED or tag.startswith(("-", "!", "_")) or (look := self._styles.look(node, around)) is None:
            return
        if tag == "br":
            self._flush()
            return
        if tag in _BLOCKS:
            self._flush()
            self._ahead.append((None, _BLOCK_ENDS, around))
        if identifier := node.attributes.get("id") or (tag == "a" and node.attributes.get("name")):
            self._anchor = str(identifier)
        if tag == "li" and ordinal:
            self._prefix = f"{ordinal}. "
        if _marks_note(node):
            self._notes += 1
            self._ahead.append((None, _NOTE_ENDS, around))
        self._ahead.extend((child, number, look) for child, number in reversed(_numbered_children(node)))


def _numbered_children(node: LexborNode) -> list[tuple[LexborNode, int]]:
    number = _first_number(node) if node.tag == "ol" else 0
    children: list[tuple[LexborNode, int]] = []
    for child in node.iter(include_text=True):
        children.append((child, number))
        if number and child.tag == "li":
            number += 1
    return children


def _marks_note(node: LexborNode) -> bool:
    """Whether the element sets its text apart as an editor's note, as the official site does."""
    classes = (node.attributes.get("class") or "").split()
    color = (node.attributes.get("color") or "").lower()
    return "note" in classes or (node.tag == "font" and color in _RED)


def _first_number(ordered_list: LexborNode) -> int:
    """The number that the list starts with; what is no number that anyone would print counts as 1."""
    start = (ordered_list.attributes.get("start") or "1").strip()
    return int(start) if re.fullmatch(rf"[0-9]{{1,{_LARGEST_START}}}", start) else 1
