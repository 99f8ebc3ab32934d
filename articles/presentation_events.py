"""What the components of events are given: plain values made from entries that a queryset has fetched.

Nothing here asks the database, and nothing reads the clock: the day that counts as today is passed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.dates import Precision
from articles.models import HOME, PENDING, Attestation, Dated, Event, EventParticipant, EventStep
from articles.models.base import seen
from articles.models.dated import ShownDate
from articles.presentation import Link


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a list. `upcoming` and `overdue` are said of what is announced and not known to have happened.

    `dated` is false where no source gives a date: the words of `date` say so. `between` says that it is one
    unknown day, or some, in the time that `date` names, and does not last over the whole of it. `role` is what
    the person is there on whose page it is listed.
    """

    url: str
    title: str
    kind_label: str
    status: str
    status_label: str
    date: ShownDate
    dated: bool
    between: bool
    place: str
    countries: str
    upcoming: bool
    overdue: bool
    note: str
    role: str = ""
    discrepancies: list[Link] = field(default_factory=list)
    attestations: list[Attestation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CalendarRow(EventRow):
    """An event in the calendar, with the headings it stands under: a year, and a month or another part of it."""

    year: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A person at an event: the office is the one that the source gives there."""

    name: str
    url: str
    office: str
    role: str
    discrepancies: list[Link] = field(default_factory=list)


def standing_of(event: Event) -> EventStep | None:
    """Return the latest of the steps that a published article attests."""
    return event.public_steps[-1] if event.public_steps else None


def is_pending(event: Event) -> bool:
    step = standing_of(event)
    return step is not None and step.status in PENDING


def is_overdue(event: Event, today: dt.date) -> bool:
    """Say whether it was announced for days that have passed, and no outcome is known (as `overdue()` does)."""
    return is_pending(event) and event.date_latest is not None and event.date_latest < today


def is_between(dated: Dated) -> bool:
    """Say whether the date is one unknown day between two that are known."""
    return dated.date_precision == Precision.BETWEEN and None not in (dated.date_earliest, dated.date_latest)


def place_text(event: Event) -> str:
    """Return where it takes place, as precisely as the sources say."""
    country = seen(event.country)
    parts = (event.place, country.title if country else "")
    return ", ".join(dict.fromkeys(part for part in parts if part))


def countries_text(event: Event) -> str:
    """Return the names of the partners that take part; Kazakhstan goes without saying."""
    return ", ".join(country.title for country in event.public_countries if country.iso != HOME)


def _values(event: Event, today: dt.date, attestations: Iterable[Attestation]) -> dict[str, Any]:
    step = standing_of(event)
    overdue = is_overdue(event, today)
    return {
        "url": event.url,
        "title": event.title,
        "kind_label": "" if event.kind == Event.Kind.OTHER else event.get_kind_display(),
        "status": step.status if step else "",
        "status_label": step.status_label if step else "",
        "date": event.date,
        "dated": bool(event.date_edtf),
        "between": is_between(event),
        "place": place_text(event),
        "countries": countries_text(event),
        "upcoming": is_pending(event) and not overdue,
        "overdue": overdue,
        "note": event.note,
        "attestations": list(attestations),
    }


def event_row(event: Event, today: dt.date, attestations: Iterable[Attestation] = ()) -> EventRow:
    """Take an event fetched `with_names()`."""
    return EventRow(**_values(event, today, attestations))


def calendar_row(event: Event, today: dt.date, *, oldest_first: bool = False) -> CalendarRow:
    """Take an event fetched `with_names()`, for a calendar in one of the two orders of `DatedRows`."""
    year, part = headings(event, oldest_first=oldest_first)
    return CalendarRow(**_values(event, today, ()), year=year, part=part)


def headings(event: Event, *, oldest_first: bool = False) -> tuple[str, str]:
    """Return the year and the part of the year that a calendar lists the event under.

    A list goes by the first day that a date can mean, or by the last where the oldest come first: that day names
    the month. What begins (or ends) with its month, and is known less precisely than that, stands after all that
    is dated to the month, and has a heading of its own.
    """
    first, last, words = event.date_earliest, event.date_latest, capfirst(event.date.text)
    bound = last if oldest_first else first
    if bound is None:
        return (_("No year known") if event.date_edtf else _("No date")), ""
    year, month = str(bound.year), capfirst(formats.date_format(bound, "F"))
    if first and last:
        few_days = event.date_precision == Precision.SPAN and (last - first).days <= 31
        if few_days or (first.year, first.month) == (last.year, last.month):
            return year, month
    beyond = bound + dt.timedelta(days=1 if oldest_first else -1)
    if beyond.month == bound.month:
        return year, month
    if first and last and first.year == last.year:
        return year, _("Month not known") if event.date_precision == Precision.YEAR else words
    return (words, "") if beyond.year != bound.year else (year, words)


def participant_row(participant: EventParticipant, discrepancies: Iterable[Link] = ()) -> ParticipantRow:
    """Take a participant fetched with the person, who is public."""
    person = participant.person
    role = participant.get_role_display() if participant.role else ""
    return ParticipantRow(person.title, person.url, participant.office, role, list(discrepancies))
