"""Matters in common between a question and a clause, whatever their words and languages."""

from __future__ import annotations

from itertools import combinations

import pytest

from corpus import LANGUAGES
from index.clauses.thesaurus import MattersOf, Thesaurus, load_thesaurus

_HONEY = {"en": ["honey", "sweet stuff"], "ru": ["мёд"], "kk": ["бал"]}
_STINGS = {"en": ["sting", "bee sting"], "ru": ["укус пчелы", "жало"], "kk": ["ара шағу"]}
_BEES = {"en": ["bee", "swarm"], "ru": ["пчела", "рой"], "kk": ["ара"]}
_GARDEN = Thesaurus([_HONEY, _STINGS, _BEES])


@pytest.mark.parametrize(
    ("language", "text", "matters"),
    [
        ("en", "Who keeps the honey?", {0}),
        ("en", "She loves sweet sticky stuff", {0}),
        ("en", "sweet, and other stuff", {0}),
        ("en", "The sweet old keeper has no more of that stuff", set()),
        ("ru", "меда не дали", {0}),
        ("ru", "укус от пчелы", {1, 2}),
        ("kk", "балды кім алады", {0}),
        ("kk", "рой ұшып кетті", {2}),
        ("en", "nothing of the kind", set()),
    ],
)
def test_a_matter_is_known_by_its_words(language: str, text: str, matters: set[int]) -> None:
    assert set(_GARDEN.of(text, language)) == matters


def test_a_word_of_two_matters_tells_less_of_each() -> None:
    shared = Thesaurus([{"en": ["smoke", "hive"]}, {"en": ["smoke"]}])
    found = shared.of("smoke over the hive", "en")
    assert found[0] == 1.0
    assert found[1] == pytest.approx(0.5**0.5)


def test_the_clause_with_the_rarer_matter_in_common_comes_first() -> None:
    clauses = [("The swarm is the keeper's.", "en"), ("Stings and bees are the owner's risk.", "en"), ("Тары.", "kk")]
    likeness = MattersOf(_GARDEN, clauses).likeness("рой и жало", "ru")
    assert likeness.argmax() == 1
    assert likeness[0] > 0
    assert likeness[2] == 0
    assert not MattersOf(_GARDEN, clauses).likeness("ничего", "ru").any()


def test_every_matter_that_ships_is_told_in_three_languages() -> None:
    matters = load_thesaurus()._matters
    assert len(matters) > 800
    for matter in matters:
        assert set(matter) == set(LANGUAGES)
        for entries in matter.values():
            assert len(entries) >= 8
            assert len(set(entries)) == len(entries)
            assert all(entry == entry.strip().lower() and len(entry.split()) <= 4 for entry in entries)


def test_no_two_matters_are_one() -> None:
    matters = load_thesaurus()._matters
    sets = [{(code, entry) for code in LANGUAGES for entry in matter[code]} for matter in matters]
    alike = [(a, b) for a, b in combinations(range(len(sets)), 2) if len(sets[a] & sets[b]) > 0.5 * len(sets[a])]
    assert not alike
