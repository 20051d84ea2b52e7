"""Words that two texts share are the same however their letters were typed."""

from __future__ import annotations

import pytest

from qa.reading.word_difference import word_difference


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Розаны төраға кiм суарады", "Розаны төраға кім суарады"),  # a Latin i
        ("Сəуірдің бірінші күні", "Сәуірдің бірінші күні"),  # a phonetic schwa
        ("Pозы поливают дважды", "Розы поливают дважды"),
        ("ІI бөлім бойынша", "II бөлім бойынша"),
        ("«Розы» поливают дважды", "розы поливают дважды,"),
    ],
)
def test_look_alike_letters_are_no_change(old: str, new: str) -> None:
    assert word_difference(old, new) == ((("same", old),), (("same", new),))


def test_a_changed_word_among_look_alikes_is_marked_and_printed_as_it_was() -> None:
    old, new = "Бақтағы ұялардың тiзiмiн төраға жүргiзедi", "Бақтағы ұялардың тізімін хатшы жүргізеді"
    left, right = word_difference(old, new)
    assert "".join(words for _, words in left) == old
    assert "".join(words for _, words in right) == new
    assert [words.split() for mark, words in left if mark == "gone"] == [["төраға"]]
    assert [words.split() for mark, words in right if mark == "came"] == [["хатшы"]]
