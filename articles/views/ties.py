"""What the pages of persons and organisations list: events, figures and offices that are tied to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models

from articles.concerns import marked
from articles.models import Event, Office
from articles.models.base import prefetched, seen
from articles.presentation import links
from articles.presentation_events import EventRow
from articles.presentation_figures import FigureRow, figure_row
from articles.views.shared import MOST_ROWS, Context, attestations


def events_of(events: Any, show: Callable[[Event], EventRow]) -> list[EventRow]:
    """Show public events, the newest first, as far as a page lists them."""
    return marked("events", events.with_names().newest_first()[:MOST_ROWS], show)


def figures_of(figures: Any) -> list[FigureRow]:
    """Show public figures, the newest first, as far as a page lists them."""
    return marked("figures", figures.with_names().newest_first()[:MOST_ROWS], figure_row)


def offices_where(**condition: Any) -> list[Context]:
    """Show the offices that a published article attests, in the order of the record."""
    rows: models.QuerySet[Office] = (
        Office.public.filter(**condition)
        .select_related("person", "country", "organisation")
        .prefetch_related(prefetched("every_attestation", attestations(), "public_attestations"))
    )
    return [_office(one) for one in rows]


def _office(office: Office) -> Context:
    """Return an office as the component takes it; it names only what is public."""
    country, organisation = seen(office.country), seen(office.organisation)
    return {
        "title": office.title,
        "person": links([office.person])[0],
        "of": links(entry for entry in (organisation, country) if entry),
        "date": office.date,
        "dated": bool(office.date_edtf),
        "note": office.note,
        "attestations": office.public_attestations,
    }
