"""The ledger of figures, and the page of a figure."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.concerns import marked
from articles.filters import FigureFilterSet
from articles.models import HOME, Agreement, Basis, Figure, FigureRelation
from articles.models.base import seen
from articles.presentation import Link, ShownValue, Tie, links, reports
from articles.presentation_figures import FigureRow, base_text, figure_row, figure_text, partners_of, speaker_of
from articles.views.lists import filtered_list
from articles.views.shared import Context
from articles.views.ties import related, tie


def figure_list(request: HttpRequest) -> HttpResponse:
    return filtered_list(
        request,
        FigureFilterSet(request.GET, FigureFilterSet.start()),
        template="articles/figure_list.html",
        section="figures",
        title=_("Figures"),
        show=figure_row,
        concerns="figures",
    )


def figure_rows() -> models.QuerySet[Any]:
    return Figure.objects.all().with_names()


_BACKWARDS = {
    "probably the same as": gettext_lazy("probably the same as"),
    "part of": gettext_lazy("has as a part"),
    "contradicts": gettext_lazy("contradicts"),
}


def _relations(figure: Figure) -> list[Tie]:
    """Return the ties to other figures, seen from this one."""
    return [
        tie(
            relation,
            other,
            label,
            ours=True,
            value=ShownValue(figure_text(other), other.get_meaning_display()),
        )
        for relation, other, label in related(figure, FigureRelation.public.all(), _BACKWARDS)
    ]


def figures_of(agreement: Agreement) -> list[FigureRow]:
    """Return the figures that belong to an agreement and are not among the sums on its page. Takes its page's rows."""
    shown = {(value.amount, value.currency) for value in agreement.public_values}
    figures = Figure.public.filter(agreement=agreement).with_names().newest_first()
    return marked("figures", [one for one in figures if (one.value, one.currency) not in shown], figure_row)


def comparison_url(indicator_url: str, iso: str) -> str:
    """Return the address of the page where the figures of one indicator about one partner stand side by side."""
    return f"{indicator_url}{iso}/"


def _beside(figure: Figure) -> list[Link]:
    """Return where figures that speak of the same thing stand together, with how many there are if several."""
    indicator = seen(figure.indicator)
    partners = [country for country in figure.public_partners if country.iso != HOME]
    if indicator is None:
        return []
    if not partners:
        return [Link(indicator.title, indicator.url)]
    held = dict(
        Figure.partners.through._default_manager.filter(
            figure__in=Figure.public.filter(indicator=indicator).values("pk"), country__in=partners
        )
        .order_by()
        .values_list("country")
        .annotate(n=Count("pk"))
    )
    return [
        Link(
            f"{indicator.title}: {country.title}",
            comparison_url(indicator.url, country.iso),
            n if (n := held.get(country.pk, 0)) > 1 else None,
        )
        for country in partners
        if country.pk in held
    ]


_HOW_KNOWN = {
    Basis.STATED: gettext_lazy("stated by the source"),
    Basis.INFERRED: gettext_lazy("inferred by us"),
    Basis.NONE: "",
}


def figure_context(request: HttpRequest, figure: Any) -> Context:
    row = marked("figures", [figure], figure_row)[0]
    beside = _beside(figure)
    return {
        "figure": {
            **{name: getattr(row, name) for name in row.__slots__},
            "period_known": _HOW_KNOWN[figure.date_basis],
            "conversion_as_written": figure.converted_as_written,
            "speaker": speaker_of(figure),
            "speaker_is_body": figure.speaker is None,
            "reporter_link": links([country])[0] if (country := seen(figure.reporter)) else None,
            "statistics": figure.statistics,
            "flow": figure.indicator.flow if seen(figure.indicator) else "",
            "base": base_text(figure),
            "scale_label": figure.get_scale_display() if figure.scale else "",
            "partners": partners_of(figure),
            "organisations": links(figure.public_organisations),
            "topics": links(figure.public_topics),
            "agreements": links(Agreement.public.filter(pk=figure.agreement_id)),
            "relations": _relations(figure),
            "reports": reports(row.attestations),
            "beside": beside,
            "only_one": bool(figure.public_partners) and not any(link.count for link in beside),
        }
    }
