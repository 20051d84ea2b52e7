"""Letters in a wrong encoding: mended where it is certain, refused where not, and right ones never touched."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers import read_html, read_plain
from corpus.readers.encoding import decode
from corpus.readers.mojibake import mended
from qa.messages import catalogue

_RUSSIAN = "Статья 5. Договор аренды. Плата вносится ежемесячно."
_KAZAKH = "Жалға алу шарты туралы ереже. Жалға алушы ақы төлейді. Қазақстан Республикасы"
_WORDS = {
    language: sorted({word for text in catalogue(language).values() for word in re.findall(r"[^\W\d_]+", text)})
    for language in ("kk", "ru", "en")
}


def _misread(text: str, right: str, wrong: str) -> str:
    """The text as a program shows it that takes one encoding for another; bytes without a letter become controls."""
    return "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in text.encode(right))


@pytest.mark.parametrize("text", [_RUSSIAN, _KAZAKH, _RUSSIAN.upper(), "Устав", "Статья 5"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "kz1048", "koi8-r", "cp866"])
def test_an_encoding_is_told_by_its_letters(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the encoding has no Kazakh letters")
    assert decode(data) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (_RUSSIAN, "utf-16-le"),
        (_RUSSIAN, "utf-16-be"),
        ("The lodger pays rent.", "utf-16-le"),
        ("The lodger’s “rent” — 10 €", "cp1252"),
        ("A café for the lodger and his guests", "cp1252"),
    ],
)
def test_other_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_stray_byte_does_not_spoil_a_text() -> None:
    data = (_RUSSIAN * 20).encode() + b"\xd0"
    assert decode(data)[:-1] == _RUSSIAN * 20


@pytest.mark.parametrize("data", [bytes(range(0x80, 0x100)) * 3, "漢字は文字である。法律".encode("gbk"), b"\xe4\xf6"])
def test_an_encoding_that_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        decode(data)
    assert caught.value.code == "encoding"


def test_a_page_may_declare_its_encoding() -> None:
    page = '<html><meta charset="windows-1251"><p>Да</p></html>'
    assert read_html(page.encode("cp1251"))[0].text == "Да"


@pytest.mark.parametrize("text", [_RUSSIAN, _KAZAKH])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("cp1251", "latin-1"),
        ("cp1251", "cp1252"),
        ("kz1048", "cp1252"),
        ("kz1048", "cp1251"),
        ("cp1251", "koi8-r"),
        ("koi8-r", "cp1251"),
        ("cp1251", "cp866"),
        ("cp866", "cp1251"),
        ("utf-8", "latin-1"),
        ("utf-8", "cp1252"),
        ("utf-8", "cp1251"),
        ("utf-8", "koi8-r"),
        ("utf-8", "cp866"),
    ],
)
def test_a_misread_text_is_mended(text: str, right: str, wrong: str) -> None:
    try:
        misread = _misread(text, right, wrong)
    except UnicodeEncodeError:
        pytest.skip("the encoding has no Kazakh letters")
    assert mended([misread]) == [text]


@pytest.mark.parametrize(
    ("misread", "text"),
    [
        ("Ñòàòüÿ", "Статья"),
        ("РЎС‚Р°С‚СЊСЏ", "Статья"),
        ("Ќазаќстан Республикасыныѕ Конституциясы", "Қазақстан Республикасының Конституциясы"),
        ("".join(chr(0xF000 + ord(c)) for c in "The lodger pays rent"), "The lodger pays rent"),
        ("\uf0b7 первый пункт", "• первый пункт"),
        ("a \x1b[31mred\x1b[0m word\x07", "a red word"),
        ("a \x1b]0;title\x07word \u202eback", "a word back"),
    ],
)
def test_known_mistakes(misread: str, text: str) -> None:
    assert mended([misread]) == [text]


def test_only_the_misread_lines_of_a_document_are_mended() -> None:
    lines = ["The lodger pays rent.", _misread(_RUSSIAN, "cp1251", "cp1252"), _KAZAKH, "ЖШС ҚР № 12"]
    assert mended(lines) == ["The lodger pays rent.", _RUSSIAN, _KAZAKH, "ЖШС ҚР № 12"]


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(0xD820 + n) for n in range(20)),
        "\ue100\ue205\ue333\ue001 \ue444\ue555",
        "д\ufffd\ufffd\ufffdв\ufffdр а\ufffd\ufffdн\ufffdы",
        _misread(_RUSSIAN, "utf-8", "cp1251").replace("°", "?").replace("Ѓ", "?").replace("‚", "?"),
    ],
)
def test_what_cannot_be_mended_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        mended([text])
    assert caught.value.code == "letters"


@pytest.mark.parametrize(
    "text",
    [
        "от 06.12.2023 № 37-НП; от 10.01.2024 № 40-НП; от 27.12.2024 № 59-НП",
        "ЖШС ҚР АХАЖ БСН ЖСН",
        "ООО ТОО АО ИП ИИН БИН НДС МРП",
        "п. 2 ст. 5 ГК РФ",
        "қааааааааааааааааааааааа" * 60,
        "Ұлы Ө. Ә. Ғ.",
        "ъ ё э щ ю й",
        "Её съёмщик — ёж",
        "Їжак єднає ґанок, її м’ята",  # Ukrainian
        "Dvořák, Søren, Łukasz, naïve café, Größe",
        "Þórður Óskarsson ætlaði",
        "漢字 かな 한국어 ქართული العربية",
        "Ελληνικά κείμενα",
        "┌──┬──┐ │ а │ б │ └──┴──┘",
        "x² + y² = r²; 20 °C; §§ 5–7; ½; ±3; 100 ₸",
        "aB cD eF gH",
        "i, ii, iii, iv; а) б) в)",
        "e-mail: abc@xyz.kz, http://adilet.zan.kz/rus/docs/K950001000_",
        "",
    ],
)
def test_right_texts_are_never_touched(text: str) -> None:
    assert mended([text]) == [text]
    assert mended([text] * 40) == [text] * 40


_word = st.one_of(
    *(st.sampled_from(words) for words in _WORDS.values()),
    st.integers(0, 99_999).map(str),
    st.text("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯӘҒҚҢӨҰҮІ", min_size=1, max_size=4),
    st.sampled_from(["№", "—", "«", "»", "1)", "2.2.", "§", "т.б.", "и т. д.", "%"]),
)
_line = st.builds(
    lambda words, change: change(" ".join(words)),
    st.lists(_word, max_size=8),
    st.sampled_from([str, str.upper, str.capitalize, str.title]),
)


@given(st.lists(_line, max_size=6))
def test_ordinary_texts_are_never_touched(lines: list[str]) -> None:
    assert mended(lines) == lines
    for line in lines:
        assert mended([line]) == [line]


@given(st.sampled_from(["kk", "ru"]).flatmap(lambda code: st.lists(st.sampled_from(_WORDS[code]), min_size=3)))
def test_an_encoding_is_told_right_or_not_at_all(words: list[str]) -> None:
    text = " ".join(words)
    for encoding in ("utf-8", "utf-16", "cp1251", "kz1048", "koi8-r", "cp866"):
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if encoding not in ("utf-8", "utf-16") and "�" not in data.decode("utf-8", "replace"):
            continue  # by chance the very bytes of other letters in UTF-8, as "её" in KOI8-R is
        with contextlib.suppress(UnreadableFile):
            assert decode(data) == text


def test_a_misread_file_is_read_as_its_text() -> None:
    misread = _misread(f"{_RUSSIAN}\nЭто наш Эпиграф.", "utf-8", "cp1251")
    assert [line.text for line in read_plain(misread.encode())] == [_RUSSIAN, "Это наш Эпиграф."]


def test_two_signs_that_stand_alone_are_not_taken_for_a_word_of_english() -> None:
    with pytest.raises(UnreadableFile):
        decode("ATAZAN ATAZAN АА".encode("cp866"))
    assert decode("“Nobody is above the law…”, he said — for 5 €.".encode("cp1252")).startswith("“Nobody")
