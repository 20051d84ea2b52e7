"""A provision cited in the styles that people must keep to: a lawyer's, a student's, a program's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlsplit

from babel.dates import format_date

from corpus import Document
from corpus.concordance import containing
from qa.errors import BadReference
from qa.labels import date_label, edition_label, label_of_eid
from qa.messages import message
from qa.reading.article import ArticleText

Style = Literal["legal", "gost", "apa", "bibtex", "address"]
STYLES: tuple[Style, ...] = get_args(Style)
# Our titles tell two Constitutions apart by their years; an official title has none.
_YEAR = re.compile(r" \(\d{4}\)$")
# Who publishes what stands on a host, by the message that names them.
PUBLISHERS = {
    "adilet.zan.kz": "adilet",
    "zan.gov.kz": "bank",
    "www.akorda.kz": "akorda",
    "www.ohchr.org": "ohchr",
}
# Of the work, and of reading it.
_APA_DATES = {
    "en": ("y, MMMM d", "MMMM d, y"),
    "ru": ("y, d MMMM", "d MMMM y 'г.'"),
    "kk": ("y, d MMMM", "y 'ж.' d MMMM"),
}
_BABEL_NAMES = {"en": "english", "ru": "russian", "kk": "kazakh"}  # what LaTeX's babel calls them
_BIBTEX_SPECIAL = re.compile(r"([&%$#_{}])")


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited: a provision or an article (`eid`) of the document. `url` is its official page, "" for the
    document's; `edition` the first day in force of the wording meant, ISO 8601, "" where none is."""

    document: Document
    eid: str
    url: str = ""
    edition: str = ""


def named_by(text: ArticleText) -> Cited:
    """What a reference named: the provision, or what its provisions stand in; of what is excluded, what its note is
    on."""
    eids = [p.eid for p in text.provisions] or [note.about for note in text.notes]
    *_, shared = (whole for whole in containing(eids[0]) if all(f"{eid}__".startswith(f"{whole}__") for eid in eids))
    return Cited(text.document, shared, text.url, text.edition if text.official else "")


def known_style(value: str, language: str = "en") -> Style:
    """The style of that name. Raises `BadReference` with the styles there are."""
    for style in STYLES:
        if value == style:
            return style
    raise BadReference(message("bad.style", language, value=repr(value), known=", ".join(STYLES)))


def styles_of(document: Document) -> tuple[Style, ...]:
    """Those that it can be cited in: most need the day on which it was adopted."""
    return STYLES if document.adopted else ("legal", "address")


def cite(cited: Cited, style: Style, language: str, accessed: date, *, page: str = "") -> str:
    """The citation in the reader's language. Raises `BadReference` where the style needs a day of adoption and the
    document, one of the user's own, has none.

    `gost` is a reference after GOST R 7.0.5-2008, `apa` after the seventh edition of APA's manual (a work without an
    author), `bibtex` an entry of several lines, `address` the identifier and, below it, the `page` that shows it, if
    one does.
    """
    document = cited.document
    if style == "address":
        return "\n".join(filter(None, (f"{document.id}#{cited.eid}", page)))
    url = cited.url or document.pages.get(language, "")
    label = label_of_eid(cited.eid, language)
    if style == "legal":
        edition = f" ({message('page.edition', language, edition=day)})" if (day := _edition(cited, language)) else ""
        return f"{label}, {document.titles[language]}{edition}" + (f". {url}" if url else "")
    if document.adopted is None:
        raise BadReference(message("bad.style", language, value=style, known=", ".join(styles_of(document))))
    title = _YEAR.sub("", document.titles[language])
    if style == "bibtex":
        return _bibtex(cited, document.adopted, title, label, url, language, accessed)
    publisher = _publisher(url, language)
    if style == "apa":
        of_work, of_reading = _APA_DATES[language]
        return message(
            "cite.as_apa",
            language,
            title=title,
            label=label,
            adopted=format_date(document.adopted, of_work, locale=language),
            publisher=publisher,
            accessed=format_date(accessed, of_reading, locale=language),
            url=url,
        )
    return message(
        "cite.as_gost",
        language,
        title=title,
        adopted=date_label(document.adopted, language),
        edition=message("cite.edition", language, edition=day) if (day := _edition(cited, language)) else "",
        label=label[:1].upper() + label[1:],
        publisher=publisher,
        accessed=f"{accessed:%d.%m.%Y}",
        url=url,
    )


def _edition(cited: Cited, language: str) -> str:
    """The edition's name; "" where it is the text as it was adopted."""
    adopted = cited.document.adopted
    as_adopted = adopted is not None and cited.edition == adopted.isoformat()
    return edition_label(cited.edition, language) if cited.edition and not as_adopted else ""


def _publisher(url: str, language: str) -> str:
    """Who publishes the official page; its host where that is nobody known."""
    host = urlsplit(url).hostname or ""
    return message(f"cite.by_{PUBLISHERS[host]}", language) if host in PUBLISHERS else host


def _bibtex(cited: Cited, adopted: date, title: str, label: str, url: str, language: str, accessed: date) -> str:
    edition = _edition(cited, language)
    note = f"{label}, {message('page.edition', language, edition=edition)}" if edition else label
    fields = {
        "title": f"{{{{{_escaped(title)}}}}}",  # in braces once more: a style keeps its capitals
        "year": f"{{{adopted.year}}}",
        "month": format_date(adopted, "MMM", locale="en").lower(),  # a macro, worded in the list's language
        "day": f"{{{adopted.day}}}",
        "howpublished": f"{{{_escaped(_publisher(url, language))}}}",
        "note": f"{{{_escaped(note)}}}",
        "url": f"{{{url}}}",
        "urldate": f"{{{accessed}}}",
        "language": f"{{{_BABEL_NAMES[language]}}}",
    }
    lines = [f"  {name} = {value}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{cited.document.id}:{cited.eid},", *lines, "}"])


def _escaped(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(r"\\\1", text)
