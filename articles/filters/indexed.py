"""Lists of which there may be a million entries: counted by bitmaps, and their pages found by them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from django.utils.functional import cached_property
from pyroaring import BitMap

from articles.bitmaps.index import NONE, Index, Stretch
from articles.bitmaps.keeping import Keeper
from articles.bitmaps.reading import Source
from articles.counting import Count, number_once, ties
from articles.facets import FacetFilter, ManyFacet, PartYearFacet
from articles.filters import words
from articles.filters.base import RecordFilterSet, Rows
from articles.filters.period import PeriodFilterSet


class IndexedFilterSet(RecordFilterSet):
    """A list of entries with a date, whose facets each read one column, or one table of ties."""

    NOUN: ClassVar[str]
    DATE: ClassVar[tuple[str, ...]] = ("date_earliest", "date_latest", "date_rank", "date_edtf")
    """The columns of the date that the list is sorted by: see bitmaps.index.Dated."""
    COLUMNS: ClassVar[Mapping[str, str]] = {}
    """What else is kept of an entry besides the values of facets, by name: columns."""

    keeper: ClassVar[Keeper]
    index: Index

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.keeper = Keeper(lambda: source_of(cls))

    def __init__(self, data: Any, queryset: Rows) -> None:
        self.index = self.keeper.current()
        super().__init__(data, queryset)

    @cached_property
    def bits(self) -> BitMap:
        """The entries that the filter keeps."""
        return self.bits_without("")

    def bits_without(self, lifted: str) -> BitMap:
        """Return the entries that the filter keeps when one facet is lifted."""
        kept = [self.found, *self.narrowed()]
        for name, one in self.facet_filters().items():
            if name != lifted and (chosen := self.chosen(name)):
                having = one.bits(self.index, name)
                kept.append(BitMap.union(NONE, *(having.get(value, NONE) for value in chosen)))
        return BitMap.intersection(*sorted(kept, key=len))

    def narrowed(self) -> list[BitMap]:
        """Return what else an entry has to be in to be listed."""
        return []

    @cached_property
    def found(self) -> BitMap:
        """The entries that answer the text box: all, where it is empty."""
        if self.asks_nothing:
            return NONE
        if not self.text:
            return self.index.shown
        return words.found(self.NOUN, self.wish, self.index.shown)

    def counts(self, name: str, one: FacetFilter) -> Mapping[str, int]:
        among = self.bits_without(name) if self.chosen(name) else self.bits
        return {value: bits.intersection_cardinality(among) for value, bits in one.bits(self.index, name).items()}

    def if_once(self, count: int) -> str:
        return Count(count, number_once(self.bits, ties(self.start().model))).if_once

    def page(self, start: int, stop: int) -> Rows:
        """Return a part of the list as rows, in its order."""
        return self.ordered(self.start().filter(pk__in=self.index.slice(self.bits, self.order, start, stop)))

    @property
    def order(self) -> list[Stretch]:
        """All entries in the order of the list."""
        return self.index.oldest_first if self.sort == "oldest" else self.index.newest_first

    def filter_queryset(self, queryset: Rows) -> Rows:
        rows = super().filter_queryset(queryset)
        rows.counted = self
        return rows

    def __len__(self) -> int:
        return len(self.bits)


class IndexedPeriodFilterSet(IndexedFilterSet, PeriodFilterSet):
    """Such a list whose entries carry their own date, and may be asked for by a range of dates."""

    def narrowed(self) -> list[BitMap]:
        if self.is_backwards:
            return [NONE]
        if not self.has_period:
            return []
        return [self.index.certainly_in(self.period) if self.certain else self.index.possibly_in(self.period)]

    @cached_property
    def possibly_inside(self) -> int:
        if not self.has_period or self.certain or self.is_backwards:
            return 0
        return len(self.bits - self.index.certainly_in(self.period))


@cache
def source_of(filters: type[IndexedFilterSet]) -> Source:
    """Return where the bitmaps of a list come from: its facets say it."""
    facets: dict[str, Any] = dict(filters.base_filters)
    many = {name: one for name, one in facets.items() if isinstance(one, ManyFacet)}
    parts = {name: one for name, one in facets.items() if isinstance(one, PartYearFacet)}
    return Source(
        rows=filters.start(),
        columns={name: one.column for name, one in facets.items() if name not in many and one.column}
        | dict(filters.COLUMNS),
        ties={name: (one.ties(), one.row, [one.column]) for name, one in many.items()}
        | {name: (one.dated(), one.row, one.COLUMNS) for name, one in parts.items()},
        date=filters.DATE,
    )
