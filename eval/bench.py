"""Speed and memory: `make bench` (`python -m eval.bench`).

Prints the time of one query embedding and of a whole warm answer in the same run, and their ratio; the cold start of
`atazan ask`; the rate of building an index of the Constitution in force; and the peak memory of building and
answering in a process of its own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import user_folders
from eval.measures.latency import cold_start
from eval.measures.memory import peak_megabytes
from index import build_index, open_embedder
from qa import open_assistant
from qa.setup.installation import ensure_texts
from qa.setup.learned_from import learned_from
from qa.setup.progress import building, fetching, tell

# More than the index keeps cosines of, so that every answer embeds its question.
_QUESTIONS = (
    "How long can the police hold me without a judge?",
    "Можно ли иметь второе гражданство?",
    "Президент неше жылға сайланады?",
    "Who can declare a state of emergency?",
    "Бесплатная ли медицина?",
    "Құрылтайда неше депутат бар?",
)
_ROUNDS = 20


def milliseconds(seconds: list[float]) -> float:
    """Median of the times, in milliseconds."""
    return statistics.median(seconds) * 1000


def warm() -> None:
    """One query embedding against one whole answer, taken in turn so that noise falls on both alike."""
    with fetching() as on_fetch, building() as on_build:
        assistant = open_assistant(user_folders(), on_fetch=on_fetch, on_build=on_build, notice=tell)
    embedding: list[float] = []
    answering: list[float] = []
    for question in _QUESTIONS:
        assistant.ask(question)
    for _ in range(_ROUNDS):
        for question in _QUESTIONS:
            started = time.perf_counter()
            assistant.index.embedder.embed_queries([question])
            between = time.perf_counter()
            assistant.ask(question)
            embedding.append(between - started)
            answering.append(time.perf_counter() - between)
    ratio = milliseconds(answering) / milliseconds(embedding)
    print(f"query embedding     {milliseconds(embedding):7.1f} ms (median of {len(embedding)})")
    print(f"warm answer         {milliseconds(answering):7.1f} ms, {ratio:.2f} times one query embedding")


def cold() -> None:
    """`atazan ask` from the shell, the index being built."""
    print(f"cold `atazan ask`   {cold_start(_QUESTIONS[0]):7.0f} ms (median of 5)")


def build() -> None:
    """Rate and memory of an index of the Constitution in force, in a fresh process."""
    found = subprocess.run([sys.executable, "-m", "eval.bench", "--build"], check=True, capture_output=True, text=True)
    result = json.loads(found.stdout)
    provisions, seconds = result["provisions"], result["seconds"]
    print(f"index build         {provisions / seconds:7.1f} provisions/s ({provisions} in {seconds:.0f} s)")
    print(
        f"peak memory         {result['megabytes']:7.0f} MB, building and answering (torch imported: {result['torch']})"
    )


def _build_here() -> None:
    state = ensure_texts(user_folders())
    texts = [text for text in state.texts() if text.document == "kz-constitution-2026"]
    documents = [d for d in state.documents if d.document.id == "kz-constitution-2026"]
    embedder = open_embedder()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        index = build_index(Path(folder), documents, texts, embedder, **learned_from())
        seconds = time.perf_counter() - started
    assistant = open_assistant(user_folders(), embedder=embedder)
    for question in _QUESTIONS:
        assistant.ask(question)
    result = {
        "provisions": index.count,
        "seconds": seconds,
        "megabytes": peak_megabytes(),
        "torch": "torch" in sys.modules,
    }
    print(json.dumps(result))


def main() -> None:
    if "--build" in sys.argv:
        _build_here()
        return
    warm()
    cold()
    build()


if __name__ == "__main__":
    main()
