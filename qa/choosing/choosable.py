"""What of all that was found a model at hand may choose from."""

from __future__ import annotations

from collections.abc import Sequence

from qa.candidates import Candidates
from qa.evidence.retrieval import RETRIEVED, Retrieval
from qa.evidence.wanted_whole import wanted_whole
from qa.turn import Turn

_SUBJECTS = 6


def choosable(turn: Turn, retrieval: Retrieval, shown: Sequence[str]) -> Candidates:
    """The provisions found first, those `shown` that are of other documents, and the subjects that fit best. A document
    of the user's is among them only where the question is put to it."""
    documents = retrieval.index.documents
    asked = [name for name in turn.scope.primary if turn.scope.named or documents[name].kind != "private"]
    found = retrieval.find(turn, asked, named=turn.scope.named)[0].hits if asked else ()
    private = {name for name, document in documents.items() if document.kind == "private"} - set(asked)
    others = [name for name in shown if name.split("#")[0] not in (*asked, *private)]
    wanted = wanted_whole(turn, retrieval)
    subjects = [fit.subject.id for fit in wanted.fits[:_SUBJECTS]] if wanted else []
    provisions = dict.fromkeys((*others, *(hit.provision.id for hit in found[:RETRIEVED])))
    return Candidates(tuple(provisions), tuple(subjects))
