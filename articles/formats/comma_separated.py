"""CSV (RFC 4180) for spreadsheets and for programs: all rows in one stream, the first line at once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from typing import Any, Final

from django.http import StreamingHttpResponse

from articles.formats.cells import cells, written
from articles.formats.columns import COLUMNS, Column
from articles.formats.selection import Selection

MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of the machine."""
LINES: Final = 100
"""How many lines leave together."""


def render(selection: Selection, page: int) -> StreamingHttpResponse:
    """Return all rows of a selection, however many: they are read while they are sent."""
    columns = COLUMNS[selection.noun]
    return StreamingHttpResponse(
        lines(columns, selection.rows(), selection.origin),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": selection.disposition("csv")},
    )


def lines(columns: tuple[Column, ...], rows: Iterable[Any], origin: str) -> Iterator[bytes]:
    """Yield a header and the rows as UTF-8, some lines at a time."""
    yield (BYTE_ORDER_MARK + _text([[column.name for column in columns]])).encode()
    remaining = iter(rows)
    while some := list(islice(remaining, LINES)):
        yield _text([_line(columns, row, origin) for row in some]).encode()


def _line(columns: tuple[Column, ...], row: Any, origin: str) -> list[str]:
    shown = cells(columns, row, origin)
    return [written(column, cell) for column, cell in zip(columns, shown, strict=True)]


def _text(listed: list[list[str]]) -> str:
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(listed)
    return buffer.getvalue()
