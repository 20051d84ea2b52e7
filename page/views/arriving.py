"""What the page says while texts are still being read in."""

from __future__ import annotations

from page.translation import say
from page.views.markup import escaped
from qa.setup.arrival import Underway


def arriving_view(underway: Underway, language: str) -> str:
    """One sentence on what is being read in, and how far it is."""
    text = say("arriving", language)
    if underway.titles:
        text += " " + say("arriving_document", language, title=underway.titles[language])
    elif underway.total:
        text += " " + say("arriving_index", language, done=underway.done, total=underway.total)
    return f'<p class="az-arriving" role="status">{escaped(text)}</p>'
