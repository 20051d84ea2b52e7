"""From a store's name to a library on Milvus."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from index.stores.milvus.failures import telling
from index.stores.milvus.lite import start_engine, stop_engine
from index.stores.milvus.store import MilvusStore
from index.stores.provision_store import StoreFailure

_PORT = 19530
_CONNECTING = 5.0  # seconds
_CHANNEL = {
    # A new channel must not wait with an old one that found the server dead.
    "grpc.use_local_subchannel_pool": 1,
    "grpc.max_reconnect_backoff_ms": 2_000,
    "grpc.keepalive_permit_without_calls": 0,  # servers end connections that ping them while idle
}


def open_milvus(name: str, *, token: str, create: bool) -> MilvusStore | None:
    """The store `milvus-lite:PATH`, `milvus://HOST:PORT` or `milvuss://HOST:PORT` (over TLS; gRPC takes root
    certificates from the file in `GRPC_DEFAULT_SSL_ROOTS_FILE_PATH`), a server's with `/DATABASE` if it is not in the
    default one. None where no library is, unless it is to be created. Raises `StoreFailure`."""
    lite, place = name.startswith("milvus-lite:"), name.removeprefix("milvus-lite:")
    if lite and not place:
        raise StoreFailure("bad_name", f"{name} names no folder: give milvus-lite:PATH.")
    if lite and not (create or Path(place).is_dir()):
        return None
    address, database = ("", "") if lite else _address(name)
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # what went wrong is in the `StoreFailure`
    try:
        import pymilvus  # noqa: F401

        address = start_engine(Path(place)) if lite else address
    except ImportError as error:
        raise StoreFailure("no_client", f"To use {name}, first: pip install 'atazan[library]'.") from error
    for logger in ("pymilvus", "pymilvus.milvus_client", "milvus_lite"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    store = _connected(
        name, address, database, "" if lite else token, (lambda: stop_engine(Path(place))) if lite else lambda: None
    )
    if create or store.holds_library():
        return store
    store.close()
    return None


def _connected(name: str, address: str, database: str, token: str, let_go: Callable[[], None]) -> MilvusStore:
    from pymilvus import MilvusClient

    try:
        with telling(name):
            client = MilvusClient(
                uri=address, db_name=database, token=token, timeout=_CONNECTING, dedicated=True, grpc_options=_CHANNEL
            )
    except StoreFailure:
        let_go()
        raise
    return MilvusStore(name, client, let_go)


def _address(name: str) -> tuple[str, str]:
    """What the client calls a server's address, and the database on it."""
    parts = urlsplit(name)
    if "@" in parts.netloc:
        raise StoreFailure("bad_name", "A store's name holds no password: the token is taken from ATAZAN_STORE_TOKEN.")
    database = parts.path.strip("/")
    try:
        host, port = parts.hostname, parts.port or _PORT
    except ValueError:
        host, port = None, _PORT
    if not host or parts.query or parts.fragment or "/" in database:
        raise StoreFailure("bad_name", f"{name} names no server: give milvus://HOST:PORT (milvuss:// over TLS).")
    return f"{'https' if parts.scheme == 'milvuss' else 'http'}://{host}:{port}", database
