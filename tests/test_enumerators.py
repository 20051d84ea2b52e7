"""Letters that number a list's members are read by their place, whatever alphabets a print mixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parsing.enumerators import LETTERED, list_members, read_list
from corpus.parsing.grammar import GRAMMARS
from corpus.readers import Line
from corpus.readers.lines import normalised


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("(a) text", "(a)"),
        ("a) text", "a)"),
        ("а) мәтін", "а)"),
        ("(ii) text", "(ii)"),
        ("iv) text", "iv)"),
        ("ә)мәтін", "ә)"),
        ("іі) мәтін", "іі)"),
    ],
)
def test_letters_at_the_head_of_a_line(line: str, number: str) -> None:
    match = LETTERED.match(line)
    assert match
    assert match["number"] == number


@pytest.mark.parametrize(
    "line", ["(A) text", "1) text", "ab) text", "a. text", "a text", "(a text", "слово) текст", ")"]
)
def test_what_is_no_letter(line: str) -> None:
    assert not LETTERED.match(line)


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("a b c", "a b c"),
        ("а b с", "a b c"),  # Cyrillic look-alikes in a Latin list
        ("a b c d e f g h i j", "a b c d e f g h i j"),  # the ninth letter, no Roman one
        ("а б в г", "а б в г"),
        ("а б", "а б"),
        ("а б с", "a b c"),  # Cyrillic and Latin: the third is no "с" of the Cyrillic alphabet
        ("а б с д е", "a b c d e"),
        ("а b", "a b"),
        ("a b c e", "a b c d"),  # a letter misprinted
        ("a i ii iii b", "a indent_i indent_ii indent_iii b"),
        ("a b c i ii iii iv d", "a b c indent_i indent_ii indent_iii indent_iv d"),
        ("а б в і іі іii г", "а б в indent_i indent_ii indent_iii г"),  # Roman numerals in Cyrillic letters
        ("a b a b c", "a b a b c"),  # a second list in the same paragraph
        ("a i ii b i ii", "a indent_i indent_ii b indent_i indent_ii"),
        ("а б в а b с", "а б в a b c"),  # two lists, each in its own alphabet
    ],
)
def test_members_by_their_place(letters: str, names: str) -> None:
    found = read_list(letters.split())
    assert [name if unit == "point" else f"indent_{name}" for unit, name in found] == names.split()


@given(st.lists(st.sampled_from(["a", "а", "b", "б", "c", "с", "i", "ii", "і", "v", "x", "h", "я"]), max_size=60))
def test_every_member_gets_a_name(letters: list[str]) -> None:
    found = read_list(letters)
    assert len(found) == len(letters)
    assert all(name for _, name in found)


def _members(rows: str, language: str = "ru") -> dict[int, tuple[str, str]]:
    found = list_members(rows.split("/"), GRAMMARS[language].heads)
    return {at: (member.number, f"{member.unit}_{member.name}") for at, member in found.items()}


@pytest.mark.parametrize(
    ("rows", "members"),
    [
        ("1. Розы:/a) белые;/b) красные.", {1: ("a)", "point_a"), 2: ("b)", "point_b")}),
        ("3. а) белые;/б) красные.", {0: ("3. а)", "point_а"), 1: ("б)", "point_б")}),
        ("1. Розы:/a) белые./2. Пчёлы:/a) злые;/b) добрые.", {3: ("a)", "point_a"), 4: ("b)", "point_b")}),
        ("1. Розы:/a) одна.", {}),  # one member is no list
        ("1. Розы:/b) белые;/c) красные.", {}),  # a list begins at its beginning
        ("1. Розы:/a) белые;/Статья 2./b) красные.", {}),  # a heading ends it
        ("1. Розы:/a) белые;/часть без буквы/b) красные.", {1: ("a)", "point_a"), 3: ("b)", "point_b")}),
        (
            "Розы:/(a) белые;/(b) красные:/(i) утром;/(ii) вечером;/(c) жёлтые.",
            {
                1: ("(a)", "point_a"),
                2: ("(b)", "point_b"),
                3: ("(i)", "indent_i"),
                4: ("(ii)", "indent_ii"),
                5: ("(c)", "point_c"),
            },
        ),
    ],
)
def test_lists_among_lines(rows: str, members: dict[int, tuple[str, str]]) -> None:
    assert _members(rows) == members


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (["3.", "а) бірінші;"], ["3. а) бірінші;"]),
        (["3.", "(a) the first;"], ["3. (a) the first;"]),
        (["3.", "Просто текст"], ["3.", "Просто текст"]),
        (["2026.", "а) бірінші;"], ["2026.", "а) бірінші;"]),
    ],
)
def test_a_number_alone_joins_the_member_below_it(rows: list[str], whole: list[str]) -> None:
    assert [line.text for line in normalised([Line(row) for row in rows])] == whole
