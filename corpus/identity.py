"""Whether two prints are one edition: what is left of a text when typography, notes and furniture are out.

The catalogue holds the checksum of each known edition, `corpus/known/` one of each of its provisions, so that a text
from any source is recognised, and of another edition it can be told which articles differ. Written by
`python -m corpus.identity FOLDER` from a mirror of the official texts.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import rtoml

from corpus.files import write_atomically
from corpus.provision import Block, Heading, Note, Provision
from corpus.text.folding import fold

if TYPE_CHECKING:
    from corpus.catalogue import Edition

_DIGITS = 12  # of a provision's checksum: it tells what differs, the whole's tells whether anything does


@dataclass(frozen=True, slots=True)
class Identity:
    """`checksum`: SHA-256, lower-case hex, over all folded provisions and titles of articles, each under its eId.
    `provisions`: the first digits of each one's own, by eId; an article's title stands under `art_18=title`.
    `articles`: how many there are."""

    checksum: str
    provisions: dict[str, str]
    articles: int


def identity_of(blocks: Sequence[Block]) -> Identity:
    """Of an edition as it was parsed; notes, headings of sections and what stands above the law do not count."""
    parts: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, Provision):
            parts[block.eid] = fold(block.text)
        elif isinstance(block, Heading) and block.level == "article" and block.title:
            parts[f"{block.eid}=title"] = fold(block.title).casefold()
    whole = "\n".join(f"{name}\t{text}" for name, text in parts.items())
    articles = {block.eid.split("__")[0] for block in blocks if not isinstance(block, Note)}
    count = sum(name.startswith("art_") for name in articles)
    return Identity(_sha256(whole), {name: _sha256(text)[:_DIGITS] for name, text in parts.items()}, count)


@cache
def known_provisions(edition: Edition) -> dict[str, str]:
    """The checksums of the edition's provisions; empty where none are recorded."""
    path = resources.files("corpus").joinpath("known", known_file(edition))
    return rtoml.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def known_file(edition: Edition) -> str:
    """The name of the file in `known/`: an older edition's says its day."""
    day = f".{edition.edition}" if edition.until else ""
    return f"{edition.document}.{edition.language}{day}.toml"


def differing(found: Identity, known: Mapping[str, str]) -> tuple[str, ...]:
    """eIds of provisions, and of articles for their titles, that are not as known, those no longer there last."""
    names = [*found.provisions, *(name for name in known if name not in found.provisions)]
    changed = (name.split("=")[0] for name in names if found.provisions.get(name) != known.get(name))
    return tuple(dict.fromkeys(changed))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _record(mirror: Path) -> None:
    """Write the checksums of every edition of the catalogue that the mirror holds, and print what the catalogue is to
    say of it."""
    from corpus.catalogue import load_catalogue
    from corpus.parsing.structure import parse
    from corpus.readers import read

    rows = rtoml.loads((mirror / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]
    for edition in load_catalogue().editions:
        for row in rows:
            is_same = (row["document"], row["language"]) == (edition.document, edition.language)
            if not is_same or not edition.is_of(row.get("edition", "")):
                continue
            lines = read((mirror / row["path"]).read_bytes(), row["media_type"])
            found = identity_of(parse(edition.document, edition.language, lines, edition.numbering))
            sums = "".join(f'"{name}" = "{digits}"\n' for name, digits in found.provisions.items())
            path = Path(__file__).parent / "known" / known_file(edition)
            write_atomically(path, sums.encode("utf-8"))
            told = "as catalogued" if (edition.checksum, edition.articles) == (found.checksum, found.articles) else ""
            print(f'{edition.name}: articles = {found.articles}, sha256 = "{found.checksum}"', told)


if __name__ == "__main__":
    _record(Path(sys.argv[1]))
