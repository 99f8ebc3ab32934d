"""An Excel workbook (ECMA-376): the rows on one sheet, what they are on a second. Memory does not grow with them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import Any, Final

from django.http import FileResponse
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from articles.formats.base import LICENCE
from articles.formats.cells import Cell, batches, cells
from articles.formats.columns import COLUMNS
from articles.formats.problems import Refusal
from articles.formats.selection import Selection

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = 1_048_575
"""How many rows a sheet holds below its header."""
MOST_CHARACTERS: Final = 32_767
"""How many characters a cell holds."""
EXACT_DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps; a longer one is written as text."""

_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def render(selection: Selection, page: int) -> FileResponse:
    """Return all rows of a selection. Raises Refusal where a sheet cannot hold them: it would cut them off."""
    if selection.count > MOST_ROWS:
        told = _("A sheet holds %(most)d rows, this list has %(count)d.")
        raise Refusal("rows", told % {"most": MOST_ROWS, "count": selection.count})
    file = TemporaryFile()  # noqa: SIM115  # the answer closes it, when it has been sent
    with Workbook(file, {"constant_memory": True}) as workbook:
        _sign(workbook, selection)
        _write_rows(workbook, selection)
        _write_about(workbook, selection)
    file.seek(0)
    return FileResponse(file, content_type=MEDIA_TYPE, headers={"Content-Disposition": selection.disposition("xlsx")})


def _sign(workbook: Any, selection: Selection) -> None:
    """Say whose it is; dated by the record, so that equal data gives equal files."""
    as_of = selection.edition.as_of or dt.date(1970, 1, 1)
    workbook.set_properties(
        {
            "title": f"Sholu: {selection.title}",
            "subject": selection.sentence[:255],
            "author": "Sholu",
            "comments": LICENCE,
            "created": dt.datetime.combine(as_of, dt.time(), dt.UTC),
        }
    )


def _write_rows(workbook: Any, selection: Selection) -> None:
    sheet = workbook.add_worksheet(selection.title[:31])
    bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    columns = COLUMNS[selection.noun]
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 20)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
    rows = chain.from_iterable(batches(columns, selection.rows(), selection.origin, cells))
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell, day)


def _write(sheet: Any, row: int, place: int, cell: Cell, day: Any) -> None:
    """Write a cell as what it is. Texts are written as texts: none becomes a formula or a link."""
    match cell:
        case None | "":
            pass
        case bool():
            sheet.write_boolean(row, place, cell)
        case dt.date():
            sheet.write_datetime(row, place, cell, day)
        case int() | Decimal() if len(f"{cell:f}".strip("-0").replace(".", "")) <= EXACT_DIGITS:
            sheet.write_number(row, place, cell)
        case _:
            sheet.write_string(row, place, _fitting(f"{cell:f}" if isinstance(cell, int | Decimal) else str(cell)))


def _fitting(text: str) -> str:
    """Return a text that a cell can hold; a longer one says that it was cut."""
    text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) <= MOST_CHARACTERS:
        return text
    note = _("… (cut here, where a cell ends; the CSV and the JSON have it whole)")
    return text[: MOST_CHARACTERS - len(note)] + note


def _write_about(workbook: Any, selection: Selection) -> None:
    """Say what the rows are, where they are from, and what each column means."""
    sheet = workbook.add_worksheet(_("About"))
    bold = workbook.add_format({"bold": True})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    facts = [
        (_("Title"), f"Sholu: {selection.title}"),
        (_("What it holds"), selection.sentence),
        (_("Rows"), str(selection.count)),
        (_("Same list as a page"), selection.page_address),
        (_("Data version"), selection.edition.version),
        (_("Licence"), LICENCE),
        ("", ""),
        (_("Column"), _("What it holds")),
    ]
    described = [
        (column.name, " ".join(part for part in (str(column.description), f"({_about(column)})") if part))
        for column in COLUMNS[selection.noun]
    ]
    for number, (name, text) in enumerate([*facts, *described]):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text)


def _about(column: Any) -> str:
    return f"{column.type}, {column.unit}" if column.unit else str(column.type)
