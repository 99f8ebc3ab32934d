"""The list of discrepancies, and the page of one with its sides."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.filters.discrepancies import DiscrepancyFilterSet
from articles.models import (
    Agreement,
    AgreementValue,
    Article,
    Discrepancy,
    Event,
    Figure,
    Organisation,
    Outlet,
    Person,
    SourceDocument,
    State,
    StatusStep,
)
from articles.models.base import prefetched
from articles.presentation import Link, links, shown_value
from articles.presentation_discrepancies import discrepancy_row
from articles.views.lists import filtered_list
from articles.views.shared import Context


def discrepancy_list(request: HttpRequest) -> HttpResponse:
    return filtered_list(
        request,
        DiscrepancyFilterSet(request.GET, DiscrepancyFilterSet.start()),
        template="articles/discrepancy_list.html",
        section="discrepancies",
        title=_("Discrepancies"),
        show=discrepancy_row,
    )


def discrepancy_rows() -> models.QuerySet[Any]:
    def parts(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.filter(agreement__state=State.PUBLISHED).select_related("agreement")

    concerned: dict[str, models.QuerySet[Any]] = {
        "articles": Article.public.select_related("outlet").newest_first(),
        "agreements": Agreement.public.order_by("name"),
        "steps": parts(StatusStep.public.order_by("agreement__name", "position")),
        "values": parts(AgreementValue.public.order_by("agreement__name", "position")),
        "figures": Figure.public.order_by("name"),
        "events": Event.public.order_by("name"),
        "persons": Person.public.order_by("name"),
        "organisations": Organisation.public.order_by("name"),
        "outlets": Outlet.public.order_by("name"),
        "sources": SourceDocument.public.newest_first(),
    }
    return (
        Discrepancy.objects.all()
        .with_names()
        .prefetch_related(
            "every_evidence", *(prefetched(field, rows, f"public_{field}") for field, rows in concerned.items())
        )
    )


def _concerned(discrepancy: Any) -> list[Context]:
    """Return what the discrepancy concerns, a group for each kind; parts lead to their place on their agreement."""
    articles = [
        Link(f"{article.title if article.has_headline else f'[{article.title}]'} ({article.outlet.name})", article.url)
        for article in discrepancy.public_articles
    ]
    values = [_part(_worded(one), "value", one) for one in discrepancy.public_values]
    steps = [_part(f"“{one.status_label}”", "step", one) for one in discrepancy.public_steps]
    groups = [
        (_("Articles"), articles),
        (_("Agreements"), links(discrepancy.public_agreements)),
        (_("Values of agreements"), values),
        (_("Steps of agreements"), steps),
        (_("Figures"), links(discrepancy.public_figures)),
        (_("Events"), links(discrepancy.public_events)),
        (_("Persons"), links(discrepancy.public_persons)),
        (_("Organisations"), links(discrepancy.public_organisations)),
        (_("Outlets"), links(discrepancy.public_outlets)),
        (_("Source documents"), links(discrepancy.public_sources)),
    ]
    return [{"label": label, "links": entries} for label, entries in groups if entries]


def _part(text: str, name: str, part: AgreementValue | StatusStep) -> Link:
    """Return a link to a part's place on the page of its agreement."""
    agreement = part.agreement
    words = _("%(part)s, of: %(agreement)s") % {"part": text, "agreement": agreement.name}
    return Link(words, f"{agreement.url}#{name}-{part.position}")


def _worded(value: AgreementValue) -> str:
    shown = shown_value(value)
    return f"{shown.text}, {shown.meaning}"


def discrepancy_context(request: HttpRequest, discrepancy: Any) -> Context:
    row = discrepancy_row(discrepancy)
    evidence = [
        {"reference": one.reference, "address": one.address, "says": one.says, "outside": one.outside}
        for one in discrepancy.every_evidence.all()
    ]
    return {
        "discrepancy": {
            **{name: getattr(row, name) for name in row.__slots__},
            "right": discrepancy.right,
            "note": discrepancy.note,
            "evidence": evidence,
            "concerned": _concerned(discrepancy),
        }
    }
