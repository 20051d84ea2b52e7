"""The page for programs: the six tools through the real gradio_client and a real MCP client; who is let in."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

import app
from corpus import Folders
from page.admission import LOOKING_UP, Admission, NotAdmitted
from qa import Assistant
from tests.server import served


@pytest.fixture(scope="module")
def url(assistant: Assistant, installed_folders: Folders) -> Iterator[str]:
    with served(assistant, installed_folders) as address:
        yield address


@pytest.fixture(scope="module")
def client(url: str) -> Client:
    return Client(url, verbose=False)


def test_there_are_six_tools_and_each_is_described(client: Client) -> None:
    endpoints: dict[str, Any] = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert {name: [p["parameter_name"] for p in info["parameters"]] for name, info in endpoints.items()} == {
        "/ask": [
            *("question", "language", "as_of", "document", "written"),
            *("where", "act", "kind", "text_language"),
        ],
        "/search": ["words", "document", "limit"],
        "/read_article": ["reference", "document", "language", "as_of"],
        "/compare": ["matter", "language", "document"],
        "/topic": ["name", "language"],
        "/topics": ["language"],
    }
    assert all(len(info["description"]) > 40 for info in endpoints.values())


def test_ask_gives_what_the_command_line_prints(client: Client, assistant: Assistant) -> None:
    question = "Can I hold a second citizenship?"
    given, own = client.predict(question, api_name="/ask"), assistant.ask(question).to_json()
    assert given | {"elapsed_ms": 0, "as_of": ""} == own | {"elapsed_ms": 0, "as_of": ""}
    old = client.predict(question, as_of="2020-01-01", language="ru", api_name="/ask")
    assert old["language"] == "ru"
    assert {citation["document"] for citation in old["citations"]} == {"kz-constitution-1995"}


def test_search_read_and_compare(client: Client) -> None:
    hits = client.predict("pardon", limit=3, api_name="/search")["hits"]
    assert len(hits) == 3
    assert hits[0]["provision"].startswith("kz-constitution")
    article = client.predict("18(2)", language="en", api_name="/read_article")
    assert [p["label"] for p in article["provisions"]] == ["Art. 18(2)", "Art. 18(2), part 2"]
    assert article["provisions"][0]["text"].startswith("2.")
    both = client.predict("detention by the police", api_name="/compare")
    pair = both["pairs"][0]
    assert "kz-constitution-1995#art_16__para_2" in pair["old"]
    assert any(provision.startswith("kz-constitution-2026#art_18") for provision in pair["new"])
    assert set(both["provisions"]) == {i for each in both["pairs"] for i in (*each["old"], *each["new"])}
    assert pair["kind"] == "narrowed"
    assert "72" in pair["changed"]["en"]
    article = client.predict("18", language="ru", api_name="/compare")
    assert article["provisions"][article["pairs"][0]["new"][0]]["label"] == "ст. 18 п. 1"


def test_subjects_are_listed_and_told(client: Client) -> None:
    listed = {row["subject"]: row["title"] for row in client.predict("ru", api_name="/topics")["subjects"]}
    told = client.predict(listed["detention"], api_name="/topic")
    assert (told["subject"], told["language"]) == ("detention", "ru")
    provisions = {row["provision"]: row for group in told["groups"] for row in group["provisions"]}
    assert provisions["kz-constitution-2026#art_18__para_4"]["essential"]
    assert provisions["kz-constitution-2026#art_18__para_2"]["quote"].startswith("Без судебного решения")


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("/ask", {"question": "???"}, "The question is empty"),
        ("/ask", {"question": "Who?", "as_of": "2020-13-01"}, "is not a date"),
        ("/ask", {"question": "Who elects?", "document": "none"}, "There is no document"),
        ("/read_article", {"reference": "250"}, "from 1 to 96"),
        ("/compare", {"matter": "250"}, "from 1 to 96"),
        ("/compare", {"matter": "18", "language": "xx"}, "is not a language"),
        ("/search", {"words": "pardon", "limit": 51}, "from 1 to 50"),
        ("/search", {"words": "pardon", "limit": -1}, "from 1 to 50"),
        ("/topic", {"name": "eduction", "language": "en"}, "near are: Education"),
        ("/topics", {"language": "de"}, "is not a language"),
    ],
)
def test_bad_input_is_one_sentence(client: Client, tool: str, arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(AppError, match=told):
        client.predict(**arguments, api_name=tool)


def test_a_real_mcp_client_finds_and_calls_the_tools(url: str) -> None:
    async def visit() -> tuple[list[str], str, bool, str]:
        async with (
            streamablehttp_client(f"{url}/gradio_api/mcp/") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            assert all(tool.description for tool in tools)
            assert all(tool.inputSchema["required"] for tool in tools if tool.name != "topics")
            answer = await session.call_tool("ask", {"question": "Is there a death penalty?"})
            refused = await session.call_tool("ask", {"question": "???"})
            return [t.name for t in tools], answer.content[0].text, bool(refused.isError), refused.content[0].text

    # In a thread of its own: playwright, where the browser tests ran before, keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        names, answer, refused, told = thread.submit(asyncio.run, visit()).result()
    assert sorted(names) == ["ask", "compare", "read_article", "search", "topic", "topics"]
    assert "kz-constitution-2026#art_17" in answer
    assert (refused, "The question is empty" in told) == (True, True)


def test_no_file_of_the_machine_is_served(url: str, installed_folders: Folders) -> None:
    for path in (Path(app.__file__), installed_folders.data / "feedback.jsonl", Path("/etc/hostname")):
        assert httpx.get(f"{url}/gradio_api/file={path}").status_code in (403, 404)


def test_one_address_asks_so_many_times_a_minute() -> None:
    admission = Admission(2)
    for _ in range(2):
        with admission.admitted("10.0.0.1", "en"):
            pass
    with pytest.raises(NotAdmitted, match="more than 2 questions in a minute"), admission.admitted("10.0.0.1", "en"):
        pass
    with admission.admitted("10.0.0.2", "en"):
        pass


def test_small_work_counts_for_less_and_great_work_for_more() -> None:
    admission = Admission(2)
    for _ in range(10):
        admission.charge("10.0.0.1", "en", LOOKING_UP)
    admission.charge("10.0.0.1", "en")
    with pytest.raises(NotAdmitted):
        admission.charge("10.0.0.1", "en", LOOKING_UP)
    admission.charge("10.0.0.2", "en", 11)  # more than a minute has: all of it
    with pytest.raises(NotAdmitted):
        admission.charge("10.0.0.2", "en", LOOKING_UP)


def test_a_full_house_says_so_and_lets_in_again() -> None:
    admission = Admission(0, waiting=1)
    inside, leave = threading.Event(), threading.Event()

    def sit() -> None:
        with admission.admitted("10.0.0.1", "kk"):
            inside.set()
            leave.wait(10)

    sitting = threading.Thread(target=sit)
    sitting.start()
    assert inside.wait(10)
    with pytest.raises(NotAdmitted, match="Қазір сұраушы көп"), admission.admitted("10.0.0.2", "kk"):
        pass
    leave.set()
    sitting.join()
    with admission.admitted("10.0.0.2", "kk"):
        pass
