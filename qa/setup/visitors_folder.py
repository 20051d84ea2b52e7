"""The folder of this process for what visitors bring: for its user alone, and gone with the process."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

_PREFIX = "atazan-visitors-"
_UNFINISHED = ".atazan-visitors-"


@cache
def visitors_folder() -> Path:
    """Made when it is first asked for, under the system's temporary folder, with access for this user alone; those that
    processes left behind which were killed are removed. Raises OSError."""
    parent = Path(tempfile.gettempdir())
    sweep(parent)
    # It gets its name once it is locked: whoever sweeps takes one that is not for left behind.
    made = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=parent))
    fcntl.flock(os.open(made, os.O_RDONLY | os.O_DIRECTORY), fcntl.LOCK_EX)  # until the process ends, however it ends
    folder = parent / made.name.replace(_UNFINISHED, _PREFIX, 1)
    made.rename(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def sweep(parent: Path) -> None:
    """Remove the folders of this user's processes that are gone."""
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            # A link is not followed, so that nobody can have another folder removed.
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue  # not a folder of ours, or gone meanwhile
        try:
            if os.fstat(held).st_uid == os.getuid():
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass  # its process lives
        finally:
            os.close(held)
