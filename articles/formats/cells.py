"""A record as one row of a spreadsheet: lists as text, numbers exact, and no text that a spreadsheet would run."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from articles.formats.columns import Column, Type, absolute

SEPARATOR: Final = "; "

Cell = str | int | bool | Decimal | dt.date | None

_RUNNABLE: Final = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_NUMBER: Final = re.compile(r"[+\-]?\d+(?:[.,]\d+)*\s?%?")


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe in front of what it would run.

    Plain numbers stay as they are (-5, +3.2 %). To have the text back, drop one apostrophe where one or more are
    followed by a character that a formula begins with.
    """
    return f"'{text}" if _RUNNABLE.match(text) and not _NUMBER.fullmatch(text) else text


def cells(columns: tuple[Column, ...], row: Any, origin: str) -> list[Cell]:
    return [_cell(column, column.value(row), origin) for column in columns]


def _cell(column: Column, value: Any, origin: str) -> Cell:
    match column.type:
        case Type.STRINGS | Type.ADDRESSES:
            shown: Cell = SEPARATOR.join(absolute(origin, str(one)) for one in value)
        case Type.OBJECTS:
            shown = SEPARATOR.join(column.text(part) for part in value)
        case Type.ADDRESS:
            shown = absolute(origin, value or "")
        case Type.TIME:
            shown = value.isoformat().replace("+00:00", "Z")
        case Type.STRING | Type.EDTF:
            shown = "" if value is None else str(value)
        case _:
            shown = value
    return shown


def written(column: Column, cell: Cell) -> str:
    """Return a cell as a text file has it."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell:f}"
        case str():
            # EDTF is read before it is kept, and cannot be a formula; a minus at its beginning must stay one.
            return cell if column.type is Type.EDTF else defused(cell)
    return str(cell)
