"""Fonts of which nobody can tell the letters: no map to Unicode and glyphs without names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject
from pypdf.generic import DictionaryObject, NameObject

_MOST = 0.5  # share of a font's named glyphs that must be mere numbers
_PARENTS = 50
# "/g12", "/cid_7", "/G0A": a number and no letter's name; "uni0410" and "afii10017" are names.
_NUMBERED = re.compile(r"/(?!uni[0-9A-F]{4}|u[0-9A-F]{4,6}$|afii\d)[A-Za-z]{0,6}[_.]?\d+")
_IDENTITY = ("/Identity-H", "/Identity-V")


@dataclass(slots=True)
class ShownText:
    """Bytes of text that a document shows, in fonts whose letters are known and in others."""

    known: int = 0
    unknown: int = 0


class Fonts:
    """The fonts of a page by name; those of its forms are added under names of their own."""

    def __init__(self, page: PageObject) -> None:
        self._page = page
        self._added: dict[int, str] = {}
        self._unknown = {name for name, font in fonts_of(resources_of(page)).items() if _letters_unknown(font)}

    @property
    def some_unknown(self) -> bool:
        return bool(self._unknown)

    def is_unknown(self, name: str) -> bool:
        """Whether the letters of the page's font of that name cannot be told."""
        return name in self._unknown

    def added(self, font: Any) -> str:
        """The name under which the page knows a form's font from now on."""
        if id(font) not in self._added:
            name = f"/AtazanForm{len(self._added)}"
            self._added[id(font)] = name
            resources = resources_of(self._page)
            own = DictionaryObject(fonts_of(resources)) | {NameObject(name): font}
            self._page[NameObject("/Resources")] = DictionaryObject(
                {**resources, NameObject("/Font"): DictionaryObject(own)}
            )
            if _letters_unknown(font):
                self._unknown.add(name)
        return self._added[id(font)]


def resources_of(holder: Any) -> DictionaryObject:
    """The resources of a page or a form; a page inherits them. Empty where there are none."""
    for _ in range(_PARENTS):
        found = holder.get("/Resources")
        found = found.get_object() if found is not None else None
        if isinstance(found, DictionaryObject):
            return found
        parent = holder.get("/Parent")
        parent = parent.get_object() if parent is not None else None
        if not isinstance(parent, DictionaryObject):
            break
        holder = parent
    return DictionaryObject()


def fonts_of(resources: DictionaryObject) -> dict[Any, Any]:
    """The fonts that the resources name."""
    return {name: font for name, font in entries_of(resources, "/Font").items() if isinstance(font, DictionaryObject)}


def entries_of(resources: DictionaryObject, kind: str) -> dict[Any, Any]:
    """One of the resources' dictionaries, its objects resolved."""
    found = resources.get(kind)
    found = found.get_object() if found is not None else None
    if not isinstance(found, DictionaryObject):
        return {}
    return {name: value.get_object() for name, value in found.items()}


def _letters_unknown(font: DictionaryObject) -> bool:
    if "/ToUnicode" in font:
        return False
    encoding: Any = font.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    if font.get("/Subtype") == "/Type0":
        return str(encoding) in _IDENTITY and _own_glyphs(font)
    if not isinstance(encoding, DictionaryObject):
        return False
    differences: Any = encoding.get("/Differences")
    differences = differences.get_object() if differences is not None else []
    names = [str(name) for name in differences if isinstance(name, NameObject) and name != "/.notdef"]
    return bool(names) and sum(bool(_NUMBERED.fullmatch(name)) for name in names) > _MOST * len(names)


def _own_glyphs(font: DictionaryObject) -> bool:
    """Whether the codes of a composite font count the glyphs of that very font, not a known collection's."""
    descendants: Any = font.get("/DescendantFonts")
    descendants = descendants.get_object() if descendants is not None else []
    for descendant in descendants:
        information: Any = descendant.get_object().get("/CIDSystemInfo")
        information = information.get_object() if information is not None else {}
        return str(information.get("/Ordering", "Identity")) == "Identity"
    return True
