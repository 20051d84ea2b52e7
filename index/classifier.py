"""Which article a question belongs to, and whether to any, learned from the questions people ask.

Kernel ridge regression on indicators of the classes, also known as the least-squares support vector machine (Suykens
and Vandewalle 1999), with a Gaussian kernel between unit vectors. The nearest question alone is led astray by questions
of the same form on another matter; here every question is weighed by how well it tells the classes apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.embedders.embedder import FloatArray
from index.storage.rows import Rows

# The kernel is exp(sharpness * (cosine - 1)). Both chosen on strangers' questions (docs/retrieval.md): 20 and more let
# the nearest question decide alone again.
_SHARPNESS = 10.0
_PENALTY = 0.1
_BLOCK = 8192  # rows of a matrix that are factored at once
# Of the questions that what has plain words answers, one in so many is learned from as an example of what the other
# documents do not answer: there are ten times as many as of theirs, and each takes a weight for each of their articles.
_THINNED = 4
_ANSWERABLE, _BESIDE = "answerable", "beside"  # the classes beside the articles


@dataclass(frozen=True, slots=True)
class Part:
    """What is learned from some of the questions about some of the classes: `weights` `(r, c)`, a row for each of the
    `places` `(r,)` among the questions, a column for each of the `columns` `(c,)` among the classes."""

    places: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    weights: Rows


@dataclass(frozen=True, slots=True)
class QuestionClassifier:
    """`rows` `(m,)` are the places, among the index's vectors, of the questions learned from. Its classes are the `a`
    articles, then being answered by what has plain words, and by another document whose questions were learned from;
    each is in one of the `parts` at most."""

    rows: npt.NDArray[np.int64]
    parts: tuple[Part, ...]
    articles: tuple[str, ...]

    def scores(self, cosines: FloatArray) -> tuple[FloatArray, float, float]:
        """From the question's cosines with the index's vectors: about 1 for its article and 0 for the others `(a,)`;
        about 1 if what has plain words answers it and -1 if not; the same of the other documents, 0 without any."""
        alike = _kernel(cosines[self.rows])
        found = np.zeros(len(self.articles) + 2, dtype=np.float32)
        for part in self.parts:
            found[part.columns] = part.weights.weighed(alike[part.places])
        return found[:-2], float(found[-2]), float(found[-1])

    def weights(self) -> FloatArray:
        """`(m, a + 2)`: the parts side by side, 0 where nothing was learned."""
        whole = np.zeros((len(self.rows), len(self.articles) + 2), dtype=np.float32)
        for part in self.parts:
            whole[np.ix_(part.places, part.columns)] = part.weights.whole()
        return whole


Known = Callable[[str, Sequence[int], Sequence[str]], FloatArray | None]  # of a part, rows and columns of its weights


def learn(
    vectors: FloatArray,
    rows: Sequence[int],
    classes: Sequence[str | None],
    beside: Collection[str] = (),
    known: Known = lambda *_: None,
    most: int | None = None,
) -> QuestionClassifier:
    """Learns from the vectors `(n, d)` at the rows, unit length, what their classes are: the article that answers, None
    where none does. `beside` names the articles of documents without plain words. Weights `known` beforehand, of the
    parts "own" and "beside", are taken as they are; others take memory for `len(rows)` squared float32, and are learned
    from `most` of the rows where there are more, evenly spread."""
    articles = tuple(dict.fromkeys(name for name in classes if name is not None))
    # What has plain words is learned of as if the other documents were not there: they speak of the same bodies, and
    # a question on their details tells nothing against it.
    theirs = np.array([name in beside for name in articles] + [False, True])
    apart = np.array([name not in beside for name in classes])
    places = np.asarray(rows, dtype=np.int64)
    columns = np.array([*articles, _ANSWERABLE, _BESIDE])

    def part(name: str, kept: npt.NDArray[np.bool_], of: npt.NDArray[np.bool_]) -> Part:
        own = np.flatnonzero(kept)
        if (found := known(name, places[own].tolist(), columns[of].tolist())) is None:
            if most is not None and len(own) > most:
                own = own[np.linspace(0, len(own) - 1, most).astype(np.int64)]
            found = _solved(
                vectors[places[own]], _wanted([classes[i] for i in own.tolist()], columns[of].tolist(), beside)
            )
        return Part(own, np.flatnonzero(of), Rows.of(found))

    parts = [part("own", apart, ~theirs)]
    if beside:
        parts.append(part("beside", learned_beside(classes, beside), theirs))
    return QuestionClassifier(places, tuple(parts), articles)


def _wanted(classes: Sequence[str | None], columns: Sequence[str], beside: Collection[str]) -> FloatArray:
    """Of each question `(m, c)`: 1 for its article, and 1 or -1 for being answered, or answered by what is beside."""
    wanted = np.zeros((len(classes), len(columns)), dtype=np.float32)
    place = {name: i for i, name in enumerate(columns)}
    for i, name in enumerate(classes):
        if name in place and name is not None:
            wanted[i, place[name]] = 1.0
    answered = {_ANSWERABLE: [name is not None for name in classes], _BESIDE: [name in beside for name in classes]}
    for column in answered.keys() & place.keys():
        wanted[:, place[column]] = np.where(answered[column], 1.0, -1.0)
    return wanted


def learned_beside(classes: Sequence[str | None], beside: Collection[str]) -> npt.NDArray[np.bool_]:
    """Which of the questions the part "beside" is learned from `(m,)`: all, but of those that what has plain
    words answers one in so many."""
    own = np.array([name is not None and name not in beside for name in classes])
    return np.asarray(~own | (np.cumsum(own) % _THINNED == 0))


def _solved(vectors: FloatArray, wanted: FloatArray) -> FloatArray:
    """Weights `(m, k)` of kernel ridge regression from the vectors `(m, d)` to what is wanted of each."""
    mine = np.ascontiguousarray(vectors, dtype=np.float32)
    gram = _kernel(mine @ mine.T)
    gram[np.diag_indices_from(gram)] += _PENALTY
    return _solved_by_blocks(gram, wanted.astype(np.float32))


def _solved_by_blocks(matrix: FloatArray, wanted: FloatArray) -> FloatArray:
    """What times the positive definite `matrix` `(m, m)` is `wanted` `(m, k)`, by Cholesky's factors; both arrays are
    overwritten. By blocks, since a whole matrix of forty thousand rows is beyond the 32-bit indices of LAPACK (in SciPy
    1.17 it crashes)."""
    from scipy.linalg import cholesky, solve_triangular  # slow to import, and only building needs them

    blocks = [slice(start, min(start + _BLOCK, len(matrix))) for start in range(0, len(matrix), _BLOCK)]
    for place, own in enumerate(blocks):
        matrix[own, own] = cholesky(matrix[own, own], lower=True, check_finite=False)
        for below in blocks[place + 1 :]:
            matrix[below, own] = solve_triangular(
                matrix[own, own], matrix[below, own].T, lower=True, check_finite=False
            ).T
        for nth, column in enumerate(blocks[place + 1 :], place + 1):
            for row in blocks[nth:]:
                matrix[row, column] -= matrix[row, own] @ matrix[column, own].T
        wanted[own] = solve_triangular(matrix[own, own], wanted[own], lower=True, check_finite=False)
        for below in blocks[place + 1 :]:
            wanted[below] -= matrix[below, own] @ wanted[own]
    for place, own in reversed(list(enumerate(blocks))):
        for below in blocks[place + 1 :]:
            wanted[own] -= matrix[below, own].T @ wanted[below]
        wanted[own] = solve_triangular(matrix[own, own], wanted[own], lower=True, trans="T", check_finite=False)
    return wanted


def _kernel(cosines: FloatArray) -> FloatArray:
    """Of the cosines, in their place."""
    cosines -= 1
    cosines *= _SHARPNESS
    return np.exp(cosines, out=cosines)
