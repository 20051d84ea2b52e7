"""Rows of a data set that is a table (CSV), as spreadsheets save them: any of three separators, a byte order mark,
quoted line breaks, words for true and false, days in their own order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from eval.asking.dataset_error import DatasetError, Place

_NEEDED = ("id", "question", "language", "answerable")
_PROVISIONS = ("gold", "also")  # separated by whatever cannot stand in an identifier
_SEPARATORS = ";,\t"
_TRUE = frozenset("true yes 1 да истина иә ақиқат".split())
_FALSE = frozenset("false no 0 нет ложь жоқ жалған".split())
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def rows_of(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """`(line, row)` of each row that is not empty, in the form of the JSON objects; lines count from 1, and a row that
    runs over several has its first. `name` is the file's. Raises `DatasetError`."""
    text, skipped = _without_hint(text)
    separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
    # A newline within quotes is the cell's own, so the text is not split here.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            place = Place(name, line + skipped, is_table=True)
            line = reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header:
                yield place.line, _row(header, cells, place, separator)
            else:
                header = [cell.strip().casefold() for cell in cells]
                for column in _NEEDED:
                    if column not in header:
                        raise DatasetError("no_column", place, column=column)
    except csv.Error as error:
        raise DatasetError("quotes", Place(name, line + skipped, is_table=True)) from error


def _without_hint(text: str) -> tuple[str, int]:
    """The text without the line `sep=;` that Excel writes and reads, and how many lines that takes away."""
    first, _, rest = text.partition("\n")
    return (rest, 1) if re.fullmatch(r'"?sep=."?\s*', first, re.IGNORECASE) else (text, 0)


def _row(header: list[str], cells: list[str], place: Place, separator: str) -> dict[str, Any]:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise DatasetError("cells", place, separator="TAB" if separator == "\t" else separator)
    named = zip(header, (cell.strip() for cell in cells), strict=False)
    return {column: _value(column, cell) for column, cell in named if column and cell}


def _value(column: str, cell: str) -> object:
    """The cell as JSON would have it; what is amiss in it is told where the row is read."""
    if column in _PROVISIONS:
        return re.split(r"[;,\s]+", cell.strip("; ,"))
    if column == "facts":  # a fact may be several words
        return [fact.strip() for fact in cell.split(";") if fact.strip()]
    if column in ("answerable", "whole"):
        word = cell.casefold()
        return True if word in _TRUE else False if word in _FALSE else cell
    if column == "as_of" and (day := _DAY.fullmatch(cell)):
        return f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}"
    return cell
