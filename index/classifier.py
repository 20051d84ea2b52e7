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

# The kernel is exp(sharpness * (cosine - 1)). Chosen on questions written after all that was learned from: 2 to 10 do
# alike, 20 and more let the nearest question decide alone again.
_SHARPNESS = 10.0
_PENALTY = 0.1
# Of the questions that what has plain words answers, one in so many is learned from as an example of what the other
# documents do not answer: there are ten times as many as of theirs, and each takes a weight for each of their articles.
_THINNED = 4


@dataclass(frozen=True, slots=True)
class QuestionClassifier:
    """`rows` `(m,)` are the places, among the index's vectors, of the questions learned from. `weights` is
    `(m, a + 2)`: a column for each of the `a` articles, one for being answered by what has plain words, and one
    for being answered by another document whose questions were learned from."""

    rows: npt.NDArray[np.int64]
    weights: FloatArray
    articles: tuple[str, ...]

    def scores(self, cosines: FloatArray) -> tuple[FloatArray, float, float]:
        """From the question's cosines with the index's vectors: about 1 for its article and 0 for the others `(a,)`;
        about 1 if what has plain words answers it and -1 if not; the same of the other documents, 0 without any."""
        found = _kernel(cosines[self.rows]) @ self.weights
        return found[:-2], float(found[-2]), float(found[-1])


Known = Callable[[str, Sequence[int], Sequence[str]], FloatArray | None]  # of a part, rows and columns of its weights


def learn(
    vectors: FloatArray,
    rows: Sequence[int],
    classes: Sequence[str | None],
    beside: Collection[str] = (),
    known: Known = lambda *_: None,
) -> QuestionClassifier:
    """Learns from the vectors `(n, d)` at the rows, unit length, what their classes are: the article that answers, None
    where none does. `beside` names the articles of documents without plain words. Weights `known` beforehand, of the
    parts "own" and "beside", are taken as they are; others take memory for `len(rows)` squared float32."""
    articles = tuple(dict.fromkeys(name for name in classes if name is not None))
    wanted = np.zeros((len(rows), len(articles) + 2), dtype=np.float32)
    column = {name: i for i, name in enumerate(articles)}
    for i, name in enumerate(classes):
        wanted[i, -2] = -1.0 if name is None else 1.0
        wanted[i, -1] = 1.0 if name in beside else -1.0
        if name is not None:
            wanted[i, column[name]] = 1.0
    # What has plain words is learned of as if the other documents were not there: they speak of the same bodies, and
    # a question on their details tells nothing against it.
    theirs = np.array([name in beside for name in articles] + [False, True])
    apart = np.array([name not in beside for name in classes])
    places = np.asarray(rows, dtype=np.int64)
    columns = np.array([*articles, "answerable", "beside"])
    weights = np.zeros_like(wanted)

    def part(name: str, kept: npt.NDArray[np.bool_], of: npt.NDArray[np.bool_]) -> None:
        found = known(name, places[kept].tolist(), columns[of].tolist())
        weights[np.ix_(kept, of)] = _solved(vectors[places[kept]], wanted[np.ix_(kept, of)]) if found is None else found

    part("own", apart, ~theirs)
    if beside:
        part("beside", learned_beside(classes, beside), theirs)
    return QuestionClassifier(places, weights, articles)


def learned_beside(classes: Sequence[str | None], beside: Collection[str]) -> npt.NDArray[np.bool_]:
    """Which of the questions the part "beside" is learned from `(m,)`: all, but of those that what has plain
    words answers one in so many."""
    own = np.array([name is not None and name not in beside for name in classes])
    return np.asarray(~own | (np.cumsum(own) % _THINNED == 0))


def _solved(vectors: FloatArray, wanted: FloatArray) -> FloatArray:
    """Weights `(m, k)` of kernel ridge regression from the vectors `(m, d)` to what is wanted of each."""
    from scipy.linalg import cho_factor, cho_solve  # slow to import, and only building needs them

    mine = np.ascontiguousarray(vectors, dtype=np.float32)
    gram = _kernel(mine @ mine.T)
    gram[np.diag_indices_from(gram)] += _PENALTY
    # Transposed, the symmetric matrix lies as LAPACK wants it, and is factored in its place.
    factor = cho_factor(gram.T, overwrite_a=True, check_finite=False)
    return np.ascontiguousarray(cho_solve(factor, wanted, check_finite=False))


def _kernel(cosines: FloatArray) -> FloatArray:
    """Of the cosines, in their place."""
    cosines -= 1
    cosines *= _SHARPNESS
    return np.exp(cosines, out=cosines)
