"""Reading `international.toml` and `serves.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import rtoml

from corpus.errors import CorpusError

_CONSTITUTION = "kz-constitution-2026"


@dataclass(frozen=True, slots=True)
class Links:
    """`beside`: by the identifier of a provision or article of the Constitution, articles of the covenants and the
    Declaration on the same right, closest first. `served`: by the identifier of a law or of an article of it, the
    Constitution's articles that it carries out."""

    beside: Mapping[str, tuple[str, ...]]
    served: Mapping[str, tuple[str, ...]]

    def beside_provision(self, identifier: str) -> tuple[str, ...]:
        """What stands beside a provision, or beside what contains it; empty where nothing does."""
        return next((self.beside[name] for name in _containers(identifier) if name in self.beside), ())

    def served_by(self, identifier: str) -> tuple[str, ...]:
        """Which articles of the Constitution a law's provision carries out: its article's own, else the whole law's."""
        document, _, eid = identifier.partition("#")
        article = f"{document}#{eid.split('__')[0]}"
        return self.served.get(article) or self.served.get(document, ())


def _containers(identifier: str) -> list[str]:
    """The provision, what contains it, and so on up to its article."""
    parts = identifier.split("__")
    return ["__".join(parts[:count]) for count in range(len(parts), 0, -1)]


@cache
def load_links() -> Links:
    """All links. Raises `CorpusError` where a file is unsound."""
    try:
        beside = {
            f"{_CONSTITUTION}#{eid}": tuple(row["to"]) for row in _table("international")["link"] for eid in row["at"]
        }
        served: dict[str, tuple[str, ...]] = {}
        for law in _table("serves")["law"]:
            served[law["id"]] = _articles(law["serves"])
            for row in law["article"]:
                served[f"{law['id']}#{row['law_article']}"] = _articles(row["serves"])
    except (KeyError, TypeError, rtoml.TomlParsingError) as error:
        raise CorpusError(f"The links between documents are unsound ({error!r}); mend corpus/links/.") from error
    return Links(beside, served)


def _articles(eids: list[str]) -> tuple[str, ...]:
    return tuple(f"{_CONSTITUTION}#{eid}" for eid in eids)


def _table(name: str) -> dict[str, Any]:
    return rtoml.loads(resources.files("corpus.links").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
