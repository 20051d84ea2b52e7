"""The whole table of changes between the two Constitutions, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from corpus.concordance import Pair
from qa.composing.pairs import what_changed
from qa.labels import labels_of
from qa.messages import message


def as_csv(pairs: Sequence[Pair], language: str) -> str:
    """A row a pair: labels of both sides in the reader's language, identifiers, kind, and what changed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["old", "new", "kind", "changed", "old_ids", "new_ids"])
    for pair in pairs:
        writer.writerow(
            [
                labels_of(pair.old, language),
                labels_of(pair.new, language),
                message(f"kind.{pair.kind}", language),
                what_changed(pair, language),
                " ".join(pair.old),
                " ".join(pair.new),
            ]
        )
    return out.getvalue()
