"""What is known of a noun's public entries: who has which value, and on which days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from pyroaring import BitMap

from articles import dates

Value = Any
Dated = tuple[dt.date | None, dt.date | None, int | None]
"""The first and the last day that a date can mean, and the rank of its precision."""

NONE: Final = BitMap()
_FAR: Final = dt.date.max.toordinal() + 1


@dataclass(frozen=True)
class Index:
    """One state of a noun's entries. It never changes: a later state is another index, with most bitmaps shared."""

    shown: BitMap
    """All that readers may see. Other bitmaps may hold more: whatever is asked is intersected with this."""
    values: Mapping[str, Mapping[Value, BitMap]]
    """By facet and value."""
    dated: Mapping[Dated, BitMap]

    @cached_property
    def years(self) -> dict[int | None, BitMap]:
        """The entries by the year that their date certainly lies in; under None those without."""
        years: defaultdict[int | None, BitMap] = defaultdict(BitMap)
        for (first, last, _rank), keys in self.dated.items():
            years[first.year if first and last and first.year == last.year else None] |= keys
        return dict(years)

    def possibly_in(self, period: dates.DateRange) -> BitMap:
        """Return what may lie in the period: its possible days overlap it."""

        def overlaps(first: dt.date | None, last: dt.date | None) -> bool:
            return not (
                (period.first and last and last < period.first) or (period.last and first and first > period.last)
            )

        return self._dated(lambda first, last: bool(first or last) and overlaps(first, last))

    def certainly_in(self, period: dates.DateRange) -> BitMap:
        """Return what certainly lies in the period: all its possible days do."""

        def inside(first: dt.date | None, last: dt.date | None) -> bool:
            begins = not period.first or (first is not None and first >= period.first)
            return begins and (not period.last or (last is not None and last <= period.last))

        return self._dated(lambda first, last: bool(first or last) and inside(first, last))

    def _dated(self, belongs: Callable[[dt.date | None, dt.date | None], bool]) -> BitMap:
        return BitMap.union(NONE, *(keys for (first, last, _rank), keys in self.dated.items() if belongs(first, last)))

    @cached_property
    def newest_first(self) -> list[BitMap]:
        """Groups of entries in the order of models.dated.newest_first; inside a group the key decides."""
        return self._groups(lambda first, _last: -first.toordinal() if first else _FAR)

    @cached_property
    def oldest_first(self) -> list[BitMap]:
        """Groups of entries in the order of models.dated.oldest_first."""
        return self._groups(lambda _first, last: last.toordinal() if last else _FAR)

    @cached_property
    def newest_days(self) -> list[BitMap]:
        """The entries of each day that a date can begin with, newest first, whatever its precision."""
        days: defaultdict[int, BitMap] = defaultdict(BitMap)
        for (first, _last, _rank), keys in self.dated.items():
            days[-first.toordinal() if first else _FAR] |= keys
        return [days[day] for day in sorted(days)]

    def _groups(self, place: Callable[[dt.date | None, dt.date | None], int]) -> list[BitMap]:
        groups: defaultdict[tuple[int, bool, int], BitMap] = defaultdict(BitMap)
        for (first, last, rank), keys in self.dated.items():
            groups[place(first, last), rank is None, rank or 0] |= keys
        return [groups[key] for key in sorted(groups)]

    def slice(self, among: BitMap, groups: list[BitMap], start: int, stop: int) -> list[int]:
        """Return the keys of some places of an order, `start` to `stop`, among some entries."""
        keys: list[int] = []
        before = 0
        for group in groups:
            if before >= stop:
                break
            number = among.intersection_cardinality(group)
            if before + number > start:
                keys.extend((among & group)[max(start - before, 0) : stop - before])
            before += number
        return keys


def renewed(index: Index, keys: Iterable[int], now: Index) -> Index:
    """Return the index with what `now` says of some entries, in place of what it said itself."""
    stale = BitMap(keys)

    def put(old: Mapping[Value, BitMap], new: Mapping[Value, BitMap]) -> dict[Value, BitMap]:
        kept = {value: bits - stale if bits.intersect(stale) else bits for value, bits in old.items()}
        together = kept | {value: kept.get(value, NONE) | bits for value, bits in new.items()}
        return {value: bits for value, bits in together.items() if bits}

    return Index(
        shown=(index.shown - stale) | now.shown,
        values={facet: put(old, now.values[facet]) for facet, old in index.values.items()},
        dated=put(index.dated, now.dated),
    )
