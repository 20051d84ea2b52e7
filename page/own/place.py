"""Where a quote of one's own document stands, as its reader would say it: page and heading."""

from __future__ import annotations

from page.translation import say
from qa.answer import Citation
from qa.labels import label_of_eid


def place_of(citation: Citation, language: str) -> str:
    """`page 3 · 4. Payment` of a visitor's document, as much of it as there is; the label of anything else. What has
    articles is named by them; a paragraph's number, which nothing prints, only where nothing else tells."""
    if citation.status != "private":
        return citation.label
    eid = citation.provision.split("#")[1]
    page = [say("own_page", language, page=citation.page)] if citation.page else []
    heading = [citation.heading] if citation.heading else []
    label = [] if eid.startswith("par_") and heading else [label_of_eid(eid, language)]
    return " · ".join([*page, *label, *heading])
