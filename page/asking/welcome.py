"""What the empty conversation says: how it answers, from which texts, and subjects to begin with."""

from __future__ import annotations

from corpus.subjects import load_subjects
from page.translation import say
from page.views.markup import escaped, page_link, topic_link
from qa.messages import message

# Subjects offered before anything is asked.
_BEGIN_WITH = ("human-rights", "detention", "work", "education", "digital-rights", "courts", "president", "kurultai")
# What is covered, and where it is read.
_COVERED = {
    "page.covered_2026": "?doc=kz-constitution-2026",
    "page.covered_1995": "?doc=kz-constitution-1995",
    "page.covered_changes": "?tab=compare",
    "page.covered_laws": "?tab=read",
    "page.covered_covenants": "?tab=read",
    "page.covered_own": "?tab=documents",
}


def welcome(language: str) -> str:
    """The whole of it as HTML."""
    known = load_subjects()
    topics = "".join(topic_link(name, language, known[name].title(language)) for name in _BEGIN_WITH)
    covered = "".join(f"<li>{page_link(address, message(name, language))}</li>" for name, address in _COVERED.items())
    return (
        f'<div class="az-welcome"><p>{escaped(say("welcome", language))}</p>'
        f'<p class="az-meta" id="covered">{escaped(say("covered", language))}</p>'
        f'<ul class="az-covered" aria-labelledby="covered">{covered}</ul><p class="az-chips">{topics}</p></div>'
    )
