"""The list of agreements."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy, ngettext

from articles.bitmaps.order import Order
from articles.changes.state import remembered
from articles.facets import (
    ChoiceFacet,
    ManyFacet,
    PartYearFacet,
)
from articles.filters.base import Rows
from articles.filters.indexed import IndexedFilterSet
from articles.models import (
    HOME,
    Agreement,
    Country,
    Organisation,
    Status,
    StatusStep,
    Topic,
)


@remembered(2)
def _by_title() -> Order:
    """Return the order of all agreements by title, as the database compares names; of hidden ones, too."""
    return Order.of(Agreement.objects.order_by("name", "pk").values_list("pk", flat=True).iterator(chunk_size=10_000))


class AgreementFilterSet(IndexedFilterSet):
    """Agreements by partner, type, tier, where they stand, binding or not, topic, year of a step, organisation."""

    NOUN = Agreement.NOUN
    DATE = ("standing_earliest", "standing_latest", "standing_rank")
    SORTS = {
        "newest": gettext_lazy("Newest first"),
        "oldest": gettext_lazy("Oldest first"),
        "title": gettext_lazy("By title"),
    }

    country = ManyFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("with {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        through=Agreement.parties.through._default_manager.all,
        row="agreement",
        column="country",
    )
    status = ChoiceFacet(
        label=gettext_lazy("Stands at"),
        phrase=gettext_lazy("standing at {}"),
        choices=Status.choices,
        column="standing",
        ordered=True,
    )
    type = ChoiceFacet(
        label=gettext_lazy("Type"),
        phrase=gettext_lazy("of the type {}"),
        choices=Agreement.Type.choices,
        column="type",
    )
    tier = ChoiceFacet(
        label=gettext_lazy("Tier"),
        phrase=gettext_lazy("of the tier {}"),
        choices=Agreement.Tier.choices,
        column="tier",
    )
    topic = ManyFacet(
        label=gettext_lazy("Topic"),
        phrase=gettext_lazy("on {}"),
        noun=Topic.public.all,
        key="slug",
        through=Agreement.topics.through._default_manager.all,
        row="agreement",
        column="topic",
    )
    organisation = ManyFacet(
        label=gettext_lazy("Organisation"),
        phrase=gettext_lazy("naming {}"),
        noun=Organisation.public.all,
        key="slug",
        through=Agreement.organisations.through._default_manager.all,
        row="agreement",
        column="organisation",
    )
    binding = ChoiceFacet(
        label=gettext_lazy("Binding"),
        phrase=gettext_lazy("binding or not: {}"),
        choices=Agreement.Binding.choices,
        column="binding",
    )
    year = PartYearFacet(
        label=gettext_lazy("Year of a step"),
        phrase=gettext_lazy("with a step in {}"),
        dated=StatusStep.public.all,
        ordered=True,
        row="agreement",
    )

    class Meta:
        model = Agreement
        fields: ClassVar[list[str]] = []

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return Agreement.public.with_standing()

    def ordered(self, rows: Rows) -> Rows:
        return rows.order_by("name", "pk") if self.sort == "title" else super().ordered(rows)

    def page(self, start: int, stop: int) -> Rows:
        if self.sort != "title":
            return super().page(start, stop)
        return self.ordered(self.start().filter(pk__in=_by_title().slice(self.bits, start, stop)))

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d agreement or plan", "%(n)d agreements and plans", count) % {"n": count}
