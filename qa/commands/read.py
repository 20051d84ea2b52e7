"""`atazan article`, `atazan cite`, `atazan topics` and `atazan topic`: reading without a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from corpus import user_folders
from qa.commands.options import AsJson, AsOf, DocumentId, Lang, day_of, show, show_json
from qa.setup.progress import fetching, tell

if TYPE_CHECKING:
    from qa.reading.topic import Topic


def article(
    reference: Annotated[list[str], typer.Argument(help="For example: 18, 18(2), 'ст. 46 п. 17', 18-бап.")],
    document: DocumentId = None,
    lang: Lang = None,
    as_of: AsOf = None,
    history: Annotated[bool, typer.Option("--history", help="Also which laws changed it, and when.")] = False,
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
        show(article_text(found, history=history))


def cite(
    reference: Annotated[list[str], typer.Argument(help="For example: 18, 18(2), 'ст. 46 п. 17', 18-бап.")],
    style: Annotated[
        str, typer.Option("--style", metavar="STYLE", help="legal, gost (R 7.0.5-2008), apa, bibtex or address.")
    ] = "legal",
    document: DocumentId = None,
    lang: Lang = None,
) -> None:
    """Print how to cite an article, or the part of it that is named."""
    from qa.reading.article import read_article
    from qa.reading.citing import cite as cited
    from qa.reading.citing import known_style, named_by
    from qa.setup.installation import ensure_texts

    chosen = known_style(style)
    with fetching() as on_fetch:
        state = ensure_texts(user_folders(), on_fetch=on_fetch, notice=tell)
    found = read_article(state, " ".join(reference), document=document, language=lang)
    show(cited(named_by(found), chosen, found.reader_language, date.today()))


def topics(lang: Lang = None, as_json: AsJson = False) -> None:
    """List the subjects of the Constitution in force."""
    from qa.reading.topic import topics as subjects
    from qa.reading.topic import topics_json

    language = lang or "en"
    if as_json:
        show_json(topics_json(language))
        return
    for depth, subject in subjects(language):
        show(f"{'  ' * depth}{subject.title(language)} ({subject.id})")


def topic(
    name: Annotated[list[str], typer.Argument(help="A subject's name or id: education, 'права задержанного', бала.")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Tell a subject as a whole, with the provisions that belong to it."""
    from qa.reading.reading_room import ReadingRoom
    from qa.reading.topic import read_topic
    from qa.setup.installation import ensure_texts

    with fetching() as on_fetch:
        state = ensure_texts(user_folders(), on_fetch=on_fetch, notice=tell)
    found = read_topic(ReadingRoom(state), " ".join(name), lang)
    if as_json:
        show_json(found.to_json())
    else:
        show("\n\n".join(_paragraphs(found)))


def _paragraphs(topic: Topic) -> Iterator[str]:
    """The whole in a few sentences, the essential provisions with their quotes, and the others by their labels."""
    from qa.commands.rendering import wrapped
    from qa.messages import message

    subject, language = topic.subject, topic.language
    yield subject.title(language)
    if topic.withheld:
        yield wrapped(message("topic.withheld", language))
    else:
        said = " ".join(filter(None, (subject.says[language], subject.open.get(language))))
        yield wrapped(message("answer.plain", language, text=said))
    further = []
    for heading, found in topic.groups:
        lines = []
        for told in found:
            if not told.is_essential:
                further.append(told.label)
                continue
            lines.append(f"{told.label}. {told.plain or message('answer.withheld', language)}")
            if told.quote is not None:
                lines.append(f"«{told.lead_in}» — «{told.quote}»" if told.lead_in else f"«{told.quote}»")
        if lines or subject.kind == "procedure":  # a step is told also where its provision is named below
            yield "\n".join([f"{heading.rstrip('.')}{':' if lines else '.'}", *(wrapped(line) for line in lines)])
    if further:
        yield wrapped(message("topic.further", language, labels=", ".join(further)))
    yield message("topic.count", language, count=topic.count)
    if topic.below:
        yield wrapped(message("topic.below", language, titles=", ".join(s.title(language) for s in topic.below)))
    yield message("page.disclaimer", language)
