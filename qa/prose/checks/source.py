"""What a provision says, as far as it can bear out a sentence, and its clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus import LANGUAGES, Provision
from corpus.text.folding import fold_letters
from index import SearchIndex
from qa.evidence.changed_text import AS_KNOWN, ChangedTexts
from qa.prose.prompt import without_instructions

_CLAUSE = re.compile(r"(?<=[.;:!?])\s+|\s+[–—]\s+(?=but\b|а\b|но\b)")
SHORTEST_CLAUSE = 3  # words


@dataclass(frozen=True, slots=True)
class Source:
    """A provision as it can bear out a sentence: its official texts and plain words, in whatever language, look-alike
    letters folded."""

    provision: str
    texts: tuple[Provision, ...]

    @classmethod
    def of(cls, identifier: str, index: SearchIndex, changed: ChangedTexts = AS_KNOWN) -> Source:
        """Everything the index holds of the provision, but plain words that are withheld; no texts where it holds
        none."""
        wordings = (index.provision,) if changed.withheld(identifier) else (index.provision, index.plain)
        places = (at(identifier, code) for code in LANGUAGES for at in wordings)
        found = [p for p in places if p is not None]
        if found and index.documents[found[0].document].kind == "private":
            told = (replace(p, text=without_instructions(p.text)) for p in found)
            found = [p for p in told if p.text]  # what only speaks to a model bears nothing out
        return cls(identifier, tuple(replace(p, text=fold_letters(p.text)) for p in found))

    @property
    def document(self) -> str:
        return self.provision.split("#")[0]


def clauses_of(text: str) -> list[str]:
    """The clauses of a provision's text that say something."""
    return [clause for clause in _CLAUSE.split(text) if len(clause.split()) >= SHORTEST_CLAUSE]
