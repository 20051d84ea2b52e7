"""Does an answer say anything? A lead-in without its list, or words that end where the answer should begin, do not."""

from __future__ import annotations

from collections.abc import Sequence

from eval.asking.response import Cited, Outcome, Response

_CLOSING = " \n\t*_»”\"')]"


def says_nothing(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, float]]:
    """Of questions answered, those whose answer says nothing; none should be."""
    return [(o, float(is_hollow(o.response))) for o in outcomes if not o.response.abstained]


def is_hollow(response: Response) -> bool:
    """Whether the answer is empty, ends in a colon, or cites nothing but empty words and lead-ins without an item of
    their lists."""
    if _is_open(response.text):
        return True
    return bool(response.cited) and all(_is_hollow(citation, response.cited) for citation in response.cited)


def _is_hollow(citation: Cited, cited: Sequence[Cited]) -> bool:
    words = [text for text in (citation.plain, citation.quote) if text is not None]
    has_items = any(other.provision.startswith(f"{citation.provision}__") for other in cited)
    return bool(words) and not has_items and all(_is_open(text) for text in words)


def _is_open(text: str) -> bool:
    """Whether the text is empty or leads up to something that does not come."""
    text = text.rstrip(_CLOSING)
    return not text or text.endswith(":")
