"""Geometry of the charts of coverage. Pure: takes numbers and words, gives lengths as text.

As in `charts`, lengths across are per cent of the chart's width and lengths down are em of its type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

COLUMN_HEIGHT: Final = 7.0
"""How high the highest column is, in em."""
ABOVE: Final = 1.5
"""The room for the number above a column, in em."""
BELOW: Final = 1.6
"""The room for the words below the columns, in em."""
MOST_WORDS: Final = 6
"""How many columns of one chart have words below them: more would run into each other on a telephone."""
MOST_NUMBERS: Final = 18
"""Up to how many columns a chart writes the number above each."""


class ColumnRow(NamedTuple):
    """One column: what it stands for in short, and how high it is."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Column:
    start: str
    width: str
    middle: str
    top: str
    height: str
    number: str
    number_at: str
    label: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Columns that stand on one line, from left to right; some are named below it."""

    height: str
    base: str
    words_at: str
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar that is the whole."""

    key: str
    start: str
    length: str


def _em(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".") + "em"


def _per_cent(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".") + "%"


def column_chart(rows: Sequence[ColumnRow]) -> ColumnChart:
    """Return the columns of a chart, every one from zero: what is twice as much is twice as high."""
    highest = max([row.number for row in rows], default=0) or 1
    step = 100 / max(len(rows), 1)
    every = -(-len(rows) // MOST_WORDS)
    base = ABOVE + COLUMN_HEIGHT
    columns = []
    for place, row in enumerate(rows):
        height = COLUMN_HEIGHT * row.number / highest
        columns.append(
            Column(
                start=_per_cent(step * (place + 0.14)),
                width=_per_cent(step * 0.72),
                middle=_per_cent(step * (place + 0.5)),
                top=_em(base - height),
                height=_em(height),
                number=str(row.number) if len(rows) <= MOST_NUMBERS else "",
                number_at=_em(base - height - 0.4),
                label="" if place % every else row.label,
            )
        )
    return ColumnChart(height=_em(base + BELOW), base=_em(base), words_at=_em(base + 1.2), columns=columns)


def stacked(parts: Sequence[tuple[str, int]]) -> list[Segment]:
    """Return the parts of one bar side by side, in the order given; empty ones are left out."""
    whole = sum(number for _key, number in parts) or 1
    segments, before = [], 0
    for key, number in parts:
        if number:
            segments.append(Segment(key, _per_cent(before / whole * 100), _per_cent(number / whole * 100)))
        before += number
    return segments


def percent(part: int, whole: int) -> str:
    """Return a share as a reader writes it: whole per cent; what is there is never “0%”, what lacks never “100%”."""
    if not whole:
        return ""
    share = round(part / whole * 100)
    if part and not share:
        return "<1%"
    if part < whole and share == 100:
        return ">99%"
    return f"{share}%"


def levels(numbers: Sequence[int], most: int = 3) -> list[tuple[int, int]]:
    """Return the classes of a map, lowest first, each with its least and its highest number.

    The bounds grow by one factor from class to class, so that few classes hold small and large numbers; no class is
    empty of whole numbers, and there are fewer where the numbers are small.
    """
    highest = max(numbers, default=0)
    classes: list[tuple[int, int]] = []
    least = 1
    for step in range(1, most + 1):
        bound = highest if step == most else int(highest ** (step / most) + 1e-9)
        if bound >= least:
            classes.append((least, bound))
            least = bound + 1
    return classes
