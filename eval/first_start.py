"""How long a new user waits: `python -m eval.first_start`, on an empty home each time; nothing else should be running.

With the mirror of ATAZAN_MIRROR (left out where there is none), and with the plain-language layer alone, as without
mirror and network: until the first `atazan ask` has answered, and until the page of `atazan serve` does.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

import httpx

from corpus.fetching import MIRROR_VARIABLE

_QUESTION = "Is there a death penalty?"
_PATIENCE = 600.0  # seconds
_STEP = 0.1
_NOWHERE = "http://127.0.0.1:9"  # a proxy that nobody is: no network


def main() -> None:
    kinds = {"layer alone": dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), _NOWHERE)}
    if mirror := os.environ.get(MIRROR_VARIABLE):
        kinds = {"mirror": {MIRROR_VARIABLE: mirror}} | kinds
    for kind, variables in kinds.items():
        print(f"first `atazan ask`, {kind:<12} {_until_answered(variables):6.1f} s")
        print(f"page answers, {kind:<18} {_until_the_page(variables):6.1f} s")


def _until_answered(variables: Mapping[str, str]) -> float:
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        command = [sys.executable, "-m", "qa.commands.main", "ask", _QUESTION]
        subprocess.run(command, env=_environment(home, variables), check=True, capture_output=True, timeout=_PATIENCE)
        return time.perf_counter() - began


def _until_the_page(variables: Mapping[str, str]) -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        command = [sys.executable, "-m", "qa.commands.main", "serve", "--port", str(port)]
        environment = _environment(home, variables)
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while time.perf_counter() - began < _PATIENCE and server.poll() is None:
                try:
                    httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).raise_for_status()
                    return time.perf_counter() - began
                except httpx.HTTPError:  # not there yet
                    time.sleep(_STEP)
            raise SystemExit("The page never answered.")
        finally:
            server.terminate()
            server.wait()


def _environment(home: str, variables: Mapping[str, str]) -> dict[str, str]:
    """This process's, with an empty home and none of our own settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ATAZAN_")}
    return own | {"HOME": home, "XDG_CACHE_HOME": home, "XDG_DATA_HOME": home} | dict(variables)


if __name__ == "__main__":
    main()
