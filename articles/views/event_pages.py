"""The calendar of events, and the page of an event."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.concerns import concerning_parts, marked
from articles.filters import EventFilterSet
from articles.models import (
    Agreement,
    Attestation,
    Event,
    EventOutcome,
    EventParticipant,
    EventRelation,
    EventStep,
    Person,
)
from articles.models.base import prefetched, seen
from articles.models.dated import oldest_first
from articles.presentation import Tie, agreement_row, links, reports
from articles.presentation_events import (
    EventRow,
    calendar_row,
    event_row,
    is_between,
    participant_row,
)
from articles.views.lists import filtered_list
from articles.views.shared import Context, attestations
from articles.views.ties import related, tie

MOST_NEIGHBOURS = 500
"""How many events of a series are read to find the neighbours of one."""


def event_list(request: HttpRequest) -> HttpResponse:
    filters = EventFilterSet(request.GET, EventFilterSet.start())
    return filtered_list(
        request,
        filters,
        template="articles/event_list.html",
        section="events",
        title=_("Events"),
        show=lambda event: calendar_row(event, filters.today, oldest_first=filters.sort == "oldest"),
        concerns="events",
    )


def event_rows() -> models.QuerySet[Any]:
    places = prefetched("every_attestation", attestations(), "public_attestations")
    participants = EventParticipant.objects.filter(person__in=Person.public.values("pk")).select_related("person")
    return (
        Event.objects.all()
        .with_standing()
        .with_names(EventStep.public.order_by("position").prefetch_related(places))
        .prefetch_related(
            prefetched("every_attestation", attestations(), "public_attestations"),
            prefetched("every_participant", participants.order_by("position", "pk"), "public_participants"),
        )
    )


_BACKWARDS = {
    EventRelation.Kind.PROBABLY_SAME.value: gettext_lazy("probably the same as"),
    EventRelation.Kind.PART_OF.value: gettext_lazy("has as a part"),
    EventRelation.Kind.TAKES_THE_PLACE_OF.value: gettext_lazy("its place is taken by"),
    EventRelation.Kind.FOLLOWS.value: gettext_lazy("followed by"),
}


def _rows(events: Any, today: dt.date) -> dict[int, EventRow]:
    """Show public events with the discrepancies that concern them, by key."""
    fetched = list(events.with_names())
    shown = marked("events", fetched, lambda event: event_row(event, today))
    return {event.pk: row for event, row in zip(fetched, shown, strict=True)}


def _relations(event: Event, today: dt.date) -> list[Tie]:
    """Return the ties to other events, seen from this one."""
    tied = related(event, EventRelation.public.all(), _BACKWARDS)
    rows = _rows(Event.public.filter(pk__in=[other.pk for _relation, other, _label in tied]), today)
    return [
        tie(
            relation,
            other,
            label,
            ours=True,
            event=rows[other.pk],
            discrepancies=rows[other.pk].discrepancies,
        )
        for relation, other, label in tied
    ]


def _series(event: Event, today: dt.date) -> Context | None:
    """Return the events before and after this one in its series, by date, then by number."""
    if not event.series:
        return None
    order = (*oldest_first(), "series_number", "pk")
    keys = list(
        Event.public.filter(series=event.series).order_by(*order).values_list("pk", flat=True)[:MOST_NEIGHBOURS]
    )
    here = keys.index(event.pk) if event.pk in keys else None
    around = [] if here is None else [*keys[max(here - 1, 0) : here], *keys[here + 1 : here + 2]]
    rows = _rows(Event.public.filter(pk__in=around), today)
    return {
        "name": event.series,
        "number": event.series_number,
        "place": None if here is None else here + 1,
        "total": len(keys),
        "previous": rows.get(keys[here - 1]) if here else None,
        "next": rows.get(keys[here + 1]) if here is not None and here + 1 < len(keys) else None,
    }


def _outcomes(event: Event) -> list[Context]:
    """Return the agreements that came of an event, by what became of them there."""
    public = Agreement.public.values("pk")
    how = dict(EventOutcome.objects.filter(event=event, agreement__in=public).values_list("agreement", "how"))
    agreements = Agreement.public.filter(pk__in=how).with_standing().with_names().order_by("name", "pk")
    fetched = list(agreements)
    rows = dict(zip((one.pk for one in fetched), marked("agreements", fetched, agreement_row), strict=True))
    groups = [
        {"label": str(label), "rows": [row for pk, row in rows.items() if how[pk] == value]}
        for value, label in EventOutcome.How.choices
    ]
    return [group for group in groups if group["rows"]]


def _said_of(event: Event) -> list[Attestation]:
    """Return every attestation of the event and of its steps, the oldest article first, in the order of its text."""
    of_steps = [one for step in event.public_steps for one in step.public_attestations]
    said: list[Attestation] = [*event.public_attestations, *of_steps]  # type: ignore[attr-defined]  # by event_rows()

    def order(one: Attestation) -> tuple[Any, ...]:
        article = one.article
        return (article.date_latest or dt.date.max, article.date_rank or 0, article.pk, one.line)

    return sorted(said, key=order)


def event_context(request: HttpRequest, event: Any) -> Context:
    today = timezone.localdate()
    participants = event.public_participants
    known = concerning_parts({"events": [event.pk], "persons": [one.person_id for one in participants]})
    row = event_row(event, today)
    host = seen(event.country)
    return {
        "event": {
            **{name: getattr(row, name) for name in row.__slots__},
            "discrepancies": known["events"].get(event.pk, []),
            "basis_label": event.get_date_basis_display(),
            "host": links([host] if host else [])[:1],
            "place_stated": event.place,
            "steps": [
                {
                    "status": step.status,
                    "status_label": step.status_label,
                    "date": step.date,
                    "dated": bool(step.date_edtf),
                    "between": is_between(step),
                    "note": step.note,
                    "attestations": step.public_attestations,
                }
                for step in event.public_steps
            ],
            "participants": [participant_row(one, known["persons"].get(one.person_id, [])) for one in participants],
            "countries": links(event.public_countries),
            "countries_text": row.countries,
            "organisations": links(event.public_organisations),
            "topics": links(event.public_topics),
            "outcomes": _outcomes(event),
            "relations": _relations(event, today),
            "series": _series(event, today),
            "reports": reports(_said_of(event)),
        },
        "calendar_url": reverse("articles:event-list"),
    }
