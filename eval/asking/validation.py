"""Is a data set sound: do its golds exist, is nothing asked twice, do parallels agree?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from eval.asking.dataset import Item
from eval.asking.dataset_error import DatasetError


def problems(items: Sequence[Item], provisions: Collection[str], documents: Collection[str]) -> list[str]:
    """One sentence a problem; none for a sound data set. `provisions` and `documents` are identifiers that exist."""
    unknown = [str(error) for error in unknown_names(items, provisions, documents)]
    return [*unknown, *asked_twice(items), *unlike_parallels(items)]


def unknown_names(items: Sequence[Item], provisions: Collection[str], documents: Collection[str]) -> list[DatasetError]:
    """Golds and documents that do not exist, each with its place."""
    known = {container for provision in provisions for container in _containers(provision)}
    found = []
    for item in items:
        place = item.place if item.place.name else item.place._replace(name=item.id)
        found += [
            DatasetError("no_provision", place._replace(field=field), value=name)
            for field, names in (("gold", item.gold), ("also", item.also))
            for name in names
            if name not in known
        ]
        if item.document is not None and item.document not in documents:
            found.append(DatasetError("no_document", place._replace(field="document"), value=item.document))
    return found


def _containers(provision: str) -> list[str]:
    """The provision and all that contain it: a paragraph that begins with its list has no provision of its own."""
    parts = provision.split("__")
    return ["__".join(parts[:count]) for count in range(1, len(parts) + 1)]


def asked_twice(items: Sequence[Item]) -> list[str]:
    """Questions that stand in the data set more than once, whatever their case and punctuation."""
    seen: dict[tuple[str, str | None, object], str] = {}
    found = []
    for item in items:
        words = "".join(c if c.isalnum() else " " for c in item.question.casefold()).split()
        key = (" ".join(words) or item.question, item.document, item.as_of)
        if key in seen:
            found.append(f"{item.id}: asks the same as {seen[key]}.")
        seen.setdefault(key, item.id)
    return found


def unlike_parallels(items: Sequence[Item]) -> list[str]:
    """Groups of one question in several languages whose members differ in more than their language."""
    groups: Mapping[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.parallel:
            groups[item.parallel].append(item)
    found = []
    for name, members in groups.items():
        if len({item.language for item in members}) < len(members):
            found.append(f"{name}: a language stands twice in the group.")
        for what in ("gold", "also", "whole", "answerable", "category", "split", "document", "as_of"):
            if len({str(getattr(item, what)) for item in members}) > 1:
                found.append(f"{name}: its questions differ in {what!r}.")
    return found
