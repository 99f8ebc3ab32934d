"""Plans: what was announced for a date, and what the record knows of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from articles.concerns import marked
from articles.counting import Count, count_once
from articles.models import Attestation, Country, Event, EventStep
from articles.models.base import prefetched
from articles.presentation_events import EventRow, event_row

MOST_PLANS = 6
"""How many plans of a kind a page shows before it points to the calendar."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The next plans, the soonest first, and the overdue ones, the latest first; each with its sources."""

    upcoming: list[EventRow]
    overdue: list[EventRow]
    upcoming_count: Count
    overdue_count: Count


def plans(today: dt.date, country: Country | None = None, most: int = MOST_PLANS) -> Plans:
    """Return what is announced and not known to have happened, in a fixed number of queries.

    `country` keeps what it takes part in or is the place of.
    """
    events = Event.public.with_standing()
    if country is not None:
        events = events.involving([country.pk])
    upcoming, overdue = events.upcoming(today), events.overdue(today)
    return Plans(
        upcoming=_rows(upcoming.oldest_first()[:most], today),
        overdue=_rows(overdue.order_by(F("date_latest").desc(), "date_rank", "pk")[:most], today),
        upcoming_count=count_once(Event, upcoming),
        overdue_count=count_once(Event, overdue),
    )


def _rows(events: Any, today: dt.date) -> list[EventRow]:
    """Show events with the discrepancies that concern them and the sources of their latest step."""
    steps = EventStep.public.order_by("position").prefetch_related(
        prefetched(
            "every_attestation",
            Attestation.public.all().with_names().order_by("article", "line"),
            "public_attestations",
        )
    )
    fetched = events.with_names(steps)
    return marked("events", fetched, lambda event: event_row(event, today, _sources(event)))


def _sources(event: Event) -> list[Attestation]:
    return event.public_steps[-1].public_attestations if event.public_steps else []
