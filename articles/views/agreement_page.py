"""The page of an agreement, with its ladder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

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
    agreement_row,
    links,
    shown_value,
)
from articles.presentation_events import event_row
from articles.views.figure_pages import figures_of
from articles.views.shared import Context, attestations


def agreement_rows() -> models.QuerySet[Any]:
    return (
        Agreement.objects.all()
        .with_standing()
        .with_names(sourced=True)
        .prefetch_related(prefetched("every_attestation", attestations(), "public_attestations"))
    )


_BACKWARDS = {
    "part of": _("has as a part"),
    "implements": _("implemented by"),
    "replaces": _("replaced by"),
    "probably the same as": _("probably the same as"),
}


def _relations(agreement: Agreement) -> list[Context]:
    rows = (
        AgreementRelation.public.filter(models.Q(agreement=agreement) | models.Q(other=agreement))
        .select_related("agreement", "other")
        .prefetch_related(prefetched("every_attestation", attestations(), "public_attestations"))
    )
    known = concerning("agreements", {one.pk for row in rows for one in (row.agreement, row.other)})
    shown = []
    for relation in rows:
        forwards = relation.agreement_id == agreement.pk
        target = relation.other if forwards else relation.agreement
        shown.append(
            {
                "label": relation.get_kind_display() if forwards else _BACKWARDS[relation.kind],
                "url": target.url,
                "title": target.name,
                "note": relation.note,
                "discrepancies": known.get(target.pk, []),
                "inferred": relation.basis == "inferred",
                "attestations": relation.public_attestations,
            }
        )
    return shown


def _events(agreement: Agreement) -> list[Context]:
    """Return the events at which something became of the agreement, the oldest first."""
    how = {one.event_id: one.get_how_display() for one in EventOutcome.objects.filter(agreement=agreement)}
    events = list(Event.public.filter(pk__in=how).with_names().oldest_first())
    today = timezone.localdate()
    rows = marked("events", events, lambda event: event_row(event, today))
    return [{"label": how[event.pk], "event": row} for event, row in zip(events, rows, strict=True)]


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
            "attestations": agreement.public_attestations,
        }
    }
