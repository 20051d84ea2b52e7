"""What a search gives: provisions in order, and what tells whether they answer at all."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.provision import Provision
from index.texts import TextKind


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision found, in the language edition that matched best; its plain-language entry where no official text
    of it is installed.

    `score` ranks; `dense` (a weighted mean of cosines), `lexical` (BM25 of the question's words), `letters` (BM25 of
    its runs of letters), `across` (cosine with the nearest questions in the other languages) and `glossary` (BM25 of
    its words' translations) are its evidence; `sentence` is the span of the best-matching sentence in `provision.body`;
    `matched` says which text of the provision came nearest, and in which language.
    """

    provision: Provision
    score: float
    dense: float
    lexical: float
    glossary: float
    sentence: tuple[int, int]
    plain: bool = False
    letters: float = 0.0
    across: float = 0.0
    matched: tuple[TextKind, str] | None = None


@dataclass(frozen=True, slots=True)
class Beyond:
    """How near the question came to what the documents do not speak of (the contrast texts).

    `cosine`: the greatest with a text in the question's language; `across`: the mean of the greatest in each other
    language; `nearest`: the greatest of all. `words`, `letters`: the greatest BM25 score. All 0 without contrast texts.
    """

    cosine: float = 0.0
    across: float = 0.0
    nearest: float = 0.0
    words: float = 0.0
    letters: float = 0.0


@dataclass(frozen=True, slots=True)
class Wording:
    """The question's words: how many, the share of them that no text in their language has, the share of its runs of
    letters that some text has, and how many of its words only the contrast texts have."""

    count: int
    unknown: float
    spelled: float
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked hits, and what tells whether they answer at all.

    `typical` is the mean score of all provisions searched, which tells how near the question lies to the documents'
    matters altogether; `asked` the greatest cosine with a question people ask, anywhere in the documents; `answerable`
    is about 1 for a question like those, -1 for one like those that no document answers, None where nothing is learned.
    `beside` is the same of the documents without plain words whose questions were learned from, whichever are searched.
    `belongs` is how surely the question belongs to the likeliest of the documents' articles, about 1 at most;
    `nearness` the greatest score of an official text, which compares between documents with plain words and without (0
    for none); `led` is how far the best hit came before that of another article in a second look (`index.second_look`).
    """

    hits: tuple[Hit, ...]
    beyond: Beyond
    wording: Wording
    typical: float = 0.0
    asked: float = 0.0
    answerable: float | None = None
    beside: float = 0.0
    belongs: float = 0.0
    nearness: float = 0.0
    led: float = 0.0
