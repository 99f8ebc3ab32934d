"""Geometry of small charts that the server draws as SVG. Pure: takes numbers and words, gives lengths as text.

Lengths across are per cent of the chart's width and lengths down are em of its type: so a chart fills a narrow
screen, and its words keep their size and grow with the reader's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Final, NamedTuple

MOST_BARS: Final = 12
"""A chart with more bars than this is no longer small."""
NARROW: Final = 36
"""How many characters stand side by side on a narrow screen, of the label and the value together."""

_LINE: Final = Decimal("1.3")
_ABOVE: Final = Decimal("1.05")
_GAP: Final = Decimal("0.4")
_THICKNESS: Final = Decimal("0.95")
_BELOW: Final = Decimal("0.8")
_TICK: Final = Decimal("0.15")


class BarRow(NamedTuple):
    """One bar: what it stands for, how long it is, and its value in words. `exact` is not what a source limits."""

    label: str
    value: Decimal
    note: str
    exact: bool = True


class Line(NamedTuple):
    """A line of a label, and where its letters stand."""

    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Bar:
    lines: list[Line]
    note: str
    note_at: str
    exact: bool
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
    """Return the bars of a chart, every one from zero: what is twice as much is twice as long.

    A label beside which a narrow screen has no room for the value runs over several lines above its bar.
    """
    values = [row.value for row in rows]
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    span = high - low or Decimal(1)
    bars, down = [], Decimal(0)
    for row in rows:
        lines = wrap(row.label, max(NARROW - len(row.note), NARROW // 3)) or [""]
        top = down + _ABOVE + _LINE * (len(lines) - 1) + _GAP
        bars.append(
            Bar(
                lines=[Line(text, _em(down + _ABOVE + _LINE * number)) for number, text in enumerate(lines)],
                note=row.note,
                note_at=_em(down + _ABOVE),
                exact=row.exact,
                top=_em(top),
                thickness=_em(_THICKNESS),
                start=_share(min(row.value, Decimal(0)) - low, span),
                length=_share(abs(row.value), span),
                tick_from=_em(top - _TICK),
                tick_to=_em(top + _THICKNESS + _TICK),
            )
        )
        down = top + _THICKNESS + _BELOW
    return BarChart(height=_em(down), zero=_share(-low, span), bars=bars)
