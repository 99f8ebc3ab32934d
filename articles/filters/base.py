"""What every filtered list has in common: reading the query, counting facets, saying what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import cited, query
from articles.counting import count_once
from articles.facets import (
    Facet,
    FacetFilter,
    FacetValue,
)
from articles.filters import words
from articles.search import index, syntax

Rows = Any
"""A queryset of the listed noun."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter, with the address of the list without it."""

    facet_label: str
    label: str
    remove_url: str


def messages() -> query.Messages:
    """Return what a reader is told about parameters no list understands."""
    return query.Messages(
        too_long=_("This value is too long."),
        unreadable=_("This value holds characters that cannot be read."),
        too_many=_("Only the first %(n)d values are read.") % {"n": query.MAX_VALUES},
        unknown=_("This list has no such filter."),
    )


class RecordFilterSet(django_filters.FilterSet):
    """A list of one noun under a query string. Reads it once; what it cannot read it names in `problems`."""

    SORTS: ClassVar[dict[str, Any]] = {
        "newest": gettext_lazy("Newest first"),
        "oldest": gettext_lazy("Oldest first"),
    }
    EXTRA: ClassVar[tuple[str, ...]] = ("q", "sort", "page")
    """Parameters besides the facets."""

    qs: Rows
    """The rows that the filter keeps, in order."""

    @classmethod
    def start(cls) -> Rows:
        """Return the rows the list starts from."""
        raise NotImplementedError

    def __init__(self, data: Any, queryset: Rows) -> None:
        facets = [name for name, one in self.base_filters.items() if isinstance(one, FacetFilter)]
        self.query = query.read(data, [*facets, *self.EXTRA, cited.PARAMETER], messages())
        super().__init__(data=self._form_data(facets), queryset=queryset)
        self.form.is_valid()  # facet fields never fail: they set aside what they do not know
        for name in facets:
            for value in self._field(name).refused:
                self.query.refuse(name, value, self._refusal(name))
        self.sort = self._one("sort", self.SORTS, next(iter(self.SORTS)))
        self.cited = self._cited()
        typed = list(self.query.values.get("q", []))
        for value in typed[1:]:
            self.query.refuse("q", value, _("Only one search at a time."))
        self.text = " ".join(typed[0].split()) if typed else ""

    def _form_data(self, facets: list[str]) -> dict[str, list[str]]:
        return _Lists({name: self.query.values.get(name, []) for name in facets})

    def _refusal(self, name: str) -> str:
        return _("The record has no such value for “%(facet)s”.") % {"facet": self.filters[name].label}

    def _one(self, name: str, allowed: Iterable[str], default: str) -> str:
        """Return the value of a parameter that takes one of a few words; name what is wrong with it."""
        given = list(self.query.values.get(name, []))
        for value in given:
            if value not in allowed:
                self.query.refuse(name, value, _("Choose one of: %(words)s.") % {"words": ", ".join(allowed)})
        good = [value for value in given if value in allowed]
        for value in good[1:]:
            self.query.refuse(name, value, _("Only one value at a time."))
        return good[0] if good else default

    def _cited(self) -> cited.Cited | None:
        """Return what a citation said of the list; links to other views of it do without."""
        first, *others = self.query.values.get(cited.PARAMETER, [""])
        read = cited.read(first)
        if first and read is None:
            self.query.refuse(cited.PARAMETER, first, _("This is not what a citation of a list ends with."))
        for value in others:
            self.query.refuse(cited.PARAMETER, value, _("Only one value at a time."))
        self.query.values.pop(cited.PARAMETER, None)
        return read

    # --- rows -----------------------------------------------------------------------------------------------

    def facet_filters(self) -> dict[str, FacetFilter]:
        return {name: one for name, one in self.filters.items() if isinstance(one, FacetFilter)}

    def _field(self, name: str) -> Any:
        return self.form.fields[name]

    def options(self, name: str) -> Mapping[str, str]:
        """Return the values of a facet with their labels."""
        options: Mapping[str, str] = self._field(name).options
        return options

    def chosen(self, name: str) -> list[str]:
        """Return the values of a facet that are chosen and exist."""
        values: list[str] = self.form.cleaned_data.get(name, [])
        return values

    def rows(self, *, lifted: str = "") -> Rows:
        """Return the rows the filter keeps, one facet lifted where asked."""
        rows: Rows = self.queryset
        for name, one in self.facet_filters().items():
            if name != lifted:
                rows = one.filter(rows, self.chosen(name))
        return self.among(rows)

    def finds(self, text: str) -> bool:
        """Say whether the list would hold anything with another text in its box."""
        data = QueryDict(self.query.link({"q": [text]}).removeprefix("?"))
        found: bool = type(self)(data, self.start()).qs.exists()
        return found

    def filter_queryset(self, queryset: Rows) -> Rows:
        return self.ordered(self.rows())

    def ordered(self, rows: Rows) -> Rows:
        return rows.oldest_first() if self.sort == "oldest" else rows.newest_first()

    @cached_property
    def wish(self) -> syntax.Wish:
        """What the reader typed into the text box."""
        return syntax.parse(self.text)

    @cached_property
    def spelt(self) -> Mapping[str, tuple[str, ...]]:
        """The words of the record that sound like those of the text box."""
        return words.spelt(self.wish)

    @property
    def asks_nothing(self) -> bool:
        """Whether there is something in the text box, but no word: no entry can hold it."""
        return bool(self.text) and not self.wish

    def among(self, rows: Rows) -> Rows:
        """Keep of the rows of one noun those that answer the text box."""
        if self.asks_nothing:
            return rows.none()
        return rows.filter(index.matching(rows.model.NOUN, self.wish, self.spelt)) if self.text else rows

    # --- what the page shows ----------------------------------------------------------------------------------

    @cached_property
    def facets(self) -> list[Facet]:
        return [self._facet(name, one) for name, one in self.facet_filters().items()]

    def counts(self, name: str, one: FacetFilter) -> Mapping[str, int]:
        """Return how many rows have each value of a facet, its own choice lifted."""
        return one.counts(self.rows(lifted=name))

    def _facet(self, name: str, one: FacetFilter) -> Facet:
        counts = self.counts(name, one)
        chosen = set(self.chosen(name))
        link = self.query.links_to_each(name)
        values = [
            FacetValue(
                value=value,
                label=label,
                count=counts.get(value, 0),
                selected=value in chosen,
                only_url=link(value),
            )
            for value, label in self.options(name).items()
            if counts.get(value, 0) or value in chosen
        ]
        if not one.ordered:
            values.sort(key=lambda value: (not value.selected, -value.count))
        return Facet(name, str(one.label), values)

    @cached_property
    def chips(self) -> list[Chip]:
        chips = []
        for name, one in self.facet_filters().items():
            chosen = self.chosen(name)
            for value in chosen:
                rest = [other for other in chosen if other != value]
                label = self.options(name)[value]
                chips.append(Chip(str(one.label), label, self.query.link({name: rest})))
        if self.text:
            chips.append(Chip(_("Text"), self.text, self.query.link(without=("page", "q"))))
        return chips

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)

    def kept_besides_the_form(self) -> list[tuple[str, str]]:
        """Return the parameters that the filter form has no input for and must carry along."""
        return [(name, value) for name in ("sort", "dates") for value in self.query.values.get(name, [])]

    @property
    def sort_options(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.query.link({"sort": [name]}), "current": name == self.sort}
            for name, label in self.SORTS.items()
        ]

    def count_phrase(self, count: int) -> str:
        raise NotImplementedError

    def extra_phrases(self) -> list[SafeString]:
        """Return what the sentence says besides the facets."""
        return []

    def after_thought(self) -> SafeString:
        """Return what stands behind the sentence."""
        return SafeString("")

    def sentence(self, count: int) -> SafeString:
        """Say in one sentence what the list shows: “4 articles about Italy, on energy, dated 2025.”"""
        parts = [format_html("<b>{}</b>", self.count_phrase(count))]
        for name, one in self.facet_filters().items():
            chosen = self.chosen(name)
            if chosen:
                options = self.options(name)
                labels = format_html_join(
                    format_html(" {} ", _("or")), "<b>{}</b>", ((options[value],) for value in chosen)
                )
                parts.append(format_html(str(one.phrase), labels))
        parts.extend(self.extra_phrases())
        if self.text:
            parts.append(format_html(_("matching <b>“{}”</b>"), self.text))
        said = format_html_join(" ", "{}", ((part,) for part in parts))
        return format_html("{}{}.{}", said, self.if_once(count), self.after_thought())

    def if_once(self, count: int) -> str:
        """Say how many there are if what is probably the same counts once, where that is another number."""
        rows = self.rows()
        return count_once(rows.model, rows, count).if_once


class _Lists(dict[str, list[str]]):
    """The form's data: what `MultipleHiddenInput` reads by `getlist`."""

    def getlist(self, name: str) -> list[str]:
        return self.get(name, [])
