"""The page of an agreement, with its ladder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from articles.concerns import Known, concerning, concerning_parts, marked
from articles.models import (
    Agreement,
    AgreementRelation,
    Event,
    EventOutcome,
)
from articles.models.base import prefetched
from articles.presentation import (
    Link,
    Tie,
    agreement_row,
    links,
    reports,
    shown_value,
)
from articles.presentation_events import event_row
from articles.views.figure_pages import figures_of
from articles.views.shared import Context, attestations
from articles.views.ties import related, tie


def agreement_rows() -> models.QuerySet[Any]:
    return (
        Agreement.objects.all()
        .with_standing()
        .with_names(sourced=True)
        .prefetch_related(prefetched("every_attestation", attestations(), "public_attestations"))
    )


_BACKWARDS = {
    "part of": gettext_lazy("has as a part"),
    "implements": gettext_lazy("implemented by"),
    "replaces": gettext_lazy("replaced by"),
    "probably the same as": gettext_lazy("probably the same as"),
}


def _relations(agreement: Agreement) -> list[Tie]:
    """Return the ties to other agreements, seen from this one."""
    places = prefetched("every_attestation", attestations(), "public_attestations")
    tied = related(agreement, AgreementRelation.public.prefetch_related(places), _BACKWARDS)
    known = concerning("agreements", {other.pk for _relation, other, _label in tied})
    return [
        tie(
            relation,
            other,
            label,
            ours=relation.basis == "inferred",
            discrepancies=known.get(other.pk, []),
            attestations=relation.public_attestations,
        )
        for relation, other, label in tied
    ]


def _events(agreement: Agreement) -> list[Tie]:
    """Return the events at which something became of the agreement, the oldest first."""
    how = {one.event_id: one.get_how_display() for one in EventOutcome.objects.filter(agreement=agreement)}
    events = list(Event.public.filter(pk__in=how).with_names().oldest_first())
    today = timezone.localdate()
    rows = marked("events", events, lambda event: event_row(event, today))
    return [
        Tie(how[event.pk], row.title, row.url, event=row, discrepancies=row.discrepancies)
        for event, row in zip(events, rows, strict=True)
    ]


def _once(known: dict[str, Known]) -> list[Link]:
    """Return the discrepancies that concern the agreement or a part of it, each once."""
    return list({link.url: link for part in known.values() for links in part.values() for link in links}.values())


def agreement_context(request: HttpRequest, agreement: Any) -> Context:
    row = replace(agreement_row(agreement), values=[])
    known = concerning_parts(
        {
            "agreements": [agreement.pk],
            "steps": [one.pk for one in agreement.public_steps],
            "values": [one.pk for one in agreement.public_values],
        }
    )
    return {
        "agreement": {
            **{name: getattr(row, name) for name in row.__slots__},
            "summary": agreement.note,
            "parties_text": row.parties,
            "named_by_us": agreement.named_by_us,
            "binding_label": ""
            if agreement.binding == Agreement.Binding.NOT_STATED
            else agreement.get_binding_display(),
            "discrepancies": known["agreements"].get(agreement.pk, []),
            "all_discrepancies": _once(known),
            "steps": [
                {
                    "status_label": one.status_label,
                    "rung": one.rung,
                    "ended": one.ended,
                    "date": one.date,
                    "note": one.note,
                    "attestations": one.public_attestations,
                    "position": one.position,
                    "discrepancies": known["steps"].get(one.pk, []),
                }
                for one in agreement.public_steps
            ],
            "values": [
                {
                    "position": one.position,
                    "discrepancies": known["values"].get(one.pk, []),
                    "shown": shown_value(one, one.public_attestations),
                }
                for one in agreement.public_values
            ],
            "parties": links(agreement.public_parties),
            "organisations": links(agreement.public_organisations),
            "topics": links(agreement.public_topics),
            "figures": figures_of(agreement),
            "events": _events(agreement),
            "relations": _relations(agreement),
            "reports": reports(agreement.public_attestations),
        }
    }
