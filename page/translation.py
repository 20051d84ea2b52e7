"""Every text of the page in every language, switched together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradio.components import Component

from corpus import LANGUAGES
from qa.messages import message

DEFAULT = "en"
NATIVE = {"kk": "Қазақша", "ru": "Русский", "en": "English"}  # each language's name in itself
Update = Callable[[str], Any]


class Translated:
    """Components with how each is worded in a language; the switch asks all of them at once."""

    def __init__(self) -> None:
        self.components: list[Any] = []
        self._updates: list[Update] = []

    def add(self, component: Component | Any, update: Update) -> Any:
        """Register the component; `update` gives its Gradio update for a language. Returns the component."""
        self.components.append(component)
        self._updates.append(update)
        return component

    def __call__(self, language: str) -> list[Any]:
        """The updates of all components, in the order of `components`."""
        return [update(language) for update in self._updates]


def say(key: str, language: str, **values: object) -> str:
    """A message of the group `page`."""
    return message(f"page.{key}", language, **values)


def accepted_language(header: str) -> str:
    """The first language of an `Accept-Language` header that the page speaks."""
    for part in header.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return DEFAULT
