"""Dates as precise as the source and no more: EDTF (ISO 8601-2:2019) read into bounds, precision and words.

Pure: no database. The reading itself is the `edtf` library's; this module turns its answer into calendar
days and into what a reader sees.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from threading import Lock
from time import struct_time
from typing import Any, Final

from django.utils import formats
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from edtf import EDTFParseException, parse_edtf
from edtf.parser import parser_classes as edtf_classes

MAX_LENGTH: Final = 40
"""The longest EDTF string that is read, in characters."""


class Precision(StrEnum):
    """How much of a date is known. The order of the members is the order in which equal periods sort."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    SPAN = "span"
    BETWEEN = "between"


class EdtfError(ValueError):
    """The text is no EDTF date that the portal can place on a calendar."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """One EDTF date.

    `earliest` and `latest` are the first and last calendar day the date can mean, both inclusive; None where
    that side is open. A span (`2025-11-17/2025-11-19`) lasts over all its days; a date *between* two
    (`[2025-01..2025-04]`) is one unknown day in there.
    """

    text: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    uncertain: bool = False
    approximate: bool = False

    @property
    def sort_rank(self) -> int:
        """0 for an exact day, more for coarser dates: puts a coarse date after the exact ones of its period."""
        return list(Precision).index(self.precision)


def _day(value: Any) -> dt.date | None:
    if not isinstance(value, struct_time):
        return None  # the library's ±infinity: that side is open
    return dt.date(value.tm_year, value.tm_mon, value.tm_mday)


def _precision(parsed: Any) -> Precision:
    if isinstance(parsed, edtf_classes.UncertainOrApproximate):
        return _precision(parsed.date)
    if isinstance(parsed, edtf_classes.OneOfASet):
        return Precision.BETWEEN
    if isinstance(parsed, edtf_classes.Interval | edtf_classes.Level1Interval | edtf_classes.MultipleDates):
        return Precision.SPAN
    if isinstance(parsed, edtf_classes.Season):
        return Precision.SEASON
    text = str(parsed)
    if re.fullmatch(r"\d{3}X", text):
        return Precision.DECADE
    known = [part for part in text.split("-") if "X" not in part]
    return {1: Precision.YEAR, 2: Precision.MONTH, 3: Precision.DAY}[len(known)]


_PLAIN: Final = re.compile(r"([0-9]{4})(?:-(?!00)([0-9]{2})(?:-(?!00)([0-9]{2}))?)?")


def _plain_date(text: str) -> Edtf | None:
    """Read a bare year, month or day: nearly every date is one, and the library takes 10 to 50 ms for each."""
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        earliest = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None  # a season (2025-21), or no date at all: the library says which
    if day:
        return Edtf(text, earliest, earliest, Precision.DAY)
    last = month or 12
    latest = earliest.replace(month=last, day=calendar.monthrange(year, last)[1])
    return Edtf(text, earliest, latest, Precision.MONTH if month else Precision.YEAR)


_one_at_a_time: Final = Lock()
"""The library's parser is shared by all threads, and two of them confuse it: a good date is refused."""


@lru_cache(maxsize=65_536)
def parse(text: str) -> Edtf:
    """Read an EDTF string (levels 0 and 1, and the level 2 set `[a..b]`).

    Raises EdtfError, with a sentence for the person who typed it, where the text is no date.
    """
    if len(text) > MAX_LENGTH:
        raise EdtfError(_("A date has at most %(n)d characters.") % {"n": MAX_LENGTH})
    plain = _plain_date(text)
    if plain:
        return plain
    try:
        with _one_at_a_time:
            parsed = parse_edtf(text)
        earliest, latest = _day(parsed.lower_strict()), _day(parsed.upper_strict())
        precision = _precision(parsed)
    except (EDTFParseException, ValueError, KeyError, AttributeError, OverflowError, TypeError) as error:
        raise EdtfError(
            _(
                "“%(text)s” is not an EDTF date. Write 2025, 2025-11, 2025-11-30, 2025-11-17/2025-11-19 "
                "or [2025-01..2025-04]."
            )
            % {"text": text}
        ) from error
    if earliest and latest and earliest > latest:
        raise EdtfError(_("“%(text)s” ends before it begins.") % {"text": text})
    qualifier = text[-1:]
    return Edtf(text, earliest, latest, precision, qualifier in "?%", qualifier in "~%")


# --- words ------------------------------------------------------------------------------------------------


def _plain(day: dt.date, precision: Precision) -> str:
    match precision:
        case Precision.DAY:
            return formats.date_format(day, "j F Y")
        case Precision.MONTH:
            return formats.date_format(day, "F Y")
        case _:
            return str(day.year)


def _season(text: str) -> str:
    year, season = text.split("-")[:2]
    words = {
        "21": _("spring %(year)s"),
        "22": _("summer %(year)s"),
        "23": _("autumn %(year)s"),
        "24": _("winter %(year)s"),
    }
    return words[season[:2]] % {"year": year}


def _range(a: str, b: str) -> str:
    """Words for the period from a to b, each a plain EDTF date; says a shared month or year once."""
    first, last = parse(a), parse(b)
    one, two = first.earliest, last.earliest
    if one and two and first.precision is last.precision and one.year == two.year:
        if first.precision is Precision.DAY and one.month == two.month:
            return f"{one.day}–{_plain(two, Precision.DAY)}"
        if first.precision is Precision.DAY:
            return f"{formats.date_format(one, 'j F')} – {_plain(two, Precision.DAY)}"
        if first.precision is Precision.MONTH:
            return f"{formats.date_format(one, 'F')}–{_plain(two, Precision.MONTH)}"
    if first.precision is last.precision is Precision.YEAR:
        return f"{a}–{b}"
    return f"{in_words(a)} – {in_words(b)}"


def _open_or_range(a: str, b: str, before: str, after: str) -> str:
    """Words for a period of which one side may be open; `before` and `after` are the words for an open side."""
    if b in {"", ".."}:
        return after % {"date": in_words(a)}
    if a in {"", ".."}:
        return before % {"date": in_words(b)}
    return _range(a, b)


def in_words(text: str) -> str:
    """Return an EDTF date as a reader writes it: `2025-11` → “November 2025”. Never adds precision."""
    return _in_words(text, get_language())


@lru_cache(maxsize=4_096)
def _in_words(text: str, _language: str | None) -> str:
    date = parse(text)
    bare = text.rstrip("?~%")
    if bare.startswith("["):
        a, _dots, b = bare[1:-1].partition("..")
        words = _open_or_range(a, b, _("%(date)s or earlier"), _("%(date)s or later"))
    elif "/" in bare:
        a, _slash, b = bare.partition("/")
        words = _open_or_range(a, b, _("until %(date)s"), _("since %(date)s"))
    elif date.precision is Precision.SEASON:
        words = _season(bare)
    elif date.precision is Precision.DECADE:
        words = _("the %(decade)ss") % {"decade": bare.replace("X", "0")}
    else:
        words = _plain(date.earliest, date.precision) if date.earliest else text
    if date.approximate:
        words = pgettext("date", "about %(date)s") % {"date": words}
    if date.uncertain:
        words = pgettext("date", "probably %(date)s") % {"date": words}
    return words


def html_datetime(text: str) -> str:
    """Return the value for `<time datetime>`: a day, month or year (HTML knows no season, 2026-21), else ""."""
    return text if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", text) else ""


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days a reader asked for, both inclusive; None is open."""

    first: dt.date | None
    last: dt.date | None


def parse_bound(text: str, *, end: bool) -> dt.date:
    """Read one end of a date filter: a year, month or day (ISO 8601). `end` gives the period's last day.

    Raises EdtfError for anything else.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    if match:
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        try:
            if match[2] is None:
                return dt.date(year, 12, 31) if end else dt.date(year, 1, 1)
            if match[3] is None:
                return dt.date(year, month, calendar.monthrange(year, month)[1] if end else 1)
            return dt.date(year, month, day)
        except ValueError:
            pass
    raise EdtfError(_("Write a year, a month or a day: 2025, 2025-05 or 2025-05-30."))
