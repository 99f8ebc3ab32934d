"""Reading what has changed, or everything, in one statement: what it says of the entries is of the state it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from pyroaring import BitMap

from articles.bitmaps.index import NONE, Dated, Index, Sum
from articles.changes.log import KEPT
from articles.changes.moment import Moment
from articles.changes.state import Mark
from articles.keys import bits_of, together

_SHOWN: Final = " shown"
_DATED: Final = " dated"
_SUMS: Final = " sums"
_HERE: Final = " here"
_SINCE: Final = " since"
_STALE: Final = " stale"
_NO_KEYS: Final = "CAST(NULL AS bytea)"

GROUP: Final = 512
"""How many neighbouring keys are summed up together: so many entries are looked at when one of them has changed."""


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


_GROUPS: Final = f"(SELECT DISTINCT key / {GROUP} * {GROUP} AS first FROM stale) AS groups"
_STEPS: Final = f"""(WITH RECURSIVE step (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM step WHERE n < {GROUP - 1})
  SELECT n FROM step)"""
_NEAR: Final = {
    "sqlite": f"SELECT first + n FROM {_GROUPS} CROSS JOIN {_STEPS}",
    "postgresql": f"SELECT generate_series(first, first + {GROUP - 1}) FROM {_GROUPS}",
}
"""SQL for the keys of all entries of the groups in which one has changed."""


class UntoldError(Exception):
    """The log does not say which entries have changed: it may be any."""


def read(source: Source, since: Mark | None) -> Reading:
    """Read what has changed since a mark, or all entries. Raises UntoldError where the log does not tell."""
    bits: dict[str, dict[Any, BitMap]] = {name: {} for name in (_SHOWN, _DATED, *source.columns, *source.ties)}
    told: dict[str, list[str]] = {name: [] for name in (_HERE, _SINCE, _STALE)}
    sums: dict[int, Sum] = {}
    with connection.cursor() as cursor:
        sql, given = _statement(source, whole=since is None)
        cursor.execute(sql, (since.number, since.number, *given) if since else given)
        for name, value, keys in cursor:
            if name in told:
                told[name].append(value)
            elif name == _SUMS:
                group, number, moments, last = value.split("/", 3)
                sums[int(group)] = Sum(int(number), int(moments), last)
            elif value is not None:
                bits[name][value] = bits_of(keys)
    dated = {Dated.read(one): keys for one, keys in bits.pop(_DATED).items()}
    here = _mark(told[_HERE][0])
    changed = None
    if since:
        if [_mark(one) for one in told[_SINCE]] != [since] or "" in told[_STALE] or here.number - since.number >= KEPT:
            raise UntoldError
        changed = BitMap(map(int, told[_STALE]))
        for key in changed:  # a group whose entries are all hidden now is not told of
            sums.setdefault(key // GROUP, Sum(0, 0, ""))
    return Reading(here, Index(bits.pop(_SHOWN).get("", NONE), bits, dated, sums), changed)


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
    parts = [f"SELECT '{_HERE}', {line}, {_NO_KEYS} FROM newest"]
    if not whole:
        noun = source.rows.model.NOUN
        tables.append("known AS (SELECT number, token FROM record_change WHERE number = %s)")
        tables.append(f"stale AS (SELECT DISTINCT key FROM record_change WHERE number > %s AND noun = '{noun}')")
        parts.append(f"SELECT '{_SINCE}', {line}, {_NO_KEYS} FROM known")
        parts.append(f"SELECT '{_STALE}', coalesce({_text('key')}, ''), {_NO_KEYS} FROM stale")

    def table(name: str, columns: list[str], rows: QuerySet[Any], read: tuple[str, ...]) -> None:
        """Add a table of rows; of the stale entries alone, if it is read from a mark, each looked up by itself."""
        sql, more = rows.order_by().values_list(*read).query.sql_with_params()
        given.extend(more)
        every = name if whole else f"every_{name}"
        how = "" if whole else "NOT MATERIALIZED "  # it is never read whole
        tables.append(f"{every} (key, {', '.join(columns)}) AS {how}({sql})")
        if not whole:
            tables.append(f"{name} AS (SELECT * FROM {every} WHERE {_among('SELECT key FROM stale')})")

    changed = source.rows.annotate(moment=Moment("modified_at"))
    read = ("pk", *source.columns.values(), *source.date, "moment", "modified_at")
    table("own", [*names, "moment", "modified"], changed, read)
    if not whole:
        tables.append(f"near AS (SELECT * FROM every_own WHERE {_among(_NEAR[connection.vendor])})")
    date = _joined(names[-len(source.date) :])
    group = f"(key / {GROUP})"
    summed = f"{group} || '/' || count(*) || '/' || sum(moment) || '/' || {_day('max(modified)')}"
    parts.append(f"SELECT '{_SUMS}', {summed}, {_NO_KEYS} FROM {'own' if whole else 'near'} GROUP BY {group}")
    parts += [
        _grouped(_SHOWN, "''", "own"),
        _grouped(_DATED, date, "own"),
        *(_grouped(name, _text(column), "own") for name, column in zip(source.columns, names, strict=False)),
    ]
    for name, (links, row, columns) in source.ties.items():
        values = [f"v{place}" for place in range(len(columns))]
        table(f"{name}_tie", values, links, (row, *columns))
        parts.append(_grouped(name, _text(values[0]) if len(values) == 1 else _joined(values), f"{name}_tie"))
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", tuple(given)


def _among(keys: str) -> str:
    """Return the condition that a key is one of a few: each is looked up, and no table is gone through for a join."""
    return f"key = ANY(ARRAY({keys}))" if connection.vendor == "postgresql" else f"key IN ({keys})"


def _grouped(name: str, value: str, table: str) -> str:
    """Return SQL for the keys of each value."""
    return f"SELECT '{name}', {value} AS value, {together('key')} FROM {table} GROUP BY 2"


def _text(column: str) -> str:
    return f"CAST({column} AS text)"


def _joined(columns: Sequence[str]) -> str:
    """Return SQL for several values as one text."""
    return " || '/' || ".join(f"coalesce({_day(one)}, '')" for one in columns)


def _day(column: str) -> str:
    """Return SQL for a date or a number as text, whatever way of writing dates a server is set to."""
    return f"(to_json({column}) #>> '{{}}')" if connection.vendor == "postgresql" else _text(column)
