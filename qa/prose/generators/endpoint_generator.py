"""A model behind an OpenAI-compatible endpoint: Ollama, vLLM, llama.cpp's server, a hosted service.

The wire format is that of OpenAI's "create chat completion", streamed as server-sent events or whole, with its
structured outputs where the server has them. The key comes from the environment alone, so that it is in no file and no
process list.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any
from urllib.parse import urldefrag

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from qa.prose.generators.generator import ChatMessage, Completion, GeneratorUnavailable, Wanted

KEY_VARIABLE = "ATAZAN_GENERATOR_KEY"
_TIMEOUT = httpx.Timeout(120.0, connect=5.0)  # seconds; a model on a CPU reads its prompt for long before it writes
_ATTEMPTS = 3
_LONGEST_WAIT = 10.0  # seconds that a server may ask to wait before it is tried again
_LONGEST = 20_000  # letters of a reply; whatever comes after is not read
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_NO_SUCH_FIELD = frozenset({400, 404, 415, 422, 501})  # what servers answer to a form of replies that they do not know


class _Passing(Exception):
    """A failure that may be gone at the next attempt; `after` seconds, where the server says when."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class _Refused(GeneratorUnavailable):
    """The server will not have the request; `status` is its answer."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


class EndpointGenerator:
    """`address` is that of the API with the model after `#`; without a model, the first that the server lists."""

    def __init__(self, address: str) -> None:
        self.name = address
        base, self._model = urldefrag(address)
        self._holds_to_form = True  # until the server says otherwise
        key = os.environ.get(KEY_VARIABLE, "").strip()
        try:
            self._client = httpx.Client(
                base_url=base.rstrip("/") + "/",
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=_TIMEOUT,
                follow_redirects=False,  # the key goes to nobody but the address named
            )
        except (httpx.InvalidURL, UnicodeEncodeError) as error:
            raise GeneratorUnavailable(f"{address!r} is no address of a generator: {error}") from error

    def stream(self, messages: Sequence[ChatMessage], *, most_tokens: int) -> Iterator[str]:
        body = {**completion_request(messages, self._model or self._first_model(), most_tokens), "stream": True}
        with closing(self._sent(self._client.build_request("POST", "chat/completions", json=body))) as response:
            length = 0
            try:
                for line in response.iter_lines():
                    piece = _piece(line)
                    length += len(piece)
                    if length > _LONGEST:
                        return
                    if piece:
                        yield piece
            except httpx.HTTPError as error:
                raise self._failure(error) from error

    def complete(
        self, messages: Sequence[ChatMessage], *, most_tokens: int, seconds: float, wanted: Wanted | None = None
    ) -> Completion:
        ends = time.monotonic() + seconds
        model = self._model or self._first_model()
        if wanted and self._holds_to_form:
            try:
                return self._completed(completion_request(messages, model, most_tokens, wanted), ends)
            except _Refused as error:
                if error.status not in _NO_SUCH_FIELD:
                    raise
                self._holds_to_form = False
        return self._completed(completion_request(messages, model, most_tokens), ends)

    def _completed(self, body: dict[str, Any], ends: float) -> Completion:
        left = ends - time.monotonic()
        if left <= 0:
            raise self._failure(TimeoutError("it takes too long"))
        timeout = httpx.Timeout(left, connect=min(left, 5.0))
        request = self._client.build_request("POST", "chat/completions", json=body, timeout=timeout)
        raw = b""
        with closing(self._sent(request, ends)) as response:
            try:
                for part in response.iter_bytes():
                    raw += part
                    if len(raw) > 8 * _LONGEST:
                        raise self._failure(ValueError("its reply has no end"))
                    if time.monotonic() > ends:
                        raise self._failure(TimeoutError("it takes too long"))
            except httpx.HTTPError as error:
                raise self._failure(error) from error
        try:
            return completion_of(json.loads(raw))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise GeneratorUnavailable(f"The generator at {self.name} sends what is no chat completion.") from error

    def _first_model(self) -> str:
        with closing(self._sent(self._client.build_request("GET", "models"))) as response:
            try:
                response.read()
                self._model = str(response.json()["data"][0]["id"])
            except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
                raise GeneratorUnavailable(
                    f"The generator at {self.name} lists no model; name one after # in the address."
                ) from error
        return self._model

    def _sent(self, request: httpx.Request, ends: float | None = None) -> httpx.Response:
        """The response, its body not yet read; a failure that may pass is tried again, unless that would be later than
        `ends` (`time.monotonic`)."""

        def is_over(state: RetryCallState) -> bool:
            return ends is not None and time.monotonic() + _wait(state) > ends

        tries = Retrying(
            retry=retry_if_exception_type((_Passing, httpx.ConnectError, httpx.ConnectTimeout)),
            stop=lambda state: stop_after_attempt(_ATTEMPTS)(state) or _wait(state) > _LONGEST_WAIT or is_over(state),
            wait=_wait,
            reraise=True,
        )
        try:
            response: httpx.Response = tries(self._once, request)
        except (_Passing, httpx.HTTPError) as error:
            raise self._failure(error) from error
        return response

    def _once(self, request: httpx.Request) -> httpx.Response:
        response = self._client.send(request, stream=True)
        if response.is_success:
            return response
        response.close()
        reason = f"it answers {response.status_code}"
        if response.status_code in _PASSING:
            after = _seconds(response.headers.get("Retry-After", ""))
            raise _Passing(reason if after is None else f"{reason} and asks to wait {after:g} seconds", after)
        if response.status_code in (401, 403):
            reason += f"; is {KEY_VARIABLE} set to its key?"
        raise _Refused(f"The generator at {self.name} cannot be used: {reason}", response.status_code)

    def _failure(self, error: Exception) -> GeneratorUnavailable:
        reason = str(error) or type(error).__name__
        return GeneratorUnavailable(f"The generator at {self.name} cannot be used: {reason}")


def completion_request(
    messages: Sequence[ChatMessage], model: str, most_tokens: int, wanted: Wanted | None = None
) -> dict[str, Any]:
    """The body of a request for a chat completion, held to the form `wanted`, if any."""
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.content} for message in messages],
        "max_tokens": most_tokens,
        "temperature": 0,
    }
    if wanted:
        form = {"name": wanted.name, "schema": wanted.schema, "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    return body


def completion_of(body: Any) -> Completion:
    """The reply in the body of a chat completion. Raises LookupError, TypeError and AttributeError for what is none."""
    content = body["choices"][0]["message"].get("content")
    if not isinstance(content, str):
        raise TypeError("a reply without text")
    used = body.get("usage") or {}
    return Completion(content[:_LONGEST], int(used.get("prompt_tokens") or 0), int(used.get("completion_tokens") or 0))


def _wait(state: RetryCallState) -> float:
    """Seconds to the next attempt: as the server asks, else ever longer."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.after if isinstance(error, _Passing) else None
    return wait_exponential(multiplier=0.25, max=4)(state) if asked is None else asked


def _seconds(header: str) -> float | None:
    """Of `Retry-After` in seconds (RFC 9110, section 10.2.3); None of a date and of what is neither."""
    return float(header) if header.strip().isdigit() else None


def _piece(line: str) -> str:
    """The text that a line of the event stream carries; "" of a line that carries none."""
    data = line.removeprefix("data:").strip() if line.startswith("data:") else ""
    if not data or data == "[DONE]":
        return ""
    try:
        choices = json.loads(data).get("choices") or [{}]
        return str(choices[0].get("delta", {}).get("content") or "")
    except (ValueError, AttributeError, LookupError) as error:
        raise GeneratorUnavailable(f"The generator sends what is no event of a chat completion: {data[:80]}") from error
