"""A library is searched as well as it was when its weights were chosen, and each provision is told once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Folders
from eval.asking.dataset import load
from eval.legislation.__main__ import articles_found
from eval.legislation.laws import laws, put
from index import open_embedder
from index.stores import Filters, open_store
from qa.legislation import Legislation
from qa.understanding.question import understand

_DATASET = Path(__file__).parent.parent / "eval" / "datasets" / "library.jsonl"
_TODAY = 2026_11_23


@pytest.fixture(scope="module")
def legislation(installed_folders: Folders, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Legislation]:
    embedder = open_embedder()
    store = open_store(str(tmp_path_factory.mktemp("library")), create=True)
    assert store is not None
    put(store, laws(installed_folders, embedder), embedder)
    yield Legislation(store, embedder)
    store.close()


def test_the_right_article_of_four_laws_is_found(legislation: Legislation) -> None:
    items = load(_DATASET, split="dev")
    found = [articles_found(legislation, item, _TODAY) for item in items]
    gold = [set(item.gold_articles) for item in items]
    first = sum(bool(own.intersection(articles[:1])) for own, articles in zip(gold, found, strict=True))
    five = sum(bool(own.intersection(articles[:5])) for own, articles in zip(gold, found, strict=True))
    assert first / len(items) >= 0.77
    assert five / len(items) >= 0.91


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_provision_in_two_languages_is_one_hit_quoted_in_the_readers(legislation: Legislation, language: str) -> None:
    question = understand("Сколько депутатов в Курултае?", language=language)
    hits = legislation.find(question, filters=Filters(acts=("kz-constlaw-kurultai-2026",)))
    assert len({hit.provision.id for hit in hits}) == len(hits)
    both = [hit for hit in hits if hit.others]
    assert both
    assert all(hit.provision.language == language for hit in both if language != "en")
    assert all(hit.provision.id == other.id for hit in both for other in hit.others)


def test_no_act_crowds_out_the_others(legislation: Legislation) -> None:
    hits = legislation.find(understand("Когда вступает в силу закон?"), filters=Filters(), limit=10, most_of_one_act=2)
    acts = [hit.provision.act for hit in hits]
    assert len(set(acts)) > 2
    assert max(acts.count(act) for act in acts) <= 2


def test_what_was_not_in_force_on_the_day_is_not_found(legislation: Legislation) -> None:
    found = legislation.find(understand("Полномочия Президента"), filters=Filters(on=2026_06_30), limit=20)
    assert {hit.provision.act for hit in found} == {"kz-law-on-legal-acts-2016"}
