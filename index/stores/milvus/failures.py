"""What went wrong between us and Milvus, in one sentence of the right kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from index.stores.provision_store import FailureKind, StoreFailure

_NOT_FOUND, _NO_INDEX, _NOT_LOADED = 100, 700, 101  # codes of the engine, the same in all its kinds
_NO_ROOM = re.compile(r"no space left|quota (?:exceeded|exhausted)|disk full|out of memory|insufficient memory", re.I)
_UNKNOWN_TOKEN = re.compile(
    r"auth check failure|unauthenticated|permission ?deny|permission denied|not privilege", re.I
)
_TOO_LATE = re.compile(r"deadline exceeded|retry timeout|time(?:d)? ?out", re.I)
_CERTIFICATE = re.compile(r"CERTIFICATE_VERIFY_FAILED|SSL_ERROR|handshake|certificate", re.I)
_LAST = re.compile(r"(?:.*last error: )?(?:[A-Z]+: )?(?:ipv[46]:\S+: )?(.*)")


def is_not_loaded(error: Exception) -> bool:
    """Whether the engine keeps the collection, and has only not loaded it since it was started."""
    return getattr(error, "code", None) == _NOT_LOADED


def is_absent(error: Exception) -> bool:
    """Whether the collection is not there, or was not made to its end."""
    return getattr(error, "code", None) in (_NOT_FOUND, _NO_INDEX)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Raise what the client raises inside as a `StoreFailure` of the store with that name."""
    import grpc
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except (MilvusException, grpc.RpcError, grpc.FutureTimeoutError) as error:
        raise failure(name, error) from error


def failure(name: str, error: Exception) -> StoreFailure:
    """The failure that the client's error means."""
    call = _call_that_failed(error)
    said = str(call.details() or call.code() if call else getattr(error, "message", "") or error)
    kind = _kind(call and call.code(), said)
    return StoreFailure(kind, _SENTENCES[kind].format(name=name, said=_shortly(said)))


_SENTENCES: dict[FailureKind, str] = {
    "away": "The store {name} is not in reach: {said}.",
    "slow": "The store {name} did not answer in time; try again.",
    "refused": "The store {name} does not accept the token in ATAZAN_STORE_TOKEN.",
    "full": "The store {name} has no room left: {said}.",
    "damaged": "The store {name} did not do what was asked: {said}.",
}


def _kind(code: Any, said: str) -> FailureKind:
    import grpc

    if code in (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED) or _UNKNOWN_TOKEN.search(said):
        return "refused"
    if code == grpc.StatusCode.RESOURCE_EXHAUSTED or _NO_ROOM.search(said):
        return "full"
    if code == grpc.StatusCode.DEADLINE_EXCEEDED or (code is None and _TOO_LATE.search(said)):
        return "slow"
    return "damaged" if code is None else "away"


def _call_that_failed(error: BaseException) -> Any:
    """The failed call that the client's error came of; None where the engine itself answered."""
    import grpc

    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        if isinstance(cause, grpc.RpcError):
            return cause
        seen.append(cause)
        # The client raises many an error from itself; what it came of is then its context.
        cause = cause.__cause__ if cause.__cause__ is not cause else cause.__context__
    return None


def _shortly(said: str) -> str:
    """One clause of what may be a page."""
    if _CERTIFICATE.search(said):
        return "its certificate is not trusted here, or it does not speak TLS"
    line = (said.strip() or "it gives no reason").splitlines()[0]
    return _LAST.sub(r"\1", line, count=1)[:200].rstrip(". ")
