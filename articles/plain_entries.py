"""Entries made from plain values, many at a time: Django takes several times as long to make rows that it can save.

They are what the models say: all properties work, and a column that was not read is fetched when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final

from django.db.models.base import ModelState

from articles.keys import Among
from articles.models import Article, Outlet, SourceDocument
from articles.names import named

Rows = Any
Entries = Mapping[Any, Any]
"""Entries by primary key."""

_OF_STAFF: Final = frozenset({"published_at", "published_by", "withdrawn_at", "withdrawn_by", "withdrawal_reason"})
"""Columns that nothing shows of what is public."""
_OF_ITS_OWN: Final = _OF_STAFF | {"modified_at", "date_earliest", "date_latest", "authors", "summary", "original_url"}
"""Columns that are shown of an entry itself, not where another one mentions it."""


def entries(rows: Rows, chunk: int = 0, without: frozenset[str] = _OF_STAFF) -> Iterator[Any]:
    """Yield rows as entries, made as Django unpickles them; from a cursor, so many at a time, if there is a chunk."""
    model, database = rows.model, rows.db
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in without]
    values = rows.values_list(*columns)
    for row in values.iterator(chunk_size=chunk) if chunk else values:
        entry, state = model.__new__(model), ModelState()
        state.adding, state.db, state.fields_cache = False, database, {}
        entry.__dict__ = dict(zip(columns, row, strict=True), _state=state)
        yield entry


def mentioned(model: Any, keys: Iterable[int]) -> Entries:
    """Return the entries with these keys, as far as other entries show them: what they are and where they stand.

    Who asks has the keys from what is public, and that stands on what is public: it is not asked a second time.
    """
    return by_key(entries(model.objects.filter(pk__in=Among(set(keys))), without=_OF_ITS_OWN))


def listed_articles(rows: Rows) -> list[Any]:
    """Return articles with what a list shows of them: outlet, document, partners and topics, as `with_names()` does."""
    found = by_key(entries(rows))
    stand_on_sources(found)
    name(found, Article.partners, "public_partners")
    name(found, Article.topics, "public_topics")
    return list(found.values())


def stand_on_sources(articles: Entries) -> None:
    """Tie articles to their outlets and the documents that were read, and these to their publishers."""
    outlets = named(Outlet)
    documents = mentioned(SourceDocument, (article.source_id for article in articles.values()))
    tie(documents.values(), "publisher", outlets)
    tie(articles.values(), "outlet", outlets)
    tie(articles.values(), "source", documents)


def by_key(listed: Iterable[Any]) -> Entries:
    return {entry.pk: entry for entry in listed}


def tie(owners: Iterable[Any], field: str, others: Entries) -> None:
    """Give entries the one other that a foreign key of theirs points to; what is not among the others is left out."""
    key = f"{field}_id"
    for owner in owners:
        if other := others.get(owner.__dict__[key]):
            owner._state.fields_cache[field] = other


def name(owners: Entries, relation: Any, list_name: str) -> None:
    """Give entries the list of public entries of another noun that they name, in the order of names."""
    field = relation.field
    others = named(field.related_model)
    keys, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    rows = relation.through._default_manager.order_by().filter(**{f"{keys}__in": Among(owners)})
    lists = _lists(owners, list_name)
    places, listed = {key: place for place, key in enumerate(others)}, list(others.values())
    for place, owner in sorted((places[one], owner) for one, owner in rows.values_list(other, keys) if one in places):
        lists[owner].append(listed[place])


def parts(owners: Entries, rows: Rows, field: str, list_name: str) -> Entries:
    """Give entries the list of their parts, in the order of the rows, and return all parts."""
    found = by_key(entries(rows.filter(**{f"{field}__in": Among(owners)})))
    lists, owner = _lists(owners, list_name), attrgetter(f"{field}_id")
    for part in found.values():
        lists[owner(part)].append(part)
    return found


def _lists(owners: Entries, list_name: str) -> dict[Any, list[Any]]:
    """Give each entry an empty list, and return these by primary key."""
    lists: dict[Any, list[Any]] = {key: [] for key in owners}
    for key, owner in owners.items():
        owner.__dict__[list_name] = lists[key]
    return lists
