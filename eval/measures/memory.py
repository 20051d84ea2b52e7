"""The memory that a process takes, and the most that it took."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path


def peak_megabytes() -> float:
    """Of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024


def megabytes(process: int | None = None) -> float:
    """Of this process, or another of that number, now; where the system does not tell that, this one's peak so far."""
    try:
        pages = Path(f"/proc/{process or 'self'}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return peak_megabytes()
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def answering_megabytes(question: str) -> float:
    """Of a fresh process that opens the index and answers. Raises `CalledProcessError` where it fails."""
    code = (
        "import sys; from corpus import user_folders; from qa import open_assistant; "
        "from eval.measures.memory import peak_megabytes; "
        "open_assistant(user_folders()).ask(sys.argv[1]); print(peak_megabytes())"
    )
    found = subprocess.run([sys.executable, "-c", code, question], check=True, capture_output=True, text=True)
    return float(found.stdout)
