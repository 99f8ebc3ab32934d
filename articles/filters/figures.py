"""The ledger: the list of figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Case, CharField, F, When
from django.utils.translation import gettext_lazy, ngettext

from articles import numerals
from articles.facets import ChoiceFacet, ManyFacet, NounFacet, YearFacet
from articles.filters.base import RecordFilterSet, Rows
from articles.models import HOME, Attestation, Country, Figure, Indicator, Meaning, Outlet, Topic


class UnitFacet(ChoiceFacet):
    """What figures are counted in: a measure, or for money the currency."""

    def options(self) -> Mapping[str, str]:
        measures = {value: label for value, label in super().options().items() if value != Figure.Measure.MONEY}
        used = Figure.public.exclude(currency="").order_by("currency").values_list("currency", flat=True).distinct()
        return {code: f"{numerals.currency_name(code)} ({code})" for code in used} | measures


class FigureFilterSet(RecordFilterSet):
    """Figures by partner, indicator, topic, unit, meaning, year of the period, and outlet that gives them."""

    SORTS: ClassVar[dict[str, Any]] = {
        "newest": gettext_lazy("Newest period first"),
        "oldest": gettext_lazy("Oldest period first"),
        "title": gettext_lazy("By title"),
    }

    country = ManyFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("about {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        through=Figure.partners.through._default_manager.all,
        row="figure",
        column="country",
    )
    indicator = NounFacet(
        label=gettext_lazy("Indicator"),
        phrase=gettext_lazy("measuring {}"),
        noun=Indicator.public.all,
        key="slug",
        column="indicator",
    )
    topic = ManyFacet(
        label=gettext_lazy("Topic"),
        phrase=gettext_lazy("on {}"),
        noun=Topic.public.all,
        key="slug",
        through=Figure.topics.through._default_manager.all,
        row="figure",
        column="topic",
    )
    unit = UnitFacet(
        label=gettext_lazy("Unit"),
        phrase=gettext_lazy("counted in {}"),
        choices=Figure.Measure.choices,
        column="unit",
    )
    meaning = ChoiceFacet(
        label=gettext_lazy("What it means"),
        phrase=gettext_lazy("meant as {}"),
        choices=Meaning.choices,
        column="meaning",
        ordered=True,
    )
    year = YearFacet(
        label=gettext_lazy("Year of the period"),
        phrase=gettext_lazy("for {}"),
        dated=Figure.public.all,
        ordered=True,
    )
    outlet = ManyFacet(
        label=gettext_lazy("Outlet"),
        phrase=gettext_lazy("reported by {}"),
        noun=Outlet.public.all,
        key="slug",
        through=lambda: Attestation.objects.filter(figure__isnull=False).with_outlet(),
        row="figure",
        repeats=True,
        column="reported_by",
    )

    class Meta:
        model = Figure
        fields: ClassVar[list[str]] = []

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        money = When(measure=Figure.Measure.MONEY, then=F("currency"))
        return Figure.public.annotate(unit=Case(money, default=F("measure"), output_field=CharField()))

    def ordered(self, rows: Rows) -> Rows:
        return rows.order_by("name", "pk") if self.sort == "title" else super().ordered(rows)

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d figure", "%(n)d figures", count) % {"n": count}
