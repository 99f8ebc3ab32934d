"""Subqueries whose SQL is put together once: to write it takes Django ten times as long as a database to answer it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from django.db import connections
from django.db.models import BigIntegerField, BooleanField, Expression, F, QuerySet

Rows = Callable[[Any], "QuerySet[Any]"]
"""Returns rows that go with a key; with keys alone where the condition is on these."""

_KEY: Final = -7_205_759
"""Stands for the outer row's key while the SQL is written."""


class HasAny(Expression):
    """Whether there are rows that go with a row's key, the primary one unless told: `EXISTS`, with its SQL kept.

    `name` tells the tables inside from those of every other query around it; one name, one set of rows.
    """

    conditional = True

    def __init__(self, name: str, rows: Rows, key: str = "pk") -> None:
        super().__init__(output_field=BooleanField())
        self.name, self.rows, self.key = name, rows, F(key)

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.key,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        before, after, first, last = _exists(connection.alias, self.name, self.rows)
        key, more = compiler.compile(self.key)
        return f"EXISTS({before}{key}{after})", (*first, *more, *last)


class KeysOf(Expression):
    """The primary keys of rows, as the right side of `__in`, with its SQL kept. `name` as for `HasAny`."""

    def __init__(self, name: str, rows: Callable[[], QuerySet[Any]]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.name, self.rows = name, rows

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return _select(connection.alias, self.name, self.rows)


@lru_cache
def _select(database: str, name: str, rows: Callable[[], QuerySet[Any]]) -> tuple[str, tuple[Any, ...]]:
    sql, given = _written(database, name, rows().order_by().values("pk").query)
    return f"({sql})", given


@lru_cache
def _exists(database: str, name: str, rows: Rows) -> tuple[str, str, tuple[Any, ...], tuple[Any, ...]]:
    """Return the SQL before and after the outer key, with what is given to each."""
    sql, given = _written(database, name, rows(_KEY).query.exists())
    place = given.index(_KEY)
    pieces = sql.split("%s")
    before, after = "%s".join(pieces[: place + 1]), "%s".join(pieces[place + 1 :])
    return before, after, given[:place], given[place + 1 :]


def _written(database: str, name: str, query: Any) -> tuple[str, tuple[Any, ...]]:
    """Return a query's SQL with names for its tables that no query around it uses."""
    query.change_aliases({alias: f"{name}_{number}" for number, alias in enumerate(query.alias_map)})
    sql, given = query.get_compiler(connection=connections[database]).as_sql()
    return sql, tuple(given)
