"""A column: what a record says under one name, for the codebook, the spreadsheet and the program alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise


class Type(StrEnum):
    """What the values of a column are. The words are those of the Data page."""

    STRING = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "date and time"
    EDTF = "EDTF date"
    ADDRESS = "address"
    STRINGS = "list of strings"
    ADDRESSES = "list of addresses"
    OBJECTS = "list of objects"


LISTS = (Type.STRINGS, Type.ADDRESSES, Type.OBJECTS)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a noun.

    `value` takes the row and returns what is public of it: None or "" where there is nothing to say. Addresses
    may be paths; whoever writes them puts the origin in front. A list of objects has `parts`, the columns of
    each object, and `text`, one object as a short text for a spreadsheet.
    """

    name: str
    description: str | Promise
    type: Type
    value: Callable[[Any], Any]
    unit: str | Promise = ""
    choices: tuple[str, ...] = ()
    parts: tuple[Column, ...] = ()
    text: Callable[[Any], str] = str
    always: bool = False
    """Whether every row has it."""


def absolute(origin: str, address: str) -> str:
    return f"{origin}{address}" if address.startswith("/") else address


def plain(columns: Iterable[Column], row: Any, origin: str) -> dict[str, Any]:
    """Return a row as JSON has it: numbers exact, what is missing as null, addresses absolute."""
    return {column.name: _plain(column, column.value(row), origin) for column in columns}


def _plain(column: Column, value: Any, origin: str) -> Any:
    if column.type in LISTS:
        return [_plain_item(column, item, origin) for item in value]
    return None if value is None or value == "" else _plain_item(column, value, origin)


def _plain_item(column: Column, value: Any, origin: str) -> Any:
    match column.type:
        case Type.OBJECTS:
            shown: Any = plain(column.parts, value, origin)
        case Type.ADDRESS | Type.ADDRESSES:
            shown = absolute(origin, value)
        case Type.BOOLEAN | Type.INTEGER:
            shown = value
        case Type.DATE | Type.TIME:
            shown = value.isoformat().replace("+00:00", "Z")
        case Type.DECIMAL:
            shown = f"{value:f}"
        case _:
            shown = str(value)
    return shown
