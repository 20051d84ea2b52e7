"""Slips of spelling: what was meant, and that what is only rare is left alone."""

from __future__ import annotations

import pytest

from corpus import Provision
from index.words.spelling import Spelling, Vocabulary, vocabularies
from index.words.transliteration import in_cyrillic, is_latin
from qa import Assistant

_SPELLING = Spelling(
    {
        "en": Vocabulary.of(["The gardener of the north gardens", "the gardener: water the roses without water"], "en"),
        "kk": Vocabulary.of(["құрылтай өлім қанша канал"], "kk"),
        "ru": Vocabulary.of(["отнять врач адвокат"], "ru"),
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the gardner", "the gardener"),  # a letter left out
        ("the gardeener", "the gardener"),  # one put in
        ("the gerdener", "the gardener"),  # one changed
        ("wihtout water", "without water"),  # two that changed places
        ("Gardner, water the roses!", "Gardener, water the roses!"),
    ],
)
def test_one_slip_is_mended(typed: str, meant: str) -> None:
    assert _SPELLING.corrected(typed, "en") == meant


@pytest.mark.parametrize(
    "typed",
    [
        "the gardener",
        "watering roses",  # another form of a word that is known
        "the gratener",  # two slips
        "the Gardner",  # a name
        "worth of",  # the first letter is seldom wrong
        "wter",  # short words lie near too many others
        "the gardner-in-chief",
        "",
    ],
)
def test_what_is_known_far_or_a_name_stays(typed: str) -> None:
    assert _SPELLING.corrected(typed, "en") is None


def test_a_russian_vowel_is_written_as_it_is_heard() -> None:
    assert _SPELLING.corrected("атнять одвоката", "ru") == "отнять одвоката"  # a slip and an ending are two
    assert _SPELLING.corrected("одвокат", "ru") == "адвокат"
    assert _SPELLING.corrected("брач", "ru") is None


def test_kazakh_letters_are_given_back_however_many() -> None:
    assert _SPELLING.in_its_letters("Курылтай канша олим?", "kk") == "Құрылтай қанша өлім?"
    assert _SPELLING.in_its_letters("құрылтай канал", "kk") is None
    assert _SPELLING.in_its_letters("курылтайдын", "kk") is None  # a slip away, at most
    assert _SPELLING.corrected("курылттай", "kk") == "құрылтай"


@pytest.mark.parametrize(
    ("typed", "language", "read"),
    [
        ("Skolko let?", "ru", "сколко лет?"),
        ("kakoy yazyk", "ru", "какой язык"),
        ("mozhno li, shchedryi", "ru", "можно ли, щедрый"),
        ("neshe jylga sailanady", "kk", "неше жылга сайланады"),
        ("qazaqstan, jaña", "kk", "қазақстан, жаңа"),
        ("18-bap", "kk", "18-бап"),
    ],
)
def test_latin_letters_are_read_as_habit_has_them(typed: str, language: str, read: str) -> None:
    assert is_latin(typed)
    assert in_cyrillic(typed, language) == read


def test_only_what_is_not_english_is_read_in_cyrillic() -> None:
    assert _SPELLING.in_its_letters("otnyat advokat", "en") == "отнять адвокат"
    assert _SPELLING.in_its_letters("qurultay olim qansha", "en") == "құрылтай өлім қанша"
    assert _SPELLING.in_its_letters("the gardener of roses", "en") is None
    assert _SPELLING.in_its_letters("advokat", "en") is None  # one word may be a name
    assert _SPELLING.in_its_letters("qwer asdf zxcv", "en") is None
    assert _SPELLING.in_its_letters("адвокат и врач", "en") is None


def test_a_language_without_texts_is_left_alone() -> None:
    assert Spelling({}).corrected("gardner", "en") is None


def test_words_of_provisions_and_of_other_texts_are_counted_by_language() -> None:
    provision = Provision("garden", "art_1", "en", "Roses need water.", asked=("who waters the roses",))
    known = vocabularies([provision], {"en": ["Weather, weather"], "ru": ["погода"]})
    assert known["en"].counts["roses"] == known["en"].counts["weather"] == 2
    assert "rose" in known["en"].stems
    assert known["ru"].counts == {"погода": 1}


@pytest.mark.parametrize(
    ("question", "article"), [("is scool free for childrens", "33"), ("можно ли атнять квартиру", "28")]
)
def test_a_slip_that_hides_nothing_is_answered_as_typed(assistant: Assistant, question: str, article: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained is None
    assert answer.reading == ""
    assert f"#art_{article}__" in answer.citations[0].provision


@pytest.mark.parametrize(
    ("question", "article", "reading"),
    [
        ("медецина безплатная", "32", "медицина бесплатная"),
    ],
)
def test_a_question_misspelt_is_answered_and_says_how_it_was_read(
    assistant: Assistant, question: str, article: str, reading: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained is None
    assert answer.question == question
    assert answer.reading == reading
    assert f"#art_{article}__" in answer.citations[0].provision
    assert answer.thread is not None
    assert answer.thread.question == reading  # what a follow-up leans on
    assert any(reading in step.text for step in answer.trace)


def test_what_is_answered_as_typed_is_not_read_otherwise(assistant: Assistant) -> None:
    answer = assistant.ask("can polise hold me for a week")
    assert answer.abstained is None
    assert answer.reading == ""


def test_a_short_word_that_is_a_slip_of_a_frequent_one_is_mended(assistant: Assistant) -> None:
    answer = assistant.ask("Is ther a deth penalty in kazakstan")
    assert answer.reading.endswith("a death penalty in kazakhstan")
    assert "#art_17__" in answer.citations[0].provision


def test_a_kazakh_word_that_others_typed_without_its_letters_is_read_with_them() -> None:
    spelling = Spelling({"kk": Vocabulary.of(["құқық, құқық және құқық", "кукык", "он бес, он"], "kk")})
    assert spelling.in_its_letters("кукык", "kk") == "құқық"
    assert spelling.in_its_letters("он кукык және", "kk") is None  # who types a letter of it types them all
    assert spelling.in_its_letters("он бес", "kk") is None


def test_kazakh_without_its_letters_is_read_with_them(assistant: Assistant) -> None:
    answer = assistant.ask("курылтайда неше депутат бар")
    assert answer.reading == "құрылтайда неше депутат бар"
    assert "#art_53__" in answer.citations[0].provision


@pytest.mark.parametrize(
    ("question", "language", "article"),
    [
        ("skolko let pravit prezident", "ru", "43"),
        ("prezident neshe jylga sailanady", "kk", "43"),
        ("mozhno li imet vtoroe grazhdanstvo", "ru", "13"),
    ],
)
def test_russian_and_kazakh_in_latin_letters_are_answered_in_their_language(
    assistant: Assistant, question: str, language: str, article: str
) -> None:
    answer = assistant.ask(question)
    assert answer.language == language
    assert answer.question == question
    assert answer.reading
    assert f"#art_{article}__" in answer.citations[0].provision


@pytest.mark.parametrize("question", ["How do I bake an aple pie?", "Какая завтра погда в Алматы?"])
def test_a_slip_makes_nothing_answerable(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained is not None
    assert answer.reading == ""
    assert answer.question == question
