"""What changed between the two Constitutions, as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus import load_catalogue
from corpus.concordance import Pair, load_concordance
from qa.answer import Citation
from qa.commands.rendering import wrapped
from qa.composing.composition import plain_words, quoted
from qa.composing.pairs import what_changed
from qa.labels import edition_label, labels_of
from qa.messages import message
from qa.reading.comparison import Comparison
from qa.reading.edition_comparison import EditionComparison, ProvisionChange
from qa.reading.word_difference import Mark, word_difference


def table_lines(pairs: Sequence[Pair], language: str) -> Iterator[str]:
    """A line a pair with its kind, and below it what changed."""
    for pair in pairs:
        head = f"{labels_of(pair.old, language)} → {labels_of(pair.new, language)}"
        yield wrapped(f"{head}. {message(f'kind.{pair.kind}', language)}: {what_changed(pair, language)}")


def comparison_text(comparison: Comparison) -> str:
    """The pairs with what changed, then what either Constitution says, document by document."""
    language = comparison.language
    catalogue, concordance = load_catalogue(), load_concordance()
    titles = {name: catalogue.document(name).titles[language] for name in (concordance.old, concordance.new)}
    parts = [
        message(
            "answer.compared",
            language,
            old=catalogue.document(concordance.old).short_titles[language],
            new=catalogue.document(concordance.new).short_titles[language],
        ),
        "\n\n".join(table_lines(comparison.pairs, language)) or message("answer.no_pairs", language),
    ]
    for document, title in titles.items():
        said = [c for c in comparison.citations if c.document == document]
        if said:
            parts.append(f"{title}:")
            parts.append("\n".join(wrapped(_said(c, language)) for c in said))
    if comparison.newer:
        parts.append(wrapped(comparison.newer))
    return "\n\n".join(parts)


def editions_text(comparison: EditionComparison) -> str:
    """Each provision that changed as it read and as it reads, with the words that went in `[-…-]` and those that came
    in `{+…+}`."""
    language = comparison.reader_language
    old, new = (edition_label(day, language) for day in comparison.editions)
    title = comparison.document.titles[language]
    head = message("later.compared", language, document=title, old=old, new=new)
    parts = [f"{head}; {message(f'answer.quote_in_{comparison.language}', language)}"]
    parts += ["\n".join(_edition_change(change, new, language)) for change in comparison.changes]
    if not comparison.changes:
        parts.append(message("later.same_in_both", language, what=comparison.matter or title))
    return "\n\n".join(parts)


def _edition_change(change: ProvisionChange, day: str, language: str) -> Iterator[str]:
    """What became of the provision with the edition of the day, and its words."""
    if change.old is None or change.new is None:
        kind = "came" if change.old is None else "went"
        yield wrapped(message(f"later.{kind}", language, label=change.label, date=day))
        yield wrapped(change.new or change.old or "")
        return
    gone, came = word_difference(change.old, change.new)
    yield message("later.changed", language, label=change.label)
    yield wrapped(_marked(gone, "[-", "-]"))
    yield wrapped(_marked(came, "{+", "+}"))


def _marked(runs: Sequence[tuple[Mark, str]], opening: str, closing: str) -> str:
    """The runs put together, those that are not the same between the marks."""
    said = []
    for mark, words in runs:
        space = words[: len(words) - len(words.lstrip())]
        said.append(words if mark == "same" else f"{space}{opening}{words.strip()}{closing}")
    return "".join(said)


def _said(citation: Citation, language: str) -> str:
    """The label, the plain words or that they are withheld, and the official words where they are installed."""
    official = quoted(citation) if citation.quote is not None else ""
    return "\n".join([f"{citation.label}.", *filter(None, (plain_words(citation, language), official))])
