"""The grammar of articles, paragraphs, points and notes; nothing is lost in parsing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parsing.grammar import GRAMMARS, PARAGRAPH, POINT
from corpus.parsing.structure import parse
from corpus.provision import Heading, Note, Provision, join
from corpus.readers import Line, read_plain, text_of
from corpus.text.normalisation import normalise_line
from tests.invented import BY_LANGUAGE, EIDS


@pytest.mark.parametrize(
    ("language", "part", "line", "number", "title"),
    [
        ("ru", "section", "Раздел II. Основные права", "II", "Основные права"),
        ("ru", "section", "РАЗДЕЛ 1. ОБЩИЕ ПОЛОЖЕНИЯ", "1", "ОБЩИЕ ПОЛОЖЕНИЯ"),
        ("ru", "section", "Раздел III", "III", ""),
        ("ru", "chapter", "Глава 3-1. РЕГУЛЯТОРНАЯ ПОЛИТИКА", "3-1", "РЕГУЛЯТОРНАЯ ПОЛИТИКА"),
        ("ru", "article", "Статья 18.", "18", ""),
        ("ru", "article", "Статья 94-1", "94-1", None),
        ("ru", "article", "Статья 33-1. Научная экспертиза", "33-1", "Научная экспертиза"),
        ("en", "section", "Section VIII. Local Government", "VIII", "Local Government"),
        ("en", "article", "Article 83-1", "83-1", None),
        ("en", "article", "Article 18. Detention", "18", "Detention"),
        ("kk", "section", "II бөлім. Адам және азамат", "II", "Адам және азамат"),
        ("kk", "section", "2-бөлім", "2", ""),
        ("kk", "chapter", "3-тарау. Жалпы ережелер", "3", "Жалпы ережелер"),
        ("kk", "article", "18-бап", "18", None),
        ("kk", "article", "18 бап", "18", None),
        ("kk", "article", "18‐бап. Бостандық", "18", "Бостандық"),
    ],
)
def test_headings(language: str, part: str, line: str, number: str, title: str | None) -> None:
    match = getattr(GRAMMARS[language], part).match(line)
    assert match
    assert (match["n"], match["title"]) == (number, title)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ru", "Статья 18 Конституции применяется с изъятиями."),
        ("ru", "статьями 12, 14 и 16 не ограничиваются"),
        ("en", "Article 18 of the Statute shall not apply."),
        ("kk", "18-баптың қағидалары қолданылады"),
    ],
)
def test_running_text_is_no_heading(language: str, line: str) -> None:
    assert not GRAMMARS[language].heads(line)


@pytest.mark.parametrize(
    ("line", "number"),
    [("1. Text", "1."), ("3-1. Text", "3-1."), ("1.The President", "1."), ("12.«Цитата»", "12.")],
)
def test_paragraph_numbers(line: str, number: str) -> None:
    match = PARAGRAPH.match(line)
    assert match
    assert match["number"] == number


@pytest.mark.parametrize("line", ["1.5 million", "2026. ", "№ 1. Text", "1) point"])
def test_what_is_no_paragraph_number(line: str) -> None:
    assert not PARAGRAPH.match(line)


@pytest.mark.parametrize(("line", "number"), [("17) text", "17)"), ("1-1) text", "1-1)")])
def test_point_numbers(line: str, number: str) -> None:
    match = POINT.match(line)
    assert match
    assert match["number"] == number


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_an_invented_law_reads_alike_in_every_language(language: str) -> None:
    lines = read_plain(BY_LANGUAGE[language].encode())
    blocks = parse("garden", language, lines)
    provisions = [b for b in blocks if isinstance(b, Provision)]
    assert [p.eid for p in provisions if not p.excluded] == EIDS
    assert join(blocks) == text_of(lines)
    sections = [b.number for b in blocks if isinstance(b, Heading) and b.level == "section"]
    assert sections == ["I", "II"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_points_know_their_lead_in_and_excluded_provisions_are_marked(language: str) -> None:
    blocks = parse("garden", language, read_plain(BY_LANGUAGE[language].encode()))
    provisions = {b.eid: b for b in blocks if isinstance(b, Provision)}
    assert provisions["art_2__point_3"].lead_in == provisions["art_2"].text
    assert provisions["art_2__point_2__subpara_2"].lead_in == provisions["art_2"].text
    assert provisions["art_2-1"].lead_in == ""
    assert provisions["art_3__para_1-1"].excluded
    assert provisions["art_1__para_2"].body in provisions["art_1__para_2"].text
    assert provisions["art_2"].article_title in {"The chairman", "Председатель"}
    assert provisions["art_3__para_1"].section in {"Final provisions", "Заключительные положения"}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_notes_are_linked_and_never_part_of_the_law(language: str) -> None:
    blocks = parse("garden", language, read_plain(BY_LANGUAGE[language].encode()))
    notes = [(b.about, b.kind) for b in blocks if isinstance(b, Note)]
    assert notes == [("art_1__para_2", "reference"), ("art_2", "amendment")]
    for note in (b for b in blocks if isinstance(b, Note)):
        assert not any(note.text in b.text for b in blocks if isinstance(b, Provision))


@pytest.mark.parametrize(
    ("headings", "sections"),
    [
        (
            "Глава 1. Улья/Статья 1./Глава 2. Розы/Статья 2./Глава 3. Псы/Статья 3.",
            {"chp_1": "Улья", "chp_2": "Розы", "chp_3": "Псы"},
        ),
        (
            "Раздел I. Сад/Глава 1. Улья/Статья 1./Глава 2. Розы/Статья 2./Раздел II. Дом/Глава 3. Псы/Статья 3.",
            {"sec_I__chp_1": "Сад. Улья", "sec_I__chp_2": "Сад. Розы", "sec_II__chp_3": "Дом. Псы"},
        ),
        (
            "Раздел I. Сад/Глава 1. Улья/Статья 1./Раздел II. Дом/Статья 2.",
            {"sec_I__chp_1": "Сад. Улья", "sec_II": "Дом"},
        ),
    ],
)
def test_a_chapter_stands_in_its_section_and_never_in_the_chapter_before_it(
    headings: str, sections: dict[str, str]
) -> None:
    rows = [row for heading in headings.split("/") for row in (heading, "Да.") if row != "Да." or "Статья" in heading]
    blocks = parse("x", "ru", [Line(row) for row in ["Закон", *rows]])
    parts = [b.eid for b in blocks if isinstance(b, Heading) and b.level in ("section", "chapter")]
    assert [eid for eid in parts if eid in sections] == list(sections)
    assert [b.section for b in blocks if isinstance(b, Provision)] == list(sections.values())


def test_a_note_on_a_change_to_come_belongs_to_the_next_provision() -> None:
    rows = ["Статья 1.", "1) первое;", "Примечание ИЗПИ!", "В подпункт 2) предусматривается изменение.", "2) второе."]
    blocks = parse("x", "ru", [Line(row) for row in ["Закон", *rows]])
    assert [b.about for b in blocks if isinstance(b, Note)] == ["art_1__point_2"]


def test_a_second_list_in_a_paragraph_keeps_ids_apart() -> None:
    rows = ["Article 5", "4. The mandate ends on:", "1) death;", "2) resignation.", "It is lost on:", "1) treason."]
    blocks = parse("x", "en", [Line(row) for row in ["Act", *rows]])
    eids = [b.eid for b in blocks if isinstance(b, Provision)]
    assert eids == [
        "art_5__para_4",
        "art_5__para_4__point_1",
        "art_5__para_4__point_2",
        "art_5__para_4__subpara_2",
        "art_5__para_4__subpara_2__point_1",
    ]


def test_a_number_printed_twice_keeps_ids_apart() -> None:
    rows = ["Статья 1.", "1) да;", "1) да;", "Без номера.", "2) нет."]
    blocks = parse("x", "ru", [Line(row) for row in ["Закон", *rows]])
    eids = [b.eid for b in blocks if isinstance(b, Provision)]
    assert eids == ["art_1__point_1", "art_1__point_1~2", "art_1__point_1~2__subpara_2", "art_1__point_2"]


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("Статья 1.", "Статья 2-1. Имя", "Раздел I", "Раздел II. Имя", "Глава 1", "1. Текст.", "2. Список:"),
                *("1) да;", "1) да;", "2) нет.", "Сноска. Статья 1 изменена.", "Примечание ИЗПИ!", "Без номера."),
                *("Примечание. См. решение.", "© Издатель", "Преамбула"),
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=40,
)


@given(_LINES, st.sampled_from(["kk", "ru", "en"]))
def test_nothing_is_lost_whatever_the_lines(rows: list[str], language: str) -> None:
    lines = [Line(text) for row in rows if (text := normalise_line(row))]
    blocks = parse("x", language, lines)
    assert join(blocks) == text_of(lines)
    eids = [b.eid for b in blocks if isinstance(b, Provision)]
    assert len(eids) == len(set(eids))
    assert all(re.match(r"(art|sec|chp|preamble)", eid) for eid in eids)


def _eids(language: str, rows: str) -> list[str]:
    blocks = parse("x", language, [Line(row) for row in ["Act", *rows.split("/")]])
    return [b.eid for b in blocks if isinstance(b, Provision)]


@pytest.mark.parametrize(
    ("language", "rows", "eids"),
    [
        ("en", "Article 1/2. Bees:/(a) are free;/(b) sting.", "para_2 para_2__point_a para_2__point_b"),
        ("kk", "1-бап/3. а) бірінші;/б) екінші.", "para_3__point_а para_3__point_б"),
        ("kk", "1-бап/3. а) бірінші;/b) екінші.", "para_3__point_a para_3__point_b"),
        ("ru", "Статья 1/6. 2026 год начат./7. 2027 год тоже.", "= subpara_2"),  # no number comes before six
        ("ru", "Статья 1/1. Сад открыт./2. 2026 год начат.", "para_1 para_2"),
        (
            "en",
            "Article 1/Bees:/(a) dance:/(i) left;/(ii) right;/(b) fly.",
            "= point_a point_a__indent_i point_a__indent_ii point_b",
        ),
    ],
)
def test_letters_and_numbers_before_a_number(language: str, rows: str, eids: str) -> None:
    assert _eids(language, rows) == ["art_1" if eid == "=" else f"art_1__{eid}" for eid in eids.split()]


def test_a_misnumbered_article_has_the_numbers_that_the_catalogue_gives() -> None:
    rows = [Line(row) for row in ["Act", "Article 8", "First.", "1. Second.", "2. Third.", "Article 9", "1. Own."]]
    blocks = parse("x", "en", rows, {"8": ["1", "2", "3"]})
    found = {b.eid: (b.number, b.text) for b in blocks if isinstance(b, Provision)}
    assert found == {
        "art_8__para_1": ("", "First."),
        "art_8__para_2": ("1.", "1. Second."),
        "art_8__para_3": ("2.", "2. Third."),
        "art_9__para_1": ("1.", "1. Own."),
    }


def test_a_title_in_capitals_goes_on_below() -> None:
    rows = [
        "Закон",
        "Глава 1. СТАТУС",
        "САДОВНИКА",
        "Статья 1.",
        "Да.",
        "Глава 2. Улья",
        "Все открыты",
        "Статья 2.",
        "Да.",
    ]
    blocks = parse("x", "ru", [Line(row) for row in rows])
    titles = [b.title for b in blocks if isinstance(b, Heading) and b.level == "chapter"]
    assert titles == ["СТАТУС САДОВНИКА", "Улья"]


def test_articles_whose_text_stands_on_the_headings_line() -> None:
    sentence = "Сад открыт для всех, кто в нём живёт, и для всех, кто приходит в него с миром и без собак."
    rows = [
        "Закон",
        f"Статья 1. {sentence}",
        "Розы не рвут.",
        f"Статья 2. {sentence}",
        "Статья 3. Сад.",
        f"Статья 4. {sentence}",
    ]
    blocks = parse("x", "ru", [Line(row) for row in rows])
    found = {b.eid: (b.number, b.body) for b in blocks if isinstance(b, Provision)}
    assert found == {
        "art_1": ("Статья 1.", sentence),
        "art_1__subpara_2": ("", "Розы не рвут."),
        "art_2": ("Статья 2.", sentence),
        "art_3": ("Статья 3.", "Сад."),
        "art_4": ("Статья 4.", sentence),
    }


@pytest.mark.parametrize(
    ("language", "rows", "signed"),
    [
        ("ru", "Статья 1./Да./Президент/Республики Казахстан А.САДОВНИКОВ", 2),
        ("ru", "Статья 1./Да./Президент Республики Казахстан А. САДОВНИКОВ", 1),
        ("kk", "1-бап/Иә./Қазақстан Республикасының/Президенті/А. БАҒБАН", 3),
        ("en", "Article 1/Yes./IN FAITH WHEREOF the gardeners have signed.", 1),
        ("ru", "Статья 1./Президент поливает розы.", 0),
        ("ru", "Статья 1./Президент/Статья 2./Да.", 0),  # law goes on below
    ],
)
def test_a_signature_ends_the_law(language: str, rows: str, signed: int) -> None:
    blocks = parse("x", language, [Line(row) for row in ["Act", *rows.split("/")]])
    notes = [b.text for b in blocks if isinstance(b, Note) and b.kind == "signature"]
    assert notes == rows.split("/")[len(rows.split("/")) - signed :]


def test_what_a_bulletin_prints_above_a_treaty_is_not_the_treaty() -> None:
    rows = [
        "Пакт о саде",
        "Бюллетень, 2006, № 4",
        "Ратифицирован садом",
        "Участвующие в настоящем Пакте сады,",
        "Статья 1",
        "Да.",
    ]
    blocks = parse("x", "ru", [Line(row) for row in rows])
    assert [b.text for b in blocks if isinstance(b, Note)] == rows[1:3]
    assert [(b.eid, b.text) for b in blocks if isinstance(b, Provision)] == [("preamble", rows[3]), ("art_1", "Да.")]
