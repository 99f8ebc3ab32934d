"""What entries are tied to: the events, figures and offices of persons and organisations; others of the same noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.utils.functional import Promise

from articles.concerns import marked
from articles.models import Event, Office, Record
from articles.models.base import prefetched, seen
from articles.presentation import Tie, links
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


def related(
    entry: Record, relations: models.QuerySet[Any], backwards: Mapping[str, str | Promise]
) -> list[tuple[Any, Any, str]]:
    """Return the relations of an entry to others of its noun, each with the other, and what the entry is to it.

    `backwards` says what the other of a relation is, by its kind.
    """
    noun = entry.NOUN
    rows = relations.filter(models.Q(**{noun: entry}) | models.Q(other=entry)).select_related(noun, "other")
    return [
        (one, one.other, one.get_kind_display())
        if getattr(one, f"{noun}_id") == entry.pk
        else (one, getattr(one, noun), str(backwards[one.kind]))
        for one in rows
    ]


def tie(relation: Any, other: Any, label: str, **more: Any) -> Tie:
    """Return one of the relations that `related` found, as the component takes it."""
    return Tie(label, other.title, other.url, note=relation.note, **more)
