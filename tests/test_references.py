"""References as people write them, what they resolve to, and the labels that lawyers write."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import Provision
from corpus.parsing.structure import parse
from corpus.readers import read_plain
from qa.labels import article_label, date_label, label_of_eid
from qa.understanding.references import Reference, find_references, only_reference, parse_reference, resolve
from tests.invented import ENGLISH


@pytest.mark.parametrize(
    ("text", "article", "paragraph", "point", "part"),
    [
        ("article 53", "53", "", "", ""),
        ("What does Article 18(2) say?", "18", "2", "", ""),
        ("Art. 73(1)(4)", "73", "1", "4", ""),
        ("art.18", "18", "", "", ""),
        ("article 18, paragraph 2", "18", "2", "", ""),
        ("paragraph 2 of article 18", "18", "2", "", ""),
        ("subparagraph 11 of Article 46", "46", "", "11", ""),
        ("Art. 18(2), part 2", "18", "2", "", "2"),
        ("ст. 46 п. 17", "46", "17", "", ""),
        ("ст.18", "18", "", "", ""),
        ("статья 94-1", "94-1", "", "", ""),
        ("пункт 2 статьи 18", "18", "2", "", ""),
        ("подпункт 11) статьи 46", "46", "", "11", ""),
        ("п. 1 подп. 4 ст. 73", "73", "1", "4", ""),
        ("Статья 55, пункт 4, подпункт 2", "55", "4", "2", ""),
        ("часть 2 пункта 2 статьи 18", "18", "2", "", "2"),
        ("18-бап", "18", "", "", ""),
        ("18 бап не дейді", "18", "", "", ""),
        ("18-баптың 2-тармағы", "18", "2", "", ""),
        ("46-баптың 17) тармақшасы", "46", "", "17", ""),
        ("1995 жылғы Конституцияның 16-бабы", "16", "", "", ""),
        ("18-бап 2-тармақ 2-бөлік", "18", "2", "", "2"),
        ("Art. 14(3)(d)", "14", "3", "d", ""),
        ("article 14 (3) (d)", "14", "3", "d", ""),
        ("article 7(a)", "7", "", "a", ""),
        ("ст. 7 подп. a)", "7", "", "a", ""),
        ("14-баптың 3-тармағының d) тармақшасы", "14", "3", "d", ""),
        ("What does the preamble say?", "preamble", "", "", ""),
        ("Что сказано в преамбуле?", "preamble", "", "", ""),
        ("с преамбулой", "preamble", "", "", ""),
        ("Кіріспеде не айтылған?", "preamble", "", "", ""),
        ("Конституцияның кіріспесі", "preamble", "", "", ""),
    ],
)
def test_references_in_text(text: str, article: str, paragraph: str, point: str, part: str) -> None:
    (found,) = find_references(text)
    assert (found.article, found.paragraph, found.point, found.part) == (article, paragraph, point, part)


@pytest.mark.parametrize(
    "text",
    [
        "How many deputies are there?",
        "5 бабушек",
        "В 2024 году",
        "145 депутатов",
        "state 18 reasons",
        "18",
        "",
        "ambles",
        "кіру",
    ],
)
def test_texts_without_references(text: str) -> None:
    assert find_references(text) == []


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("articles 53 and 54", ["53", "54"]),
        ("Сравните статьи 17, 18 и 19", ["17", "18", "19"]),
        ("17 және 18-баптар", ["17", "18"]),
        ("article 18, 2 times", ["18"]),
        ("статьи 18 и 5 лет", ["18"]),
        ("ст. 18 и ст. 19", ["18", "19"]),
        ("Преамбула и статья 1", ["preamble", "1"]),
        ("Compare article 1 with the preamble", ["1", "preamble"]),
        ("the preamble of the preamble", ["preamble"]),
    ],
)
def test_articles_in_an_enumeration(text: str, articles: list[str]) -> None:
    assert [reference.article for reference in find_references(text)] == articles


def test_several_references_stay_apart() -> None:
    found = find_references("Сравните ст. 18 п. 2 и ст. 16 п. 1")
    assert [(r.article, r.paragraph) for r in found] == [("18", "2"), ("16", "1")]


@pytest.mark.parametrize(
    ("text", "eid"),
    [
        ("18", "art_18"),
        ("18(2)", "art_18__para_2"),
        ("94-1", "art_94-1"),
        ("art_18__para_2__subpara_2", "art_18__para_2__subpara_2"),
        ("kz-constitution-2026#art_46__point_16", "art_46__point_16"),
        ("ст. 18", "art_18"),
        ("preamble", "preamble"),
        ("Преамбула", "preamble"),
        ("кіріспе", "preamble"),
        ("iccpr#preamble", "preamble"),
        ("14(3)(d)", "art_14__para_3__point_d"),
        ("Art. 14(3)(d)", "art_14__para_3__point_d"),
        ("iccpr#art_14__para_3__point_d", "art_14__para_3__point_d"),
        ("art_8__para_3__point_c__indent_ii", "art_8__para_3__point_c__indent_ii"),
    ],
)
def test_references_typed_alone(text: str, eid: str) -> None:
    reference = parse_reference(text)
    assert reference is not None
    assert reference.eid == eid


@pytest.mark.parametrize("text", ["", "hello", "eighteen", "18 19", "-1"])
def test_what_is_no_reference(text: str) -> None:
    assert parse_reference(text) is None


@pytest.mark.parametrize(
    ("reference", "eids"),
    [
        (Reference("1"), ["art_1__para_1", "art_1__para_2", "art_1__para_2__subpara_2"]),
        (Reference("1", "2"), ["art_1__para_2", "art_1__para_2__subpara_2"]),
        (Reference("1", "2", part="1"), ["art_1__para_2"]),
        (Reference("1", "2", part="2"), ["art_1__para_2__subpara_2"]),
        (Reference("2", "3"), ["art_2__point_3"]),  # people number points like paragraphs
        (Reference("2", point="2"), ["art_2__point_2", "art_2__point_2__subpara_2"]),
        (Reference("1", point="2"), ["art_1__para_2", "art_1__para_2__subpara_2"]),
        (Reference("2-1"), ["art_2-1", "art_2-1__subpara_2"]),
        (Reference("9"), []),
        (Reference("1", "9"), []),
        (Reference("1", "2", part="7"), []),
    ],
)
def test_what_references_name(reference: Reference, eids: list[str]) -> None:
    blocks = parse("garden", "en", read_plain(ENGLISH.encode()))
    provisions = [b for b in blocks if isinstance(b, Provision)]
    assert [p.eid for p in resolve(reference, provisions)] == eids


_LETTERED = """Covenant of the Garden
Article 3
3. (a) Bees are free;
(b) Nothing in (a) prevents:
(i) honey from being shared;
(ii) wax from being sold;
(c) Dogs are not.
Article 4
Members shall ensure:
(a) water;
(b) sun.
"""


@pytest.mark.parametrize(
    ("text", "eids"),
    [
        ("3(3)(b)", ["point_b", "point_b__indent_i", "point_b__indent_ii"]),
        ("Art. 3(3)(b)(ii)", ["point_b__indent_ii"]),
        ("ст. 3 п. 3 подп. b) ii)", ["point_b__indent_ii"]),
        ("3-бап 3-тармақ b) тармақша i)", ["point_b__indent_i"]),
        ("ст. 3 п. 3 подп. с)", ["point_c"]),  # a Cyrillic letter typed
        ("3(3)(d)", []),
    ],
)
def test_lettered_points_and_what_stands_inside_them(text: str, eids: list[str]) -> None:
    reference = parse_reference(text)
    assert reference is not None
    blocks = parse("covenant", "en", read_plain(_LETTERED.encode()))
    found = resolve(reference, [b for b in blocks if isinstance(b, Provision)])
    assert [p.eid for p in found] == [f"art_3__para_3__{eid}" for eid in eids]


def test_a_letter_after_an_article_is_its_point() -> None:
    reference = parse_reference("Article 4(b)")
    assert reference is not None
    blocks = parse("covenant", "en", read_plain(_LETTERED.encode()))
    assert [p.text for p in resolve(reference, [b for b in blocks if isinstance(b, Provision)])] == ["(b) sun."]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("What does article 17 say?", True),
        ("Что сказано в статье 17?", True),
        ("17-бапта не жазылған?", True),
        ("Does article 17 forbid executions?", False),
        ("What does the preamble say?", True),
        ("Что сказано в преамбуле Конституции?", True),
        ("Кіріспеде не айтылған?", True),
        ("Does the preamble speak of the steppe?", False),
        ("Что говорит статья 17 о смертной казни?", False),
    ],
)
def test_whether_a_question_is_only_a_reference(text: str, alone: bool) -> None:
    assert only_reference(text, find_references(text)) is alone


@pytest.mark.parametrize(
    ("eid", "english", "russian", "kazakh"),
    [
        ("art_18", "Art. 18", "ст. 18", "18-бап"),
        ("art_18__para_2", "Art. 18(2)", "ст. 18 п. 2", "18-бап 2-тармақ"),
        ("art_18__para_2__subpara_2", "Art. 18(2), part 2", "ст. 18 п. 2 ч. 2", "18-бап 2-тармақ 2-бөлік"),
        ("art_46__point_17", "Art. 46(17)", "ст. 46 подп. 17)", "46-бап 17) тармақша"),
        ("art_73__para_1__point_4", "Art. 73(1)(4)", "ст. 73 п. 1 подп. 4)", "73-бап 1-тармақ 4) тармақша"),
        ("art_94-1__para_1", "Art. 94-1(1)", "ст. 94-1 п. 1", "94-1-бап 1-тармақ"),
        ("preamble", "Preamble", "Преамбула", "Кіріспе"),
        ("art_14__para_3__point_d", "Art. 14(3)(d)", "ст. 14 п. 3 подп. d)", "14-бап 3-тармақ d) тармақша"),
        ("art_7__point_a", "Art. 7(a)", "ст. 7 подп. a)", "7-бап a) тармақша"),
        (
            "art_8__para_3__point_c__indent_ii",
            "Art. 8(3)(c)(ii)",
            "ст. 8 п. 3 подп. c) ii)",
            "8-бап 3-тармақ c) тармақша ii)",
        ),
        ("art_7__point_a__indent_i", "Art. 7(a)(i)", "ст. 7 подп. a) i)", "7-бап a) тармақша i)"),
        ("art_13~2", "Art. 13", "ст. 13", "13-бап"),
        ("par_7", "para. 7", "абз. 7", "7-абзац"),
    ],
)
def test_labels(eid: str, english: str, russian: str, kazakh: str) -> None:
    assert [label_of_eid(eid, language) for language in ("en", "ru", "kk")] == [english, russian, kazakh]


@pytest.mark.parametrize(
    "eid",
    [
        *("preamble", "art_18", "art_18__para_2", "art_73__para_1__point_4", "art_18__para_2__subpara_2"),
        *("art_14__para_3__point_d", "art_7__point_a", "art_8__para_3__point_c__indent_ii"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_label_is_read_back_as_its_reference(eid: str, language: str) -> None:
    reference = parse_reference(label_of_eid(eid, language))
    assert reference is not None
    assert reference.eid == eid


@pytest.mark.parametrize(("language", "label"), [("en", "Preamble"), ("ru", "Преамбула"), ("kk", "Кіріспе")])
def test_the_preamble_has_a_label_where_an_article_has(language: str, label: str) -> None:
    assert article_label("preamble", language) == label
    assert article_label("18", language) == label_of_eid("art_18", language)


def test_dates() -> None:
    day = date(2026, 7, 1)
    assert [date_label(day, language) for language in ("en", "ru", "kk")] == [
        "1 July 2026",
        "1 июля 2026 года",
        "2026 жылғы 1 шілде",
    ]
