"""The eIds of one edition: each once, however often an edition prints the same number."""

from __future__ import annotations

from collections import Counter


class Identifiers:
    """Which eIds are taken, by provisions and by headings."""

    def __init__(self) -> None:
        self._provisions: set[str] = set()
        self._headings: set[str] = set()
        self._copies: Counter[str] = Counter()
        self._parts: dict[str, int] = {}

    def __contains__(self, eid: str) -> bool:
        """Whether a provision carries the eId."""
        return eid in self._provisions

    def take(self, eid: str) -> None:
        """A provision carries the eId from now on."""
        self._provisions.add(eid)

    def take_for_heading(self, eid: str) -> None:
        """A heading carries the eId from now on; a preamble's heading has that of its text."""
        self._headings.add(eid)

    def unique(self, eid: str, *, beside_headings: bool = False) -> str:
        """The eId, told apart by `~2`, `~3` where it is taken; `beside_headings`: by a provision."""
        candidate, count = eid, max(1, self._copies[eid])
        while candidate in self._provisions or (candidate in self._headings and not beside_headings):
            count += 1
            candidate = f"{eid}~{count}"
        self._copies[eid] = count  # what is taken stays taken: the next copy need not try those before it
        return candidate

    def next_part(self, container: str) -> str:
        """eId of the next unnumbered part; the container's own eId while nothing carries it yet."""
        if container not in self._provisions:
            self._parts[container] = 1
            return container
        self._parts[container] = self._parts.get(container, 1) + 1
        return self.unique(f"{container}__subpara_{self._parts[container]}")
