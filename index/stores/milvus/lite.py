"""Milvus's embedded kind, run in this process over a folder, however often the folder is opened."""

from __future__ import annotations

import atexit
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.stores.provision_store import StoreFailure


@dataclass
class _Engine:
    server: Any
    database: Any
    port: int
    users: int = 0


_engines: dict[Path, _Engine] = {}
_changing = threading.Lock()


def start_engine(folder: Path) -> str:
    """Run the engine over the folder, if it does not run yet; where it is spoken to. Each start needs its stop."""
    from milvus_lite.adapter.grpc.server import start_server_in_thread
    from milvus_lite.exceptions import DataDirLockedError, MilvusLiteError

    folder = folder.resolve()
    with _changing:
        if folder not in _engines:
            try:
                folder.parent.mkdir(parents=True, exist_ok=True)
                _engines[folder] = _Engine(*start_server_in_thread(str(folder)))
            except DataDirLockedError as error:
                raise StoreFailure("slow", f"The library {folder} is in use by another process; try again.") from error
            except (OSError, MilvusLiteError) as error:
                raise StoreFailure("damaged", f"The library {folder} cannot be opened: {error}.") from error
        _engines[folder].users += 1
        return f"http://127.0.0.1:{_engines[folder].port}"


def stop_engine(folder: Path) -> None:
    """Let go of the folder, once nobody else in this process uses it."""
    folder = folder.resolve()
    with _changing:
        engine = _engines[folder]
        engine.users -= 1
        if engine.users == 0:
            _halt(_engines.pop(folder))


@atexit.register
def _stop_all() -> None:
    while _engines:
        _halt(_engines.popitem()[1])


def _halt(engine: _Engine) -> None:
    engine.server.stop(grace=2).wait()
    engine.database.close()
