"""What figures measure: the directory, the page of an indicator, and values side by side for one partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.charts import MOST_BARS, BarChart, BarRow, bar_chart
from articles.concerns import marked
from articles.counting import count_once
from articles.models import HOME, Country, Figure, Indicator, Qualifier
from articles.presentation import Link
from articles.presentation_figures import FigureGroup, FigureRow, figure_row, grouped
from articles.views.figure_pages import comparison_url
from articles.views.lists import Entry, Group, directory, in_directory
from articles.views.shared import Context, filtered

MOST_VALUES = 200
"""How many figures one page sets side by side before it points to the ledger."""
LONGEST_LABEL = 72
"""How many characters may name a bar."""


def _held(number: int) -> str:
    return ngettext("%(n)d figure", "%(n)d figures", number) % {"n": number}


def indicator_list(request: HttpRequest) -> HttpResponse:
    held = dict(Figure.public.order_by().values_list("indicator").annotate(n=Count("pk")))
    filters = in_directory(request, "indicator")
    indicators = sorted(filters.qs, key=lambda one: (-held.get(one.pk, 0), one.name))

    def entries(*, trade: bool) -> list[Entry]:
        return [
            Entry(one.title, one.url, _held(held[one.pk]), one.definition)
            for one in indicators
            if one.pk in held and bool(one.flow) == trade
        ]

    empty = [Entry(one.title, one.url, "", one.definition) for one in indicators if one.pk not in held]
    groups = [
        Group(_("Trade"), entries(trade=True)),
        Group(_("Everything else"), entries(trade=False)),
        Group(_("Without a figure yet"), empty),
    ]
    sentence = _(
        "What the figures of the record measure, each with its definition. "
        "Figures under one indicator speak of the same thing."
    )
    return directory(request, filters, groups, title=_("Indicators"), section="figures", sentence=sentence)


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Figures of one meaning and unit as a page shows them: a table, and a chart where they can be compared."""

    key: str
    label: str
    rows: list[FigureRow]
    chart: BarChart | None = None
    chart_says: str = ""


def _bar_labels(indicator: Indicator, figures: list[Figure], rows: list[FigureRow]) -> list[str]:
    """Name the bars by what tells them apart, in few words: the table below says the rest."""
    bodies = [", ".join(one.title for one in figure.public_organisations) for figure in figures]
    periods, titles = [row.period.text for row in rows], [row.title for row in rows]
    heard = [f"{row.period.text}, {row.speaker or row.outlet}" for row in rows]
    candidates = [periods, heard] if indicator.flow else [bodies, titles, periods, heard]
    for names in candidates:
        if len(set(names)) == len(names) and all(0 < len(name) <= LONGEST_LABEL for name in names):
            return names
    return [title if len(title) <= LONGEST_LABEL else f"{title[:LONGEST_LABEL].rstrip()}…" for title in titles]


def _comparable(indicator: Indicator, figures: list[Figure]) -> bool:
    """Say whether one scale does the figures justice: the indicator allows it, and one side has counted them all."""
    one_side = len({(figure.reporter_id, figure.statistics) for figure in figures}) == 1
    return (
        indicator.on_one_scale
        and 2 <= len(figures) <= MOST_BARS
        and figures[0].measure != Figure.Measure.RANK
        and (one_side or not indicator.flow)
    )


def _whose(bars: list[BarRow], value: Decimal) -> str:
    """Name the bars of a value: the first, and how many others there are."""
    labels = [bar.label for bar in bars if bar.value == value]
    if len(labels) == 1:
        return labels[0]
    others = len(labels) - 1
    return ngettext("%(first)s and %(n)d other", "%(first)s and %(n)d others", others) % {
        "first": labels[0],
        "n": others,
    }


def _charted(indicator: Indicator, figures: list[Figure], rows: list[FigureRow]) -> tuple[BarChart, str]:
    """Return the chart of a group, and the sentence that says what it shows."""
    bars = [
        BarRow(label, figure.value, row.text, figure.qualifier == Qualifier.EXACT)
        for label, figure, row in zip(_bar_labels(indicator, figures, rows), figures, rows, strict=True)
    ]
    least, most = min(bars, key=lambda bar: bar.value), max(bars, key=lambda bar: bar.value)
    if least.value == most.value:
        same = _("Both values are the same: %(value)s.") if len(bars) == 2 else _("All values are the same: %(value)s.")
        return bar_chart(bars), same % {"value": most.note}
    says = _("%(n)d values, from %(least)s (%(least_of)s) to %(most)s (%(most_of)s); every bar starts at zero.")
    return bar_chart(bars), says % {
        "n": len(bars),
        "least": least.note,
        "least_of": _whose(bars, least.value),
        "most": most.note,
        "most_of": _whose(bars, most.value),
    }


def _rows(figures: list[Figure]) -> dict[int, FigureRow]:
    """Return figures fetched `with_names()` as rows, by key. One query, for the marks of discrepancies."""
    return dict(zip((one.pk for one in figures), marked("figures", figures, figure_row), strict=True))


def _groups(indicator: Indicator, figures: list[Figure], rows: dict[int, FigureRow]) -> list[ShownGroup]:
    """Return figures as tables, one for each meaning and unit."""

    def shown(group: FigureGroup) -> ShownGroup:
        listed = group.figures
        label = f"{group.meaning_label}, {group.unit_label}"
        if not _comparable(indicator, listed):
            return ShownGroup(group.key, label, [rows[figure.pk] for figure in listed])
        if not indicator.flow:  # shares in one thing stand by size, a rate stands by its years
            listed = sorted(listed, key=lambda figure: (-figure.value, figure.name))
        its = [rows[figure.pk] for figure in listed]
        return ShownGroup(group.key, label, its, *_charted(indicator, listed, its))

    return [shown(group) for group in grouped(figures)]


def _partners(indicator: Indicator) -> list[tuple[Country, int]]:
    """Return the partners of an indicator's figures, with how many there are of each, most first."""
    ties = Figure.partners.through._default_manager.filter(
        figure__in=Figure.public.filter(indicator=indicator).values("pk")
    ).exclude(country=HOME)
    held = dict(ties.order_by().values_list("country").annotate(n=Count("pk")))
    found = [(country, held[country.pk]) for country in Country.public.filter(pk__in=held)]
    return sorted(found, key=lambda one: (-one[1], one[0].title))


def _partner_links(indicator: Indicator, partners: Iterable[tuple[Country, int]]) -> list[Link]:
    return [Link(country.title, comparison_url(indicator.url, country.iso), n) for country, n in partners]


def _about(indicator: Indicator) -> Context:
    """Return what the pages of an indicator say of it."""
    return {
        "title": indicator.title,
        "url": indicator.url,
        "definition": indicator.definition,
        "flow": indicator.flow,
        "flow_label": indicator.get_flow_display() if indicator.flow else "",
    }


def indicator_context(request: HttpRequest, indicator: Indicator) -> Context:
    held = _partners(indicator)
    figures = Figure.public.filter(indicator=indicator)
    listed: list[Figure] = list(figures.all().with_names().newest_first()[:MOST_VALUES])
    rows = _rows(listed)
    whole = indicator.on_one_scale and not indicator.flow
    partners = [
        {
            "name": country.title,
            "url": comparison_url(indicator.url, country.iso),
            "rows": [rows[one.pk] for one in listed if country.iso in {partner.iso for partner in one.public_partners}],
        }
        for country, _n in held
        if not whole
    ]
    alone = [one for one in listed if whole or all(partner.iso == HOME for partner in one.public_partners)]
    total = count_once(Figure, figures)
    return {
        "indicator": {
            **_about(indicator),
        },
        "number": total.rows,
        "sentence": _("The record holds %(figures)s of this%(once)s.")
        % {
            "figures": _held(total.rows),
            "once": total.if_once,
        },
        "partners": [partner for partner in partners if partner["rows"]],
        "partner_links": _partner_links(indicator, held),
        "groups": _groups(indicator, alone, rows),
        "whole": whole,
        "figures_url": filtered("figure", "indicator", indicator.slug),
    }


def comparison_context(indicator: Indicator, country: Country) -> Context | None:
    """Return the values of an indicator about a partner side by side; None where the record has none."""
    figures: Any = Figure.public.filter(indicator=indicator, partners=country)
    total = count_once(Figure, figures)
    if not total.rows:
        return None
    listed: list[Figure] = list(figures.all().with_names().newest_first()[:MOST_VALUES])
    groups = _groups(indicator, listed, _rows(listed))
    articles = {one.article_id for figure in listed for one in figure.public_attestations}
    values = ngettext("%(n)d value", "%(n)d values", total.rows) % {"n": total.rows}
    sentence = ngettext(
        "%(n)d article gives %(values)s for %(partner)s%(once)s.",
        "%(n)d articles give %(values)s for %(partner)s%(once)s.",
        len(articles),
    ) % {"n": len(articles), "values": values, "partner": country.title, "once": total.if_once}
    if len(groups) > 1:
        sentence += " " + _("Values of different meaning or unit stand apart; none are added or averaged.")
    elif total.rows > 1:
        sentence += " " + _("None are added or averaged.")
    return {
        "indicator": _about(indicator),
        "country": {"name": country.title, "url": country.url, "iso": country.iso},
        "page_title": f"{indicator.title}: {country.title}",
        "sentence": sentence,
        "groups": groups,
        "more": total.rows - len(listed),
        "others": _partner_links(indicator, (one for one in _partners(indicator) if one[0] != country)),
        "figures_url": f"{filtered('figure', 'indicator', indicator.slug)}&country={country.iso}",
    }
