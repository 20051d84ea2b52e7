"""Readers meet any bytes: out comes text that can be split and searched, or `UnreadableFile`, and nothing else."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import UnreadableFile
from corpus.private import parse_private, read_document
from index.texts import indexed_texts
from index.words.analysis import strip_kazakh, terms
from qa.understanding.language import detect_language
from tests.drawn_pages import at, drawn, stream
from tests.invented import ENGLISH, KAZAKH, RUSSIAN
from tests.word_files import NOTED, docx_of, p

_HTML = (
    "<html><body><nav>x</nav><h1>Устав</h1><ol start='2'><li>Первое<li>Второе<ol><li>Внутри</ol></ol>"
    "<p style='display:none'>нет</p><table><tr><td>а<td>б</table>&#xD800;&#0;<font color=red>Сноска</font>"
    "<p>Садовник поливает розы каждый вечер, а по утрам подстригает кусты.</p></body></html>"
).encode()
_FORM = stream(at(72, 600, "In a form"), "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 4 0 R>>>>")
_PDF = drawn(
    at(72, 700, "Upright text") + "3 Tr " + at(72, 650, "Hidden") + "q 0 1 -1 0 0 0 cm /X Do Q",
    page="/Rotate 90",
    resources="/XObject<</X 6 0 R>>",
    more=(_FORM,),
)
_DOCX = docx_of(p("Первый пункт.", 1) + NOTED[0], footnotes=NOTED[1])
_VALID = {
    "pdf": _PDF,
    "docx": _DOCX,
    "html": _HTML,
    "english": ENGLISH.encode(),
    "russian": RUSSIAN.encode("cp1251"),
    "kazakh": KAZAKH.encode("utf-16"),
}
_MAGIC = {
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "zip": b"PK\x03\x04",
    "html": b"<html><body>",
    "xml": b"<?xml version='1.0'?>",
    "utf-16": b"\xff\xfe",
    "utf-32": b"\xff\xfe\x00\x00",
    "rtf": b"{\\rtf1",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "mail": b"Received: from a\nSubject: b\n\n",
    "text": b"",
}
_fuzzed = settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def _all_the_way(data: bytes, name: str = "file") -> int:
    """How many provisions came of it, all that an index needs made of them; 0 for a file that is refused."""
    try:
        _, stored = read_document(data, name, detect=detect_language, title=name)
    except UnreadableFile:
        return 0
    provisions = parse_private(stored).provisions
    for row in indexed_texts(provisions):
        row.text.encode("utf-8")
        terms(row.text, stored.language)
    return len(provisions)


@pytest.mark.parametrize("kind", _VALID)
def test_the_files_that_are_damaged_below_are_read_when_whole(kind: str) -> None:
    assert _all_the_way(_VALID[kind]) > 0


@pytest.mark.parametrize("kind", _MAGIC)
@_fuzzed
@given(data=st.binary(max_size=400))
def test_random_bytes_behind_what_a_kind_begins_with(kind: str, data: bytes) -> None:
    _all_the_way(_MAGIC[kind] + data)


@st.composite
def _damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with some runs overwritten, cut out, doubled, or the end cut off."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        run = data[start : start + draw(st.integers(1, 40))]
        new = draw(st.sampled_from([b"", run * 2, run[::-1]]) | st.binary(max_size=20))
        data = data[:start] + new + data[start + len(run) :]
    return data[: draw(st.integers(len(data) // 2, len(data)))] if draw(st.booleans()) else data


@pytest.mark.parametrize("kind", [kind for kind in _VALID if kind != "docx"])
@_fuzzed
@given(choice=st.data())
def test_damaged_files(kind: str, choice: st.DataObject) -> None:
    _all_the_way(choice.draw(_damaged(_VALID[kind])))


@_fuzzed
@given(choice=st.data(), at=st.integers(0, 20))
def test_damaged_parts_of_a_whole_package(choice: st.DataObject, at: int) -> None:
    """Damage to the packed bytes hardly comes past the checksums; so the parts are damaged, and packed again."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_DOCX)) as old, zipfile.ZipFile(file, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, choice.draw(_damaged(part)) if name == names[at % len(names)] else part)
    _all_the_way(file.getvalue())


@_fuzzed
@given(
    text=st.lists(
        st.sampled_from(
            "Статья Бап Article Раздел Глава 1. 2) а) i) 18-бап 99999 ² ٣ IV Президент Сноска. Note: Мы, We, : ; . © «"
            " \x1b[2J \x9b \u202e \ufeff \ud7ff \U000e0001 \u0301 қ".split(" ")
        )
        | st.sampled_from(["\n", "\n", "\t", "\r", "\f", "\x85", "\u2028"]),
        max_size=60,
    )
)
def test_any_order_of_what_the_grammar_knows(text: list[str]) -> None:
    _all_the_way("Статья 1. А\nСтатья 2. Б\n".encode() + " ".join(text).encode())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_word_of_any_length_has_its_terms(language: str) -> None:
    """Kazakh endings were once taken off by one call in another, one for each."""
    for letter in "аa":
        assert len(terms(letter * 1500, language)) == 1
        assert terms(letter * 1_000_000, language) != []
    assert strip_kazakh("кітаптары") == strip_kazakh("кітаптың")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<div>", "</div>"),
        ("<ol><li>", "</li></ol>"),
        ("<b>", "</b>"),
        ("<table><tr><td>", ""),
        ("<p>", ""),
    ],
)
def test_a_page_may_nest_deeper_than_calls_do(opening: str, closing: str) -> None:
    page = f"<html><body>{opening * 5000}Текст внутри вложенности.{closing * 5000}</body></html>"
    _, stored = read_document(page.encode(), "deep", detect=detect_language, title="deep")
    assert any("Текст внутри вложенности." in line.text for line in stored.lines)


@pytest.mark.parametrize("start", ["99999999999999999999", "-3", "x", "²", ""])
def test_a_list_begins_with_a_number_or_with_one(start: str) -> None:
    page = f"<html><body><ol start='{start}'><li>Первое правило.<li>Второе.</ol></body></html>"
    _, stored = read_document(page.encode(), "list", detect=detect_language, title="list")
    assert [line.text for line in stored.lines] == ["1. Первое правило.", "2. Второе."]


_HEAD = "Статья 1. А\nТекст.\nСтатья 2. Б\n"
_REPEATED: dict[str, Callable[[int], str]] = {
    "articles": lambda n: "".join(f"Статья {i}. Название\nТекст статьи.\n" for i in range(n)),
    "one article": lambda n: "Статья 1. Название\nТекст статьи.\n" * n,
    "chapters": lambda n: _HEAD + "".join(f"Глава {i}. Название\n" for i in range(n)),
    "signatures": lambda n: _HEAD + "Президент\n" * n + "Статья 3. В\n",
    "parts of a point": lambda n: _HEAD + "1) пункт;\n" + "часть.\n" * n,
    "points": lambda n: _HEAD + "1) пункт;\n" * n,
    "letters": lambda n: _HEAD + "а) часть;\n" * n,
    "capitals": lambda n: _HEAD + "Раздел I. ТИТУЛ\n" + "ТИТУЛ ДЛИННЫЙ\n" * n,
    "front matter": lambda n: "Статьи\n" + "Принята\n" * n + _HEAD,
    "notes": lambda n: _HEAD + "Примечание ИЗПИ\nещё\n" * n,
}


def _calls(task: Callable[[], object]) -> int:
    """How many calls it takes, of Python's functions and of the built-in ones: what time it takes, on any machine."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        task()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", _REPEATED)
def test_splitting_takes_time_that_grows_with_the_text(kind: str) -> None:
    def needed(n: int) -> int:
        data = _REPEATED[kind](n).encode()
        _, stored = read_document(data, "long", detect=lambda _: "ru", title="long")
        return _calls(lambda: parse_private(stored))

    assert needed(800) < 3 * needed(400)
