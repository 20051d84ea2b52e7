"""The subjects: whole, in step with the provisions they list, in words of our own; and reading one as a whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus import LANGUAGES, Folders, Provision, load_catalogue
from corpus.digest import digests
from corpus.store import load_edition
from corpus.subjects import (
    Subject,
    absences_by_name,
    load_absences,
    load_sections,
    load_subjects,
    subject_named,
    subject_questions,
)
from corpus.text.folding import fold_run
from corpus.text.numbers import numbers_in
from index.words.analysis import terms
from qa import Assistant
from qa.errors import BadReference
from qa.reading.reading_room import ReadingRoom
from qa.reading.topic import read_topic, topics
from qa.setup.installed import installed
from qa.understanding.language import detect_language

_DOCUMENT = "kz-constitution-2026"
_LONGEST_SHARED_RUN = 80
_MOST_WORDS = 60
_SUBJECTS = load_subjects()


def _layer(language: str) -> dict[str, Provision]:
    (text,) = (text for text in digests(_DOCUMENT) if text.language == language)
    return {p.id: p for p in text.provisions}


def _provisions(language: str, folders: Folders) -> tuple[Provision, ...]:
    edition = next(e for e in load_catalogue().editions if (e.document, e.language) == (_DOCUMENT, language))
    stored = load_edition(folders, edition)
    assert stored
    return stored.parsed().provisions


def _official(language: str, folders: Folders) -> dict[str, str]:
    return {p.id: p.body for p in _provisions(language, folders)}


def _texts(subject: Subject, language: str) -> list[str]:
    """Every sentence that a subject says in the language."""
    return [subject.says[language], *filter(None, [subject.open.get(language)])]


def test_there_are_subjects_for_everything_people_ask() -> None:
    assert len(_SUBJECTS) >= 140
    assert Counter(s.kind for s in _SUBJECTS.values()).keys() == {"subject", "body", "right", "duty", "procedure"}
    for name in (
        "education",
        "права задержанного",
        "ОБРАЗОВАНИЕ",
        "Президент",
        "бала",
        "how a law is made",
        "secularism",
    ):
        assert subject_named(name), name


def test_every_provision_stands_in_a_subject_and_every_one_listed_exists(installed_folders: Folders) -> None:
    """What only opens a list says nothing by itself: its points stand in subjects."""
    official = _official("ru", installed_folders)
    opening_a_list = {name for name, body in official.items() if body.endswith(":")}
    listed = {name for subject in _SUBJECTS.values() for name in subject.provisions}
    assert listed - set(_layer("ru")) == set()
    assert set(official) - opening_a_list - listed == set()


@pytest.mark.parametrize("subject", _SUBJECTS.values(), ids=_SUBJECTS)
def test_a_subject_is_whole(subject: Subject) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", subject.id)
    assert not subject.above or subject.above in _SUBJECTS
    assert len(set(subject.provisions)) == len(subject.provisions)
    assert any(group.essential for group in subject.groups)
    for words in (subject.names, subject.says, *(group.heading for group in subject.groups)):
        assert set(words) == set(LANGUAGES)
        assert all(words.values())
    assert set(subject.open) in (set(), set(LANGUAGES))
    for group in subject.groups:
        assert group.provisions
        assert group.further <= set(group.provisions)


def test_no_subject_is_above_itself() -> None:
    listed = [subject.id for _, subject in topics("kk")]
    assert sorted(listed) == sorted(_SUBJECTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_names_one_subject(language: str) -> None:
    titles = Counter(fold_run(subject.title(language)) for subject in _SUBJECTS.values())
    assert [title for title, count in titles.items() if count > 1] == []
    for subject in _SUBJECTS.values():
        named = subject_named(subject.title(language))
        assert named
        assert named.title(language) == subject.title(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_plain_and_in_their_language(language: str) -> None:
    for subject in _SUBJECTS.values():
        assert len(subject.says[language].split()) <= _MOST_WORDS, subject.id
        for text in _texts(subject, language):
            assert not re.search('[«»“”"]', text), subject.id
            assert text.endswith("."), subject.id
            assert detect_language(re.sub(r"(Қазақстан )?Халық Кеңесі\w*", "", text)) == language, subject.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_those_of_the_provisions(language: str) -> None:
    """What a subject says in numbers, one of its provisions says, in the layer's words."""
    layer = _layer(language)
    wrong = {}
    for subject in _SUBJECTS.values():
        said = {number for name in subject.provisions for number in numbers_in(layer[name].body, language)}
        told = " ".join([subject.says[language], *(group.heading[language] for group in subject.groups)])
        if extra := numbers_in(told, language) - said - {1, 2}:
            wrong[subject.id] = extra
    assert wrong == {}


def test_no_sentence_is_taken_from_the_official_text(mirror: Path) -> None:
    length = _LONGEST_SHARED_RUN + 1
    law = " ".join(fold_run(p.read_text(encoding="utf-8")) for p in sorted(mirror.glob("kz-constitution-*.txt")))
    runs = {law[i : i + length] for i in range(len(law) - length + 1)}
    for subject in _SUBJECTS.values():
        for language in LANGUAGES:
            for text in map(fold_run, _texts(subject, language)):
                assert not any(text[i : i + length] in runs for i in range(len(text) - length + 1)), subject.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_is_read_with_its_quotes(language: str, installed_folders: Folders) -> None:
    title = _SUBJECTS["detention"].title(language)
    found = read_topic(ReadingRoom(installed(installed_folders)), title, language).to_json()
    assert (found["subject"], found["title"], found["language"]) == ("detention", title, language)
    told = [told for group in found["groups"] for told in group["provisions"]]
    assert len(told) == found["count"]
    quoted_in = "kk" if language == "kk" else "ru"
    official = _official(quoted_in, installed_folders)
    for row in told:
        assert row["language"] == quoted_in
        assert row["quote"] == official[row["provision"]]
        assert row["plain"] == _layer(language)[row["provision"]].body
    assert any(row["essential"] for row in told)


def test_what_is_said_of_a_text_that_has_changed_is_withheld(installed_folders: Folders) -> None:
    known = installed(installed_folders)
    official = tuple(
        replace(e, differing=("art_33__para_1",)) if (e.document, e.language) == (_DOCUMENT, "ru") else e
        for e in known.official
    )
    room = ReadingRoom(replace(known, official=official))
    found = read_topic(room, "education").to_json()
    told = {row["provision"]: row for group in found["groups"] for row in group["provisions"]}
    assert (found["says"], told[f"{_DOCUMENT}#art_33__para_1"]["plain"]) == (None, None)
    assert told[f"{_DOCUMENT}#art_33__para_1"]["quote"]
    assert read_topic(room, "detention").to_json()["says"]


def test_without_an_official_text_a_subject_is_told_in_plain_words(folders: Folders) -> None:
    found = read_topic(ReadingRoom(installed(folders)), "education")
    assert found.language == "en"
    assert all(told.quote is None and told.plain for _, group in found.groups for told in group)


@pytest.mark.parametrize(
    ("name", "near"), [("eduction", "Education"), ("образованье", "Образование"), ("білімі", "Білім")]
)
def test_a_name_that_is_none_is_answered_with_the_nearest(name: str, near: str, folders: Folders) -> None:
    with pytest.raises(BadReference, match=near):
        read_topic(ReadingRoom(installed(folders)), name)


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What does the Constitution say about education?", "education"),
        ("Что Конституция говорит о детях?", "children"),
        ("women", "women"),
        ("Конституцияда тіл туралы не айтылған?", "languages"),
        ("secularism", "secularism"),
        ("Расскажи про импичмент", "removing-the-president"),
        ("адвокатура", "bar-and-advocates"),
    ],
)
def test_a_subject_asked_for_is_told_as_a_whole(assistant: Assistant, question: str, subject: str) -> None:
    answer = assistant.ask(question)
    language, record = answer.language, answer.to_json()
    asked = _SUBJECTS[subject]
    assert (record["mode"], record["subject"]["id"]) == ("overview", subject)
    assert asked.says[language] in answer.text
    essential = [name for group in asked.groups for name in group.essential]
    assert [c["provision"] for c in record["citations"]] == essential
    assert all(c["quote"] and c["plain"] in answer.text for c in record["citations"])
    assert {c["provision"] for c in record["further"]} == set(asked.provisions) - set(essential)
    told = [name for group in record["subject"]["groups"] for name in group["provisions"]]
    assert told == list(asked.provisions)


@pytest.mark.parametrize(
    "question",
    [
        "What does the Constitution say about how long the President serves?",
        "Is there a death penalty?",
        "Сколько депутатов в Курултае?",
        "Қалайсың?",
        "article 33",
    ],
)
def test_a_point_asked_for_is_not_widened(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.mode, answer.subjects) == ("extractive", ())


def test_of_another_days_law_no_subject_is_told(assistant: Assistant) -> None:
    assert assistant.ask("education", as_of=date(2020, 1, 1)).mode == "extractive"


def test_the_sections_are_those_of_the_text(installed_folders: Folders) -> None:
    layer = _layer("en").values()
    found: dict[str, list[str]] = {}
    for provision in layer:
        if provision.section:
            found.setdefault(provision.section, []).append(provision.article)
    assert [(s.first, s.last) for s in load_sections()] == [(a[0], a[-1]) for a in found.values()]
    official = {p.section for p in _provisions("ru", installed_folders) if p.section}
    assert len(official) == len(load_sections())
    assert all(not section.subject or section.subject in _SUBJECTS for section in load_sections())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_is_asked_for_in_words_of_its_own(language: str) -> None:
    asked = subject_questions()
    assert set(asked) == set(_SUBJECTS)
    lines = Counter(fold_run(line) for row in asked.values() for line in row[language])
    assert [line for line, count in lines.items() if count > 1] == []
    for name, row in asked.items():
        names = {fold_run(known) for known in _SUBJECTS[name].names[language]}
        assert sum(fold_run(line) not in names for line in row[language]) >= 4, name


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_what_is_sought_in_vain_is_in_no_provision(language: str, installed_folders: Folders) -> None:
    """No provision has all the words of a phrase that tells a thing which is not there."""
    provisions = [set(terms(p.body, language)) for p in _provisions(language, installed_folders)]
    phrases = {
        phrase: set(terms(phrase, language)) for absence in load_absences() for phrase in absence.words[language]
    }
    there = [phrase for phrase, stems in phrases.items() if any(stems <= words for words in provisions)]
    assert there == []
    assert all(absence.subject in _SUBJECTS and absence.thing[language] for absence in load_absences())
    assert len(absences_by_name()) == len(load_absences())


def test_nothing_said_of_a_whole_is_the_law(mirror: Path) -> None:
    """Sections, and lines that people type."""
    length = _LONGEST_SHARED_RUN + 1
    law = " ".join(fold_run(p.read_text(encoding="utf-8")) for p in sorted(mirror.glob("kz-constitution-*.txt")))
    ours = [section.says[code] for section in load_sections() for code in LANGUAGES]
    ours += [line for row in subject_questions().values() for code in LANGUAGES for line in row[code]]
    for text in map(fold_run, ours):
        assert not any(text[i : i + length] in law for i in range(len(text) - length + 1)), text
