"""Of a page or a DOCX what a reader sees is read, and nothing else."""

from __future__ import annotations

import pytest

from corpus.readers import read_html
from tests.word_files import docx_of, p, run, texts_of

_SEEN, _UNSEEN = "Visitors pay nothing.", "Visitors pay 999."


def _read(body: str, sheet: str = "") -> list[str]:
    page = f"<html><head><style>{sheet}</style></head><body><p>{_SEEN}</p>{body}</body></html>"
    return [line.text for line in read_html(page.encode())]


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : NONE !important",
        "visibility:hidden",
        "visibility:collapse",
        "opacity:0",
        "opacity:.0",
        "opacity: 0%",
        "font-size:0",
        "font-size:0px",
        "font: 0/0 a",
        "color:white",
        "color:#fff",
        "color:#FFFFFF",
        "color:#fefefe",
        "color:rgb(255, 255, 255)",
        "color:rgba(0,0,0,0)",
        "color:transparent",
        "color:#12345600",
        "color:#333;background:#333",
        "color:rgb(10,20,30);background-color:#0a141e",
        "position:absolute;left:-9999px",
        "position:fixed;top:-200em",
        "position:absolute;clip:rect(0,0,0,0)",
        "position:absolute;clip-path:inset(50%)",
        "height:0;overflow:hidden",
        "max-width:0px;overflow:hidden",
        "text-indent:-9999px",
        "transform:scale(0)",
    ],
)
def test_text_that_a_style_hides_is_not_read(style: str) -> None:
    for tag in ("p", "div"):
        assert _read(f'<{tag} style="{style}">{_UNSEEN} <b>And more.</b></{tag}>') == [_SEEN]
    assert _read(f"<p class='small x'>{_UNSEEN}</p>", f"/* c */ .x {{ {style} }}") == [_SEEN]


@pytest.mark.parametrize(
    ("body", "sheet"),
    [
        ("<p id=x>{}</p>", "@charset 'utf-8'; #x{display:none}"),
        ("<div class=x><ul><li>{}</ul></div>", "div.x > ul li{opacity:0}"),
        ("<p class=x>{}</p>", "em,.y , .x{color:#fff}"),
        ("<p class=x>{}</p>", "@media screen { .x { display:none } }"),
        ("<p class=x style='display:block'>{}</p>", ".x{display:none!important}"),
        ("<p class=x>{}</p>", ".x{display:block} p.x{display:none}"),
        ("<p id=x class=x>{}</p>", "#x{display:none} .x{display:block}"),
        ("<div hidden>{}</div>", ""),
        ("<font color=white>{}</font>", ""),
        ("<table bgcolor=#000080><tr><td><font color=000080>{}</font></table>", ""),
        ("<div style='font-size:0'><p style='font-size:2em'>{}</p></div>", ""),
        ("<div style='background:#000'><p style='color:black'>{}</p></div>", ""),
    ],
)
def test_rules_of_the_page_are_followed(body: str, sheet: str) -> None:
    assert _read(body.format(_UNSEEN), sheet) == [_SEEN]


@pytest.mark.parametrize(
    ("body", "sheet"),
    [
        ("<p style='opacity:0.5;font-size:0.8em'>{}</p>", ""),
        ("<p style='color:#fff;background:#1a3c6e'>{}</p>", ""),
        ("<div style='background:navy'><p style='color:#fff'>{}</p></div>", ""),
        ("<div style='background:#fff url(x.png)'><p style='color:#fff'>{}</p></div>", ""),
        ("<div style='visibility:hidden'><p style='visibility:visible'>{}</p></div>", ""),
        ("<div style='font-size:0'><p style='font-size:12px'>{}</p></div>", ""),
        ("<p class=x>{}</p>", ".y{display:none}"),
        ("<p class=x>{}</p>", "@media print { .x { display:none } }"),
        ("<p class=x>{}</p>", "@media (max-width: 600px) { .x { display:none } .x { color:#fff } }"),
        ("<p class=x>{}</p>", ".x:hover{display:none} .x::before{opacity:0}"),
        ("<p class=x>{}</p>", "/* .x{display:none} */ p{color:red}"),
        ("<p class=x>{}</p>", "} } .x{ } 0%{display:none} ..{opacity:0} .x"),
        ("<p aria-hidden=true>{}</p>", ""),
        ("<p style='position:absolute;left:-5px'>{}</p>", ""),
        ("<p style='color:inherit;background:none'>{}</p>", ""),
    ],
)
def test_text_that_is_seen_is_read(body: str, sheet: str) -> None:
    assert _read(body.format(_UNSEEN), sheet) == [_SEEN, _UNSEEN]


@pytest.mark.parametrize("piece", ["@a", "@a{", "x{y}", "{", "/*", "a,", "@media screen{", ".a .a "])
def test_a_long_style_sheet_of_any_form_is_gone_through_once(piece: str) -> None:
    """Going through it again from every place in it would take hours."""
    assert _read(f"<p>{_UNSEEN}</p>", piece * 300_000) == [_SEEN, _UNSEEN]


_WHITE = '<w:color w:val="FFFFFF"/>'
_MARKED, _SMALL = '<w:highlight w:val="darkBlue"/>', '<w:color w:val="auto"/><w:sz w:val="16"/>'
_DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        _WHITE,
        '<w:color w:val="FEFEFE" w:themeColor="background1"/>',
        '<w:sz w:val="0"/>',
        '<w:sz w:val="1"/>',
        '<w:color w:val="1F3864"/>' + _DARK,
        '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>',
    ],
)
def test_a_run_that_word_shows_nobody_is_not_read(properties: str) -> None:
    body = p(_SEEN) + f"<w:p>{run('Open. ')}{run(_UNSEEN, properties)}</w:p>"
    assert texts_of(docx_of(body)) == [_SEEN, "Open."]


@pytest.mark.parametrize("kind", ["paragraph", "character"])
def test_a_style_hides_as_a_run_does(kind: str) -> None:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}<w:rPr>{look}</w:rPr></w:style>'
        for name, based, look in (("Faint", "", _WHITE), ("Fainter", '<w:basedOn w:val="Faint"/>', "<w:b/>"))
    )
    styled = {"paragraph": ("pPr", "pStyle"), "character": ("rPr", "rStyle")}[kind]
    properties = f'<w:{styled[1]} w:val="Fainter"/>'
    hidden = p(_UNSEEN, properties=properties) if kind == "paragraph" else f"<w:p>{run(_UNSEEN, properties)}</w:p>"
    assert texts_of(docx_of(p(_SEEN) + hidden, styles=styles)) == [_SEEN]


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{run(_UNSEEN, _WHITE + _DARK)}</w:p>",
        f"<w:p>{run(_UNSEEN, _WHITE + _MARKED)}</w:p>",
        f"<w:p><w:pPr>{_DARK}</w:pPr>{run(_UNSEEN, _WHITE)}</w:p>",
        f"<w:tbl><w:tr><w:tc><w:tcPr>{_DARK}</w:tcPr><w:p>{run(_UNSEEN, _WHITE)}</w:p></w:tc></w:tr></w:tbl>",
        '<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr><w:tr><w:tc>'
        f"<w:p>{run(_UNSEEN, _WHITE)}</w:p></w:tc></w:tr></w:tbl>",
        f"<w:p>{run(_UNSEEN, _SMALL)}</w:p>",
    ],
)
def test_a_run_on_a_dark_ground_is_read(body: str) -> None:
    assert texts_of(docx_of(p(_SEEN) + body)) == [_SEEN, _UNSEEN]


def test_a_style_may_fill_the_ground_of_its_paragraphs() -> None:
    look = f"<w:pPr>{_DARK}</w:pPr><w:rPr>{_WHITE}</w:rPr>"
    styles = f'<w:style w:type="paragraph" w:styleId="Band"><w:name w:val="Band"/>{look}</w:style>'
    assert texts_of(docx_of(p(_UNSEEN, properties='<w:pStyle w:val="Band"/>'), styles=styles)) == [_UNSEEN]


def test_white_text_in_a_light_cell_is_not_read() -> None:
    cell = f"<w:tbl><w:tr><w:tc><w:p>{run('Open.')}{run(_UNSEEN, _WHITE)}</w:p></w:tc></w:tr></w:tbl>"
    assert texts_of(docx_of(p(_SEEN) + cell)) == [_SEEN, "Open."]
