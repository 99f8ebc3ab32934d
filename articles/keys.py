"""The primary keys of many rows as one text: it is read several times faster than a row for each."""

from array import array

from django.db import connection
from pyroaring import BitMap


def together(key: str) -> str:
    """Return SQL for the keys of a group of rows as one text."""
    return f"string_agg({key}::text, ',')" if connection.vendor == "postgresql" else f"group_concat({key})"


def bits_of(keys: str | None) -> BitMap:
    """Return the keys that the database has told `together`."""
    return BitMap(array("I", map(int, keys.split(",")))) if keys else BitMap()
