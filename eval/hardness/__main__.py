"""`make harden` (`python -m eval.hardness [--short] [--seed N] [--cases FOLDER]`): every entrance is tried, writing is
killed, a model is told to lie, and requests come that must be refused. One table; exit status 1 where anything crashed,
was lost, obeyed or let in. At most ten minutes, about one with `--short`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from corpus import user_folders
from corpus.fetching import mirror_location
from eval.hardness.entrances import dates, files, questions, references, stored
from eval.hardness.injections import injections
from eval.hardness.kills import kills
from eval.hardness.requests import requests
from eval.hardness.tally import Effort, Tally, progress, table
from qa import open_assistant

_SECONDS, _SHORT_SECONDS = 570, 55  # to begin something in; what is begun is ended
_SHORT_SHARE = 0.05
_SEED = 20260701
_CASES = "ATAZAN_CASES"


def harden(effort: Effort, cases: Path | None) -> Iterator[Tally | str]:
    """Everything that is tried, each when it is done, and what else to say of it."""
    assistant = open_assistant(user_folders())
    tally, slowest = questions(assistant, effort)
    yield tally
    yield slowest
    yield references(assistant, effort)
    yield dates(effort)
    yield from files(cases, effort)
    yield stored(assistant.index.embedder, effort)
    yield injections(assistant, effort)
    yield from requests(effort)
    yield from kills(effort)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.hardness", description="Try every entrance; print one table.")
    parser.add_argument("--short", action="store_true", help="a twentieth of it, in about a minute")
    parser.add_argument("--seed", type=int, default=_SEED, help="of all that is drawn at random")
    parser.add_argument("--cases", type=Path, default=_cases(), help=f"a folder of hostile files ({_CASES})")
    options = parser.parse_args()
    share, seconds = (_SHORT_SHARE, _SHORT_SECONDS) if options.short else (1.0, _SECONDS)
    started = time.monotonic()
    tallies, remarks = list[Tally](), list[str]()
    for found in harden(Effort(share, started + seconds, options.seed), options.cases):
        if isinstance(found, Tally):
            progress(found)
            tallies.append(found)
        else:
            remarks.append(found)
    faults = sum(len(tally.faults) for tally in tallies)
    print(table(tallies))
    print("\n".join([*remarks, f"seed {options.seed}, {time.monotonic() - started:.0f} s, {faults} faults"]))
    sys.exit(1 if faults else 0)


def _cases() -> Path | None:
    """The folder named, or that beside the mirror."""
    mirror = mirror_location() or ""
    beside = Path(mirror).parent / "cases" if mirror else None
    return Path(named) if (named := os.environ.get(_CASES)) else beside


if __name__ == "__main__":
    main()
