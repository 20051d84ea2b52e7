"""Where one reads, and its address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

_LONGEST_FIND = 200  # characters


@dataclass(frozen=True, slots=True)
class Place:
    """An `article` of a document, or the `whole` of it; the words to `find` are marked there."""

    document: str
    article: str = ""
    whole: bool = False
    find: str = ""

    @classmethod
    def named(cls, asked: Mapping[str, object]) -> Place:
        """By the parameters of an address; what it leaves out is ""."""
        document, article, find = (str(asked.get(key, "")) for key in ("doc", "art", "find"))
        return cls(document, article, str(asked.get("whole", "")) == "1", find[:_LONGEST_FIND])

    def at(self, article: str) -> Place:
        """The article read in the same way, without marks."""
        return replace(self, article=article, find="")

    def address(self, language: str, eid: str = "") -> str:
        """`?doc=…&art=…&para=…&find=…&lang=…`, or `?doc=…&whole=1&find=…&lang=…#art_18`, relative to where the page is
        served; at a provision where its eId is given."""
        known: dict[str, str] = {"doc": self.document}
        known |= {"whole": "1"} if self.whole else {"art": self.article}
        if eid and not self.whole and (paragraph := _paragraph(eid)):
            known["para"] = paragraph
        if self.find:
            known["find"] = self.find
        known["lang"] = language
        target = eid or self._article_eid
        return "?" + urlencode(known) + (f"#{target}" if self.whole and target else "")

    @property
    def _article_eid(self) -> str:
        return f"art_{self.article}" if self.article[:1].isdigit() else self.article


def _paragraph(eid: str) -> str:
    """`2` of art_18__para_2, `point_17` of art_46__point_17; scripts/reading.js reads it back."""
    return re.sub(r"^para_", "", eid.partition("__")[2])
