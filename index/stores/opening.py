"""From a store's name, as typed, to the store."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from index.stores.provision_store import ProvisionStore, StoreFailure

TOKEN = "ATAZAN_STORE_TOKEN"


def open_store(name: str, *, create: bool = False) -> ProvisionStore | None:
    """The store of that name: a folder on this machine, `milvus-lite:PATH`, or `milvus://HOST:PORT` (`milvuss://` over
    TLS; the token from `ATAZAN_STORE_TOKEN`). None for a folder that holds none, unless it is to be created. Raises
    `StoreFailure`."""
    scheme = urlsplit(name).scheme
    if scheme in ("milvus", "milvuss", "milvus-lite"):
        from index.stores.milvus import open_milvus

        return open_milvus(name, token=os.environ.get(TOKEN, ""), create=create)
    if len(scheme) > 1:
        raise StoreFailure("bad_name", f"{name} names no store: give a folder, milvus://HOST:PORT or milvus-lite:PATH.")
    from index.stores.embedded import EmbeddedStore, holds_store

    folder = Path(name)
    return EmbeddedStore(folder) if create or holds_store(folder) else None
