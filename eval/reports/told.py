"""A report in its reader's language: part of a page, a page of its own to keep, or a table of all rows."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple
from urllib.parse import urlencode

import jinja2

from corpus import Document
from eval.asking.response import Outcome
from eval.measures import MEASURES
from eval.reports.report import Failure, Figure, Report
from qa.labels import label_of_eid
from qa.messages import message

Documents = Mapping[str, Document]
# What is the better, the rarer it is.
_UNWANTED = ("false_refusal_rate", "says_nothing", "narrow_widened", "wording_misstated")
_SHOWN = 420  # letters of an answer within a page
_COLUMNS = (
    "page.export_question",
    "page.evaluate_result",
    "page.evaluate_why",
    "page.expected",
    "page.evaluate_answer",
    "page.evaluate_cited",
    "page.evaluate_took",
)
_FORMULA = ("=", "+", "-", "@", "\t")


class Measured(NamedTuple):
    """A measure in words: its name, what it is and what is good, its mean, what that rests on, and the mean of each
    language where there are several."""

    name: str
    what: str
    good: str
    mean: str
    rests: str
    by_language: tuple[tuple[str, str], ...]


class Told(NamedTuple):
    """A question in words; `why` is "" where the answer is as expected, `address` asks it in the page."""

    question: str
    language: str
    why: str
    expected: str
    answer: str
    cited: str
    milliseconds: float
    address: str


def measured(found: Report, language: str) -> list[Measured]:
    """The measures that apply to any question, in their order."""
    return [_measured(found, name, language) for name in MEASURES if found.figures[name].mean is not None]


def answers(found: Report, documents: Documents, language: str) -> list[Told]:
    """Every question, those that went wrong first, each part in the order asked."""
    failures = {id(failure.outcome): failure for failure in found.failures}
    told = [_told(o, failures.get(id(o)), documents, language) for o in found.outcomes]
    return sorted(told, key=lambda row: not row.why)


def report_html(found: Report, documents: Documents, language: str, *, note: str = "", is_page: bool) -> str:
    """The report as HTML: `is_page` a page of its own with whole answers, else a part of one with links that ask.
    `note` is a sentence above the figures. All that people wrote is escaped."""
    rows = answers(found, documents, language)
    return _template().render(
        name=found.dataset,
        language=language,
        note=note,
        is_page=is_page,
        measures=measured(found, language),
        wrong=[row for row in rows if row.why],
        right=[row for row in rows if not row.why],
        median=f"{found.latency['latency_ms_p50']:.0f}",
        most=f"{found.latency['latency_ms_p95']:.0f}",
        say=lambda key, **values: message(f"page.{key}", language, **values),
        shortened=lambda text: text if is_page else textwrap.shorten(text, _SHOWN, placeholder=" …"),
    )


def report_csv(found: Report, documents: Documents, language: str) -> str:
    """A row a question, columns and words in the language, for spreadsheets: it opens with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(message(key, language) for key in _COLUMNS)
    for row in answers(found, documents, language):
        result = message("page.evaluate_otherwise" if row.why else "page.evaluate_as_expected", language)
        cells = (row.question, result, row.why, row.expected, row.answer, row.cited, f"{row.milliseconds:.0f}")
        writer.writerow(_inert(cell) for cell in cells)
    return "\ufeff" + out.getvalue()


def _measured(found: Report, name: str, language: str) -> Measured:
    figure, key = found.figures[name], f"measure.{name.replace('@', '_')}"
    spoken = [(code, part[name]) for code, part in found.by_language.items() if part[name].mean is not None]
    several = spoken if len(found.by_language) > 1 else []
    return Measured(
        message(key, language),
        message(f"{key}_what", language),
        message("page.evaluate_down" if name in _UNWANTED else "page.evaluate_up", language),
        _percent(figure.mean, language),
        _rests(figure, language),
        tuple((message(f"page.{code}", language), _percent(part.mean, language)) for code, part in several),
    )


def _rests(figure: Figure, language: str) -> str:
    rests = message("page.evaluate_rests", language, count=figure.count)
    low, high = (_percent(end, language) for end in figure.interval or (None, None))
    if low == high:  # of so few questions, all alike, an interval says nothing
        return rests
    return f"{rests}; {message('page.evaluate_interval', language, low=low, high=high)}"


def _percent(value: float | None, language: str) -> str:
    """With a space that does not break; a hundred only where nothing is missing."""
    if value is None:
        return "–"
    share = min(99.9, round(100 * value, 1)) if value < 1 else 100
    written = f"{share:g}" if language == "en" else f"{share:g}".replace(".", ",")
    return f"{written}\u00a0%"


def _told(outcome: Outcome, failure: Failure | None, documents: Documents, language: str) -> Told:
    item, response = outcome.item, outcome.response
    labels = [_label(provision, documents, language) for provision in item.gold or item.also]
    expected = "; ".join([*labels, *item.facts]) if item.answerable else message("page.evaluate_refusal", language)
    facts = ", ".join(failure.expected) if failure and failure.why == "facts" else ""
    return Told(
        question=item.question,
        language=item.language,
        why=message(f"page.evaluate_why_{failure.why}", language, facts=facts) if failure else "",
        expected=expected,
        answer=response.text,
        cited=_label(response.cited[0].provision, documents, language) if response.cited else "–",
        milliseconds=response.milliseconds,
        address="?" + urlencode({"q": item.question, "lang": language}),
    )


def _label(provision: str, documents: Documents, language: str) -> str:
    document, _, eid = provision.partition("#")
    return f"{label_of_eid(eid, language)}, {documents[document].short_titles[language]}"


def _inert(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(resources.files("eval").joinpath("told.html").read_text(encoding="utf-8"))
