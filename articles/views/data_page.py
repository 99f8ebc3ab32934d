"""The Data page: what there is to take away, what every column means, and how to ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.filters import held
from articles.formats import LIST_FORMATS, PAGE_SIZE, RECORD_FORMATS
from articles.formats.columns import COLUMNS, Column
from articles.formats.parameters import Parameter, parameters
from articles.formats.problems import KINDS
from articles.formats.selection import SEARCH, title_of
from articles.models import HOME, NOUNS, Country
from articles.presentation import Link
from articles.query import MAX_LENGTH, MAX_VALUES
from articles.views.dataset import offer
from articles.views.shared import Context
from articles.views.shell import page

MOST_VALUES = 12
"""How many values of a parameter the page lists; the description for programs has them all."""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One line of a table of columns; a part of a list of objects stands under it with both names."""

    name: str
    type: str
    unit: str
    description: str
    values: str


@dataclass(frozen=True, slots=True)
class ParameterRow:
    name: str
    description: str
    values: str


@dataclass(frozen=True, slots=True)
class Example:
    """Something to try: what it gets, where it is, and the line for a terminal."""

    text: str
    url: str
    line: str


def column_rows(columns: tuple[Column, ...], within: str = "") -> Iterator[ColumnRow]:
    for column in columns:
        name = f"{within}{column.name}"
        values = ", ".join(column.choices)
        yield ColumnRow(name, str(column.type), str(column.unit), str(column.description), values)
        yield from column_rows(column.parts, f"{name}[].")


def _parameter_row(one: Parameter) -> ParameterRow:
    schema = one.schema.get("items", one.schema)
    values = [value for value in schema.get("enum", []) if value]
    listed = ", ".join(values[:MOST_VALUES])
    return ParameterRow(one.name, str(one.description), f"{listed} …" if len(values) > MOST_VALUES else listed)


def _list(noun: str, rows: int, url: str) -> Context:
    return {
        "noun": noun,
        "title": title_of(noun),
        "rows": rows,
        "url": url,
        "links": [
            Link(one.label, reverse(f"articles:{noun}-data", args=[one.suffix]))
            for one in LIST_FORMATS.values()
            if one.suits(noun)
        ],
        "parameters": [_parameter_row(one) for one in parameters(noun)],
        "columns": list(column_rows(COLUMNS[noun])),
    }


def _examples(request: HttpRequest) -> Iterator[Example]:
    """Yield what can be tried with the record as it is: every address answers."""

    def example(text: str, path: str, file: str) -> Example:
        address = request.build_absolute_uri(path)
        return Example(text, path, f'curl --location --output {file} "{address}"')

    for most, _number in held.articles().ranked("country", Country.public.exclude(iso=HOME))[:1]:
        articles = reverse("articles:article-data", args=["csv"])
        text = _("All articles about %(partner)s as a spreadsheet") % {"partner": most.title}
        yield example(text, f"{articles}?country={most.iso}", "articles.csv")
    agreements = reverse("articles:agreement-data", args=["json"])
    yield example(_("What stands at signed, a hundred a page"), f"{agreements}?status=signed", "signed.json")
    events = reverse("articles:event-data", args=["ics"])
    yield example(_("Events to come, for a calendar"), f"{events}?when=upcoming", "events.ics")
    for newest in held.articles().newest(1):
        yield example(_("One article, by its permanent code"), f"{newest.permalink}.json", f"{newest.code}.json")


def data_page(request: HttpRequest) -> HttpResponse:
    """Show what there is as data, from the same columns, filters and formats that make it."""
    nouns = [_list(model.NOUN, held.number_of(model), reverse(f"articles:{model.NOUN}-list")) for model in NOUNS]
    everything = sum(one["rows"] for one in nouns)
    context = offer(request) | {
        "nouns": [*nouns, _list(SEARCH, everything, reverse("articles:search"))],
        "formats": LIST_FORMATS.values(),
        "record_formats": RECORD_FORMATS.values(),
        "problems": [{"name": name, "kind": kind} for name, kind in KINDS.items()],
        "examples": list(_examples(request)),
        "page_size": PAGE_SIZE,
        "most_values": MAX_VALUES,
        "most_characters": MAX_LENGTH,
        "address": request.build_absolute_uri(reverse("articles:article-list")),
        "permalink": request.build_absolute_uri("/a/"),
    }
    return page(request, "pages/data.html", "data", context)
