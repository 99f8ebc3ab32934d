"""Entries made from plain values, many at a time: Django takes several times as long to make rows that it can save.

They are what the models say: all properties work, and a column that was not read is fetched when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final

from django.db.models.base import ModelState

from articles.names import named

Rows = Any

_OF_STAFF: Final = frozenset({"published_at", "published_by", "withdrawn_at", "withdrawn_by", "withdrawal_reason"})
"""Columns that no format shows of what is public."""


def entries(rows: Rows, chunk: int = 0) -> Iterator[Any]:
    """Yield rows as entries, made as Django unpickles them; from a cursor, so many at a time, if there is a chunk."""
    model = rows.model
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in _OF_STAFF]
    values = rows.values_list(*columns)
    for row in values.iterator(chunk_size=chunk) if chunk else values:
        entry = model.__new__(model)
        state = ModelState()
        state.adding, state.db, state.fields_cache = False, rows.db, {}
        entry.__dict__ = dict(zip(columns, row, strict=True), _state=state)
        yield entry


def tie(owners: Iterable[Any], field: str, others: Mapping[Any, Any]) -> None:
    """Give entries the one other that a foreign key of theirs points to; what is not among the others is left out."""
    key = attrgetter(f"{field}_id")
    for owner in owners:
        if other := others.get(key(owner)):
            owner._state.fields_cache[field] = other


def name(owners: list[Any], relation: Any, list_name: str) -> None:
    """Give entries the list of public entries of another noun that they name, in the order of names."""
    field = relation.field
    others = named(field.related_model)
    keys, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    rows = relation.through._default_manager.filter(**{f"{keys}__in": [owner.pk for owner in owners]})
    place = {key: number for number, key in enumerate(others)}
    pairs = [pair for pair in rows.order_by().values_list(other, keys) if pair[0] in others]
    lists = _lists(owners, list_name)
    for one, owner in sorted(pairs, key=lambda pair: place[pair[0]]):
        lists[owner].append(others[one])


def parts(owners: list[Any], rows: Rows, field: str, list_name: str) -> list[Any]:
    """Give entries the list of their parts, in the order of the rows, and return all parts."""
    found = list(entries(rows.filter(**{f"{field}__in": [owner.pk for owner in owners]})))
    lists, owner = _lists(owners, list_name), attrgetter(f"{field}_id")
    for part in found:
        lists[owner(part)].append(part)
    tie(found, field, by_key(owners))
    return found


def by_key(listed: Iterable[Any]) -> dict[Any, Any]:
    return {entry.pk: entry for entry in listed}


def _lists(owners: Iterable[Any], list_name: str) -> dict[Any, list[Any]]:
    """Give each entry an empty list, and return these by primary key."""
    lists: dict[Any, list[Any]] = {}
    for owner in owners:
        lists[owner.pk] = owner.__dict__[list_name] = []
    return lists
