"""JSON as the official sites' interfaces answer: the act in either shape, or one sentence on why there is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from corpus.errors import UnreadableFile
from corpus.parsing.structure import parse
from corpus.provision import Heading, Note, Provision
from corpus.readers import read, read_json

_TITLE = "О садовом обществе"
_LAW = (
    "<p>Настоящий Закон определяет, кто поливает розы.</p><h3 id='z1'>Статья 1. Розы</h3>"
    "<p id='z2'>1. Розы поливают.</p><p>2. Розы не рвут.</p>"
    "<p><span class='note'>Сноска. Статья 1 с изменениями.</span></p>"
    "<h3 id='z3'>Статья 2. Пчёлы</h3><p>Пчёл держат все.</p>"
)
_REGISTER = {"id": 7, "title": _TITLE, "text_content": _LAW}
_BANK = {
    "id": "7",
    "title": _TITLE,
    "content": [
        {"type": "text", "text": "<p>Настоящий Закон определяет, кто поливает розы.</p>"},
        {"type": "header", "text": "<b>Статья 1. Розы</b>"},
        {"type": "text", "text": "1. Розы поливают."},
        {"type": "text", "text": "<p>2. Розы не рвут.</p>"},
        {"type": "Note", "text": "Сноска. Статья 1 с изменениями."},
        {"type": "image", "text": None},
        "не блок",
        {"type": "text", "text": "   "},
        {"type": "header", "text": "Статья 2. Пчёлы"},
        {"text": "Пчёл держат все."},
    ],
}


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "answer",
    [
        _bytes(_REGISTER),
        _bytes({"document": _REGISTER}),
        _bytes({"status": "ok", "document": {"document": _REGISTER}}),
        b"\xef\xbb\xbf" + _bytes(_REGISTER),
        json.dumps(_REGISTER).encode("ascii"),  # Cyrillic as \\u escapes
        _bytes(_BANK),
        _bytes({"document": _BANK}),
        _bytes({**_BANK, "text_content": ""}),
        _bytes({**_BANK, "text_content": None}),
        _bytes({**_REGISTER, "content": "no list"}),
    ],
)
def test_both_shapes_are_one_law(answer: bytes) -> None:
    blocks = parse("garden", "ru", read(answer, "application/json"))
    assert [(b.level, b.title) for b in blocks if isinstance(b, Heading)] == [
        ("title", _TITLE),
        ("article", "Розы"),
        ("article", "Пчёлы"),
    ]
    assert [(b.eid, b.text) for b in blocks if isinstance(b, Provision)] == [
        ("preamble", "Настоящий Закон определяет, кто поливает розы."),
        ("art_1__para_1", "1. Розы поливают."),
        ("art_1__para_2", "2. Розы не рвут."),
        ("art_2", "Пчёл держат все."),
    ]
    assert [(b.about, b.text) for b in blocks if isinstance(b, Note)] == [("art_1", "Сноска. Статья 1 с изменениями.")]


def test_what_the_register_marks_keeps_its_anchor() -> None:
    anchors = {line.text: line.anchor for line in read_json(_bytes(_REGISTER))}
    assert anchors["1. Розы поливают."] == "z2"
    assert anchors["Статья 2. Пчёлы"] == "z3"


def test_a_note_by_the_banks_mark_alone_is_no_law() -> None:
    bank = {"title": _TITLE, "content": [{"type": "note", "text": "Розы полил новый закон."}, {"text": "Статья 1."}]}
    assert [(line.text, line.kind) for line in read_json(_bytes(bank))] == [
        (_TITLE, "text"),
        ("Розы полил новый закон.", "note"),
        ("Статья 1.", "text"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"   ",
        "<!DOCTYPE html><html><body>Статья 1.</body></html>".encode(),
        _bytes(_REGISTER)[:-40],
        _bytes(_BANK)[: len(_bytes(_BANK)) // 2],
        _bytes(_REGISTER) + b"}",
        b"\xff\xfe\x00\x01",
        b"[" * 200_000,
        "Статья 1.".encode(),
    ],
)
def test_what_is_no_json_is_said_to_be_none(answer: bytes) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_json(answer)
    assert refused.value.code == "json"


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        [_REGISTER],
        None,
        7,
        "text_content",
        {"error": "not found", "statusCode": 404},
        {"title": _TITLE},
        {"title": _TITLE, "text_content": "  \n"},
        {"title": _TITLE, "text_content": ["Статья 1."]},
        {"title": _TITLE, "content": []},
        {"title": _TITLE, "content": [{"type": "image"}, {"text": 7}, None]},
        {"document": {}},
        {"document": {"title": _TITLE, "text_content": ""}},
        {"document": "gone", "title": _TITLE},
    ],
)
def test_json_without_an_act_is_said_to_have_none(value: Any) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_json(_bytes(value))
    assert refused.value.code == "json_no_act"
