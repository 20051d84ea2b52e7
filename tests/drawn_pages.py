"""PDFs of one page that is drawn by hand: its operators, its font and what else it needs."""

from __future__ import annotations

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def drawn(
    content: str, *, page: str = "", resources: str = "", font: str = HELVETICA, more: tuple[str, ...] = ()
) -> bytes:
    """A page that draws `content` with the font `/F1`; `page` and `resources` are added to their dictionaries, `more`
    are further objects, from number 6 on."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R{page}"
        f"/Resources<</Font<</F1 4 0 R>>{resources}>>>>",
        font,
        stream(content),
        *more,
    ]
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, start=1))
    return f"%PDF-1.7\n{body}trailer<</Root 1 0 R>>\n".encode("latin-1")


def stream(content: str, entries: str = "") -> str:
    return f"<<{entries}/Length {len(content)}>>stream\n{content}\nendstream"


def at(x: int, y: int, text: str, before: str = "") -> str:
    """The text at the place in points, `before` it further operators."""
    return f"BT /F1 12 Tf {before} 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"
