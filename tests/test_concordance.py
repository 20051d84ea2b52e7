"""The concordance: every article of both Constitutions, real references, numbers that stand in the texts."""

from __future__ import annotations

import re

import pytest

from corpus import LANGUAGES, EditionText, Folders, load_catalogue
from corpus.concordance import KINDS, Concordance, Pair, load_concordance
from corpus.store import load_edition
from corpus.text.numbers import numbers_in
from qa.understanding.language import detect_language
from qa.understanding.references import find_references

_YEARS = {1995, 2026}  # name the Constitutions
_LONGEST_SENTENCE = 45  # words


@pytest.fixture(scope="module")
def texts(installed_folders: Folders) -> dict[str, list[EditionText]]:
    """Every edition of both Constitutions, by document."""
    found: dict[str, list[EditionText]] = {}
    for edition in load_catalogue().editions:
        if edition.document.startswith("kz-constitution") and (stored := load_edition(installed_folders, edition)):
            found.setdefault(edition.document, []).append(stored.parsed())
    return found


@pytest.fixture(scope="module")
def concordance() -> Concordance:
    return load_concordance()


def _eids(text: EditionText) -> set[str]:
    return {p.id for p in text.provisions} | {f"{text.document}#{h.eid}" for h in text.headings}


def test_every_article_of_both_appears_and_every_reference_exists(
    texts: dict[str, list[EditionText]], concordance: Concordance
) -> None:
    for document, count in ((concordance.old, 102), (concordance.new, 96)):
        articles = {f"{document}#{h.eid}" for h in texts[document][0].headings if h.level == "article"}
        assert len(articles) == count
        named = {side for pair in concordance.pairs for side in pair.sides if side.startswith(document)}
        assert articles - {side.split("__")[0] for side in named} == set()
        for text in texts[document]:
            assert named - _eids(text) == set(), text.language


def test_every_article_of_the_older_is_spoken_of_as_a_whole_or_part_by_part(concordance: Concordance) -> None:
    for pair in concordance.pairs:
        for side in pair.sides:
            assert pair in concordance.of([side])
            assert pair in concordance.of([side.split("__")[0]])


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_in_a_sentence_stand_in_one_of_the_texts(
    texts: dict[str, list[EditionText]], concordance: Concordance, language: str
) -> None:
    for pair in concordance.pairs:
        sentence = pair.changed.get(language, "")
        for reference in reversed(find_references(sentence)):
            sentence = sentence[: reference.span[0]] + " " + sentence[reference.span[1] :]
        articles = {side.split("#")[1].split("__")[0] for side in pair.sides}
        known = set(_YEARS)
        for editions in texts.values():
            for text in editions:
                bodies = [p.text for p in text.provisions if p.eid.split("__")[0] in articles]
                bodies += [n.text for n in text.notes if n.about.split("__")[0] in articles]
                known |= {n for body in bodies for n in numbers_in(body, text.language)}
        assert numbers_in(sentence, language) - known == set(), (pair.sides, sentence)


def test_sentences_are_short_and_in_their_language(concordance: Concordance) -> None:
    for pair in concordance.pairs:
        for language, sentence in pair.changed.items():
            assert len(sentence.split()) <= _LONGEST_SENTENCE, sentence
            assert sentence.endswith("."), sentence
            assert detect_language(sentence) == language, sentence


def test_all_kinds_are_used_and_what_is_the_same_says_nothing(concordance: Concordance) -> None:
    assert {pair.kind for pair in concordance.pairs} == set(KINDS)
    assert all(bool(pair.changed) == (pair.kind not in ("same", "moved")) for pair in concordance.pairs)
    assert all(re.fullmatch(r"[\w-]+#art_[\w-]+", side.split("__")[0]) for p in concordance.pairs for side in p.sides)


@pytest.mark.parametrize(
    ("asked", "old", "new", "kind"),
    [
        ("kz-constitution-2026#art_18__para_2", ["art_16__para_2"], ["art_18__para_2"], "narrowed"),
        ("kz-constitution-1995#art_4__para_3", ["art_4__para_3"], ["art_5__para_3"], "narrowed"),
        ("kz-constitution-1995#art_50__para_3", ["art_50"], ["art_53"], "merged"),
        ("kz-constitution-2026#art_49__para_1", [], ["art_49"], "new"),
        ("kz-constitution-1995#art_95", ["art_95"], [], "dropped"),
    ],
)
def test_the_finest_pair_comes_first(
    concordance: Concordance, asked: str, old: list[str], new: list[str], kind: str
) -> None:
    first: Pair = concordance.of([asked])[0]
    assert [side.split("#")[1] for side in first.old] == old
    assert [side.split("#")[1] for side in first.new] == new
    assert first.kind == kind
