"""Facets: filters that list their values, each with a count for the current filter, their own choice lifted.

Every facet follows three rules. Several values of one facet widen the list (OR); different facets narrow it
(AND). The count beside a value is the number of entries that its own link leads to: the other facets as they
are, this facet set to that value alone. A value without a match is left out, unless it is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Self

import django_filters
from django import forms
from django.db import models
from django.db.models import Case, Count, Q, When
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Exact
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from articles.bitmaps.index import NONE, Index
from articles.changes.state import remembered
from articles.models import Record

Rows = Any
"""A queryset of the listed noun."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool
    only_url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as the rail shows it."""

    name: str
    label: str
    values: list[FacetValue]
    collapsed_after: int = 8


class _ListedField(forms.Field):
    """Keeps the values of a facet that exist and sets aside the others, so that one bad value spoils nothing."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, options: Callable[[], Mapping[str, str]], **kwargs: Any) -> None:
        kwargs.update(required=False)
        kwargs.pop("distinct", None)
        super().__init__(**kwargs)
        self._options = options
        self.options: Mapping[str, str] = {}
        self.refused: list[str] = []

    def clean(self, value: Any) -> list[str]:
        self.options = self._options()
        given = [str(item) for item in value or []]
        self.refused = [item for item in given if item not in self.options]
        return [item for item in given if item in self.options]


class FacetFilter(django_filters.Filter):
    """A facet. Subclasses say which values exist, how to filter by them and how to count them."""

    field_class = _ListedField
    parent: Any = None
    """The filter set that the facet is of, while a reader asks for something."""
    column = ""
    """The column of the row, or of the table of ties, that has the value."""

    def __init__(self, *, label: Any, phrase: Any, ordered: bool = False, **kwargs: Any) -> None:
        """Make a facet.

        `phrase` puts the chosen values into the sentence over the list: `about {}`. The values of an `ordered`
        facet stay in their own order; those of others stand with the chosen and the frequent ones first.
        """
        self.phrase = phrase
        self.ordered = ordered
        super().__init__(label=label, options=self.options, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return a facet for one more filter set: it has its own parent and options, all else is never changed.

        A copy of all else would be another noun to what is remembered of nouns, so that it would be read anew.
        """
        twin = copy(self)
        twin.__dict__.pop("_field", None)
        twin.extra = {**self.extra, "options": twin.options}
        return twin

    def options(self) -> Mapping[str, str]:
        """Return every value a reader may choose, with its label, in the order of labels."""
        raise NotImplementedError

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        """Keep the rows that have one of the values."""
        raise NotImplementedError

    def counts(self, rows: Rows) -> Mapping[str, int]:
        """Return how many of the rows have each value."""
        raise NotImplementedError

    def bits(self, index: Index, name: str) -> Mapping[str, BitMap]:
        """Return the entries of each value, from the index of a list that has one; `name` is the facet's there."""
        raise NotImplementedError

    def filter(self, qs: Rows, value: list[str]) -> Rows:
        return self.choose(qs, value) if value else qs


def _tally(rows: Rows, key: str, distinct: str = "") -> dict[str, int]:
    """Return how many rows have each value, or how many distinct values of another column go with it."""
    counted = Count(distinct, distinct=True) if distinct else Count("pk")
    grouped = rows.order_by().values_list(key).annotate(n=counted)
    return {str(value): n for value, n in grouped if value is not None}


class ChoiceFacet(FacetFilter):
    """Values from a closed list, kept in one column (or one annotation) of the row."""

    def __init__(self, *, choices: Iterable[tuple[str, Any]], column: str, **kwargs: Any) -> None:
        self._choices = dict(choices)
        self.column = column
        super().__init__(**kwargs)

    def options(self) -> Mapping[str, str]:
        return {value: str(label) for value, label in self._choices.items()}

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        return rows.filter(**{f"{self.column}__in": values})

    def counts(self, rows: Rows) -> Mapping[str, int]:
        return _tally(rows, self.column)

    def bits(self, index: Index, name: str) -> Mapping[str, BitMap]:
        return index.values[name]


@remembered(64)
def _named_entries(
    noun: Callable[[], models.QuerySet[Any]], key: str, _language: str | None
) -> tuple[Mapping[str, str], Mapping[str, Any]]:
    """Return the titles of the entries of a noun, in their order, and their primary keys; both by another key."""
    entries: list[Record] = list(noun())
    titles = {key: title for title, key in sorted((entry.title, getattr(entry, key)) for entry in entries)}
    return titles, {getattr(entry, key): entry.pk for entry in entries}


class NounFacet(FacetFilter):
    """Values that are published entries of another noun, one for each row (an article's outlet)."""

    def __init__(self, *, noun: Callable[[], models.QuerySet[Any]], key: str, column: str, **kwargs: Any) -> None:
        self._noun = noun
        self._key = key
        self.column = column
        self._pks: Mapping[str, Any] = {}
        super().__init__(**kwargs)

    def options(self) -> Mapping[str, str]:
        titles, self._pks = _named_entries(self._noun, self._key, get_language())
        return titles

    def keys(self, values: list[str]) -> list[Any]:
        """Return the primary keys of entries, given what a reader chooses them by."""
        known = _named_entries(self._noun, self._key, get_language())[1]
        return [known[value] for value in values if value in known]

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        return rows.filter(**{f"{self.column}__in": self.keys(values)})

    def counts(self, rows: Rows) -> Mapping[str, int]:
        return _tally(rows, f"{self.column}__{self._key}")

    def bits(self, index: Index, name: str) -> Mapping[str, BitMap]:
        values = index.values[name]
        return {key: values.get(str(pk), NONE) for key, pk in self._pks.items()}


class ManyFacet(NounFacet):
    """Values that are published entries of another noun, several for each row (its partners, its topics).

    Reads the table between the two, so that no row is counted or listed twice. `repeats` says that the table may
    tie a row to one value several times, as attestations in several articles tie a figure to one outlet. Which of
    the entries tied are published, `noun` decides.
    """

    def __init__(
        self, *, through: Callable[[], models.QuerySet[Any]], row: str, repeats: bool = False, **kwargs: Any
    ) -> None:
        self.ties = through
        self.row = row
        self._distinct = row if repeats else ""
        super().__init__(**kwargs)

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        links = self.ties().filter(**{f"{self.column}__in": self.keys(values)})
        return rows.filter(pk__in=links.values(self.row))

    def counts(self, rows: Rows) -> Mapping[str, int]:
        links = self.ties().filter(**{f"{self.row}__in": rows.order_by().values("pk")})
        counted = _tally(links, self.column, self._distinct)  # by what the table itself has: nothing to look up
        return {key: counted.get(str(pk), 0) for pk, key in self._noun().values_list("pk", self._key)}


UNDATED = "none"
"""The value of a year facet for what is not certain to lie in one year."""


def _year(column: str) -> models.Expression:
    """Return the year of a date. SQLite has to ask Python for it otherwise, row by row."""
    return Cast(Substr(Cast(column, models.CharField()), 1, 4), models.IntegerField())


def _certain_year() -> models.Expression:
    """Return the year in which a date certainly lies; NULL where it may lie in several."""
    first, last = _year("date_earliest"), _year("date_latest")
    return Case(When(Exact(first, last), then=first))


class YearFacet(FacetFilter):
    """The calendar years in which something certainly happened; what fits in no single year has its own value."""

    def __init__(self, *, dated: Callable[[], models.QuerySet[Any]], **kwargs: Any) -> None:
        """Make the facet; `dated` gives the rows that carry the dates: all that the list may hold."""
        self.dated = dated
        super().__init__(**kwargs)

    def options(self) -> Mapping[str, str]:
        index = getattr(self.parent, "index", None)
        by_sql = self.dated().order_by().values_list(_certain_year(), flat=True).distinct
        years = self._known(index) if index else by_sql()
        listed = {str(year): str(year) for year in sorted(filter(None, years), reverse=True)}
        return listed | {UNDATED: str(_("not certain"))}

    def _known(self, index: Index) -> Mapping[Any, BitMap]:
        """Return the entries of each certain year, from the index of a list that has one."""
        return index.years

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        condition = Q(certain_year__in=_numbers(values))
        if UNDATED in values:
            condition |= Q(certain_year__isnull=True)
        return rows.alias(certain_year=_certain_year()).filter(condition)

    def counts(self, rows: Rows) -> Mapping[str, int]:
        tally = rows.order_by().values_list(_certain_year()).annotate(n=Count("pk"))
        return {_named(year): n for year, n in tally}

    def bits(self, index: Index, name: str) -> Mapping[str, BitMap]:
        return {_named(year): bits for year, bits in self._known(index).items()}


class PartYearFacet(YearFacet):
    """The years of a row's parts: an agreement has one for each of its steps. `row` leads from a part to its row."""

    COLUMNS = ("date_earliest", "date_latest", "date_rank")
    """The columns of a part that its year follows from."""

    def __init__(self, *, row: str, **kwargs: Any) -> None:
        self.row = row
        super().__init__(**kwargs)

    def _years(self) -> Any:
        return self.dated().order_by().annotate(year=_certain_year()).filter(year__isnull=False)

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        condition = Q(pk__in=self._years().filter(year__in=_numbers(values)).values(self.row))
        if UNDATED in values:
            condition |= ~Q(pk__in=self._years().values(self.row))
        return rows.filter(condition)

    def counts(self, rows: Rows) -> Mapping[str, int]:
        plain = rows.order_by().values("pk")
        tally = _tally(self._years().filter(**{f"{self.row}__in": plain}), "year", self.row)
        tally[UNDATED] = rows.order_by().exclude(pk__in=self._years().values(self.row)).count()
        return tally

    def _known(self, index: Index) -> Mapping[Any, BitMap]:
        return index.parted(str(self.field_name))


def _named(year: int | None) -> str:
    return UNDATED if year is None else str(year)


def _numbers(years: list[str]) -> list[int]:
    return [int(year) for year in years if year != UNDATED]
