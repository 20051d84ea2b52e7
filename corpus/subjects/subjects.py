"""Reading the files of subjects, one a part of the Constitution."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

import rtoml

from corpus.errors import CorpusError
from corpus.provision import LANGUAGES
from corpus.text.folding import fold_run

_DOCUMENT = "kz-constitution-2026"
_PARTS = ("foundations", "persons", "society", "president", "parliament", "justice")
_ASKED = "asked"

SubjectKind = Literal["subject", "body", "right", "duty", "procedure"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)


@dataclass(frozen=True, slots=True)
class Group:
    """Provisions told together. `heading` is by language; of a procedure, it is the step. `further` are those of the
    `provisions` that a short answer can leave out; both are identifiers."""

    heading: Mapping[str, str]
    provisions: tuple[str, ...]
    further: frozenset[str]

    @property
    def essential(self) -> tuple[str, ...]:
        return tuple(name for name in self.provisions if name not in self.further)


@dataclass(frozen=True, slots=True)
class Subject:
    """`names` are by language, the title first; `says` is the whole of it in a few sentences, and `open` what the text
    leaves to laws or is silent on ("" where nothing is to be said); `above` is the broader subject's id, or ""."""

    id: str
    above: str
    kind: SubjectKind
    names: Mapping[str, tuple[str, ...]]
    says: Mapping[str, str]
    open: Mapping[str, str]
    groups: tuple[Group, ...]

    def title(self, language: str) -> str:
        return self.names[language][0]

    @property
    def provisions(self) -> tuple[str, ...]:
        """Identifiers of all that belongs to it, in the order of telling."""
        return tuple(name for group in self.groups for name in group.provisions)

    @property
    def essential(self) -> tuple[str, ...]:
        """Identifiers of what may not be left out, in the order of telling."""
        return tuple(name for group in self.groups for name in group.essential)


@cache
def load_subjects() -> Mapping[str, Subject]:
    """All subjects by id, in the order of their files. Raises `CorpusError` where a file is unsound."""
    subjects: dict[str, Subject] = {}
    try:
        for part in _PARTS:
            source = resources.files("corpus.subjects").joinpath(f"{part}.toml").read_text(encoding="utf-8")
            for row in rtoml.loads(source)["subject"]:
                subject = _subject(row)
                if subject.id in subjects:
                    raise CorpusError(f"The subject {subject.id!r} stands twice; rename one in corpus/subjects/.")
                subjects[subject.id] = subject
    except (KeyError, TypeError, rtoml.TomlParsingError) as error:
        raise CorpusError(f"The subjects are unsound ({error!r}); mend corpus/subjects/.") from error
    return subjects


def subjects_checksum() -> str:
    """SHA-256 of the files of subjects and of what people ask on them, without parsing them."""
    digest = hashlib.sha256()
    for part in (*_PARTS, _ASKED):
        digest.update(resources.files("corpus.subjects").joinpath(f"{part}.toml").read_bytes())
    return digest.hexdigest()


def subject_questions() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """What people type who want a subject told as a whole, by subject and language. Raises `CorpusError`."""
    text = resources.files("corpus.subjects").joinpath(f"{_ASKED}.toml").read_text(encoding="utf-8")
    table = rtoml.loads(text)
    if set(table) != set(load_subjects()):
        odd = ", ".join(sorted(set(table) ^ set(load_subjects())))
        raise CorpusError(f"The subjects and their questions differ ({odd}); mend corpus/subjects/asked.toml.")
    return {name: {code: tuple(row[code]) for code in LANGUAGES} for name, row in table.items()}


def subject_named(name: str) -> Subject | None:
    """The subject of that id or name, in any of the languages, however it is typed; None without one."""
    folded = fold_run(name)
    found = (subjects_by_name(language).get(folded) for language in LANGUAGES)
    return load_subjects().get(name.strip()) or next(filter(None, found), None)


@cache
def subjects_by_name(language: str) -> Mapping[str, Subject]:
    """Subjects by their folded names (`fold_run`). What names several subjects names the one that has it nearest to its
    title: the names stand by how well they fit."""
    found: dict[str, tuple[int, Subject]] = {}
    for subject in load_subjects().values():
        for place, name in enumerate(map(fold_run, subject.names[language])):
            if name not in found or place < found[name][0]:
                found[name] = (place, subject)
    # Those that fit best first: whoever reads names another way keeps the first.
    return {name: subject for name, (_, subject) in sorted(found.items(), key=lambda row: row[1][0])}


def _subject(row: Mapping[str, Any]) -> Subject:
    if row["kind"] not in SUBJECT_KINDS:
        raise KeyError(row["kind"])
    return Subject(
        id=row["id"],
        above=row["above"],
        kind=row["kind"],
        names={language: tuple(names) for language, names in row["names"].items()},
        says=row["says"],
        open=row.get("open", {}),
        groups=tuple(_group(group) for group in row["group"]),
    )


def _group(row: Mapping[str, Any]) -> Group:
    return Group(
        heading=row["heading"],
        provisions=tuple(f"{_DOCUMENT}#{eid}" for eid in row["provisions"]),
        further=frozenset(f"{_DOCUMENT}#{eid}" for eid in row["further"]),
    )
