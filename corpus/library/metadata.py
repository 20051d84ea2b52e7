"""What a file of metadata beside an act tells of it.

No standard says how such files name their fields, so each is looked for under the names that are in use; fields of
other names are left alone, and a field that holds something else than it should is refused by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import yaml

from corpus.errors import CorpusError
from corpus.library.acts import ActMetadata, ActStatus, act_id
from corpus.library.words import day_in, kind_in, status_in, truth_in
from corpus.readers.encoding import decode
from corpus.text.normalisation import normalise_line

LANGUAGE_OF = {"kk": "kk", "kaz": "kk", "kz": "kk", "ru": "ru", "rus": "ru", "en": "en", "eng": "en"}
MAX_BYTES = 256 * 1024

_IDS = ("ngr", "id", "doc_id", "document_id", "act_id", "code")
_TITLES = ("title", "titles", "name", "names")
_SHORT = ("short_title", "short_titles", "short_name", "short")
_KINDS = ("type", "kind", "act_type", "document_type", "form")
_NUMBERS = ("number", "act_number", "doc_number", "reg_number")
_STATUSES = ("status", "state", "standing")
_EDITIONS = ("version_date", "edition", "edition_date", "revision_date", "version")
_ADOPTED = ("adopted", "date", "adoption_date", "date_adopted", "accepted", "date_accepted", "signed")
_SINCE = ("in_force", "in_force_from", "effective_date", "effective", "entry_into_force", "date_in_force")
_UNTIL = ("repealed", "repealed_date", "repealed_on", "date_repealed", "repeal_date")  # the first day without force
_PAGES = ("url", "page", "link", "official", "source")
_NOTHING = frozenset(("", "null", "~", "none", "-"))


class MetadataError(CorpusError):
    """A file of metadata cannot be read, or a field of it holds what it cannot."""


def read_metadata(data: bytes, name: str) -> ActMetadata:
    """The metadata in YAML; `name` is the file's, for messages. Raises `MetadataError`."""
    if len(data) > MAX_BYTES:
        raise MetadataError(f"{name} is larger than {MAX_BYTES // 1024} KB, too much for metadata.")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar as it is written: nothing is made of it
    try:
        table = yaml.load(decode(data), loader)
    except (yaml.YAMLError, CorpusError, ValueError, RecursionError) as error:
        told = str(getattr(error, "problem", None) or error or type(error).__name__)
        raise MetadataError(f"{name} is not YAML: {' '.join(told.split())}.") from error
    if not isinstance(table, Mapping):
        raise MetadataError(f"{name} holds no fields such as “title: …”.")
    return _Fields(table, name).metadata()


class _Fields:
    """The fields of one file, by whatever names it has them under."""

    def __init__(self, table: Mapping[Any, Any], name: str) -> None:
        self._rows = {str(key).strip().casefold().replace("-", "_"): value for key, value in table.items()}
        self._name = name

    def metadata(self) -> ActMetadata:
        gone, since = self._day_or_flag(_UNTIL), self._day_or_flag(_SINCE)
        kind = self._text(_KINDS)
        return ActMetadata(
            id=act_id(self._text(_IDS)),
            titles=self._by_language(_TITLES),
            short_titles=self._by_language(_SHORT),
            kind=(kind_in(kind) or "other") if kind else None,
            status=self._status(gone, since),
            number=self._text(_NUMBERS),
            edition=self._day(_EDITIONS),
            adopted=self._day(_ADOPTED),
            since=since if isinstance(since, date) else None,
            until=gone - timedelta(days=1) if isinstance(gone, date) else None,
            pages={
                code: page for code, page in self._by_language(_PAGES).items() if page.startswith(("https:", "http:"))
            },
        )

    def _status(self, gone: date | bool | None, since: date | bool | None) -> ActStatus | None:
        if gone:
            return "repealed"
        if self._text(("active",)):
            return "in_force" if truth_in(self._text(("active",))) else "repealed"
        if words := self._text(_STATUSES):
            return status_in(words) or "unknown"
        return "not_yet" if since is False else "in_force" if since is True else None

    def _day_or_flag(self, names: tuple[str, ...]) -> date | bool | None:
        """A day before a flag, where a file has both."""
        told = [(name, text) for name in names if (text := self._text((name,)))]
        flags = [flag for _, text in told if (flag := truth_in(text)) is not None]
        days = [self._as_day(name, text) for name, text in told if truth_in(text) is None]
        return next(iter(days), next(iter(flags), None))

    def _day(self, names: tuple[str, ...]) -> date | None:
        name = self._named(names)
        return self._as_day(name, self._text((name,))) if name else None

    def _as_day(self, name: str, text: str) -> date:
        if day := day_in(text, whole=True):
            return day
        raise MetadataError(f"{self._name}: {name} is {text[:60]!r}, which is no day such as 2026-07-01.")

    def _text(self, names: tuple[str, ...]) -> str:
        """The field's text; of one that has several languages, the first."""
        name = self._named(names)
        if not name:
            return ""
        value = self._rows[name]
        if isinstance(value, Mapping):
            value = next((row for row in value.values() if _is_told(row)), "")
        return self._as_text(name, value)

    def _by_language(self, names: tuple[str, ...]) -> dict[str, str]:
        """Texts by language: from a table, from fields such as `title_ru`, or one of no language."""
        found: dict[str, str] = {}
        for name in names:
            value = self._rows.get(name, "")
            for key, row in value.items() if isinstance(value, Mapping) else [("", value)]:
                if _is_told(row):
                    found.setdefault(LANGUAGE_OF.get(str(key).casefold(), ""), self._as_text(name, row))
            for code, language in LANGUAGE_OF.items():
                if _is_told(row := self._rows.get(f"{name}_{code}", "")):
                    found.setdefault(language, self._as_text(f"{name}_{code}", row))
        return found

    def _named(self, names: tuple[str, ...]) -> str:
        return next((name for name in names if _is_told(self._rows.get(name, ""))), "")

    def _as_text(self, name: str, value: Any) -> str:
        if isinstance(value, str):
            return normalise_line(value)
        raise MetadataError(f"{self._name}: {name} is a list or a table, where one text is expected.")


def _is_told(value: Any) -> bool:
    return not isinstance(value, str) or value.strip().casefold() not in _NOTHING
