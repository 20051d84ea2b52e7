"""What changed, as HTML: a pair with both texts and their words marked, and the whole table to take away."""

from __future__ import annotations

import html
from collections.abc import Sequence
from importlib import resources

from jinja2 import Environment

from corpus import load_catalogue
from corpus.concordance import Pair, load_concordance
from page.translation import say
from page.views.markup import escaped, reader_link
from qa import Assistant
from qa.composing.pairs import what_changed
from qa.evidence.provisions import texts_of
from qa.labels import label_of_eid, labels_of
from qa.messages import message
from qa.reading.word_difference import Mark, word_difference

_ELSE_COMPARED_IN = "ru"  # where both Constitutions are not installed in the reader's language
_TAGS: dict[Mark, str] = {"gone": "del", "came": "ins"}


def pair_view(pair: Pair, assistant: Assistant, language: str, *, is_open: bool, with_texts: bool) -> str:
    """One pair: who stands for whom, what changed, and, `with_texts`, both official texts with the words marked."""
    kind = escaped(message(f"kind.{pair.kind}", language))
    heads = f"{_links(pair.old, language)} → {_links(pair.new, language)}"
    summary = f'{heads}<span class="az-kind">{kind}</span><p>{escaped(what_changed(pair, language))}</p>'
    if not with_texts:
        return f'<div class="az-change"><div>{summary}</div></div>'
    return (
        f'<details class="az-change"{" open" if is_open else ""}><summary>{summary}</summary>'
        f'<div class="az-pair">{_texts(pair, assistant, language)}</div></details>'
    )


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


def _texts(pair: Pair, assistant: Assistant, language: str) -> str:
    """Both columns; marked word by word where both sides have a text."""
    concordance, documents = load_concordance(), load_catalogue()
    both = all(language in assistant.index.languages(name) for name in (concordance.old, concordance.new))
    code = language if both else _ELSE_COMPARED_IN
    old, new = ("\n".join(p.text for p in texts_of(assistant.index, sides, code)) for sides in (pair.old, pair.new))
    left, right = word_difference(old, new) if old and new else ((("same", old),), (("same", new),))
    columns = []
    for document, sides, runs in ((concordance.old, pair.old, left), (concordance.new, pair.new, right)):
        title = escaped(documents.document(document).short_titles[language])
        text = "".join(_marked(mark, words) for mark, words in runs)
        if not text:
            text = escaped(say("not_installed_side", language) if sides else say("not_there", language))
        columns.append(f'<div><h3>{title}</h3><div class="az-text" lang="{code}">{text}</div></div>')
    return "".join(columns)


def _marked(mark: Mark, words: str) -> str:
    tag = _TAGS.get(mark)
    # Line breaks stay characters: `pre-line` keeps them, and a break inside a mark is no mark-up.
    return f"<{tag}>{html.escape(words)}</{tag}>" if tag else html.escape(words)


def _links(sides: Sequence[str], language: str) -> str:
    links = []
    for side in sides:
        document, eid = side.split("#")
        article = eid.split("__")[0].removeprefix("art_")
        links.append(reader_link(document, article, language, label_of_eid(eid, language)))
    year = sides[0].split("#")[0].rsplit("-", 1)[1] if sides else ""
    return f'{", ".join(links)} <span class="az-of">{year}</span>' if links else "–"
