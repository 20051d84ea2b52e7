"""One text dressed as each official source prints it, with that source's typographic habits.

The texts themselves come from the mirror, or are invented; what is added here are tags, spaces, quotation marks,
dashes, letters that look alike, and editors' notes in the places where each source has them.
"""

from __future__ import annotations

import html
import json
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.provision import Block, Heading, Note, Provision
from tests.typesetting import pdf

_LOOK_ALIKE = str.maketrans("аеосрхі", "aeocpxi")
_NUMBER = re.compile(r"\(?[\d-]+[.)]|\(?\w\)|(?:Стать|Глава|Раздел|Article|Section)|[\d-]+-бап")
_ONLY_CYRILLIC = re.compile(r"[бвгджзийклмнптфцчшщъыьэюяәғқңөұү]", re.I)
# Since summer 2026 the official copies carry these, at articles 43, 72 (two), 83 and 84.
EDITORS_NOTES = {
    "ru": "Примечание. См. нормативное постановление Конституционного Суда РК от 07.07.2026 № 89-НП.",
    "kk": "Ескертпе. ҚР Конституциялық Сотының 07.07.2026 № 89-НҚ нормативтік қаулысын қараңыз.",
}
NOTED_ARTICLES = ("43", "72", "72", "83", "84")


@dataclass(frozen=True, slots=True)
class Text:
    """A law to be dressed: its blocks as they were parsed."""

    document: str
    language: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        titles = [b.text for b in self.blocks if isinstance(b, Heading) and b.level == "title"]
        return titles[0] if titles else self.document


def with_editors_notes(text: Text, *, below_the_heading: bool) -> Text:
    """The text with the notes of the official copies, under their articles' headings or after their last words."""
    note, waiting = EDITORS_NOTES.get(text.language), 0
    if note is None or text.document != "kz-constitution-2026":
        return text
    blocks: list[Block] = []
    for block in text.blocks:
        if isinstance(block, Heading):
            blocks += [Note("reference", "", note)] * waiting
            waiting = 0
        blocks.append(block)
        if isinstance(block, Heading) and block.level == "article":
            waiting = NOTED_ARTICLES.count(block.number)
            if below_the_heading:
                blocks += [Note("reference", "", note)] * waiting
                waiting = 0
    return Text(text.document, text.language, tuple(blocks))


# Typography


def as_the_register(text: str) -> str:
    """Straight quotation marks, hyphens for dashes, Latin letters among the Cyrillic, no-break spaces, N for №."""
    plain = re.sub("[«»“”„]", '"', text).replace(" – ", " - ").replace(" — ", " - ").replace("№", "N")
    words = plain.split(" ")
    return " ".join(
        word.translate(_LOOK_ALIKE) if n % 3 == 0 and _ONLY_CYRILLIC.search(word) and word.isalpha() else word
        for n, word in enumerate(words)
    ).replace("N ", "N\u00a0")


def as_the_bank(text: str) -> str:
    """Guillemets, long dashes, no-break spaces after short words."""
    count = iter("«»" * text.count('"'))
    quoted = re.sub('["“”„]', lambda match: next(count, "»") if match[0] == '"' else "«", text)
    return re.sub(r"\b(\w{1,2}) ", "\\1\u00a0", quoted.replace(" - ", " — "))


# Shapes


def old_page(text: Text, *, encoding: str = "utf-8") -> bytes:
    """A page of the register's old site: furniture around an `article`, headings of two kinds, notes in red."""
    text = with_editors_notes(text, below_the_heading=True)
    title = html.escape(text.title)
    parts = "\n".join(_old_parts(text))
    page = (
        f'<!DOCTYPE html>\n<html>\n<head><meta charset="{encoding}" /><title>{title} - &quot;Әділет&quot;</title>'
        "<script>var _gaq = [];</script></head>\n<body class='no-js'><div id='container'><div id='header'>"
        f"<a href='/rus'>Sign in</a></div><h1>{title}</h1><div class='container_gamma text text_upd'>"
        f"<div class='gs_12'><article>{parts}</article></div></div><div id='footer'><p>© 2012</p></div></div>"
        "</body>\n</html>\n"
    )
    return page.encode(encoding, "xmlcharrefreplace")


def _old_parts(text: Text) -> Iterator[str]:
    title_seen = False
    for n, block in enumerate(text.blocks):
        words = html.escape(as_the_register(block.text)).replace("\u00a0", "&nbsp;").replace("\n", "<br>")
        if isinstance(block, Heading) and block.level == "title" and not title_seen:
            title_seen = True  # stands in h1
        elif isinstance(block, Heading) and block.level == "article" and block.title:
            yield f'<p><b><a name="z{n}"></a>{words} </b></p>'
        elif isinstance(block, Heading) and block.level in ("article", "section", "chapter"):
            yield f'<h3 id="z{n}"> {words}</h3>'
        elif isinstance(block, Note) and block.kind in ("reference", "amendment"):
            space = "&nbsp;" * 5
            yield (
                f'<span class="note">{space} {words}</span><br>'
                if n % 2
                else f'<font color="#FF0000">{words}</font><br>'
            )
        elif isinstance(block, Provision) and block.eid.startswith("preamble"):
            yield "".join(f"<p>\n&nbsp;&nbsp;&nbsp; {row} </p>" for row in words.split("<br>"))
        else:
            yield f'<p id="z{n}">\n&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; {textwrap.fill(words, 90)} </p>'


def plain_page(text: Text) -> bytes:
    """A page of an ordinary site."""
    parts = "".join(f"<p>{html.escape(b.text).replace(chr(10), '<br>')}</p>" for b in text.blocks)
    return f"<!DOCTYPE html><html><head><title>x</title></head><body><main>{parts}</main></body></html>".encode()


def register_json(text: Text, *, wrapped: bool = False) -> bytes:
    """The new site's interface: the act as HTML in one field, sometimes one object deeper."""
    inside = "\n".join(_old_parts(with_editors_notes(text, below_the_heading=True)))
    record = {
        "id": 1,
        "group_number": text.document,
        "title": text.title,
        "status": "upd",
        "is_actual": True,
        "in_force": True,
        "updated_at": "2026-11-01T10:00:00+05:00",
        "text_content": inside,
    }
    return json.dumps({"document": record} if wrapped else record, ensure_ascii=wrapped).encode()


def bank_json(text: Text) -> bytes:
    """The reference bank's interface: a list of blocks, notes after the articles that they are about."""
    text = with_editors_notes(text, below_the_heading=False)
    blocks = [
        {
            "type": "note" if isinstance(block, Note) else "heading" if isinstance(block, Heading) else "paragraph",
            "text": f"<p>{html.escape(as_the_bank(row))}</p>",
        }
        for block in text.blocks
        for row in block.text.split("\n")
    ]
    record = {"metadata": {"language": text.language, "status": "new"}, "content": blocks}
    return json.dumps(record, ensure_ascii=False).encode()


def bank_pdf(text: Text) -> bytes:
    """The reference bank's print."""
    text = with_editors_notes(text, below_the_heading=False)
    return pdf(
        (as_the_bank(row), isinstance(block, Heading)) for block in text.blocks for row in block.text.split("\n")
    )


def markdown(text: Text) -> bytes:
    """The form in which the bank's texts circulate: anchors, bold headings, quoted notes, points set in."""
    rows: list[str] = []
    for n, block in enumerate(with_editors_notes(text, below_the_heading=False).blocks):
        for row in as_the_bank(block.text).split("\n"):
            if isinstance(block, Heading):
                rows += [f'<a id="st{n}"></a>', "", f"**{row}**", ""]
            elif isinstance(block, Note):
                rows += [f"> *{row}*", ""]
            else:
                number = re.sub(r"^(\d+)\. ", r"\1\\. ", row) if n % 2 else row
                rows += [("   " if "__point_" in block.eid else "") + number, ""]
    return "\n".join(rows).encode()


def plain_text(text: Text) -> bytes:
    """Hard-wrapped rows, an empty one between paragraphs. Where a sentence ends inside a paragraph no row does, and
    none begins with what might number it: no reader could tell that from a paragraph's end."""
    paragraphs = [row for block in text.blocks for row in block.text.split("\n")]
    return "\n\n".join("\n".join(_wrapped(as_the_register(row))) for row in paragraphs).encode()


def _wrapped(paragraph: str) -> list[str]:
    rows = textwrap.wrap(paragraph.replace("\u00a0", " "), 100, break_long_words=False, break_on_hyphens=False)
    for at in range(len(rows) - 1):
        words = rows[at].split(" ")
        while len(words) > 1 and (words[-1][-1] in '.;:!?»”",' or _NUMBER.match(rows[at + 1])):
            rows[at + 1] = f"{words.pop()} {rows[at + 1]}"
        rows[at] = " ".join(words)
    return rows


SHAPES: dict[str, tuple[str, Callable[[Text], bytes]]] = {
    "old page": ("text/html", old_page),
    "old page in windows-1251": ("text/html", lambda text: old_page(text, encoding="windows-1251")),
    "plain page": ("text/html", plain_page),
    "register JSON": ("application/json", register_json),
    "register JSON wrapped": ("application/json", lambda text: register_json(text, wrapped=True)),
    "bank JSON": ("application/json", bank_json),
    "bank PDF": ("application/pdf", bank_pdf),
    "Markdown": ("text/markdown", markdown),
    "plain text": ("text/plain", plain_text),
}


def changed(text: Text, old: str, new: str) -> Text:
    """The text with some words replaced in its provisions, as a legislator would."""
    blocks: Sequence[Block] = [
        Provision(b.document, b.eid, b.language, b.text.replace(old, new)) if isinstance(b, Provision) else b
        for b in text.blocks
    ]
    return Text(text.document, text.language, tuple(blocks))
