"""Computes what ships in `index/learned/`: `make learn`, or `python -m eval.fitting.shipped [--anew] [FOLDER]`.

Vectors of the layer's texts, of the editions in the catalogue and of the questions people ask, and what is learned from
the lines they type. Needs every edition of the catalogue in reach (`ATAZAN_MIRROR`, or the official sites). Run twice,
it writes the same bytes. Vectors that ship already, or were computed on this machine before, are not computed again,
unless with `--anew`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import user_folders
from corpus.provision import EditionText
from eval.fitting.catalogued import catalogued_texts
from eval.fitting.embedded_before import embedded_before, keep
from index import open_embedder
from index.classifier import learn
from index.embedders.embedder import FloatArray
from index.matters import learn_matters, matter_questions
from index.storage.building import lines_of, matters_digest, points_of, questions_of
from index.storage.shipped import FOLDER, Weights, as_shipped, shipped, write_shipped
from index.storage.vectors import InIndexes, Known, Line, embedded, hashes_of
from index.texts import indexed_texts
from qa.setup.learned_from import learned_from
from qa.setup.progress import building


def ship(folder: Path, texts: Sequence[EditionText], *, anew: bool = False) -> None:
    """Write what ships with these editions into the folder; `anew` without what was computed before."""
    embedder, source = open_embedder(), learned_from()
    provisions = tuple(p for text in texts for p in text.provisions)
    rows = tuple(indexed_texts(provisions))
    lines = lines_of(rows, source["contrast"], source["unanswered"])
    matters = source["matters"].read()
    wholes = [Line(text, is_question=True) for text in matter_questions(matters)]
    hashes = hashes_of(embedder, lines)
    named = [*hashes, *hashes_of(embedder, wholes)]
    folders = user_folders()
    kept_in = folders.cache / "eval"
    before: list[Known] = [shipped(), embedded_before(kept_in, embedder.fingerprint), InIndexes(folders.index)]
    with building() as on_build:
        found = as_shipped(embedded([] if anew else before, [*lines, *wholes], named, embedder, on_build))
    keep(kept_in, embedder.fingerprint, named, found)
    vectors, of_wholes = found[: len(lines)], found[len(lines) :]
    points = points_of(provisions, rows)
    learned = learn_matters(matters, of_wholes, vectors[points])
    digest = matters_digest(source["matters"], [hashes[i] for i in points])
    parts: dict[str, tuple[Sequence[int], Sequence[str]]] = {}

    def noted(part: str, places: Sequence[int], columns: Sequence[str]) -> FloatArray | None:
        parts[part] = places, columns
        return None

    questions = questions_of(provisions, rows, len(lines))
    classifier = learn(vectors, questions.rows, questions.articles, questions.beside, noted)
    weights = {
        name: Weights.learned(
            questions.digest(hashes, places, columns), [hashes[i] for i in places], columns, part.weights.whole()
        )
        for (name, (places, columns)), part in zip(parts.items(), classifier.parts, strict=True)
    }
    kept = dict(zip(hashes, vectors, strict=True))
    write_shipped(folder, embedder.fingerprint, kept, weights, (digest, learned))


def main() -> None:
    given = [argument for argument in sys.argv[1:] if argument != "--anew"]
    folder = Path(given[0]) if given else FOLDER
    ship(folder, catalogued_texts(), anew="--anew" in sys.argv)
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{folder.name}: {size / 1_000_000:.1f} MB in {len(list(folder.iterdir()))} files")


if __name__ == "__main__":
    main()
