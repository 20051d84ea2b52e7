"""`make load`: how long people wait for an answer when many ask at once, over real HTTP.

A server of its own (`atazan serve`) answers; every person is a client with a connection of their own who asks one
question after another, through the queue that the page goes through. Each round starts for all at the same moment.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from eval.measures.memory import megabytes
from eval.serving import served

PEOPLE = 100
ROUNDS = 4
_ANSWER_SECONDS = 60
_DATASET = Path(__file__).parent / "datasets" / "kz-2026.jsonl"


def waited(url: str, questions: Sequence[str], rounds: int = ROUNDS, people: int = PEOPLE) -> list[float]:
    """Seconds from sending each question to its whole answer, `people * rounds` of them. Raises `httpx.HTTPError`, and
    RuntimeError for a question that got no answer."""
    together = threading.Barrier(people)
    seconds: list[float] = []
    failures: list[BaseException] = []

    def person(number: int) -> None:
        try:
            with httpx.Client(base_url=url, timeout=_ANSWER_SECONDS) as client:
                for round_number in range(rounds):
                    together.wait()
                    started = time.perf_counter()
                    _ask(client, questions[(number + people * round_number) % len(questions)])
                    seconds.append(time.perf_counter() - started)
        except (httpx.HTTPError, RuntimeError, threading.BrokenBarrierError) as error:
            failures.append(error)
            together.abort()

    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return seconds


def _ask(client: httpx.Client, question: str) -> None:
    """One question through Gradio's queue: a POST for its number, then the stream until the answer is whole."""
    event = client.post("/gradio_api/call/ask", json={"data": [question, "", "", "", False]}).raise_for_status().json()
    with client.stream("GET", f"/gradio_api/call/ask/{event['event_id']}") as stream:
        name = ""
        for line in stream.iter_lines():
            if line.startswith("event:"):
                name = line.removeprefix("event:").strip()
            elif line.startswith("data:") and name == "complete":
                return
            elif line.startswith("data:") and name == "error":
                raise RuntimeError(f"{question!r} was not answered: {line}")
    raise RuntimeError(f"{question!r} got no answer.")


def main() -> None:
    """Prints the median, the 95th percentile and the longest wait, and the server's memory before and after."""
    questions = [json.loads(line)["question"] for line in _DATASET.read_text(encoding="utf-8").splitlines()]
    with served() as server:
        waited(server.url, questions, rounds=1)
        before = megabytes(server.process)
        seconds = sorted(waited(server.url, questions))
        after = megabytes(server.process)
    percentiles = statistics.quantiles(seconds, n=100)
    print(f"{PEOPLE} people asking at once, {len(seconds)} questions")
    print(f"median  {percentiles[49]:.2f} s")
    print(f"95 %    {percentiles[94]:.2f} s")
    print(f"longest {seconds[-1]:.2f} s")
    print(f"memory  {before:.0f} MB after the first round, {after:.0f} MB at the end")


if __name__ == "__main__":
    main()
