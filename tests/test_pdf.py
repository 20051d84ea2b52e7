"""What a PDF shows is read as it is shown, and only that; what cannot be read is told for what it is."""

from __future__ import annotations

import io
import zlib

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from corpus import UnreadableFile
from corpus.readers import read
from tests.drawn_pages import at, drawn, stream

_RENT = "The lodger pays rent every month on the fifth day."
_FORM = "/Type/XObject/Subtype/Form/BBox[0 0 612 792]"
_FONT = "/Resources<</Font<</F1 4 0 R>>>>"


def _lines(data: bytes) -> list[str]:
    return [line.text for line in read(data)]


def _refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    return caught.value.code


def test_text_in_forms_is_read_where_it_is_drawn() -> None:
    inner = stream(at(72, 600, "In a form of a form."), _FORM + _FONT)
    outer = stream(at(72, 650, "In a form.") + "/Y Do", f"{_FORM}/Resources<</Font<</F1 4 0 R>>/XObject<</Y 7 0 R>>>>")
    page = drawn(at(72, 700, _RENT) + "/X Do", resources="/XObject<</X 6 0 R>>", more=(outer, inner))
    assert " ".join(_lines(page)) == f"{_RENT} In a form. In a form of a form."


def test_a_form_that_draws_itself_is_drawn_once() -> None:
    form = stream(
        at(72, 650, "Again and again.") + "/X Do", f"{_FORM}/Resources<</Font<</F1 4 0 R>>/XObject<</X 6 0 R>>>>"
    )
    page = drawn(at(72, 700, _RENT) + "/X Do", resources="/XObject<</X 6 0 R>>", more=(form,))
    assert " ".join(_lines(page)) == f"{_RENT} Again and again."


_TURNS = {90: "0 1 -1 0 300 100", 180: "-1 0 0 -1 500 700", 270: "0 -1 1 0 300 700", 0: "1 0 0 1 100 700"}


@pytest.mark.parametrize("turn", _TURNS)
@pytest.mark.parametrize("page_turn", [0, 90, 180, 270])
def test_text_is_read_however_it_and_its_page_are_turned(turn: int, page_turn: int) -> None:
    content = f"BT /F1 12 Tf {_TURNS[turn]} Tm (Short text.) Tj ET"
    assert _lines(drawn(content, page=f"/Rotate {page_turn}")) == ["Short text."]


def test_columns_are_read_one_after_the_other() -> None:
    rows = range(8)
    left = "".join(at(72, 700 - 20 * n, f"Left line {n} says that rent is due.") for n in rows)
    right = "".join(at(330, 700 - 20 * n, f"Right line {n} says pets are banned.") for n in rows)
    text = " ".join(_lines(drawn(left + right)))
    assert [text.find(f"Left line {n} says that rent is due.") for n in rows] == sorted(
        text.find(f"Left line {n} says that rent is due.") for n in rows
    )
    assert text.find("Left line 7") < text.find("Right line 0")
    assert "due. Right line 1" not in text


@pytest.mark.parametrize("count", [2, 3, 4])
def test_any_number_of_columns_is_read_one_after_the_other(count: int) -> None:
    width = 560 // count
    texts = [[f"Line {n} of part {part} goes on so." for n in range(9)] for part in range(count)]
    size = 12 if count < 3 else 7
    content = "".join(
        f"BT /F1 {size} Tf {30 + width * part} {700 - 20 * n} Td ({line}) Tj ET\n"
        for n in range(9)
        for part, line in enumerate(row[n] for row in texts)
    )
    assert " ".join(_lines(drawn(content))) == " ".join(line for part in texts for line in part)


@pytest.mark.parametrize(
    "hidden",
    [
        at(72, 600, "Hidden: 999.", "3 Tr") + "0 Tr",
        at(72, 600, "Hidden: 999.", "7 Tr") + "0 Tr",
        at(72, 600, "Hidden: 999.", "1 g") + "0 g",
        at(72, 600, "Hidden: 999.", "1 1 1 rg") + "0 g",
        at(72, 600, "Hidden: 999.", "0 0 0 0 k") + "0 g",
        at(72, 600, "Hidden: 999.", "/DeviceRGB cs 1.0 1.0 1.0 sc") + "0 g",
        at(72, 600, "Hidden: 999.", "/F1 0 Tf"),
        "q 1 g " + at(72, 600, "Hidden: 999.") + "Q",
        "1 g 60 590 400 30 re f " + at(72, 600, "Hidden: 999.") + "0 g",
        "1 g /X Do 0 g",
        at(5000, 600, "Hidden: 999."),
        at(72, -300, "Hidden: 999."),
        "q 1 0 0 1 0 900 cm " + at(72, 300, "Hidden: 999.") + "Q",
        "BT /F1 12 Tf 72 600 Td 0 -700 Td (Hidden: 999.) Tj ET",
        "BT /F1 12 Tf 900 TL 72 600 Td T* (Hidden: 999.) Tj ET",
        "BT /F1 .2 Tf 72 600 Td (Hidden: 999.) Tj ET",
        "BT /F1 12 Tf .01 0 0 .01 72 600 Tm (Hidden: 999.) Tj ET",
        "q /Faint gs " + at(72, 600, "Hidden: 999.") + "Q",
        at(72, 600, "Hidden: 999.", ".99 g") + "0 g",
        at(72, 600, "Hidden: 999.", "0.98 .99 1 rg") + "0 g",
        at(72, 600, "Hidden: 999.", "0 0.01 0 .02 k") + "0 g",
        at(72, 600, "Hidden: 999.") + "1 g 60 590 300 30 re f 0 g",
        at(72, 600, "Hidden: 999.") + "0 g 60 590 m 360 590 l 360 620 l 60 620 l h f*",
        at(72, 600, "Hidden: 999.") + "q 1 0 0 1 50 580 cm 0 0 300 40 re f Q",
        at(72, 600, "Hidden: 999.") + "q 0 580 400 60 re W n 0 0 612 660 re f Q",
    ],
)
def test_what_no_reader_sees_is_not_read(hidden: str) -> None:
    form = stream(at(72, 600, "Hidden: 999."), _FORM + _FONT)
    for content in (f"{hidden}\n{at(72, 700, _RENT)}", at(72, 700, _RENT) + hidden):
        resources = "/XObject<</X 6 0 R>>/ExtGState<</Faint<</ca 0>>>>"
        assert _lines(drawn(content, resources=resources, more=(form,))) == [_RENT]


def test_what_the_page_is_cropped_of_is_not_read() -> None:
    content = at(72, 600, _RENT) + at(72, 50, "Hidden: 999.")
    assert _lines(drawn(content, page="/CropBox[0 100 612 792]")) == [_RENT]


@pytest.mark.parametrize(
    "shown",
    [
        "0 0 1 rg 60 590 400 30 re f 1 1 1 rg " + at(72, 600, _RENT),
        "1 g 0 0 612 792 re f 0 g " + at(72, 600, _RENT),
        "q 1 g Q " + at(72, 600, _RENT),
        "/Cs cs 1 scn " + at(72, 600, _RENT),  # all of one ink
        at(72, 600, _RENT, "2 Tr"),
        f"BT /F1 1 Tf 12 0 0 12 72 600 Tm ({_RENT}) Tj ET",
        f"q .01 0 0 .01 0 0 cm BT /F1 1200 Tf 7200 60000 Td ({_RENT}) Tj ET Q",  # units a hundredth as large
        f"q 1 0 0 1 -5000 0 cm BT /F1 12 Tf 5072 600 Td ({_RENT}) Tj ET Q",
        f"BT /F1 12 Tf 72 -100 Td 0 700 Td ({_RENT}) Tj ET",
        "/Faint gs /Clear gs " + at(72, 600, _RENT),
        at(72, 600, _RENT) + "q /Marker gs 1 1 0 rg 60 590 500 30 re f Q",
        at(72, 600, _RENT) + "q /Half gs 1 1 0 rg 60 590 500 30 re f Q",
        at(72, 600, _RENT) + "60 590 500 1 re f 60 610 500 30 re f",  # a rule below it, a box above
        at(72, 600, _RENT) + "60 590 500 30 re S",
        at(72, 600, _RENT) + "q 0 0 612 500 re W n 0 0 612 792 re f Q",
        at(72, 600, _RENT) + "q 300 600 m 310 640 l 290 640 l h W n 0 0 612 792 re f Q",
        at(72, 600, _RENT) + "60 590 m 560 590 l 300 640 l h f",
        at(72, 600, _RENT) + "/Pattern cs /P scn 60 590 500 30 re f",
        at(72, 600, _RENT, ".9 g") + "0 g",
    ],
)
def test_white_on_dark_and_whatever_else_is_seen_is_read(shown: str) -> None:
    states = "/Faint<</ca 0>>/Clear<</ca 1>>/Marker<</BM/Multiply>>/Half<</ca .5>>"
    resources = f"/ExtGState<<{states}>>"
    assert _lines(drawn(shown, resources=resources)) == [_RENT]


def test_what_text_recognition_put_behind_a_picture_is_read() -> None:
    picture = stream("\x00", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
    page = drawn("/X Do " + at(72, 600, _RENT, "3 Tr"), resources="/XObject<</X 6 0 R>>", more=(picture,))
    assert _lines(page) == [_RENT]


def _mapped(to: str) -> bytes:
    """A page whose font says that its letters are those from `to` on."""
    cmap = f"begincmap 1 begincodespacerange<00><ff>endcodespacerange 1 beginbfrange<20><7e><{to}>endbfrange endcmap"
    font = "<</Type/Font/Subtype/Type1/BaseFont/X/ToUnicode 6 0 R>>"
    return drawn(at(72, 700, _RENT), font=font, more=(stream(cmap),))


def test_letters_that_a_font_hides_are_read_right_or_refused() -> None:
    glyphs = "".join(f"/g{n}" for n in range(1, 90))
    numbered = f"<</Type/Font/Subtype/TrueType/BaseFont/A/Encoding<</Type/Encoding/Differences[32{glyphs}]>>>>"
    assert _refusal(drawn(at(72, 700, _RENT), font=numbered)) == "pdf_letters"
    assert _lines(_mapped("e020")) == _lines(_mapped("f020")) == [_RENT]  # private use, a byte a letter
    for nowhere in ("e820", "d820", "dc20"):  # private use that means nothing, halves of letters
        assert _refusal(_mapped(nowhere)) == "letters"


def test_what_stands_before_a_pdf_does_not_matter() -> None:
    page = drawn(at(72, 700, _RENT))
    for before in (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", b"\x00" * 300, b"\r\n"):
        assert _lines(before + page) == [_RENT]


@pytest.mark.parametrize(
    "loop",
    ["6 0 obj\n7 0 R\nendobj\n7 0 obj\n6 0 R\nendobj", "6 0 obj\n6 0 R\nendobj", "6 0 obj\n[2 0 R]\nendobj", ""],
)
def test_a_tree_that_leads_nowhere_is_damage(loop: str) -> None:
    whole = drawn(at(72, 700, _RENT))
    broken = whole.replace(b"/Kids[3 0 R]", b"/Kids 6 0 R").replace(b"trailer", loop.encode() + b"\ntrailer")
    assert _refusal(broken) in {"pdf_damaged", "pdf_pictures"}


@pytest.mark.parametrize("decoder", ["JBIG2Decode", "JPXDecode", "DCTDecode", "CCITTFaxDecode"])
def test_a_picture_in_the_place_of_drawing_is_left_out(decoder: str) -> None:
    """The library looks for a decoder that is not there, or unpacks gigabytes."""
    page = drawn(at(72, 700, _RENT), more=(stream("\x00\x01", f"/Filter/{decoder}"),))
    assert _lines(page.replace(b"/Contents 5 0 R", b"/Contents[5 0 R 6 0 R]")) == [_RENT]


def test_a_page_that_unpacks_to_more_than_can_be_drawn_is_told() -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    bomb = StreamObject()
    bomb.set_data(zlib.compress(b"q Q " * 4_000_000))
    bomb[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(bomb)
    file = io.BytesIO()
    writer.write(file)
    assert _refusal(file.getvalue()) == "pdf_complex"


def test_a_page_listed_over_and_over_is_read_once() -> None:
    page = drawn(at(72, 700, _RENT)).replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + b"3 0 R " * 500 + b"]/Count 500")
    assert _lines(page) == [_RENT]
