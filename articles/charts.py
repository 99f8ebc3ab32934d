"""Geometry of small charts that the server draws as SVG. Pure: takes numbers and words, gives lengths as text.

Lengths across are per cent of the chart's width and lengths down are em of its type: so a chart fills a narrow
screen, and its words keep their size and grow with the reader's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

MOST_BARS: Final = 12
"""A chart with more bars than this is no longer small."""

_ROW: Final = Decimal("3.2")
_WORDS: Final = Decimal("1.05")
_BAR: Final = Decimal("1.45")
_THICKNESS: Final = Decimal("0.95")
_TICK: Final = Decimal("0.15")


class BarRow(NamedTuple):
    """One bar: what it stands for, how long it is, and its value in words. `exact` is not what a source limits."""

    label: str
    value: Decimal
    note: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    note: str
    exact: bool
    words_at: str
    top: str
    thickness: str
    start: str
    length: str
    tick_from: str
    tick_to: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars on one scale that holds zero, in the order given."""

    height: str
    zero: str
    bars: list[Bar]

    @property
    def has_limits(self) -> bool:
        """Say whether a bar stands for a value that its source limits."""
        return not all(bar.exact for bar in self.bars)


def _em(length: Decimal) -> str:
    return f"{length.normalize():f}em"


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.2f}%"


def bar_chart(rows: Sequence[BarRow]) -> BarChart:
    """Return the bars of a chart, every one from zero: what is twice as much is twice as long."""
    values = [row.value for row in rows]
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    span = high - low or Decimal(1)
    bars = [
        Bar(
            label=row.label,
            note=row.note,
            exact=row.exact,
            words_at=_em(number * _ROW + _WORDS),
            top=_em(number * _ROW + _BAR),
            thickness=_em(_THICKNESS),
            start=_share(min(row.value, Decimal(0)) - low, span),
            length=_share(abs(row.value), span),
            tick_from=_em(number * _ROW + _BAR - _TICK),
            tick_to=_em(number * _ROW + _BAR + _THICKNESS + _TICK),
        )
        for number, row in enumerate(rows)
    ]
    return BarChart(height=_em(len(rows) * _ROW), zero=_share(-low, span), bars=bars)
