"""Where a model that is named lies, found out before anything slow: a hub out of reach is asked once and not for long.

The libraries that load models ask it again and again, for more than a minute, also for a name that is a slip.
"""

from __future__ import annotations

from pathlib import Path

_ANSWERS_WITHIN = 3.0  # seconds
_OWNER_LEFT_OUT = "sentence-transformers/"  # what that library puts before a name without one


class ModelOutOfReach(OSError):
    """The model is neither on this machine nor to be had; the message says so."""


def source_of(name: str) -> str:
    """What to load a model from: its folder, or its name where the hub answers. Raises `ModelOutOfReach`."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        return str(folder)
    # Importing it takes longer than looking for a folder.
    from huggingface_hub import constants
    from huggingface_hub.errors import HFValidationError

    try:
        downloaded = _downloaded(name)
    except HFValidationError:
        raise ModelOutOfReach("there is no such folder, and a model of the hub cannot have this name") from None
    if _answers(constants.ENDPOINT):
        return name
    if downloaded:
        return downloaded
    raise ModelOutOfReach(
        f"there is no such folder, it was not downloaded before, and {constants.ENDPOINT} is out of reach"
    )


def _downloaded(name: str) -> str | None:
    """The folder of what was downloaded before; None where nothing was."""
    from huggingface_hub import try_to_load_from_cache

    for full in (name, *(() if "/" in name else (f"{_OWNER_LEFT_OUT}{name}",))):
        found = try_to_load_from_cache(full, "config.json")
        if isinstance(found, str):
            return str(Path(found).parent)
    return None


def _answers(hub: str) -> bool:
    import httpx
    from huggingface_hub import constants

    if constants.is_offline_mode():
        return False
    try:
        return httpx.head(hub, timeout=_ANSWERS_WITHIN, follow_redirects=True).status_code < 500
    except httpx.HTTPError:
        return False
