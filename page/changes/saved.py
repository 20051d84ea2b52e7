"""The table of changes as a page of its own to take away."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from jinja2 import Environment

from corpus import load_catalogue
from corpus.concordance import Pair, load_concordance
from page.translation import say
from qa.composing.pairs import what_changed
from qa.labels import labels_of
from qa.messages import message


def changes_page(pairs: Sequence[Pair], language: str) -> str:
    """The table as a page of its own that prints well and loads nothing."""
    source = resources.files("page").joinpath("changes.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    catalogue, concordance = load_catalogue(), load_concordance()
    old, new = (catalogue.document(name).short_titles[language] for name in (concordance.old, concordance.new))
    return template.render(
        pairs=pairs,
        language=language,
        say=say,
        message=message,
        labels=labels_of,
        changed=what_changed,
        old=old,
        new=new,
    )
