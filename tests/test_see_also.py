"""What is offered under "See also" belongs to what is cited: parts of the same article first, nothing merely near."""

from __future__ import annotations

import pytest

from corpus.subjects import load_subjects
from qa import Assistant

_CONSTITUTION = "kz-constitution-2026#"
_NARROW = 20  # provisions: a broader subject has what is in no way beside each other


@pytest.mark.parametrize(
    "question",
    [
        "How long can the police hold me without a judge?",
        "Когда можно позвать адвоката?",
        "Еңбекақымды төлемей жатыр, не істеймін?",
        "Can a judge be detained?",
    ],
)
def test_what_is_offered_is_of_the_same_article_or_subject(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    cited = {citation.provision for citation in answer.citations}
    article = answer.citations[0].provision.split("__")[0]
    offered = [near.provision for near in answer.see_also if near.provision.startswith(_CONSTITUTION)]
    siblings = [name.split("__")[0] == article for name in offered]
    assert siblings == sorted(siblings, reverse=True)
    assert cited.isdisjoint(offered)
    subjects = [set(subject.provisions) for subject in load_subjects().values()]
    narrow = [names for names in subjects if len(names) <= _NARROW]
    for name, is_sibling in zip(offered, siblings, strict=True):
        assert is_sibling or any(name in names and cited & names for names in narrow), name


def test_the_lawyer_is_offered_beside_the_time_limit(assistant: Assistant) -> None:
    offered = [near.provision for near in assistant.ask("How long can the police hold me without a judge?").see_also]
    assert any(name.startswith(f"{_CONSTITUTION}art_18__") for name in offered)
