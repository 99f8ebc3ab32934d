"""The list of discrepancies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy, ngettext

from articles.facets import ChoiceFacet, FacetFilter, ManyFacet
from articles.filters.base import RecordFilterSet, Rows
from articles.models import HOME, Attestation, Country, Discrepancy, Outlet

CONCERNED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "articles": (gettext_lazy("articles"), ("articles",)),
    "agreements": (gettext_lazy("agreements"), ("agreements", "steps", "values")),
    "figures": (gettext_lazy("figures"), ("figures",)),
    "events": (gettext_lazy("events"), ("events",)),
    "persons": (gettext_lazy("persons"), ("persons",)),
    "organisations": (gettext_lazy("organisations"), ("organisations",)),
    "outlets": (gettext_lazy("outlets"), ("outlets",)),
    "sources": (gettext_lazy("source documents"), ("sources",)),
}
"""What a discrepancy may concern: the value of the facet, its label, the fields. Parts belong to their agreement."""


def concerned_through(field: str) -> Any:
    """Return the ties of discrepancies to what readers may see of one field of models.CONCERNS."""
    relation: Any = Discrepancy._meta.get_field(field)
    target = relation.m2m_reverse_field_name()
    public = relation.related_model.public.all()
    if field in ("steps", "values"):
        public = public.filter(agreement__state="published")
    return relation.remote_field.through._default_manager.filter(**{f"{target}__in": public.values("pk")})


class ConcernsFacet(FacetFilter):
    """The kinds of entries that a discrepancy concerns, of those that readers may see."""

    def options(self) -> Mapping[str, str]:
        return {value: str(label) for value, (label, _fields) in CONCERNED.items()}

    def _ties(self, value: str) -> Q:
        return Q(
            *(Exists(concerned_through(field).filter(discrepancy=OuterRef("pk"))) for field in CONCERNED[value][1]),
            _connector=Q.OR,
        )

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        return rows.filter(Q(*(self._ties(value) for value in values), _connector=Q.OR))

    def counts(self, rows: Rows) -> Mapping[str, int]:
        counted: dict[str, int] = rows.order_by().aggregate(
            **{value: Count("pk", filter=self._ties(value)) for value in CONCERNED}
        )
        return counted


class DiscrepancyFilterSet(RecordFilterSet):
    """Discrepancies by kind, open or settled, weight, partner, outlet of a side, and what they concern."""

    SORTS = {
        "weight": gettext_lazy("By weight"),
        "newest": gettext_lazy("Newest first"),
        "title": gettext_lazy("By title"),
    }

    standing = ChoiceFacet(
        label=gettext_lazy("Open or settled"),
        phrase=gettext_lazy("that are {}"),
        choices=Discrepancy.Standing.choices,
        column="standing",
        ordered=True,
    )
    kind = ChoiceFacet(
        label=gettext_lazy("Kind"),
        phrase=gettext_lazy("of the kind {}"),
        choices=Discrepancy.Kind.choices,
        column="kind",
    )
    weight = ChoiceFacet(
        label=gettext_lazy("Weight"),
        phrase=gettext_lazy("of the weight {}"),
        choices=Discrepancy.Weight.choices,
        column="weight",
        ordered=True,
    )
    country = ManyFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("about {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        through=Discrepancy.partners.through._default_manager.all,
        row="discrepancy",
        column="country",
    )
    outlet = ManyFacet(
        label=gettext_lazy("Outlet of a side"),
        phrase=gettext_lazy("with a side reported by {}"),
        noun=Outlet.public.all,
        key="slug",
        through=lambda: Attestation.objects.filter(side__isnull=False).with_outlet(),
        row="side__discrepancy",
        repeats=True,
        column="reported_by",
    )
    concerns = ConcernsFacet(label=gettext_lazy("What it concerns"), phrase=gettext_lazy("that concern {}"))

    class Meta:
        model = Discrepancy
        fields: ClassVar[list[str]] = []

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return Discrepancy.public.all()

    def ordered(self, rows: Rows) -> Rows:
        if self.sort == "title":
            return rows.order_by("name", "pk")
        if self.sort == "newest":
            return rows.newest_first()
        heavy = Case(When(weight=Discrepancy.Weight.SUBSTANTIVE, then=Value(0)), default=Value(1))
        standing = Case(When(standing=Discrepancy.Standing.OPEN, then=Value(0)), default=Value(1))
        return rows.order_by(heavy, standing, "-noted_on", "name", "pk")

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d discrepancy", "%(n)d discrepancies", count) % {"n": count}
