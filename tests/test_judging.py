"""A model asked as a second judge of sentences: what its word is worth, and that it never judges alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest
import rtoml

from qa import Answer, Assistant
from qa.prose.generators.endpoint_generator import KEY_VARIABLE, EndpointGenerator
from qa.prose.generators.marks import Marks
from qa.prose.judge import Claim, Judge
from qa.prose.writing import Writer
from tests.chat_server import ChatServer, chat_server

Says = Callable[[dict[str, Any]], str]
ASKED = "Is there a death penalty?"
FREE = "However heavy the crime, this country executes no one."
TURNED = "Whoever executes no one commits a heavy crime in this country."


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with chat_server() as running:
        yield running


def _trials() -> list[dict[str, Any]]:
    table = rtoml.loads(resources.files("qa.prose").joinpath("judging.toml").read_text(encoding="utf-8"))
    return list(table["provision"])


def _true_ones() -> set[str]:
    return {sentence for row in _trials() for sentence in (*row["true"], *row["answers"])}


def _sentences(body: dict[str, Any]) -> list[tuple[int, str]]:
    told = body["messages"][1]["content"].split("Sentences:")[1]
    form = r"^(\d+)\. \(rests on [A-Z, ]+\)(?: To the question “[^”]+”:)? (.*)$"
    return [(int(n), text) for n, text in re.findall(form, told, re.MULTILINE)]


def _model(writes: str, bears_out: Callable[[str], bool]) -> Says:
    """A model that writes so, and judges so."""

    def says(body: dict[str, Any]) -> str:
        if "You check sentences" not in body["messages"][0]["content"]:
            return writes
        return json.dumps({"borne_out": [n for n, text in _sentences(body) if bears_out(text)]})

    return says


def _written(assistant: Assistant, server: ChatServer, says: Says) -> Answer:
    server.says = says
    generator = EndpointGenerator(f"{server.url}#parrot")
    *_, answer = Writer(assistant.index, generator, judge=Judge(generator, Marks())).write(assistant.ask(ASKED))
    return answer


def test_a_sentence_freely_put_is_shown_where_the_judge_finds_it_borne_out(
    assistant: Assistant, server: ChatServer
) -> None:
    good = _true_ones() | {FREE}
    answer = _written(assistant, server, _model(f"{FREE} [1] {TURNED} [1]", good.__contains__))
    assert [(s.text, bool(s.doubts)) for s in answer.written] == [(FREE, False), (TURNED, True)]
    assert FREE in answer.text
    assert TURNED not in answer.text
    careless = _written(assistant, server, _model(f"{FREE} [1]", lambda text: True))
    assert FREE not in careless.text


@pytest.mark.parametrize(
    ("says", "shown"),
    [("No. Nobody may be put to death [1].", True), ("Yes, nobody may be put to death [1].", False)],
)
def test_an_answer_opens_with_yes_or_no_where_the_judge_finds_that_too(
    assistant: Assistant, server: ChatServer, says: str, shown: bool
) -> None:
    good = _true_ones() | {"No. Nobody may be put to death.", "Nobody may be put to death."}
    answer = _written(assistant, server, _model(says, good.__contains__))
    said = "No. Nobody may be put to death." if shown else "Nobody may be put to death."
    assert [(s.text, s.doubts) for s in answer.written] == [(said, ())]
    asked = server.asked[-1]["messages"][1]["content"]
    assert asked.count(f"To the question “{ASKED}”") == 1


def test_what_rules_find_wrong_stays_out_whatever_the_judge_says(assistant: Assistant, server: ChatServer) -> None:
    wrong = (
        "The death penalty ended in 1999 [1].",
        "The Senate forbids the death penalty [1].",
        "The text says “nobody shall ever be put to death by anyone” [1].",
        "Article 99 forbids the death penalty [1].",
        "The death penalty is forbidden.",
    )
    tried = {sentence for row in _trials() for sentence in (*row["false"], *row["answers_falsely"])}
    answer = _written(assistant, server, _model("\n".join(wrong), lambda text: text not in tried))
    assert [bool(sentence.doubts) for sentence in answer.written] == [True] * len(wrong)
    assert answer.mode == "extractive"


@pytest.mark.parametrize("bears_out", [lambda text: True, lambda text: False, lambda text: len(text) % 2 == 0])
def test_a_model_that_lets_one_false_sentence_through_or_no_true_one_does_not_judge(
    server: ChatServer, bears_out: Callable[[str], bool]
) -> None:
    server.says = _model("", bears_out)
    marks = Marks()
    for _ in range(2):
        assert not Judge(EndpointGenerator(f"{server.url}#parrot"), marks).may_judge()
    assert len(server.asked) <= 3  # and it is tried once


def test_a_model_that_judges_right_does(server: ChatServer) -> None:
    server.says = _model("", _true_ones().__contains__)
    judge = Judge(EndpointGenerator(f"{server.url}#parrot"), Marks())
    assert judge.may_judge()
    server.says = lambda body: '{"borne_out": ["2", 7, 0, true]}'
    assert judge.borne_out([Claim("One.", ("A text.",)), Claim("Two.", ("A text.", "Another."))]) == {1}
    server.says = lambda body: "I would rather not."
    assert judge.borne_out([Claim("One.", ("A text.",))]) is None


def test_where_the_judge_falls_silent_nothing_is_shown(assistant: Assistant, server: ChatServer) -> None:
    good = _true_ones()
    plain = "The death penalty is forbidden."

    def says(body: dict[str, Any]) -> str:
        if "You check sentences" in body["messages"][0]["content"]:
            known = [n for n, text in _sentences(body) if text in good]
            return json.dumps({"borne_out": known}) if known else "Hm."
        return f"{plain} [1]"

    answer = _written(assistant, server, says)
    assert [bool(s.doubts) for s in answer.written] == [True]
    assert answer.mode == "extractive"


def test_a_model_that_may_not_judge_does_not_write(assistant: Assistant, server: ChatServer) -> None:
    plain = assistant.ask(ASKED)
    answer = _written(assistant, server, _model("The death penalty is forbidden [1].", lambda text: True))
    assert (answer.mode, answer.text, answer.written) == ("extractive", plain.text, ())
    assert "does not write" in answer.trace[-1].text
