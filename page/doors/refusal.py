"""A request turned away: a status and one sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import Scope

from page.translation import accepted_language
from qa.messages import message


def refusal(
    scope: Scope, status: int, key: str, *, headers: Mapping[str, str] | None = None, **values: object
) -> JSONResponse:
    """The response `{"error": sentence}`; `key` names a message."""
    return told(scope, status, message(key, language_of(scope), **values), headers=headers)


def told(scope: Scope, status: int, sentence: str, *, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The same with the sentence ready. The connection is closed: what was not read must not be taken for the next
    request."""
    return JSONResponse({"error": sentence}, status, headers={**(headers or {}), "connection": "close"})


def language_of(scope: Scope) -> str:
    """The language in which the sender of a request is spoken to."""
    return accepted_language(Headers(scope=scope).get("accept-language", ""))
