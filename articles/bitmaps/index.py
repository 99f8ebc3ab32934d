"""What is known of a noun's public entries: who has which value, and on which days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

from pyroaring import BitMap

from articles import dates

Value = Any
Group = TypeVar("Group")


class Dated(NamedTuple):
    """The first and the last day that a date can mean, the rank of its precision, and the date itself as EDTF."""

    first: dt.date | None
    last: dt.date | None
    rank: int | None
    edtf: str = ""

    @property
    def year(self) -> int | None:
        """The year that all possible days lie in."""
        return self.first.year if self.first and self.last and self.first.year == self.last.year else None

    @classmethod
    def read(cls, told: str) -> Dated:
        """Return what the database has told: `2025-05-01/2025-05-31/2/2025-05`; any part may be empty."""
        first, last, rank, *edtf = told.split("/", 3)
        return cls(_day(first), _day(last), int(rank) if rank else None, *edtf)


def _day(told: str) -> dt.date | None:
    return dt.date.fromisoformat(told) if told else None


NONE: Final = BitMap()
_FAR: Final = dt.date.max.toordinal() + 1


def _newest(first: dt.date | None) -> int:
    """Return the place of a day in an order that begins with the newest."""
    return -first.toordinal() if first else _FAR


def _together(grouped: Iterable[tuple[Group, BitMap]]) -> dict[Group, BitMap]:
    """Return the union of the bitmaps of each group; one that stands alone is shared, not copied."""
    groups: defaultdict[Group, list[BitMap]] = defaultdict(list)
    for group, keys in grouped:
        groups[group].append(keys)
    return {group: bits[0] if len(bits) == 1 else BitMap.union(*bits) for group, bits in groups.items()}


Stretch = tuple[BitMap, list[BitMap]]
"""Some groups of an order that follow one another, and all their entries: the way to a place goes by stretches.

Inside a group the key decides.
"""
_LONG: Final = 64
"""Of how many groups a stretch is: of some thousand days there are as many stretches as days in each."""


def _stretches(groups: list[BitMap]) -> list[Stretch]:
    parts = (groups[start : start + _LONG] for start in range(0, len(groups), _LONG))
    return [(BitMap.union(*part), part) for part in parts]


class Sum(NamedTuple):
    """Some entries that readers may see: how many, the sum of their dates of change, and the last of these."""

    number: int
    moments: int
    last: str


@dataclass(frozen=True)
class Index:
    """One state of a noun's entries. It never changes: a later state is another index, with most bitmaps shared."""

    shown: BitMap
    """All that readers may see. Other bitmaps may hold more: whatever is asked is intersected with this."""
    values: Mapping[str, Mapping[Value, BitMap]]
    """By facet and value."""
    dated: Mapping[Dated, BitMap]
    sums: Mapping[int, Sum]
    """By group of neighbouring keys, see reading.GROUP."""

    @cached_property
    def years(self) -> dict[int | None, BitMap]:
        """The entries by the year that their date certainly lies in; under None those without."""
        return _together((date.year, keys) for date, keys in self.dated.items())

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
        return BitMap.union(NONE, *(keys for date, keys in self.dated.items() if belongs(date.first, date.last)))

    @cached_property
    def newest_first(self) -> list[Stretch]:
        """All entries in the order of models.dated.newest_first."""
        return self._groups(lambda first, _last: _newest(first))

    @cached_property
    def oldest_first(self) -> list[Stretch]:
        """All entries in the order of models.dated.oldest_first."""
        return self._groups(lambda _first, last: last.toordinal() if last else _FAR)

    @cached_property
    def newest_days(self) -> list[Stretch]:
        """The entries of each day that a date can begin with, newest first, whatever its precision."""
        days = _together((_newest(date.first), keys) for date, keys in self.dated.items())
        return _stretches([days[day] for day in sorted(days)])

    def _groups(self, place: Callable[[dt.date | None, dt.date | None], int]) -> list[Stretch]:
        groups = _together(
            ((place(date.first, date.last), date.rank is None, date.rank or 0), keys)
            for date, keys in self.dated.items()
        )
        return _stretches([groups[key] for key in sorted(groups)])

    def tally(self, facet: str, among: BitMap) -> dict[str, int]:
        """Return how many of some entries have each value of a facet; what none has is left out."""
        counted = ((value, bits.intersection_cardinality(among)) for value, bits in self.values[facet].items())
        return {value: number for value, number in counted if number}

    def parts(self, facet: str) -> list[tuple[Dated, BitMap]]:
        """Return the dates of parts, newest first, each with the entries that have such a part."""
        if facet not in self._parts:
            read = [(Dated.read(told), keys) for told, keys in self.values[facet].items()]
            dated = [(date, keys) for date, keys in read if date.first or date.last]
            self._parts[facet] = sorted(dated, key=lambda one: (_newest(one[0].first), one[0].rank or 0))
        return self._parts[facet]

    @cached_property
    def _parts(self) -> dict[str, list[tuple[Dated, BitMap]]]:
        return {}

    def parted(self, facet: str) -> dict[int | None, BitMap]:
        """Return the entries by the years that their parts certainly lie in; under None those without such a part."""
        if facet not in self._parted:
            years: dict[int | None, BitMap] = _together(
                (date.year, keys) for date, keys in self.parts(facet) if date.year is not None
            )
            self._parted[facet] = {**years, None: self.shown - BitMap.union(NONE, *years.values())}
        return self._parted[facet]

    @cached_property
    def _parted(self) -> dict[str, dict[int | None, BitMap]]:
        return {}

    def slice(self, among: BitMap, order: list[Stretch], start: int, stop: int) -> list[int]:
        """Return the keys of some places of an order, `start` to `stop`, among some entries."""
        keys: list[int] = []
        before, stop = 0, min(stop, len(among))
        for together, groups in order:
            if before >= stop:
                break
            here = among & together
            if before + len(here) <= start:
                before += len(here)
                continue
            for group in groups:
                number = here.intersection_cardinality(group)
                if number and start - number < before < stop:
                    keys.extend((here & group)[max(start - before, 0) : stop - before])
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
        sums={group: one for group, one in {**index.sums, **now.sums}.items() if one.number},
    )
