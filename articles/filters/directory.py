"""The directories: nouns few enough to be listed whole, with a text box and no facets."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy, ngettext

from articles.filters.base import RecordFilterSet, Rows
from articles.models import Country, Indicator, Organisation, Outlet, Person, Record, Topic


class DirectoryFilterSet(RecordFilterSet):
    """Entries of a noun by name."""

    SORTS: ClassVar[dict[str, Any]] = {"name": gettext_lazy("By name")}
    MODEL: ClassVar[type[Record]]

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return cls.MODEL.public.all()

    def ordered(self, rows: Rows) -> Rows:
        return rows.order_by("name", "pk")


class CountryFilterSet(DirectoryFilterSet):
    MODEL = Country

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d country or bloc", "%(n)d countries and blocs", count) % {"n": count}


class TopicFilterSet(DirectoryFilterSet):
    MODEL = Topic

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d topic", "%(n)d topics", count) % {"n": count}


class OutletFilterSet(DirectoryFilterSet):
    MODEL = Outlet

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d outlet", "%(n)d outlets", count) % {"n": count}


class PersonFilterSet(DirectoryFilterSet):
    MODEL = Person

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d person", "%(n)d persons", count) % {"n": count}


class OrganisationFilterSet(DirectoryFilterSet):
    MODEL = Organisation

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d organisation", "%(n)d organisations", count) % {"n": count}


class IndicatorFilterSet(DirectoryFilterSet):
    MODEL = Indicator

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d indicator", "%(n)d indicators", count) % {"n": count}
