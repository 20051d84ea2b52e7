"""An edition's lines as the grammar sees them, and what stands further down in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from statistics import mean

from corpus.parsing.grammar import PARAGRAPH, POINT, Grammar, canonical_number
from corpus.readers.lines import Line
from corpus.text.folding import fold_letters

_LONGEST_TITLE = 160
_NEVER_ENDS_A_TITLE = (";", ":", "!", "?", ",")
# In some prints an article's text goes on behind its number ("6-бап. Заңдар …"): then most of what stands there ends
# like a sentence and is longer than titles are, in letters.
_SENTENCES_FROM = 0.6
_TEXTS_FROM = 60


class Lookahead:
    """`texts` are the lines' with their letters folded, each as long as its line, letter for letter."""

    def __init__(self, grammar: Grammar, lines: Sequence[Line]) -> None:
        self._grammar = grammar
        self._lines = lines
        self.texts = [fold_letters(line.text) for line in lines]
        self.heading_holds_text = self._heading_holds_text()

    def title_at(self, at: int) -> Line | None:
        """The line as the title of the heading above it, None where it is none."""
        if at >= len(self._lines):
            return None
        line, text = self._lines[at], self.texts[at]
        structural = self._grammar.heads(text) or PARAGRAPH.match(text) or self.is_note(at)
        return None if structural or len(text) > _LONGEST_TITLE or text.endswith(_NEVER_ENDS_A_TITLE) else line

    def rest_of_title(self, at: int) -> list[str]:
        """The rows from `at` on that go on with a title in capitals which was broken."""
        rest: list[str] = []
        while (line := self.title_at(at + len(rest))) and line.text.isupper():
            rest.append(line.text)
        return rest

    def is_note(self, at: int) -> bool:
        """Whether the line is an editor's: by its words, or by the source's markup, which also sets apart what is
        left of a provision that was excluded."""
        text = self.texts[at]
        if self._lines[at].kind == "text":
            return bool(self._grammar.note.match(text))
        number = PARAGRAPH.match(text) or POINT.match(text)
        return not (number and self._grammar.excluded.match(text[number.end() :].lstrip()))

    def preamble_follows(self, at: int) -> bool:
        """Whether a line below, above the first heading, opens the preamble."""
        below = _next_after(self._before_preamble, at)
        return below is not None and not self._begins_text(self.texts[below])

    def more_law(self, at: int) -> bool:
        """Whether any heading stands below the line."""
        return _next_after(self._headings, at) is not None

    def list_continues(self, at: int, number: str) -> bool:
        """Whether the list whose last point has the number goes on below the line."""
        below = _next_after(self._ends_of_parts, at)
        point = POINT.match(self.texts[below]) if below is not None else None
        return point is not None and _order(canonical_number(point["n"])) > _order(number)

    # Where to look, found once: a text of nothing but signatures or loose parts would be read again for each of them.

    @cached_property
    def _headings(self) -> list[int]:
        return self._places(self._grammar.heads)

    @cached_property
    def _before_preamble(self) -> list[int]:
        opens = self._grammar.preamble_opens.match
        return self._places(lambda text: self._begins_text(text) or bool(opens(text)))

    @cached_property
    def _ends_of_parts(self) -> list[int]:
        heads = self._grammar.heads
        return self._places(lambda text: bool(heads(text) or PARAGRAPH.match(text) or POINT.match(text)))

    def _begins_text(self, text: str) -> bool:
        return self._grammar.heads(text) or bool(self._grammar.preamble.match(text))

    def _places(self, wanted: Callable[[str], bool]) -> list[int]:
        return [at for at, text in enumerate(self.texts) if wanted(text)]

    def _heading_holds_text(self) -> bool:
        matches = (self._grammar.article.match(text) for text in self.texts)
        titles = [match["title"] for match in matches if match and match["title"]]
        if not titles:
            return False
        sentences = sum(title.endswith(".") for title in titles) / len(titles)
        return sentences >= _SENTENCES_FROM and mean(map(len, titles)) >= _TEXTS_FROM


def _next_after(places: Sequence[int], at: int) -> int | None:
    """The first of the ordered places below the line."""
    index = bisect_right(places, at)
    return places[index] if index < len(places) else None


def _order(number: str) -> tuple[int, int]:
    """`19-1` sorts after `19` and before `20`."""
    main, _, inserted = number.partition("-")
    return int(main), int(inserted or 0)
