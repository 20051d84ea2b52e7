"""The texts of the catalogue's editions, all of them: what ships is worked out from these."""

from __future__ import annotations

import sys

from corpus import load_catalogue, user_folders
from corpus.provision import EditionText
from qa.setup.installation import ensure_texts
from qa.setup.progress import fetching, tell


def catalogued_texts() -> list[EditionText]:
    """With the plain-language layer; fetched where they are not installed. Exits with a sentence where one is out of
    reach."""
    with fetching() as on_fetch:
        state = ensure_texts(user_folders(), on_fetch=on_fetch, notice=tell)
    catalogue, there = load_catalogue(), {(document, language) for document, language in state.editions}
    wanted = [(d.id, e.language) for d in catalogue.documents for e in d.editions]
    missing = [f"{document} ({language})" for document, language in wanted if (document, language) not in there]
    if missing:
        sys.exit(f"These editions are out of reach, so nothing is made that ships: {', '.join(missing)}.")
    known = {document.id for document in catalogue.documents}
    return [text for text in state.texts() if text.document in known]
