"""The picture of a shared link."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from textwrap import fill

from corpus import LANGUAGES
from page.appearance import COLOUR, MARK
from page.translation import say

CARD_SIZE = (1200, 630)  # pixels
_DPI = 100
_LETTERS = 40  # in a line where one language stands alone


@cache
def card(language: str | None) -> bytes:
    """A PNG of `CARD_SIZE`: the name, and what this is in the language, or in all of them."""
    # Drawn when a link is first shared; to import this takes a third of a second, which the page would wait for.
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    figure = Figure(figsize=(CARD_SIZE[0] / _DPI, CARD_SIZE[1] / _DPI), dpi=_DPI, facecolor=COLOUR)
    figure.add_artist(Line2D([0.07, 0.07], [0.14, 0.86], color=MARK, linewidth=9, solid_capstyle="round"))
    figure.text(0.11, 0.72, say("title", "en"), color="white", fontsize=58, fontweight="bold", family="DejaVu Sans")
    codes = [language] if language else list(LANGUAGES)
    width, size = (_LETTERS, 29) if language else (54, 20)
    told = "\n\n".join(fill(say("subtitle", code), width) for code in codes)
    figure.text(0.11, 0.62, told, color="white", fontsize=size, va="top", linespacing=1.35, family="DejaVu Sans")
    drawn = BytesIO()
    figure.savefig(drawn, format="png", facecolor=COLOUR)
    return drawn.getvalue()
