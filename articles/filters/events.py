"""The calendar: the list of events."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from articles.facets import ChoiceFacet, FacetFilter, ManyFacet, NounFacet, YearFacet
from articles.filters.base import Rows
from articles.filters.period import PeriodFilterSet
from articles.models import HOME, Country, Event, EventParticipant, EventStatus, Organisation, Person, Topic

WHEN: Final = {
    "upcoming": gettext_lazy("upcoming"),
    "overdue": gettext_lazy("overdue, no outcome recorded"),
    "past": gettext_lazy("past"),
}
"""How an event lies to today; each is the name of the method of the queryset that decides it."""


class WhenFacet(FacetFilter):
    """Announced and still to come, announced and overdue, or past: counted from the list's own today."""

    parent: EventFilterSet

    def options(self) -> Mapping[str, str]:
        return {value: str(label) for value, label in WHEN.items()}

    def _kept(self, rows: Rows, value: str) -> Rows:
        return getattr(rows, value)(self.parent.today)

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        if len(values) == 1:
            return self._kept(rows, values[0])
        condition = Q()
        for value in values:
            condition |= Q(pk__in=self._kept(EventFilterSet.start(), value).values("pk"))
        return rows.filter(condition)

    def counts(self, rows: Rows) -> Mapping[str, int]:
        return {value: self._kept(rows, value).count() for value in WHEN}


class InvolvedFacet(NounFacet):
    """The countries that take part in an event, and the one it takes place in: each counts an event once."""

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        return rows.involving(values)

    def counts(self, rows: Rows) -> Mapping[str, int]:
        plain = rows.order_by()
        taking_part = Event.countries.through._default_manager.order_by()
        counted = Counter(
            dict(taking_part.filter(event__in=plain.values("pk")).values_list("country").annotate(n=Count("pk")))
        )
        as_well = taking_part.filter(event=OuterRef("pk"), country=OuterRef("country"))
        only_host = plain.filter(~Exists(as_well), country__isnull=False)
        counted.update(dict(only_host.values_list("country").annotate(n=Count("pk"))))
        return counted


class EventFilterSet(PeriodFilterSet):
    """Events by when they are, partner, kind, status, topic, year, person, organisation, and range of dates."""

    when = WhenFacet(
        label=gettext_lazy("When"),
        phrase=gettext_lazy("that are {}"),
        ordered=True,
    )
    country = InvolvedFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("with {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        column="country",
    )
    kind = ChoiceFacet(
        label=gettext_lazy("Kind"),
        phrase=gettext_lazy("of the kind {}"),
        choices=Event.Kind.choices,
        column="kind",
    )
    status = ChoiceFacet(
        label=gettext_lazy("Status"),
        phrase=gettext_lazy("last reported as {}"),
        choices=EventStatus.choices,
        column="standing",
        ordered=True,
    )
    topic = ManyFacet(
        label=gettext_lazy("Topic"),
        phrase=gettext_lazy("on {}"),
        noun=Topic.public.all,
        key="slug",
        through=Event.topics.through._default_manager.all,
        row="event",
        column="topic",
    )
    year = YearFacet(
        label=gettext_lazy("Year"),
        phrase=gettext_lazy("dated {}"),
        dated=Event.public.all,
        ordered=True,
    )
    person = ManyFacet(
        label=gettext_lazy("Person"),
        phrase=gettext_lazy("with {}"),
        noun=Person.public.all,
        key="slug",
        through=EventParticipant.objects.all,
        row="event",
        column="person",
    )
    organisation = ManyFacet(
        label=gettext_lazy("Organisation"),
        phrase=gettext_lazy("naming {}"),
        noun=Organisation.public.all,
        key="slug",
        through=Event.organisations.through._default_manager.all,
        row="event",
        column="organisation",
    )

    class Meta:
        model = Event
        fields: ClassVar[list[str]] = []

    def __init__(self, data: Any, queryset: Rows, today: dt.date | None = None) -> None:
        self.today = today or timezone.localdate()
        super().__init__(data, queryset)

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return Event.public.with_standing()

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d event", "%(n)d events", count) % {"n": count}
