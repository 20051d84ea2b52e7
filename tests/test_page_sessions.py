"""What the server keeps of a visit."""

from __future__ import annotations

import gc

import gradio as gr
import httpx
import pytest
from gradio.state_holder import SessionState

from corpus import Folders
from page import serving
from page.delivery.sessions import Session
from qa import Assistant
from tests.server import served


@pytest.fixture(scope="module")
def blocks(assistant: Assistant, installed_folders: Folders) -> gr.Blocks:
    return serving.page(assistant, installed_folders)


def test_no_component_is_configured_until_somebody_asks(blocks: gr.Blocks) -> None:
    session = Session(blocks)
    assert session.config_values == {}
    assert len(list(session.components)) == len(list(SessionState(blocks).components))


def test_a_visit_knows_its_components_as_gradio_would(blocks: gr.Blocks) -> None:
    ours, theirs = Session(blocks), SessionState(blocks)
    changed = next(key for key, block in blocks.blocks.items() if isinstance(block, gr.Textbox))
    for session in (ours, theirs):
        session._update_value_in_config(changed, "what stands there now")

    by_id = {config["id"]: config for config in ours.components}
    assert by_id == {config["id"]: config for config in theirs.components}
    assert by_id[changed]["props"]["value"] == "what stands there now"


def test_every_visit_is_kept_so(assistant: Assistant, installed_folders: Folders) -> None:
    gc.collect()
    before = {id(held) for held in gc.get_objects() if isinstance(held, SessionState)}
    with served(assistant, installed_folders) as url:
        asked = {"data": ["Is the death penalty allowed?", "", "", "", False]}
        event = httpx.post(f"{url}/gradio_api/call/ask", json=asked).raise_for_status().json()["event_id"]
        assert "death" in httpx.get(f"{url}/gradio_api/call/ask/{event}", timeout=60).text
        kept = [held for held in gc.get_objects() if isinstance(held, SessionState) and id(held) not in before]
    assert kept
    assert all(isinstance(held, Session) for held in kept)
