"""Lists of which there may be a million entries: counted by bitmaps, and their pages found by them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any, ClassVar

from django.utils.functional import cached_property
from pyroaring import BitMap

from articles.bitmaps.index import NONE, Index
from articles.bitmaps.keeping import Keeper
from articles.bitmaps.reading import Source
from articles.facets import FacetFilter, ManyFacet
from articles.filters.base import Rows
from articles.filters.period import PeriodFilterSet
from articles.search import index as texts


class IndexedFilterSet(PeriodFilterSet):
    """A list of dated entries whose facets each read one column, or one table of ties."""

    index: Index
    NOUN: ClassVar[str]

    keeper: ClassVar[Keeper]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.keeper = Keeper(partial(source_of, cls))

    def __init__(self, data: Any, queryset: Rows) -> None:
        self.index = self.keeper.current()
        super().__init__(data, queryset)

    @cached_property
    def bits(self) -> BitMap:
        """The entries that the filter keeps."""
        return self.bits_without("")

    def bits_without(self, lifted: str) -> BitMap:
        """Return the entries that the filter keeps when one facet is lifted."""
        index, kept = self.index, [self.found]
        for name, one in self.facet_filters().items():
            if name != lifted and (chosen := self.chosen(name)):
                having = one.bits(index, name)
                kept.append(BitMap.union(NONE, *(having.get(value, NONE) for value in chosen)))
        if self.is_backwards:
            return NONE
        if self.has_period:
            kept.append(index.certainly_in(self.period) if self.certain else index.possibly_in(self.period))
        return BitMap.intersection(*sorted(kept, key=len))

    @cached_property
    def found(self) -> BitMap:
        """The entries that answer the text box: all, where it is empty."""
        if self.asks_nothing:
            return NONE
        if not self.text:
            return self.index.shown
        return self.index.shown & BitMap(texts.keys_found(self.NOUN, self.wish, self.spelt))

    def counts(self, name: str, one: FacetFilter) -> Mapping[str, int]:
        among = self.bits_without(name) if self.chosen(name) else self.bits
        return {value: bits.intersection_cardinality(among) for value, bits in one.bits(self.index, name).items()}

    @cached_property
    def possibly_inside(self) -> int:
        if not self.has_period or self.certain or self.is_backwards:
            return 0
        return len(self.bits - self.index.certainly_in(self.period))

    def keys(self, start: int, stop: int) -> list[int]:
        """Return the keys of a part of the list, in its order."""
        groups = self.index.oldest_first if self.sort == "oldest" else self.index.newest_first
        return self.index.slice(self.bits, groups, start, stop)

    def filter_queryset(self, queryset: Rows) -> Rows:
        rows = super().filter_queryset(queryset)
        rows.counted = self
        return rows

    def __len__(self) -> int:
        return len(self.bits)


@cache
def source_of(filters: type[IndexedFilterSet]) -> Source:
    """Return where the bitmaps of a list come from: its facets say it."""
    facets: dict[str, Any] = dict(filters.base_filters)
    ties = {name: one for name, one in facets.items() if isinstance(one, ManyFacet)}
    return Source(
        rows=filters.start(),
        columns={name: one.column for name, one in facets.items() if name not in ties and one.column},
        ties={name: (one.ties(), one.row, one.column) for name, one in ties.items()},
    )
