"""Two partners beside each other: the same counts of the record, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.concerns import marked
from articles.counting import Count, count_once
from articles.dossier import GROUPS, group_label
from articles.filters import held
from articles.models import Country, Discrepancy, Event, Figure, Outlet, Topic
from articles.models.dated import newest_first
from articles.presentation import Link
from articles.presentation_figures import FigureRow, figure_row

MOST_FIGURES = 40
"""How many figures of each partner are set beside those of the other."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count that links to what is counted; `once` where it differs if those that are probably the same count once."""

    count: int
    url: str
    once: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a label, and a count for each partner."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Column:
    """The figures of one partner, the newest first; none is an answer too."""

    partner: Country
    figures: list[FigureRow]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One indicator, with a column for each partner."""

    indicator: Link
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class SideBySide:
    partners: list[Country]
    sections: list[Section]
    shelves: list[Shelf]


def side_by_side(partners: Sequence[Country]) -> SideBySide:
    """Return what the record holds of each partner, in a number of queries that depends on their number alone."""
    counted = [_held(one) for one in partners]
    return SideBySide(
        partners=list(partners),
        sections=[
            Section(_("What the record holds"), _all_in_all(partners, counted)),
            Section(_("Agreements by rung"), _by_rung(partners, counted)),
            Section(_("Articles by topic"), _by_noun("topic", Topic, partners, counted)),
            Section(_("Articles by outlet"), _by_noun("outlet", Outlet, partners, counted)),
        ],
        shelves=_shelves(partners),
    )


def _held(partner: Country) -> dict[str, Any]:
    articles = held.articles().of("country", partner.pk)
    agreements = held.agreements().of("country", partner.pk)
    return {
        "article": len(articles),
        "agreement": agreements.count,
        "figure": count_once(Figure, Figure.public.filter(partners=partner)),
        "event": count_once(Event, Event.public.involving([partner.pk])),
        "discrepancy": Discrepancy.public.filter(partners=partner).count(),
        "standing": agreements.tally("status"),
        "topic": articles.tally("topic"),
        "outlet": articles.tally("outlet"),
    }


def _list(noun: str, **query: Any) -> str:
    return f"{reverse(f'articles:{noun}-list')}?{urlencode(query, doseq=True)}"


def _all_in_all(partners: Sequence[Country], counted: list[dict[str, Any]]) -> list[Row]:
    labels = {
        "article": _("Articles"),
        "agreement": _("Agreements and plans"),
        "figure": _("Figures"),
        "event": _("Events"),
        "discrepancy": _("Discrepancies"),
    }
    return [
        Row(label, [_cell(one[noun], _list(noun, country=at.iso)) for at, one in zip(partners, counted, strict=True)])
        for noun, label in labels.items()
    ]


def _cell(count: Count | int, address: str) -> Cell:
    if isinstance(count, int):
        return Cell(count, address if count else "")
    return Cell(count.rows, address if count.rows else "", count.once if count.once != count.rows else None)


def _by_rung(partners: Sequence[Country], counted: list[dict[str, Any]]) -> list[Row]:
    rows = []
    for group in GROUPS:
        cells = []
        for partner, one in zip(partners, counted, strict=True):
            statuses = [status for status in group.statuses if one["standing"][status]]
            count = sum(one["standing"][status] for status in statuses)
            cells.append(_cell(count, _list("agreement", country=partner.iso, status=statuses)))
        if any(cell.count for cell in cells):
            rows.append(Row(group_label(group), cells))
    return rows


def _by_noun(name: str, noun: Any, partners: Sequence[Country], counted: list[dict[str, Any]]) -> list[Row]:
    entries = noun.public.filter(pk__in={key for one in counted for key in one[name]})
    rows = [
        Row(
            entry.title,
            [
                _cell(one[name][str(entry.pk)], _list("article", country=at.iso, **{name: entry.slug}))
                for at, one in zip(partners, counted, strict=True)
            ],
        )
        for entry in entries
    ]
    return sorted(rows, key=lambda row: (-sum(cell.count for cell in row.cells), row.label))


def _shelves(partners: Sequence[Country]) -> list[Shelf]:
    shelves: dict[str, Shelf] = {}
    for place, partner in enumerate(partners):
        figures = list(
            Figure.public.filter(partners=partner)
            .with_names()
            .order_by("indicator__name", "meaning", *newest_first(), "pk")[:MOST_FIGURES]
        )
        for figure, row in zip(figures, marked("figures", figures, figure_row), strict=True):
            name = figure.indicator.title
            if name not in shelves:
                shelves[name] = Shelf(Link(name, figure.indicator.url), [Column(one, []) for one in partners])
            shelves[name].columns[place].figures.append(row)
    # What both have stands first: there the eye can compare.
    return sorted(
        shelves.values(), key=lambda shelf: (not all(one.figures for one in shelf.columns), shelf.indicator.name)
    )
