"""Reranking with a real cross-encoder, a small one built here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus import Provision
from index import EmbedderUnavailable, Hit, open_reranker, reranked
from qa import Assistant


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers with random weights and a vocabulary of letters, saved as any cross-encoder is."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("cross-encoder")
    letters = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі0123456789"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def _hit(body: str, score: float) -> Hit:
    return Hit(Provision("d", f"art_{body[0]}", "en", body, ""), score, 0.0, 0.0, 0.0, (0, len(body)))


@pytest.mark.torch
def test_hits_are_put_in_the_order_of_the_models_scores(model_folder: Path) -> None:
    reranker = open_reranker(str(model_folder))
    assert reranker is not None
    texts = ["bees may be kept", "dogs are not admitted", "roses are watered twice a day"]
    scores = reranker.scores("may i bring my dog?", texts)
    assert scores.shape == (3,)
    assert ((scores > 0) & (scores < 1)).all()
    assert reranker.scores("?", []).shape == (0,)
    found = reranked([_hit(t, 0.9) for t in texts], "may i bring my dog?", texts, reranker)
    assert [hit.provision.body for hit in found] == [texts[i] for i in np.argsort(-scores, kind="stable")]
    assert [hit.score for hit in found] == sorted((round(float(s), 6) for s in scores), reverse=True)


@pytest.mark.torch
def test_the_assistant_cites_what_the_reranker_ranks_first_and_says_so(
    assistant: Assistant, model_folder: Path
) -> None:
    plain = assistant.ask("Is there a death penalty?")
    with_model = Assistant(assistant.index, {}, reranker=open_reranker(str(model_folder)))
    answer = with_model.ask("Is there a death penalty?")
    assert {name for name, _ in answer.retrieved} == {name for name, _ in plain.retrieved}
    assert [score for _, score in answer.retrieved] == sorted((score for _, score in answer.retrieved), reverse=True)
    assert answer.citations[0].provision == answer.retrieved[0][0]
    assert any(str(model_folder) in step.text for step in answer.trace)
    assert with_model.ask("Tell me a joke").abstained


@pytest.mark.torch
def test_a_model_that_is_not_there_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        open_reranker(str(tmp_path / "no-model"))
    monkeypatch.delenv("ATAZAN_RERANKER", raising=False)
    assert open_reranker() is None
