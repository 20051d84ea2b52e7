"""`atazan article`."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus import user_folders
from qa.commands.options import AsJson, AsOf, DocumentId, Lang, day_of, show, show_json
from qa.setup.progress import fetching, tell


def article(
    reference: Annotated[list[str], typer.Argument(help="For example: 18, 18(2), 'ст. 46 п. 17', 18-бап.")],
    document: DocumentId = None,
    lang: Lang = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Print an article, or the part of it that is named, with its notes."""
    from qa.commands.rendering import article_text
    from qa.reading.article import read_article
    from qa.setup.installation import ensure_texts

    with fetching() as on_fetch:
        state = ensure_texts(user_folders(), on_fetch=on_fetch, notice=tell)
    day = day_of(as_of)
    found = read_article(state, " ".join(reference), document=document, language=lang, as_of=day)
    if as_json:
        show_json(found.to_json())
    else:
        show(article_text(found))
