"""iCalendar (RFC 5545): events on a known day or span of days. Of the others it says how many they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import icalendar
from django.http import StreamingHttpResponse

from articles.citations.days import known_days
from articles.citations.provenance import provenance
from articles.citations.reference import one_line
from articles.formats.base import Format
from articles.formats.selection import Selection
from articles.models import EventStatus
from articles.presentation_events import place_text, standing_of
from articles.references import reference_of

MEDIA_TYPE: Final = "text/calendar"
REFRESHED: Final = dt.timedelta(days=1)

STATUS: Final = {
    EventStatus.PROPOSED: "TENTATIVE",
    EventStatus.PLANNED: "TENTATIVE",
    EventStatus.HELD: "CONFIRMED",
    # Not on the day for which it was announced.
    EventStatus.POSTPONED: "CANCELLED",
    EventStatus.CANCELLED: "CANCELLED",
    EventStatus.SUPERSEDED: "CANCELLED",
}


def render(selection: Selection, _page: int) -> StreamingHttpResponse:
    """Return the whole calendar, event by event."""
    dates = selection.filters.qs.values_list("date_edtf", flat=True).iterator()
    left_out = sum(known_days(edtf) is None for edtf in dates)
    headers = {
        "Content-Type": f"{MEDIA_TYPE}; charset=utf-8",
        "Content-Disposition": selection.disposition("ics"),
        "Sholu-Left-Out": str(left_out),
    }
    return StreamingHttpResponse(_lines(selection, left_out), headers=headers)


def _lines(selection: Selection, left_out: int) -> Iterator[bytes]:
    begin, end = _calendar(selection, left_out).to_ical().split(b"END:VCALENDAR")
    yield begin
    for row in selection.rows():
        if known := known_days(row.date_edtf):
            yield _event(row, *known, selection).to_ical()
    yield b"END:VCALENDAR" + end


def _calendar(selection: Selection, left_out: int) -> icalendar.Calendar:
    name = f"Sholu: {selection.title}"
    told = f"{selection.sentence} Data version {selection.edition.version}."
    if left_out:
        told += f" Left out, because no source gives their day: {left_out}."
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Sholu//Events//EN")
    calendar.add("version", "2.0")
    for name_of_it, value in (("name", name), ("x-wr-calname", name), ("description", told), ("x-wr-caldesc", told)):
        calendar.add(name_of_it, value)
    calendar.add("url", selection.page_address)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESHED, parameters={"VALUE": "DURATION"})
    return calendar


def _event(event: Any, first: dt.date, last: dt.date, selection: Selection) -> icalendar.Event:
    """Return one event, all day. There is no SEQUENCE: the record keeps no count of changes, only their time."""
    reference, step = reference_of(event, selection.origin, selection.edition), standing_of(event)
    entry = icalendar.Event()
    entry.add("uid", f"e-{event.code}@sholu")
    entry.add("dtstamp", event.modified_at.astimezone(dt.UTC))
    entry.add("last-modified", event.modified_at.astimezone(dt.UTC))
    entry.add("dtstart", first)
    entry.add("dtend", last + dt.timedelta(days=1))
    entry.add("summary", one_line(event.name))
    entry.add("description", one_line(" ".join(filter(None, (event.note, provenance(reference))))))
    entry.add("url", f"{selection.origin}{event.url}")
    entry.add("transp", "TRANSPARENT")
    if step:
        entry.add("status", STATUS[EventStatus(step.status)])
    if place := place_text(event):
        entry.add("location", one_line(place))
    if reference.topics:
        entry.add("categories", [one_line(topic) for topic in reference.topics])
    return entry


CALENDAR: Final = Format("ics", MEDIA_TYPE, "iCalendar", render, nouns=frozenset({"event"}))
