"""Dates in citations: American order, as both styles have it, and never more exact than the source."""

from __future__ import annotations

import datetime as dt
from typing import Final

from articles import dates
from articles.citations.reference import When
from articles.dates import Precision

UNDATED: Final = "n.d."
SEASONS: Final = {"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"}
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)

Parts = tuple[int, ...]
"""A year, a year and month, or a day, in numbers."""


def month(number: int) -> str:
    return _MONTHS[number - 1]


def day(date: dt.date, *, year_first: bool = False) -> str:
    """Return “May 30, 2025”, or with the year first “2025, May 30”."""
    return _ordered(date.year, f"{month(date.month)} {date.day}", Precision.DAY, year_first=year_first)


def _ordered(year: int, rest: str, precision: Precision, *, year_first: bool) -> str:
    if not rest:
        return str(year)
    if year_first:
        return f"{year}, {rest}"
    return f"{rest}, {year}" if precision is Precision.DAY else f"{rest} {year}"


def _bare(edtf: str) -> str:
    return edtf.rstrip("?~%")


def _point(edtf: str, *, year_first: bool) -> str:
    """Words for one day, month, season, year or decade."""
    read = dates.parse(edtf)
    bare, first = _bare(edtf), read.earliest
    if first is None or read.precision is Precision.DECADE:
        return f"{bare.replace('X', '0')}s"
    if read.precision is Precision.SEASON:
        return _ordered(int(bare[:4]), SEASONS.get(bare[5:7], ""), read.precision, year_first=year_first)
    rest = {Precision.DAY: f"{month(first.month)} {first.day}", Precision.MONTH: month(first.month)}
    return _ordered(first.year, rest.get(read.precision, ""), read.precision, year_first=year_first)


def _shortened(a: str, b: str) -> tuple[str, str] | None:
    """Return the two ends of a period without what they share, and None where they share nothing."""
    one, two = parts(a), parts(b)
    if len(one) != len(two) or len(one) < 2 or one[0] != two[0]:
        return None
    if len(one) == 2:
        return month(one[1]), month(two[1])
    last = str(two[2]) if one[1] == two[1] else f"{month(two[1])} {two[2]}"
    return f"{month(one[1])} {one[2]}", last


def _period(a: str, b: str, *, year_first: bool) -> str:
    short = _shortened(a, b)
    if short is None:
        return f"{_point(a, year_first=year_first)}–{_point(b, year_first=year_first)}"
    return _ordered(dates.parse(a).earliest.year, "–".join(short), dates.parse(a).precision, year_first=year_first)  # type: ignore[union-attr]


def _aside(edtf: str) -> str:
    """Words for one date before “or later”; the year of a day ends with a comma."""
    comma = "," if dates.parse(edtf).precision is Precision.DAY else ""
    return f"{_point(edtf, year_first=False)}{comma}"


def _between(a: str, b: str) -> str:
    """Words for one unknown day of a period, either side of which may be open."""
    if not a:
        return f"{_aside(b)} or earlier"
    if not b:
        return f"{_aside(a)} or later"
    short = _shortened(a, b)
    if short is None:
        return f"between {_point(a, year_first=False)} and {_point(b, year_first=False)}"
    first, last = short
    if parts(a)[:2] == parts(b)[:2]:
        last = f"{month(parts(b)[1])} {last}"
    read = dates.parse(b)
    return f"between {first} and {_ordered(parts(b)[0], last, read.precision, year_first=False)}"


def words(date: When, *, year_first: bool = False) -> str:
    """Return a date as a citation has it; in square brackets where it is inferred, “n.d.” where there is none."""
    if not date.edtf:
        return UNDATED
    bare, read = _bare(date.edtf), dates.parse(date.edtf)
    if bare.startswith("["):
        a, _dots, b = bare[1:-1].partition("..")
        text = _between(a, b)
    elif "/" in bare:
        a, b = (end.removeprefix("..") for end in bare.split("/"))
        open_end = f"since {_point(a, year_first=False)}" if a else f"until {_point(b, year_first=False)}"
        text = _period(a, b, year_first=year_first) if a and b else open_end
    else:
        text = _point(bare, year_first=year_first)
    text = f"{'ca. ' if read.approximate else ''}{text}{'?' if read.uncertain else ''}"
    return f"[{text}]" if date.inferred else text


def parts(edtf: str) -> Parts:
    """Return one date in numbers, as far as it is known: 2025-11 → (2025, 11); empty for what is no single date."""
    if edtf in {"", ".."} or "/" in edtf or edtf.startswith("["):
        return ()
    read = dates.parse(edtf)
    length = {Precision.DAY: 3, Precision.MONTH: 2, Precision.SEASON: 1, Precision.YEAR: 1}.get(read.precision, 0)
    return (read.earliest.year, read.earliest.month, read.earliest.day)[:length] if read.earliest else ()


def span(edtf: str) -> tuple[Parts, ...]:
    """Return the date in numbers for formats that know no other: one date, or the two ends of a period.

    A day unknown within a period gives what all its days share: `[2025-01..2025-04]` → 2025. Empty where nothing
    is certain.
    """
    bare = _bare(edtf)
    if bare.startswith("["):
        read = dates.parse(edtf)
        if not read.earliest or not read.latest or read.earliest.year != read.latest.year:
            return ()
        same_month = read.earliest.month == read.latest.month
        return ((read.earliest.year, read.earliest.month) if same_month else (read.earliest.year,),)
    ends = tuple(parts(end) for end in bare.split("/"))
    return ends if all(ends) else ()


def season(edtf: str) -> str:
    """Return the season of a date as EDTF numbers it (21 is spring); empty where it is none."""
    bare = _bare(edtf)
    return bare[5:7] if bare[4:5] == "-" and bare[5:7] in SEASONS and len(bare) == 7 else ""


def known_days(edtf: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of what has a day, or a span of days, for certain; None for all else."""
    if not edtf or edtf[-1] in "?~%":
        return None
    days = [part for part in span(edtf) if len(part) == 3] if not edtf.startswith("[") else []
    if len(days) != len(edtf.split("/")):
        return None
    return dt.date(*days[0]), dt.date(*days[-1])
