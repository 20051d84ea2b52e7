"""A page's drawing operators with its forms put in place, and without the text that is not to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, NameObject, StreamObject

from corpus.readers.pdf.covering import EVERYWHERE, Box, Covered, Path
from corpus.readers.pdf.fonts import Fonts, ShownText, entries_of, fonts_of, resources_of
from corpus.readers.pdf.placing import Placing, Window, is_faint, lets_through, opacity, times

Operation = tuple[Any, bytes]

_DEEPEST = 12  # forms within forms
_MOST_OPERATIONS = 400_000  # of a page, its forms put in place; forms that draw one another grow without end
_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
_PAINTING = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"})
_OUTLINED = _PAINTING | {b"n", b"S", b"s"}  # operators that end a path
_COLOURS = frozenset({b"g", b"rg", b"k", b"sc", b"scn", b"cs"})  # operators that set the colour of what is filled
_WHITE = 0.97  # of full light, from which no eye tells a colour from the paper
_INVISIBLE = (3, 7)  # text rendering modes that leave no mark (ISO 32000-1, table 106)


@dataclass(slots=True)
class _State:
    """What the graphics state says of text: whether its mode leaves no mark, its letters have no size, they are white,
    and where they stand; of what is filled, whether it lets nothing through, and where it is clipped."""

    unmarked: bool = False
    sizeless: bool = False
    white: bool = False
    patterned: bool = False
    solid: bool = True
    clip: Box = EVERYWHERE
    font: str = ""
    placing: Placing = field(default_factory=Placing)

    def saved(self) -> _State:
        """A copy to come back to."""
        return replace(self, placing=replace(self.placing))


def inlined(operations: list[Operation], page: PageObject, fonts: Fonts, shown: ShownText) -> Iterator[Operation]:
    """The operators that draw what is to be read.

    Invisible text is left out, except over a picture: there it is what text recognition read from the picture.
    """
    flat = _Flattening(page, fonts)
    flat.take(operations, resources_of(page), outermost=True)
    scanned = flat.pictures and flat.hidden > flat.visible
    for row, (operation, invisible, unknown) in enumerate(flat.rows):
        size = _shown_bytes(operation)
        if size and row in flat.covered.rows:
            continue
        if size and invisible and not scanned:
            continue
        if size and unknown:
            shown.unknown += size
            continue
        shown.known += size
        yield operation


class _Flattening:
    """Every row is an operator, whether its text is invisible, and whether its letters are unknown."""

    def __init__(self, page: PageObject, fonts: Fonts) -> None:
        self.rows: list[tuple[Operation, bool, bool]] = []
        self.pictures = 0
        self.hidden = 0
        self.visible = 0
        self._saved: list[_State] = []
        self.covered = Covered()
        self._path = Path()
        self._painted = False  # anything that white letters could stand upon
        self._page = page
        self._window = Window.of(page)
        self._fonts = fonts
        self._active: set[int] = set()
        self._state = _State()

    def take(self, operations: list[Operation], resources: DictionaryObject, *, outermost: bool = False) -> None:
        depth = len(self._saved)
        forms = entries_of(resources, "/XObject")
        own_fonts = {} if outermost else fonts_of(resources)
        for operands, operator in operations:
            if len(self.rows) > _MOST_OPERATIONS:
                break
            if operator == b"Do":
                self._draw(forms.get(operands[0]) if operands else None, resources)
            elif operator == b"Q" and len(self._saved) <= depth:
                continue  # it would end what was begun outside
            else:
                if operator == b"gs" and operands:
                    self._set(resources, operands[0])
                self._keep(operands, operator, own_fonts)
        while len(self._saved) > depth:
            self._keep([], b"Q", own_fonts)

    def _set(self, resources: DictionaryObject, name: Any) -> None:
        """Take over a named graphics state."""
        if (solid := opacity(resources, name)) is not None:
            self._state.placing.faint = is_faint(solid)
        if (through := lets_through(resources, name)) is not None:
            self._state.solid = not through

    def _keep(self, operands: Any, operator: bytes, own_fonts: dict[Any, Any]) -> None:
        state = self._state
        if operator == b"q":
            self._saved.append(state.saved())
        elif operator == b"Q" and self._saved:
            state = self._state = self._saved.pop()
        elif operator == b"Tr" and operands:
            state.unmarked = operands[0] in _INVISIBLE
        elif operator in _COLOURS:
            state.white = is_white(operands, operator)
            state.patterned = any(isinstance(value, NameObject) for value in operands) and operator != b"cs"
        elif operator in _OUTLINED:
            self._outline(operator)
        elif operator == b"Tf" and operands:
            name = operands[0]
            if name in own_fonts:
                name = self._fonts.added(own_fonts[name])
                operands = [NameObject(name), *operands[1:]]
            state.font = str(name)
            state.sizeless = operands[-1] == 0
        else:
            self._path.take(operands, operator, state.placing.page)
        state.placing.take(operands, operator)
        unseen = operator in _SHOWING and not state.placing.is_seen(self._window)
        invisible = unseen or state.unmarked or state.sizeless or (state.white and not self._painted)
        if operator in _SHOWING:
            size = _shown_bytes((operands, operator))
            self.hidden += size * invisible
            self.visible += size * (not invisible)
            if not invisible:
                placing = state.placing
                self.covered.draw(len(self.rows), times(placing.text, placing.page), placing.size, size)
        self.rows.append(((operands, operator), invisible, self._fonts.is_unknown(state.font)))

    def _outline(self, operator: bytes) -> None:
        """The end of a path: filled, drawn or what is clipped from here on."""
        state = self._state
        if operator in _PAINTING:
            self._painted = self._painted or not state.white
        boxes, clip = self._path.end()
        if operator in _PAINTING and state.solid and not state.patterned:
            self.covered.paint(boxes, state.clip)
        state.clip = state.clip.within(clip)

    def _clip_to(self, box: Any) -> None:
        """A form paints within its box only."""
        corners = list(box.get_object()) if box is not None else []
        if len(corners) == 4:
            left, bottom, right, top = corners
            path = Path()
            path.take([left, bottom, right - left, top - bottom], b"re", self._state.placing.page)
            path.take([], b"W", self._state.placing.page)
            self._state.clip = self._state.clip.within(path.end()[1])

    def _draw(self, drawn: Any, resources: DictionaryObject) -> None:
        if not isinstance(drawn, StreamObject):
            return
        if drawn.get("/Subtype") != "/Form":
            self.pictures += 1
            self._painted = True
            return
        if id(drawn) in self._active or len(self._active) >= _DEEPEST:
            return
        self._active.add(id(drawn))
        matrix: Any = drawn.get("/Matrix")
        self._keep([], b"q", {})
        if matrix is not None:
            self._keep(list(matrix.get_object()), b"cm", {})
        self._clip_to(drawn.get("/BBox"))
        inner = resources_of(drawn) if "/Resources" in drawn else resources
        self.take(ContentStream(drawn, self._page.pdf, "bytes").operations, inner)
        self._keep([], b"Q", {})
        self._active.discard(id(drawn))


def is_white(operands: Any, operator: bytes) -> bool:
    """Whether the colour is that of paper, in grey, RGB or CMYK; of one ink alone (`scn`) it is not told, nor is the
    black with which a colour space begins (`cs`)."""
    try:
        values = [float(value) for value in operands]
    except (TypeError, ValueError):
        return False  # the name of a pattern
    wanted = {b"g": 1, b"k": 4}.get(operator, 3)
    if operator == b"cs" or len(values) != wanted:
        return False
    return all(value <= 1 - _WHITE for value in values) if operator == b"k" else min(values) >= _WHITE


def _shown_bytes(operation: Operation) -> int:
    operands, operator = operation
    if operator not in _SHOWING or not operands:
        return 0
    last = operands[-1]
    parts = last if isinstance(last, list) else [last]
    return sum(len(part) for part in parts if isinstance(part, (bytes, str)))
