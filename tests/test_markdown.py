"""Markdown as the national reference bank's texts circulate in it: numbers as printed, notes apart, anchors kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parsing.structure import parse
from corpus.provision import Heading, Note, Provision
from corpus.readers import read, read_markdown
from corpus.readers.lines import Line
from corpus.text.normalisation import normalise_line

_GARDEN = """# О садовом обществе

<a id="st0"></a>

Настоящий Закон определяет, кто поливает розы.

<a id="gl1"></a>

**ГЛАВА 1. ОБЩИЕ ПОЛОЖЕНИЯ**

<a id="st1"></a>

**Статья 1. Розы**

1\\. Розы поливает *председатель*:

   1) утром;

   2) вечером.

   Летом розы поливают дважды.

2\\. Никто не рвёт роз.

> *Примечание. См. решение собрания*
> *от 3 мая.*

<a id="st2"></a>

**Статья 2. Пчёлы**

Пчёл держат все.

"""


def _texts(markdown: str) -> list[str]:
    return [line.text for line in read_markdown(markdown.encode())]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**Статья 5. Созыв**", ["Статья 5. Созыв"]),
        ("## Глава 1", ["Глава 1"]),
        ("1\\. Первый.", ["1. Первый."]),
        ("1. Первый.\n2. Второй.", ["1. Первый.", "2. Второй."]),
        ("7. Седьмой.\n\n3. Третий.", ["7. Седьмой.", "3. Третий."]),  # numbers as printed, not counted anew
        ("3-1. Вставка.", ["3-1. Вставка."]),
        ("3-1\\. Вставка.", ["3-1. Вставка."]),
        ("   11) подпункт;", ["11) подпункт;"]),
        ("   11\\) подпункт;", ["11) подпункт;"]),
        ("      глубокая часть", ["глубокая часть"]),  # indented, and still no code
        ("начало\nпродолжение", ["начало продолжение"]),
        ("*курсив* и **жирный**", ["курсив и жирный"]),
        ("[закон](https://example.org/x) принят", ["закон принят"]),
        ("Ж\\*\\*к и \\[скобки\\]", ["Ж**к и [скобки]"]),
        ("&laquo;Закон&raquo; &amp; порядок", ["«Закон» & порядок"]),
        ("жол<br>жалғасы <BR/>соңы", ["жол жалғасы соңы"]),
        ('мәтін<a id="z5"></a> жалғасы', ["мәтін жалғасы"]),
        ("2026 жылғы 1 шілде", ["2026 жылғы 1 шілде"]),
        ("", []),
    ],
)
def test_lines(markdown: str, expected: list[str]) -> None:
    assert _texts(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("> *Ескертпе.*", [("Ескертпе.", "note")]),
        ("> раз\n> два", [("раз два", "note")]),
        ("> нота\nтекст", [("нота", "note"), ("текст", "text")]),
        ("текст\n> нота\n\nтекст", [("текст", "text"), ("нота", "note"), ("текст", "text")]),
        ("> нота\n\n**Статья 1.**", [("нота", "note"), ("Статья 1.", "text")]),
        ("> нота\n\n# Глава 2", [("нота", "note"), ("Глава 2", "text")]),
    ],
)
def test_quoted_lines_are_notes(markdown: str, expected: list[tuple[str, str]]) -> None:
    assert [(line.text, line.kind) for line in read_markdown(markdown.encode())] == expected


def test_a_line_has_the_anchor_above_it() -> None:
    lines = {line.text: line.anchor for line in read_markdown(_GARDEN.encode())}
    assert lines["О садовом обществе"] is None
    assert lines["Статья 1. Розы"] == lines["2) вечером."] == "st1"
    assert lines["Пчёл держат все."] == "st2"


def test_a_law_in_markdown_is_read_as_one() -> None:
    blocks = parse("garden", "ru", read(_GARDEN.encode(), "text/markdown"))
    assert [b.eid for b in blocks if isinstance(b, Heading)] == ["title", "chp_1", "art_1", "art_2"]
    provisions = {b.eid: b.text for b in blocks if isinstance(b, Provision)}
    assert list(provisions) == [
        "preamble",
        "art_1__para_1",
        "art_1__para_1__point_1",
        "art_1__para_1__point_2",
        "art_1__para_1__subpara_2",
        "art_1__para_2",
        "art_2",
    ]
    assert provisions["art_1__para_1"] == "1. Розы поливает председатель:"
    notes = [(b.about, b.text) for b in blocks if isinstance(b, Note)]
    assert notes == [("art_1__para_2", "Примечание. См. решение собрания от 3 мая.")]


@given(st.text(max_size=200))
def test_any_text_is_read_into_lines_in_normal_form(text: str) -> None:
    for line in read_markdown(b"\xef\xbb\xbf" + text.encode()):
        assert isinstance(line, Line)
        assert line.text == normalise_line(line.text) != ""
