"""Articles by month or year; what lies in no single one stands apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import dates
from articles.bitmaps.index import Dated
from articles.coverage.links import articles_url, counted
from articles.coverage_charts import ColumnChart, ColumnRow, column_chart
from articles.filters.held import Held

MOST_MONTHS: Final = 36
"""Over a longer time than this, articles are counted by year."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month or year, with how many articles certainly lie in it, and the list of them."""

    name: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Loose:
    """Articles whose date is known too roughly for a column: the date in words, and how many."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class OverTime:
    """Articles by month, or by year over a long time. What lies in no single one of them stands apart."""

    by_year: bool
    periods: list[Period]
    loose: list[Loose]
    chart: ColumnChart

    @property
    def placed(self) -> int:
        return sum(period.number for period in self.periods)

    @property
    def apart(self) -> int:
        return sum(loose.number for loose in self.loose)

    @property
    def sentence(self) -> str:
        """Say what the chart shows."""
        if not self.periods:
            return _("No article in the record has a date that lies in one month.")
        highest = max(period.number for period in self.periods)
        most = [period.name for period in self.periods if period.number == highest]
        first, last = self.periods[0].name, self.periods[-1].name
        if len(self.periods) == 1:
            return _("%(articles)s: %(period)s.") % {"articles": counted(self.placed), "period": capfirst(first)}
        values = {"articles": counted(self.placed), "first": first, "last": last}
        if len(most) > 1:
            return _("%(articles)s between %(first)s and %(last)s.") % values
        text = _("%(articles)s between %(first)s and %(last)s; the most, %(number)d, in %(most)s.")
        return text % {**values, "number": highest, "most": most[0]}

    @property
    def apart_sentence(self) -> str:
        """Say how many articles stand apart; nothing where none does."""
        if not self.apart:
            return ""
        if self.by_year:
            text = ngettext(
                "%(n)d more article lies in no single year as far as its date is known.",
                "%(n)d more articles lie in no single year as far as their dates are known.",
                self.apart,
            )
        else:
            text = ngettext(
                "%(n)d more article lies in no single month as far as its date is known, and has no column.",
                "%(n)d more articles lie in no single month as far as their dates are known, and have no column.",
                self.apart,
            )
        return text % {"n": self.apart}


def _certainly_in(date: Dated, *, year: bool) -> tuple[int, int] | None:
    """Return the year and month in which all possible days lie; month 0 where years are asked for."""
    if date.year is None:
        return None
    if year:
        return date.year, 0
    months = {day.month for day in (date.first, date.last) if day}
    return (date.year, months.pop()) if len(months) == 1 else None


def _all_between(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    if not first[1]:
        return [(year, 0) for year in range(first[0], last[0] + 1)]
    months = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
    return [(month // 12, month % 12 + 1) for month in months]


def over_time(articles: Held, query: Mapping[str, str] = {}) -> OverTime:
    """Return some articles by month; `query` is the filter that lists them."""
    found = articles.by_date()
    in_months = sorted({place for date in found if (place := _certainly_in(date, year=False))})
    by_year = bool(in_months) and len(_all_between(in_months[0], in_months[-1])) > MOST_MONTHS

    numbers: Counter[tuple[int, int]] = Counter()
    apart: list[tuple[Dated, int]] = []
    for date, number in found.items():
        period = _certainly_in(date, year=by_year)
        if period is None:
            apart.append((date, number))
        else:
            numbers[period] += number
    shown = _all_between(min(numbers), max(numbers)) if numbers else []
    periods: list[Period] = []
    columns: list[ColumnRow] = []
    for year, month in shown:
        written = f"{year}-{month:02}" if month else str(year)
        number = numbers[year, month]
        url = articles_url(**query, **{"from": written, "to": written, "dates": "certain"}) if number else ""
        periods.append(Period(dates.in_words(written), number, url))
        columns.append(ColumnRow(_short(year, month, first=not columns), number))
    apart.sort(key=lambda one: (one[0].first or dt.date.min, one[0].last or dt.date.max))
    return OverTime(
        by_year=by_year,
        periods=periods,
        loose=[Loose(dates.in_words(date.edtf) if date.edtf else _("no date"), number) for date, number in apart],
        chart=column_chart(columns),
    )


def _short(year: int, month: int, *, first: bool) -> str:
    """Return the words below a column: the year where it is new."""
    if not month:
        return str(year)
    return date_format(dt.date(year, month, 1), "M Y" if first or month == 1 else "M")
