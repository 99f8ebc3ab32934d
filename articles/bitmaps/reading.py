"""Reading what has changed, or everything, in one statement: what it says of the entries is of the state it says."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from pyroaring import BitMap

from articles.bitmaps.index import NONE, Dated, Index
from articles.changes.log import KEPT
from articles.changes.state import Mark

_SHOWN: Final = " shown"
_DATED: Final = " dated"
_HERE: Final = " here"
_SINCE: Final = " since"
_STALE: Final = " stale"


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Where the bitmaps of a noun come from. One for each noun: its SQL is kept."""

    rows: QuerySet[Any]
    """The entries that readers may see."""
    columns: Mapping[str, str]
    """By facet, the column that has its one value."""
    ties: Mapping[str, tuple[QuerySet[Any], str, Sequence[str]]]
    """By facet of several values, the table of ties, with its columns for the entry and for the value."""
    date: Sequence[str]
    """The columns of the date that entries are sorted by: those of `Dated`, with or without the last."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one statement told."""

    mark: Mark
    index: Index
    """The entries that were read."""
    changed: BitMap | None
    """Which those are: None for all of them."""


class UntoldError(Exception):
    """The log does not say which entries have changed: it may be any."""


def read(source: Source, since: Mark | None) -> Reading:
    """Read what has changed since a mark, or all entries. Raises UntoldError where the log does not tell."""
    bits: dict[str, dict[Any, BitMap]] = {name: {} for name in (_SHOWN, _DATED, *source.columns, *source.ties)}
    told: dict[str, list[str]] = {name: [] for name in (_HERE, _SINCE, _STALE)}
    with connection.cursor() as cursor:
        sql, given = _statement(source, whole=since is None)
        cursor.execute(sql, (since.number, since.number, *given) if since else given)
        for name, value, keys in cursor.fetchall():
            if name in told:
                told[name].append(value)
            elif value is not None:
                bits[name][value] = BitMap(array("I", map(int, keys.split(","))))
    dated = {Dated.read(one): keys for one, keys in bits.pop(_DATED).items()}
    here = _mark(told[_HERE][0])
    changed = None
    if since:
        if [_mark(one) for one in told[_SINCE]] != [since] or "" in told[_STALE] or here.number - since.number >= KEPT:
            raise UntoldError
        changed = BitMap(array("I", map(int, told[_STALE])))
    return Reading(here, Index(bits.pop(_SHOWN).get("", NONE), bits, dated), changed)


def _mark(told: str) -> Mark:
    return Mark(*map(int, told.split(" ")))


@cache
def _statement(source: Source, *, whole: bool) -> tuple[str, tuple[Any, ...]]:
    """Return SQL for rows of a facet, a value and the keys of the entries that have it, with what the log tells.

    Unless it is to read all entries, the number of a mark is given to it twice, before what is returned with it.
    """
    names = [f"c{place}" for place in range(len(source.columns) + len(source.date))]
    given: list[Any] = []
    line = f"{_text('number')} || ' ' || {_text('token')}"
    tables = ["newest AS (SELECT number, token FROM record_change ORDER BY number DESC LIMIT 1)"]
    parts = [f"SELECT '{_HERE}', {line}, '' FROM newest"]
    if not whole:
        noun = source.rows.model.NOUN
        tables.append("known AS (SELECT number, token FROM record_change WHERE number = %s)")
        tables.append(f"stale AS (SELECT DISTINCT key FROM record_change WHERE number > %s AND noun = '{noun}')")
        parts.append(f"SELECT '{_SINCE}', {line}, '' FROM known")
        parts.append(f"SELECT '{_STALE}', coalesce({_text('key')}, ''), '' FROM stale")

    def table(name: str, columns: list[str], rows: QuerySet[Any], read: tuple[str, ...]) -> None:
        """Add a table of rows; of the stale entries alone, if it is read from a mark, each looked up by itself."""
        sql, more = rows.order_by().values_list(*read).query.sql_with_params()
        given.extend(more)
        every = name if whole else f"every_{name}"
        tables.append(f"{every} (key, {', '.join(columns)}) AS ({sql})")
        if not whole and connection.vendor == "postgresql":
            tables.append(f"{name} AS (SELECT * FROM {every} WHERE key = ANY(ARRAY(SELECT key FROM stale)))")
        elif not whole:
            tables.append(f"{name} AS (SELECT {every}.* FROM stale CROSS JOIN {every} ON {every}.key = stale.key)")

    table("own", names, source.rows, ("pk", *source.columns.values(), *source.date))
    date = _together(names[-len(source.date) :])
    parts += [
        _grouped(_SHOWN, "''", "own"),
        _grouped(_DATED, date, "own"),
        *(_grouped(name, _text(column), "own") for name, column in zip(source.columns, names, strict=False)),
    ]
    for name, (links, row, read) in source.ties.items():
        values = [f"v{place}" for place in range(len(read))]
        table(f"{name}_tie", values, links, (row, *read))
        parts.append(_grouped(name, _text(values[0]) if len(values) == 1 else _together(values), f"{name}_tie"))
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", tuple(given)


def _grouped(name: str, value: str, table: str) -> str:
    """Return SQL for the keys of each value."""
    keys = "string_agg(key::text, ',')" if connection.vendor == "postgresql" else "group_concat(key)"
    return f"SELECT '{name}', {value} AS value, {keys} FROM {table} GROUP BY 2"


def _text(column: str) -> str:
    return f"CAST({column} AS text)"


def _together(columns: Sequence[str]) -> str:
    """Return SQL for several values as one text."""
    return " || '/' || ".join(f"coalesce({_day(one)}, '')" for one in columns)


def _day(column: str) -> str:
    """Return SQL for a date or a number as text, whatever way of writing dates a server is set to."""
    return f"to_json({column}) #>> '{{}}'" if connection.vendor == "postgresql" else _text(column)
