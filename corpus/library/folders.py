"""Which files in folders hold acts, and of which act and language each is.

Recognised are a checkout in the shape of the reference bank (a folder an act, with `rus.md`, `kaz.md` and
`meta.yaml`), a mirror (`NAME.ru.md` beside `NAME.kk.md`; where a `MANIFEST.toml` lists files, those alone), pages of
the official site (`K950001000_.kaz.html`), and other documents by their names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import rtoml

from corpus.catalogue import load_catalogue
from corpus.errors import CatalogueError, CorpusError
from corpus.library.acts import ActFile, ActMetadata, Unread, act_id
from corpus.library.metadata import LANGUAGE_OF, MAX_BYTES, MetadataError, read_metadata
from corpus.library.words import day_in
from corpus.private import read_file

_SUFFIXES = frozenset((".md", ".txt", ".html", ".htm", ".pdf", ".docx"))
_METADATA = ("meta.yaml", "meta.yml")
_MANIFEST = "MANIFEST.toml"
_NAME = re.compile(rf"(?P<name>.+?)[._-](?P<code>{'|'.join(LANGUAGE_OF)})", re.I)
_OF_A_CHECKOUT = re.compile(r"(?:readme|license|licence|contributing|changelog|notice)\b", re.I)


def find_acts(paths: Sequence[Path]) -> Iterator[ActFile | Unread]:
    """Every file of an act below the paths, in the order of their names; what should be one and cannot, as `Unread`.
    Raises `CorpusError` for a path where nothing is."""
    for path in paths:
        if not path.exists():
            raise CorpusError(f"There is no file or folder {path}.")
    for path in (path.resolve() for path in paths):
        if path.is_dir():
            yield from _in_folder(path)
        elif path.suffix.casefold() in _SUFFIXES:
            yield from _one_by_one(path.parent, [path.name])
        else:
            yield Unread(path, f"It is none of the kinds of files that are read: {', '.join(sorted(_SUFFIXES))}.")


def _in_folder(root: Path) -> Iterator[ActFile | Unread]:
    def refuse(error: OSError) -> None:
        raise CorpusError(f"{error.filename} cannot be read: {error.strerror or error}.") from error

    for place, folders, names in os.walk(root, onerror=refuse):
        folder = Path(place)
        if _MANIFEST in names:
            try:
                listed = _listed(folder)
            except MetadataError as error:  # the files are known by their names as well
                yield Unread(folder / _MANIFEST, str(error))
            else:
                folders.clear()
                yield from (_inside(folder, file) for file in listed)
                continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # A link may lead round in a circle, or out of what was named.
        links = [folder / name for name in folders if (folder / name).is_symlink()]
        yield from (Unread(link, "It is a link to a folder, and links are not followed.") for link in links)
        yield from _one_by_one(folder, sorted(filter(_is_document, names)))


def _is_document(name: str) -> bool:
    """Whether the file may hold an act. Markdown is also what people describe folders in: it must say its language."""
    path = Path(name)
    if name.startswith(".") or path.suffix.casefold() not in _SUFFIXES or _OF_A_CHECKOUT.match(name):
        return False
    return path.suffix.casefold() != ".md" or path.stem.casefold() in LANGUAGE_OF or bool(_NAME.fullmatch(path.stem))


def _one_by_one(folder: Path, names: Iterable[str]) -> Iterator[ActFile | Unread]:
    beside: ActMetadata | MetadataError | None = None
    for name in names:
        path, stem = folder / name, Path(name).stem
        if language := LANGUAGE_OF.get(stem.casefold()):
            beside = beside or _beside(folder)
            if isinstance(beside, MetadataError):
                yield Unread(path, str(beside))
            else:
                yield ActFile(path, beside.id or act_id(folder.name), language, beside, is_official=True)
        elif named := _NAME.fullmatch(stem):
            yield _catalogued(ActFile(path, act_id(named["name"]), LANGUAGE_OF[named["code"].casefold()]))
        else:
            yield _catalogued(ActFile(path, act_id(stem)))


def _beside(folder: Path) -> ActMetadata | MetadataError:
    for name in _METADATA:
        path = folder / name
        if path.is_file():
            try:
                with path.open("rb") as file:
                    return read_metadata(file.read(MAX_BYTES + 1), str(path))
            except MetadataError as error:
                return error
            except OSError as error:
                return MetadataError(f"{path} cannot be read: {error.strerror or error}.")
    return ActMetadata()


def _listed(folder: Path) -> list[ActFile]:
    """The files of a mirror's manifest. Raises `MetadataError`."""
    try:
        rows = rtoml.loads(read_file(folder / _MANIFEST).decode("utf-8"))["file"]
        return [
            ActFile(
                folder / str(row["path"]),
                act_id(str(row["document"])),
                LANGUAGE_OF[row["language"]],
                ActMetadata(edition=day_in(str(row.get("edition", ""))), pages={"": str(row.get("official", ""))}),
                is_official=True,
            )
            for row in rows
        ]
    except (CorpusError, ValueError, KeyError, TypeError) as error:
        raise MetadataError(f"It is no list of files with path, document and language: {error}.") from error


def _inside(folder: Path, file: ActFile) -> ActFile | Unread:
    if file.path.resolve().is_relative_to(folder):
        return _catalogued(file)
    return Unread(folder / _MANIFEST, f"It names {file.path}, which lies outside its folder.")


def _catalogued(file: ActFile) -> ActFile | Unread:
    """With what the catalogue knows of a document of that name; the Constitution and the treaties that Atazan answers
    from without a library are left to it."""
    try:
        document = load_catalogue().document(file.act)
    except CatalogueError:
        return file
    if document.kind != "law":
        return Unread(file.path, "It is no act for a library: Atazan answers from it already.")
    told = replace(
        file.told,
        titles=dict(document.titles),
        short_titles=dict(document.short_titles),
        status="repealed" if document.status == "repealed" else "in_force",
        adopted=document.adopted,
        since=document.since,
        until=document.until,
        pages=dict(document.pages),
    )
    return replace(file, told=told)
