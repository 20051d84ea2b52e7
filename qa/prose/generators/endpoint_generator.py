"""A model behind an OpenAI-compatible endpoint: Ollama, vLLM, llama.cpp's server, a hosted service.

The wire format is that of OpenAI's "create chat completion", streamed as server-sent events. The key comes from the
environment alone, so that it is in no file and no process list.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from urllib.parse import urldefrag

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from qa.prose.generators.generator import ChatMessage, GeneratorUnavailable

KEY_VARIABLE = "ATAZAN_GENERATOR_KEY"
_TIMEOUT = httpx.Timeout(120.0, connect=5.0)  # seconds; a model on a CPU reads its prompt for long before it writes
_ATTEMPTS = 3
_LONGEST = 20_000  # letters of a reply; whatever comes after is not read
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


class _Passing(Exception):
    """A failure that may be gone at the next attempt."""


class EndpointGenerator:
    """`address` is that of the API with the model after `#`; without a model, the first that the server lists."""

    def __init__(self, address: str) -> None:
        self.name = address
        base, self._model = urldefrag(address)
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
        body = {
            "model": self._model or self._first_model(),
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "max_tokens": most_tokens,
            "temperature": 0,
            "stream": True,
        }
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

    def _sent(self, request: httpx.Request) -> httpx.Response:
        """The response, its body not yet read; a failure that may pass is tried again."""
        tries = Retrying(
            retry=retry_if_exception_type((_Passing, httpx.ConnectError, httpx.ConnectTimeout)),
            stop=stop_after_attempt(_ATTEMPTS),
            wait=wait_exponential(multiplier=0.25, max=4),
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
        if response.status_code in _PASSING:
            raise _Passing(f"it answers {response.status_code}")
        reason = f"it answers {response.status_code}"
        if response.status_code in (401, 403):
            reason += f"; is {KEY_VARIABLE} set to its key?"
        raise GeneratorUnavailable(f"The generator at {self.name} cannot be used: {reason}")

    def _failure(self, error: Exception) -> GeneratorUnavailable:
        reason = str(error) or type(error).__name__
        return GeneratorUnavailable(f"The generator at {self.name} cannot be used: {reason}")


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
