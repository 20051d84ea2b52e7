"""A model that cannot be had is told of at once: by whatever option it is named, and though the hub is out of reach."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from corpus import Folders
from index.embedders.hub import ModelOutOfReach, source_of

_DATA = "eval/datasets/kz-timeline.jsonl"
_SILENT_AT_MOST = 2  # times that a hub which does not answer may be asked


@contextmanager
def _hub(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """The address of a hub that gives the same answer to all, or none where it is empty; and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(4096))
                    connection.sendall(answer)

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "Who elects the President?", "--embedder", "nobody/no-model"],
        ["ask", "Who elects the President?", "--generator", "nobody/no-model"],
        ["ask", "Who elects the President?", "--generator", "nobody/no-model.gguf"],
        ["ask", "Who elects the President?", "--reranker", "nobody/no-model"],
        ["serve", "--embedder", "nobody/no-model"],
        ["serve", "--generator", "nobody/no-model"],
        ["eval", _DATA, "--system", "nobody/no-model"],
        ["eval", _DATA, "--system", "dense:nobody/no-model"],
    ],
    ids=" ".join,
)
def test_a_wrong_name_is_one_sentence_and_no_retries(
    arguments: list[str], installed_folders: Folders, tmp_path: Path
) -> None:
    folders = {"ATAZAN_CACHE_DIR": str(installed_folders.cache), "ATAZAN_DATA_DIR": str(tmp_path)}
    with _hub(b"") as (hub, asked):
        environment = os.environ | folders | {"HF_ENDPOINT": hub, "HF_HOME": str(tmp_path / "hub")}
        done = subprocess.run(
            [sys.executable, "-m", "qa.commands.main", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert done.returncode in (1, 2)
    assert len(lines) == 1
    assert "cannot be loaded" in lines[0]
    assert len(asked) <= _SILENT_AT_MOST


def test_a_folder_a_download_and_a_name_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    assert source_of(str(folder)) == str(folder)
    cached = tmp_path / "hub" / "hub" / "models--owner--name"
    (cached / "snapshots" / "a1").mkdir(parents=True)
    (cached / "snapshots" / "a1" / "config.json").write_text("{}")
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("a1")
    code = "from index.embedders.hub import source_of; print(source_of('owner/name'))"
    with _hub(b"") as (silent, _), _hub(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (hub, _):
        for endpoint, found in ((silent, cached / "snapshots" / "a1"), (hub, "owner/name")):
            environment = os.environ | {"HF_ENDPOINT": endpoint, "HF_HOME": str(tmp_path / "hub")}
            done = subprocess.run(
                [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
            )
            assert done.stdout.strip() == str(found)


def test_a_name_that_is_none_is_no_reason_to_ask_the_hub() -> None:
    for name in ("./no/such/folder", "/no/such/folder", "a b"):
        with pytest.raises(ModelOutOfReach, match="no such folder"):
            source_of(name)
