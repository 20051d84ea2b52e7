"""What to say of a reference that names nothing: the nearest valid choice."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import Document, Provision
from qa.labels import article_label, label_of_eid
from qa.messages import message
from qa.understanding.references import Reference


def no_such(reference: Reference, edition: Sequence[Provision], document: Document, language: str) -> str:
    """One sentence: which articles the edition has, or that the article is there and only the part is not."""
    articles = list(dict.fromkeys(p.article for p in edition if p.article))
    title = document.short_titles[language]
    label = article_label(reference.article, language)
    if not articles:
        return message("bad.reference", language, value=repr(label))
    if reference.article in articles:
        part = label_of_eid(reference.eid, language)
        return message("abstain.no_such_part", language, label=part, document=title, article=label)
    return message(
        "abstain.no_such_article", language, label=label, document=title, first=articles[0], last=articles[-1]
    )
