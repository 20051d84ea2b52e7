"""What the notes of an edition tell of its history, and that no wording is stated for a day when it did not hold."""

from __future__ import annotations

import html
import json
from datetime import date

import pytest

from corpus import EditionText, Folders, Note
from corpus.catalogue import load_catalogue
from corpus.parsing.amendments import Amendment, amendments_of, last_change, later_than, resolutions_on
from corpus.store import installed_editions
from page.views.citation_card import card
from page.views.conversation import Exchange
from page.views.export import as_markdown, conversation_page
from qa import Assistant
from qa.commands.rendering import article_text
from qa.composing.composition import wording
from qa.composing.later_wording import resolutions_told
from qa.messages import message
from qa.reading.article import read_article
from qa.setup.installed import installed

OLD = "kz-constitution-1995"


def _text(language: str, *notes: tuple[str, str, str]) -> EditionText:
    found = tuple(Note(kind, about, text) for kind, about, text in notes)  # type: ignore[arg-type]
    return EditionText("garden", language, "2020-01-01", "", "", found)


_RUSSIAN = (
    (
        "amendment",
        "art_1",
        "Сноска. Статья 1 с изменениями, внесенными законами РК от 02.03.2004 № 5-II (вводится в действие "
        "со дня его официального опубликования); от 04.05.2010 (вводится в действие с 01.07.2010).",
    ),
    (
        "amendment",
        "art_2",
        "Сноска. Статья 2 - в редакции Закона РК от 02.03.2004 № 5-II (вводится в действие по истечении "
        "десяти календарных дней после дня его первого официального опубликования); с изменением, "
        "внесенным Законом РК от 04.05.2010 (порядок введения в действие см. ст. 3).",
    ),
    (
        "amendment",
        "art_2-1",
        "Сноска. Закон дополнен статьей 2-1 в соответствии с Законом РК от 04.05.2010 (вводится в действие "
        "с 01.07.2010).",
    ),
    (
        "amendment",
        "art_3",
        "Сноска. Статья 3 исключена Законом РК от 02.03.2004 № 5-II (вводится в действие со дня его "
        "официального опубликования).",
    ),
    (
        "amendment",
        "art_4",
        "Сноска. В статью 4 внесено изменение на казахском языке, текст на русском языке не изменяется "
        "Законом РК от 02.03.2004 № 5-II (вводится в действие со дня его официального опубликования).",
    ),
    (
        "amendment",
        "art_5",
        "Сноска. Заголовок статьи 5 с изменением, внесенным Законом РК от 02.03.2004 № 5-II (вводится в "
        "действие с 01.04.2004).",
    ),
    (
        "reference",
        "art_1__para_1",
        "Примечание. См. нормативные постановления Конституционного Суда РК от 08.04.2023 № 8-НП; от "
        "18.05.2023 № 14-НП.",
    ),
)
_KAZAKH = (
    (
        "amendment",
        "art_1",
        "Ескерту. 1-бапқа өзгерістер енгізілді - ҚР 02.03.2004 N 5-ІІ (ресми жарияланған күнінен бастап "
        "қолданысқа енгізіледі); 04.05.2010 (01.07.2010 бастап қолданысқа енгізіледі) Заңдарымен.",
    ),
    (
        "amendment",
        "art_2",
        "Ескерту. 2-бап жаңа редакцияда - ҚР 02.03.2004 N 5-ІІ (алғашқы ресми жарияланған күнінен кейін "
        "күнтізбелік он күн өткен соң қолданысқа енгізіледі) Заңымен; өзгеріс енгізілді - ҚР 04.05.2010 "
        "(қолданысқа енгізу тәртібін 3-б. қараңыз) Заңдарымен.",
    ),
    (
        "amendment",
        "art_2-1",
        "Ескерту. 2-1-баппен толықтырылды – ҚР 04.05.2010 (01.07.2010 бастап қолданысқа енгізіледі) Заңымен.",
    ),
    (
        "amendment",
        "art_3",
        "Ескерту. 3-бап алып тасталды - ҚР 02.03.2004 N 5-ІІ (ресми жарияланған күнінен бастап қолданысқа "
        "енгізіледі) Заңымен.",
    ),
    (
        "amendment",
        "art_4",
        "Ескерту. 4-бапқа өзгеріс енгізілді - ҚР 02.03.2004 N 5-ІІ (ресми жарияланған күнінен бастап "
        "қолданысқа енгізіледі) Заңымен.",
    ),
)
_ENGLISH = (
    (
        "amendment",
        "art_1",
        "Footnote. Article 1 as amended by Laws of the Republic of Kazakhstan No. 5-II of 2 March 2004 (in "
        "force from the date of its official publication); of 04 May 2010 provides for a new edition "
        "(entered into force on 1 July 2010).",
    ),
    (
        "amendment",
        "art_2-1",
        "Footnote. The Law is supplemented by Article 2-1 in accordance with the Law of the Republic of "
        "Kazakhstan of 4 May 2010 (entered into force on 1 July 2010).",
    ),
    (
        "amendment",
        "art_3",
        "Footnote. Article 3 is excluded by the Law of the Republic of Kazakhstan No. 5-II of 2 March 2004 "
        "(in force from the date of its official publication).",
    ),
    (
        "reference",
        "art_1",
        "Footnote. See Resolution No. 12/2 of 1 December 2003 of the Council.",
    ),
)
_LAWS = date(2004, 3, 2), date(2010, 5, 4)


def test_each_language_tells_the_same_history() -> None:
    russian, kazakh, english = (
        amendments_of([_text(code, *notes)]) for code, notes in (("ru", _RUSSIAN), ("kk", _KAZAKH), ("en", _ENGLISH))
    )
    for name in ("garden#art_1", "garden#art_2", "garden#art_2-1", "garden#art_3"):
        assert [(a.law, a.number, a.kind, a.since) for a in kazakh[name]] == [
            (a.law, a.number, a.kind, a.since) for a in russian[name]
        ]
    for name in english:
        assert [(a.law, a.kind, a.since, a.settled) for a in english[name]] == [
            (a.law, a.kind, a.since, a.settled) for a in russian[name]
        ]
    first, second = russian["garden#art_1"]
    assert (first.law, first.number, first.kind, first.since) == (_LAWS[0], "5-II", "amended", None)
    assert (second.law, second.since, second.settled) == (_LAWS[1], date(2010, 7, 1), date(2010, 7, 1))
    assert [a.kind for a in russian["garden#art_2"]] == ["reworded", "amended"]
    assert [a.kind for a in russian["garden#art_2-1"]] == ["inserted"]
    assert [a.kind for a in russian["garden#art_3"]] == ["excluded"]
    assert "garden#art_5" not in russian  # its heading alone changed


def test_where_no_day_of_effect_is_named_the_wording_is_settled_late() -> None:
    of_two = amendments_of([_text("ru", *_RUSSIAN)])["garden#art_2"]
    assert [(a.settled - a.law).days for a in of_two] == [100, 365]
    soon = amendments_of([_text("ru", *_RUSSIAN)])["garden#art_1"][0]
    assert (soon.settled - soon.law).days == 40


def test_a_change_of_the_kazakh_text_alone_leaves_the_others_as_they_were() -> None:
    for texts in ([_text("ru", *_RUSSIAN), _text("kk", *_KAZAKH)], [_text("kk", *_KAZAKH), _text("ru", *_RUSSIAN)]):
        (change,) = amendments_of(texts)["garden#art_4"]
        assert change.languages == ("kk",)
        assert later_than([change], date(2004, 1, 1), "kk") == (change,)
        assert later_than([change], date(2004, 1, 1), "ru") == ()


def _change(law: date, since: date | None, settled: date) -> Amendment:
    return Amendment(law, "", "amended", since, settled, ("kk", "ru", "en"))


def test_a_wording_holds_from_its_very_day() -> None:
    since = date(2010, 7, 1)
    changes = [_change(date(2004, 3, 2), None, date(2004, 4, 11)), _change(date(2010, 5, 4), since, since)]
    assert later_than(changes, since, "ru") == ()
    assert later_than(changes, date(2010, 6, 30), "ru") == (changes[1],)
    assert later_than(changes, date(2004, 4, 10), "ru") == tuple(changes)
    assert last_change(changes, "ru") is changes[1]
    assert last_change([], "ru") is None


def test_resolutions_are_read_in_each_language() -> None:
    found = resolutions_on([_text("ru", *_RUSSIAN), _text("en", *_ENGLISH)])
    assert [(r.day, r.number) for r in found["garden#art_1__para_1"]] == [
        (date(2023, 4, 8), "8-НП"),
        (date(2023, 5, 18), "14-НП"),
    ]
    assert [(r.day, r.number, r.language) for r in found["garden#art_1"]] == [(date(2003, 12, 1), "12/2", "en")]


def test_the_real_notes_agree_between_the_languages(installed_folders: Folders) -> None:
    texts = {
        stored.language: stored.parsed()
        for stored in installed_editions(installed_folders, load_catalogue())
        if stored.document == OLD
    }
    told = {code: amendments_of([text]) for code, text in texts.items()}
    assert len(told["ru"]) > 50
    for name in {*told["ru"], *told["kk"]}:
        mine, theirs = ([(a.law, a.since, a.settled) for a in told[code].get(name, ())] for code in ("ru", "kk"))
        assert mine == theirs, name
    # The English edition words one note as a reference, and of one change names a day that the others leave open.
    otherwise = {
        name
        for name in told["ru"]
        if [(a.law, a.since) for a in told["ru"][name]] != [(a.law, a.since) for a in told["en"].get(name, ())]
        and name not in (f"{OLD}#art_9", f"{OLD}#art_34")
    }
    assert otherwise <= {f"{OLD}#art_45", f"{OLD}#art_91"}


_ASKED = {
    "en": "How many deputies were there in the Majilis on {day}?",
    "ru": "Сколько депутатов было в Мажилисе {day}?",
    "kk": "{day} Мәжілісте неше депутат болды?",
}
_BEFORE = {"en": "7 June 2022", "ru": "7 июня 2022 года", "kk": "2022 жылғы 7 маусымда"}
_ON = {"en": "8 June 2022", "ru": "8 июня 2022 года", "kk": "2022 жылғы 8 маусымда"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_day_before_a_change_its_wording_is_not_stated(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(_ASKED[language].format(day=_BEFORE[language]))
    first = answer.citations[0]
    assert first.provision.startswith(f"{OLD}#art_50")
    assert [change.law for change in first.later] == [date(2022, 6, 8)]
    assert first.key_sentence == ""
    assert answer.text.index(answer.notice) == 0
    told = json.loads(json.dumps(answer.to_json()))["citations"][0]["wording"]
    assert told["of_the_day"] is False
    assert told["later"][0]["law"] == "2022-06-08"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_on_the_day_of_a_change_its_wording_is_stated(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(_ASKED[language].format(day=_ON[language]))
    first = answer.citations[0]
    assert first.provision.startswith(f"{OLD}#art_50")
    assert first.later == ()
    assert first.last_change is not None
    assert first.last_change.since == date(2022, 6, 8)
    change = {"law": "2022-06-08", "number": None, "kind": "amended", "since": "2022-06-08"}
    wording = {"of_the_day": True, "last_change": change, "later": [], "overtaken": []}
    assert answer.to_json()["citations"][0]["wording"] == wording


def test_what_never_changed_is_stated_for_any_day(assistant: Assistant) -> None:
    answer = assistant.ask("Was torture allowed in 2001?")
    assert answer.citations[0].provision.startswith(f"{OLD}#art_17")
    assert answer.citations[0].later == ()


def test_an_article_added_later_was_not_there(assistant: Assistant) -> None:
    answer = assistant.ask("статья 83-1", as_of=date(2020, 1, 1))
    article, day, laws = "ст. 83-1", "1 января 2020 года", "8 июня 2022 года"
    assert answer.notice == message("later.inserted", "ru", article=article, date=day, laws=laws)


def test_an_article_taken_out_later_was_still_there(assistant: Assistant) -> None:
    before = assistant.ask("статья 84 Конституции 1995 года", as_of=date(1998, 1, 1))
    assert before.abstained
    assert before.text == message(
        "later.excluded", "ru", article="ст. 84", date="1 января 1998 года", laws="21 мая 2007 года"
    )
    since = assistant.ask("статья 84 Конституции 1995 года", as_of=date(2015, 1, 1))
    assert "исключена законом от 21 мая 2007 года" in since.text


def test_articles_are_not_counted_in_a_later_text_without_a_word(assistant: Assistant) -> None:
    answer = assistant.ask("How many articles had the Constitution in 2005?")
    assert answer.mode == "facts"
    assert "Art. 83-1" in answer.text
    later = assistant.ask("How many articles had the Constitution in 2024?")
    assert later.mode == "facts"
    assert "Art. 84" not in later.text


def test_resolutions_on_what_is_cited_are_told(assistant: Assistant) -> None:
    answer = assistant.ask("Была ли смертная казнь в 2024 году?")
    assert [r.number for r in answer.citations[0].resolutions][-1] == "73-НП"
    assert "№ 73-НП" in answer.text
    assert answer.to_json()["citations"][0]["resolutions"][0].keys() == {"date", "number"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_is_shown_and_saved_marks_a_later_wording(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(_ASKED[language].format(day=_BEFORE[language]))
    first = answer.citations[0]
    shown = card(first, assistant.index.documents[OLD], language, is_open=True)
    for page in (shown, as_markdown(answer), conversation_page([Exchange(answer)], language)):
        for told in (wording(first, language), resolutions_told(first, language)):
            assert told
            assert told in html.unescape(page)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_history_of_an_article_is_read(installed_folders: Folders, language: str) -> None:
    state = installed(installed_folders)
    found = read_article(state, "53", document=OLD, language=language, as_of=date(2010, 1, 1))
    assert [(a.law.year, a.kind) for a in found.history] == [(2007, "reworded"), (2017, "amended"), (2022, "amended")]
    assert found.later
    shown = article_text(found, history=True)
    assert shown.count("2007") >= 1
    assert message("later.history", language) in shown
    assert message("later.history", language) not in article_text(found)
    never = read_article(state, "17", document=OLD, language=language, as_of=date(2010, 1, 1))
    assert never.later == ""
    assert message("later.never", language) in article_text(never, history=True)
