"""Lists: what only opens one ("The President:") says nothing, so its points are shown in its place."""

from __future__ import annotations

from collections.abc import Sequence

from index import Hit, SearchIndex
from qa.evidence.provisions import hit_of, text_of

_SHORT = 7  # points; a list up to this long is shown whole
_NEAREST = 5  # points shown of a longer one


def opened(
    cited: Sequence[Hit], retrieved: Sequence[Hit], index: SearchIndex, language: str
) -> tuple[list[Hit], list[Hit]]:
    """The hits, each lead-in replaced by its points, and the points left over. Of a short list all, in their order;
    of a long one first those that came nearer to the question than the lead-in itself, by `retrieved`, which is best
    first."""
    place = {hit.provision.id: at for at, hit in enumerate(retrieved)}
    shown: dict[str, Hit] = {}
    rest: dict[str, Hit] = {}
    for hit in cited:
        points = index.points.get(hit.provision.id)
        if not points:
            shown.setdefault(hit.provision.id, hit)
            continue
        hits = [retrieved[place[name]] if name in place else _hit(index, name, language) for name in points]
        own = place.get(hit.provision.id, 0)
        nearest = sorted(hits, key=lambda point: min(place.get(point.provision.id, own), own))
        chosen = hits if len(hits) <= _SHORT else nearest[:_NEAREST]
        shown |= {point.provision.id: point for point in chosen if point.provision.id not in shown}
        rest |= {point.provision.id: point for point in hits}
    return list(shown.values()), [hit for name, hit in rest.items() if name not in shown]


def _hit(index: SearchIndex, identifier: str, language: str) -> Hit:
    found = text_of(index, identifier, language)
    assert found is not None  # it is among the index's identifiers
    return hit_of(found)
