"""How much the record holds of something, and the newest of it: by the bitmaps that its lists are counted by."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import DatabaseError, connections
from django.db.models import Max
from pyroaring import BitMap

from articles.bitmaps.index import NONE, Dated, Index
from articles.counting import Count, number_once, ties
from articles.filters.agreements import AgreementFilterSet
from articles.filters.articles import ArticleFilterSet
from articles.filters.indexed import IndexedFilterSet
from articles.filters.sources import SourceFilterSet
from articles.models import Agreement, Article, Record, SourceDocument

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Held:
    """Some entries of a noun, all of which readers may see."""

    filters: type[IndexedFilterSet]
    index: Index
    bits: BitMap

    def __len__(self) -> int:
        return len(self.bits)

    def of(self, facet: str, *values: object) -> Held:
        """Return those that have one of the values of a facet of their list (for another noun, its primary key)."""
        having = BitMap.union(NONE, *(self.index.values[facet].get(str(value), NONE) for value in values))
        return replace(self, bits=self.bits & having)

    def without(self, key: int) -> Held:
        """Return all but the one with this primary key."""
        return replace(self, bits=self.bits - BitMap([key]))

    def tally(self, facet: str) -> Counter[str]:
        """Return how many have each value of a facet; what none has is left out, and counts as 0."""
        return Counter(self.index.tally(facet, self.bits))

    def by_date(self) -> dict[Dated, int]:
        """Return how many have each date."""
        counted = ((date, keys.intersection_cardinality(self.bits)) for date, keys in self.index.dated.items())
        return {date: number for date, number in counted if number}

    @property
    def count(self) -> Count:
        """How many there are, and how many if those that are probably the same count once."""
        return Count(len(self.bits), number_once(self.bits, ties(self.filters.start().model)))

    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """Return the first and the last day that their dates can mean, of those that have such a day."""
        dated = self.by_date()
        first, last = (date.first for date in dated if date.first), (date.last for date in dated if date.last)
        return min(first, default=None), max(last, default=None)

    def newest(self, number: int) -> Any:
        """Return the newest of them as rows, newest first."""
        return self.filters.start().filter(pk__in=self.newest_keys(number)).newest_first()

    def newest_keys(self, number: int) -> list[int]:
        """Return the primary keys of the newest of them."""
        return self.index.slice(self.bits, self.index.newest_first, 0, number)

    def newest_parts(self, facet: str, number: int) -> list[tuple[Dated, BitMap]]:
        """Return the newest dates of their parts, each with those that have it, until there are so many parts."""
        found: list[tuple[Dated, BitMap]] = []
        for date, keys in self.index.parts(facet):
            if number <= 0:
                break
            if having := keys & self.bits:
                found.append((date, having))
                number -= len(having)
        return found

    def ranked(self, facet: str, entries: Any) -> list[tuple[Any, int]]:
        """Return those entries of another noun that are values of a facet, each with its number, the frequent first."""
        numbers = self.tally(facet)
        found = [(one, numbers[str(one.pk)]) for one in entries if str(one.pk) in numbers]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].name))


def articles() -> Held:
    """Return all articles."""
    return _all(ArticleFilterSet)


def agreements() -> Held:
    """Return all agreements."""
    return _all(AgreementFilterSet)


def sources() -> Held:
    """Return all source documents."""
    return _all(SourceFilterSet)


def number_of(model: type[Record]) -> int:
    """Return how many entries of a noun readers may see."""
    counted = INDEXED.get(model.NOUN)
    number: int = len(counted()) if counted else model.public.count()
    return number


def changed_last(model: type[Record]) -> dt.datetime | None:
    """Return when one of the entries of a noun that readers may see changed last."""
    if model.NOUN not in INDEXED:
        newest: dt.datetime | None = model.public.aggregate(last=Max("modified_at"))["last"]
        return newest
    told = max((one.last for one in INDEXED[model.NOUN]().index.sums.values()), default="")
    return dt.datetime.fromisoformat(told).replace(tzinfo=dt.UTC) if told else None  # both databases tell it in UTC


def _all(filters: type[IndexedFilterSet]) -> Held:
    index = filters.keeper.current()
    return Held(filters, index, index.shown)


def being_read_anew() -> list[str]:
    """Return the nouns whose bitmaps this process is reading anew at the moment."""
    return [filters.NOUN for filters in LISTS if filters.keeper.reads_anew]


def read_ahead() -> None:
    """Read the bitmaps before somebody waits for them; processes forked from this one share their memory.

    Where the database does not answer yet, the first reader has them read.
    """
    try:
        for entries in INDEXED.values():
            entries()
    except (DatabaseError, TypeError) as error:  # there is no database, or nothing in it
        _logger.warning("The bitmaps cannot be read yet: %s", error)
    finally:
        connections.close_all()  # a connection is of one process alone


LISTS: Final[tuple[type[IndexedFilterSet], ...]] = (ArticleFilterSet, AgreementFilterSet, SourceFilterSet)
"""The lists that are counted by bitmaps."""

INDEXED: Final[dict[str, Callable[[], Held]]] = {
    Article.NOUN: articles,
    Agreement.NOUN: agreements,
    SourceDocument.NOUN: sources,
}
"""The nouns whose entries are counted by bitmaps."""
