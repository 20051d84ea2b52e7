"""What operators see: health, figures and the journal, none of which holds a question or an address."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from corpus import Folders
from index.stores import StoreFailure, open_store
from page.admission import Admission
from page.doors import BadProxy, Doors
from page.watching import Store, add_watching, close_journal, open_journal
from qa import Assistant
from qa.setup.arrival import Arrival, AtHand, Underway
from qa.setup.installed import installed
from tests.server import served
from tests.sessions import Session

_MARKER = "zhalbyrak"  # in no text
_VISITOR = "198.51.100.77"
_BEHIND = Doors(trusted_proxies=("127.0.0.1",))


@pytest.fixture
def arrival(assistant: Assistant, installed_folders: Folders) -> Arrival:
    return Arrival(AtHand(assistant, installed(installed_folders)))


def _health(arrival: Arrival, admission: Admission | None = None, store: Store | None = None) -> tuple[int, Any]:
    app = FastAPI()
    add_watching(app, arrival, admission or Admission(), store=store, readers=())
    response = TestClient(app).get("/healthz")
    return response.status_code, response.json()


def _figures(url: str, headers: Mapping[str, str] | None = None) -> dict[tuple[str, ...], float]:
    """Samples by name and values of their labels, these by the labels' names."""
    text = httpx.get(f"{url}/metrics", headers=headers).raise_for_status().text
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def _ask(url: str, question: str, language: str = "en", headers: Mapping[str, str] | None = None) -> httpx.Response:
    return httpx.post(f"{url}/gradio_api/run/ask", json={"data": [question, language]}, headers=headers, timeout=30)


# Health


def test_a_server_with_all_its_texts_is_ready(assistant: Assistant, installed_folders: Folders) -> None:
    with served(assistant, installed_folders) as url:
        response = httpx.get(f"{url}/healthz")
    assert response.status_code == 200
    told = response.json()
    assert (told["state"], told["index"], told["store"]) == ("ready", assistant.index.fingerprint, None)
    assert told["version"]
    assert response.headers["cache-control"] == "no-store"


def test_while_texts_arrive_it_answers_and_says_so(arrival: Arrival) -> None:
    arrival.underway = Underway({})
    status, told = _health(arrival)
    assert (status, told["state"]) == (200, "arriving")


def test_a_server_that_would_turn_the_next_away_is_not_to_be_sent_one(arrival: Arrival) -> None:
    admission = Admission(waiting=1)
    with admission.admitted("a", "en"):
        status, told = _health(arrival, admission)
        assert (status, told["state"]) == (503, "full")
    assert _health(arrival, admission)[0] == 200


def test_the_store_is_told_with_its_engine(arrival: Arrival, tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "library"), create=True)
    assert store
    status, told = _health(arrival, store=store)
    store.close()
    assert (status, told["store"]["state"], told["store"]["engine"]) == (200, "ready", "SQLite and FAISS")


class _Away:
    def health(self) -> NoReturn:
        raise StoreFailure("away", "milvus://10.1.2.3:19530 does not answer.")


class _Broken:
    def health(self) -> NoReturn:
        raise RuntimeError(_MARKER)


@pytest.mark.parametrize(("store", "state"), [(_Away(), "away"), (_Broken(), "failed")])
def test_a_store_that_fails_leaves_the_server_answering_and_no_address_told(
    arrival: Arrival, store: Store, state: str
) -> None:
    status, told = _health(arrival, store=store)
    assert (status, told["state"], told["store"]) == (200, "ready", {"state": state})


class _Hanging:
    """Fails, but only once it is let go; counts how often it was asked."""

    def __init__(self) -> None:
        self.go, self.asked = threading.Event(), 0

    def health(self) -> NoReturn:
        self.asked += 1
        self.go.wait()
        raise StoreFailure("away", "late")


def test_a_store_that_hangs_is_told_slow_holds_one_thread_and_is_asked_again(arrival: Arrival) -> None:
    store, app = _Hanging(), FastAPI()
    add_watching(app, arrival, Admission(), store=store, readers=())
    with TestClient(app) as client:
        try:
            # Each comes back while the store still hangs.
            assert [client.get("/healthz").json()["store"] for _ in range(3)] == [{"state": "slow"}] * 3
            assert store.asked == 1
        finally:
            store.go.set()
        states = iter(lambda: client.get("/healthz").json()["store"]["state"], "slow")
        assert next(states) == "away"
        assert next(states) == "away"
        assert store.asked >= 2


# Figures


def test_nobody_reads_the_figures_unless_told_so(assistant: Assistant, installed_folders: Folders) -> None:
    with served(assistant, installed_folders) as url:
        assert httpx.get(f"{url}/metrics").status_code == 404
    with served(assistant, installed_folders, metrics=["10.0.0.0/8"]) as url:
        assert httpx.get(f"{url}/metrics").status_code == 404
    with served(assistant, installed_folders, _BEHIND, metrics=["127.0.0.1"]) as url:
        assert httpx.get(f"{url}/metrics").status_code == 200
        # A visitor whom the proxy on this machine brings is a visitor.
        assert httpx.get(f"{url}/metrics", headers={"x-forwarded-for": _VISITOR}).status_code == 404
        assert httpx.get(f"{url}/metrics", headers={"host": "evil.example"}).status_code == 400


def test_what_names_no_address_is_told(assistant: Assistant, installed_folders: Folders) -> None:
    with pytest.raises(BadProxy), served(assistant, installed_folders, metrics=["proxy"]):
        pass


def test_questions_are_counted_by_language_and_outcome(assistant: Assistant, installed_folders: Folders) -> None:
    with (
        served(assistant, installed_folders, metrics=["127.0.0.1"]) as url,
        served(assistant, installed_folders, metrics=["127.0.0.1"], per_minute=1) as other,
    ):
        assert _ask(url, "Is there a death penalty?").status_code == 200
        assert _ask(url, "Өлім жазасы бар ма?", "kk").status_code == 200
        refused = _ask(url, "What is the price of bread in Almaty?").json()["data"][0]["abstained"]["reason"]
        assert _ask(url, "").status_code == 422
        httpx.post(f"{url}/gradio_api/run/search", json={"data": ["pardon"]}, timeout=30)
        figures = _figures(url)
        for outcome, language in (("answered", "en"), ("answered", "kk"), (refused, "en"), ("bad_input", "en")):
            assert figures["atazan_requests_total", "ask", language, outcome] == 1
        assert figures["atazan_requests_total", "search", "", "answered"] == 1
        assert figures["atazan_answer_seconds_count", "ask"] == 3
        assert figures["atazan_answer_seconds_bucket", "ask", "+Inf"] == 3
        assert (figures["atazan_in_flight",], figures["atazan_ready",]) == (0, 1)
        assert figures["process_resident_memory_bytes",] > 0
        # Two servers in one process count apart; who is told to come back is counted too.
        assert not [name for name in _figures(other) if name[0] == "atazan_requests_total"]
        assert [_ask(other, "Is there a death penalty?").status_code for _ in range(2)] == [200, 429]
        figures = _figures(other)
        assert figures["atazan_requests_total", "ask", "en", "too_often"] == 1
        assert (figures["atazan_refused_total", "too_often"], figures["atazan_refused_total", "busy"]) == (1, 0)


def test_a_language_that_is_none_makes_no_figure_of_its_own(assistant: Assistant, installed_folders: Folders) -> None:
    with served(assistant, installed_folders, metrics=["127.0.0.1"]) as url:
        assert _ask(url, "Is there a death penalty?", _MARKER).status_code == 422
        assert _figures(url)["atazan_requests_total", "ask", "", "bad_input"] == 1


# The journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "requests.jsonl"
    handler = open_journal(str(path))
    yield path
    close_journal(handler)


def _lines(journal: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]


def test_neither_question_nor_address_is_told_anywhere(
    assistant: Assistant, installed_folders: Folders, journal: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    headers = {"x-forwarded-for": _VISITOR}
    with served(assistant, installed_folders, _BEHIND, metrics=["127.0.0.1"]) as url:
        for tool in ("ask", "search", "read_article", "compare", "topic"):
            body = {"data": [f"May the {_MARKER} be taken from me?"]}
            httpx.post(f"{url}/gradio_api/run/{tool}", json=body, headers=headers, timeout=30)
        _ask(url, _MARKER * 300, headers=headers)
        _ask(url, "Is there a death penalty?", _MARKER, headers)
        figures = httpx.get(f"{url}/metrics").text
    printed = capfd.readouterr()
    for told in (journal.read_text(encoding="utf-8"), figures, printed.out, printed.err):
        assert _MARKER not in told
        assert _VISITOR not in told
    lines = _lines(journal)
    assert [line["kind"] for line in lines] == ["ask", "search", "read_article", "compare", "topic", "ask", "ask"]
    assert {*lines[0]} == {"at", "id", "kind", "outcome", "milliseconds", "language"}
    assert len({line["id"] for line in lines}) == len(lines)


def test_a_question_in_the_page_is_told_with_consent_alone(
    assistant: Assistant, installed_folders: Folders, journal: Path
) -> None:
    question = f"Is there a death penalty, {_MARKER}?"
    with served(assistant, installed_folders, metrics=["127.0.0.1"]) as url, Session(url) as session:
        session.ask(question)
        session.trigger("judged-bridge", "click", told={"turn": 0, "verdict": "helpful", "consent": False})
        assert _MARKER not in journal.read_text(encoding="utf-8")
        session.trigger(
            "judged-bridge", "click", told={"turn": 0, "verdict": "wrong", "reason": "unclear", "consent": True}
        )
        figures = _figures(url)
        assert _MARKER not in httpx.get(f"{url}/metrics").text
    asked, helpful, wrong = _lines(journal)
    assert (asked["kind"], asked["outcome"], asked["language"]) == ("page", "answered", "en")
    assert "question" not in asked | helpful
    assert (wrong["outcome"], wrong["reason"], wrong["question"]) == ("wrong", "unclear", question)
    assert figures["atazan_requests_total", "page", "en", "answered"] == 1
    assert figures["atazan_feedback_total", "", "helpful"] == 1
    assert figures["atazan_feedback_total", "unclear", "wrong"] == 1


def test_a_journal_that_is_moved_away_is_begun_anew(
    assistant: Assistant, installed_folders: Folders, journal: Path
) -> None:
    with served(assistant, installed_folders) as url:
        _ask(url, "Is there a death penalty?")
        journal.rename(journal.with_suffix(".1"))
        _ask(url, "Is there a death penalty?")
    assert len(_lines(journal)) == len(_lines(journal.with_suffix(".1"))) == 1


def test_the_command_says_what_it_cannot_watch(tmp_path: Path) -> None:
    for arguments, told in (
        (["--metrics", "proxy"], "proxy is no address or network"),
        (["--log-json", str(tmp_path / "none" / "log")], "No such file"),
    ):
        command = [sys.executable, "-m", "qa.commands.main", "serve", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in (1, 2)
        assert told in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_what_is_not_asked_for_is_not_loaded() -> None:
    code = "import sys, page.serving; sys.exit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
