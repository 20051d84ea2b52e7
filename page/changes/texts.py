"""What both Constitutions say on a pair. Words are marked only between two official texts of one language; where the
reader's has no such two, what there is stands side by side, and the two official texts of another below."""

from __future__ import annotations

import html
from collections.abc import Sequence

from corpus import LANGUAGES, load_catalogue
from corpus.concordance import Pair, load_concordance
from page.translation import say
from page.views.markup import escaped
from qa import Assistant
from qa.answer import Citation
from qa.evidence.provisions import provisions_of, texts_of
from qa.labels import edition_label
from qa.messages import message
from qa.reading.word_difference import Mark, word_difference

_TAGS: dict[Mark, str] = {"gone": "del", "came": "ins"}


def pair_texts(pair: Pair, assistant: Assistant, language: str) -> str:
    """The texts of both sides in the reader's language, and on demand in another where one of them is no official
    text."""
    code = _in_both(assistant, language)
    if code == language:
        return _marked_pair(pair, assistant, code, language)
    concordance = load_concordance()
    beside = "".join(
        _column(document, sides, assistant, language)
        for document, sides in ((concordance.old, pair.old), (concordance.new, pair.new))
    )
    official = ""
    if code:
        summary = escaped(say("changes_official", language, name=say(code, language)))
        marked = _marked_pair(pair, assistant, code, language)
        official = f'<details class="az-other"><summary>{summary}</summary>{marked}</details>'
    return f'<div class="az-pair">{beside}</div>{official}'


def _in_both(assistant: Assistant, language: str) -> str | None:
    """The language in which both Constitutions are installed, the reader's before another."""
    concordance = load_concordance()
    there = [assistant.index.languages(name) for name in (concordance.old, concordance.new)]
    codes = (language, "ru", *LANGUAGES)
    return next((code for code in codes if all(code in languages for languages in there)), None)


def _marked_pair(pair: Pair, assistant: Assistant, code: str, language: str) -> str:
    """Both official texts in the language of that code, the words that went and came marked where both say
    something."""
    concordance = load_concordance()
    old, new = ("\n".join(p.text for p in texts_of(assistant.index, sides, code)) for sides in (pair.old, pair.new))
    left, right = word_difference(old, new) if old and new else ((("same", old),), (("same", new),))
    columns = []
    for document, runs in ((concordance.old, left), (concordance.new, right)):
        text = "".join(_marked(mark, words) for mark, words in runs)
        said = _text(text, code) if text else _nothing(language)
        columns.append(f"<div>{_title(document, '', language)}{said}</div>")
    return f'<div class="az-pair">{"".join(columns)}</div>'


def _column(document: str, sides: Sequence[str], assistant: Assistant, language: str) -> str:
    """One side in the reader's language: its official text, else what it says in plain words, marked so."""
    if not sides:
        return f"<div>{_title(document, '', language)}{_nothing(language)}</div>"
    names = [name for side in sides for name in provisions_of(assistant.index, side)]
    cited = assistant.cited(names, language)
    if official := texts_of(assistant.index, sides, language):
        editions = {c.edition for c in cited if c.language == language and c.quote is not None}
        days = ", ".join(say("edition", language, edition=edition_label(day, language)) for day in sorted(editions))
        named = say("official_column", language, name=say(language, language))
        text = html.escape("\n".join(p.text for p in official))
        return f"<div>{_title(document, f'{named}; {days}', language)}{_text(text, language)}</div>"
    if any(c.plain or c.withheld for c in cited):
        words = "".join(_plain(c, language, named=len(cited) > 1) for c in cited)
        return f'<div>{_title(document, say("plain", language), language)}<div lang="{language}">{words}</div></div>'
    return f"<div>{_title(document, '', language)}<p>{escaped(say('not_installed_side', language))}</p></div>"


def _plain(citation: Citation, language: str, *, named: bool) -> str:
    """The provision in plain words, under its label where several stand together."""
    label = f"<strong>{escaped(citation.label)}.</strong> " if named else ""
    words = message("answer.withheld", language) if citation.withheld else citation.plain or ""
    return f"<p>{label}{escaped(words)}</p>" if words else ""


def _title(document: str, what: str, language: str) -> str:
    """The Constitution's name, and below it what is shown of it."""
    name = escaped(load_catalogue().document(document).short_titles[language])
    return f"<h3>{name}</h3>" + (f'<p class="az-meta">{escaped(what)}</p>' if what else "")


def _text(marked_up: str, code: str) -> str:
    return f'<div class="az-text" lang="{code}">{marked_up}</div>'


def _nothing(language: str) -> str:
    return f"<p>{escaped(say('not_there', language))}</p>"


def _marked(mark: Mark, words: str) -> str:
    tag = _TAGS.get(mark)
    # Line breaks stay characters: `pre-line` keeps them, and a break inside a mark is no mark-up.
    return f"<{tag}>{html.escape(words)}</{tag}>" if tag else html.escape(words)
