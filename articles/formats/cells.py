"""A record as one row of a spreadsheet: lists as text, numbers exact, and no text that a spreadsheet would run."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, Final, TypeVar

from articles.formats.columns import Column, Type, absolute
from articles.locality import settled

SEPARATOR: Final = "; "

AT_A_TIME: Final = 100
"""How many rows are made and leave together."""

T = TypeVar("T")
Cell = str | int | bool | Decimal | dt.date | None

_RUNNABLE: Final = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_SUSPECT: Final = frozenset("'=+-@＝＋－＠\t\r\n")
"""What runnable texts begin with: hardly any does, and to look at one character takes no time."""
_NUMBER: Final = re.compile(r"[+\-]?\d+(?:[.,]\d+)*\s?%?")


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe in front of what it would run.

    Plain numbers stay as they are (-5, +3.2 %). To have the text back, drop one apostrophe where one or more are
    followed by a character that a formula begins with.
    """
    return f"'{text}" if _RUNNABLE.match(text) and not _NUMBER.fullmatch(text) else text


def batches(
    columns: tuple[Column, ...],
    rows: Iterable[Any],
    origin: str,
    shown: Callable[[Column, list[Any], str], Iterable[T]],
) -> Iterator[Iterable[tuple[T, ...]]]:
    """Yield rows, some at a time, as what is shown of them in each column: it is made column by column."""
    remaining = iter(rows)
    while some := list(islice(remaining, AT_A_TIME)):
        with settled():
            made = [list(shown(column, some, origin)) for column in columns]
        yield zip(*made, strict=True)


def cells(column: Column, rows: Iterable[Any], origin: str) -> Iterable[Cell]:
    """Return what some rows have in a column. It is asked for many rows what its type is, not for each of them."""
    values = map(column.value, rows)
    shown: Iterable[Cell] = values
    match column.type:
        case Type.STRINGS:
            shown = map(SEPARATOR.join, values)
        case Type.ADDRESSES:
            shown = (SEPARATOR.join([absolute(origin, one) for one in value]) for value in values)
        case Type.OBJECTS:
            shown = (SEPARATOR.join(map(column.text, value)) for value in values)
        case Type.ADDRESS:
            shown = (absolute(origin, value or "") for value in values)
        case Type.TIME:
            shown = (value.isoformat().replace("+00:00", "Z") for value in values)
        case Type.STRING | Type.EDTF:
            shown = ("" if value is None else str(value) for value in values)
    return shown


def written(column: Column, rows: Iterable[Any], origin: str) -> Iterable[str]:
    """Return what a text file has in a column of some rows."""
    shown: Iterable[Any] = cells(column, rows, origin)
    match column.type:
        case Type.EDTF | Type.TIME:
            # EDTF is read before it is kept, and cannot be a formula; a minus at its beginning must stay one.
            return shown
        case Type.DATE | Type.INTEGER:
            return ("" if value is None else str(value) for value in shown)
        case Type.DECIMAL:
            return ("" if value is None else f"{value:f}" for value in shown)
        case Type.BOOLEAN:
            return ("" if value is None else str(value).lower() for value in shown)
        case _ if column.choices:
            return shown
    return [text if text[:1] not in _SUSPECT else defused(text) for text in shown]
