"""Everything the record holds about one country or bloc, in a fixed number of queries.

The page and the briefing sheet show the same; the sheet shows more rows of it, and every source.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.concerns import Known, concerning_parts, marked
from articles.counting import count_once
from articles.coverage import OverTime, Voices, over_time, voices
from articles.edition import Edition, edition
from articles.filters import held
from articles.filters.held import Held
from articles.holdings import Holdings
from articles.models import (
    ENDED,
    RUNG_LABELS,
    RUNGS,
    Agreement,
    Attestation,
    Country,
    Discrepancy,
    Event,
    EventStatus,
    EventStep,
    Figure,
    Indicator,
    Outlet,
    Status,
    StatusStep,
    Topic,
)
from articles.models.base import prefetched
from articles.models.dated import ShownDate, newest_first
from articles.plain_entries import listed_articles
from articles.presentation import (
    AgreementRow,
    ArticleItem,
    Link,
    agreement_row,
    article_item,
    links,
)
from articles.presentation_discrepancies import DiscrepancyRow, discrepancy_row
from articles.presentation_events import standing_of
from articles.presentation_figures import FigureRow, figure_row
from articles.tracker import Plans, plans


@dataclass(frozen=True, slots=True)
class Extent:
    """How many rows of each kind are shown before a link leads to the whole list."""

    articles: int
    agreements: int
    """On each rung of the ladder."""
    figures: int
    timeline: int
    plans: int
    discrepancies: int


PAGE = Extent(articles=6, agreements=6, figures=30, timeline=15, plans=4, discrepancies=6)
SHEET = Extent(articles=40, agreements=40, figures=80, timeline=40, plans=20, discrepancies=40)


@dataclass(frozen=True, slots=True)
class Rung:
    """The agreements on one rung of the ladder; beside it (rung 0) what has ended or has no status."""

    rung: int
    ended: bool
    label: str
    count: int
    url: str
    rows: list[AgreementRow]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Figures that speak of the same thing, side by side."""

    indicator: Link
    rows: list[FigureRow]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    date: ShownDate
    text: str
    url: str
    plan: str = ""
    """What is known of an event that is not known to have been held: planned, postponed."""
    attestations: list[Attestation] = field(default_factory=list)
    discrepancies: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a bloc, with what the record holds of it as a partner of its own."""

    name: str
    url: str
    articles: int
    agreements: int


@dataclass(frozen=True, slots=True)
class Dossier:
    lede: str
    held: Holdings
    edition: Edition
    articles: list[ArticleItem]
    agreements_by_rung: list[Rung]
    shelves: list[Shelf]
    timeline: list[TimelineEntry]
    plans: Plans
    discrepancies: list[DiscrepancyRow]
    topics: list[Link]
    outlets: list[Link]
    members: list[Member]
    blocs: list[Link]
    months: OverTime
    voices: Voices


def dossier(country: Country, today: dt.date, extent: Extent = PAGE) -> Dossier:
    """Return what the record holds about a partner on a day."""
    articles = held.articles().of("country", country.pk)
    agreements = held.agreements().of("country", country.pk)
    figures = Figure.public.filter(partners=country)
    events = Event.public.involving([country.pk])
    discrepancies = Discrepancy.public.filter(partners=country)

    here = _list("article", country)
    topics = [Link(one.title, f"{here}&topic={one.slug}", n) for one, n in articles.ranked("topic", Topic.public.all())]
    outlets = [Link(one.title, one.url, n) for one, n in articles.ranked("outlet", Outlet.public.all())]
    now = edition()
    holdings = Holdings(
        articles=len(articles),
        outlets=len(outlets),
        agreements=agreements.count,
        figures=count_once(Figure, figures),
        events=count_once(Event, events),
        discrepancies=discrepancies.count(),
        as_of=now.as_of,
    )
    return Dossier(
        lede=holdings.sentence(topics),
        held=holdings,
        edition=now,
        articles=marked("articles", listed_articles(articles.newest(extent.articles)), article_item),
        agreements_by_rung=_rungs(country, agreements, extent.agreements),
        shelves=_shelves(country, figures, extent.figures),
        timeline=_timeline(agreements, events, extent.timeline),
        plans=plans(today, country, extent.plans),
        discrepancies=[
            discrepancy_row(one)
            for one in discrepancies.with_names().order_by("-weight", "-standing", "name")[: extent.discrepancies]
        ],
        topics=topics,
        outlets=outlets,
        members=_members(country),
        blocs=links(Country.public.filter(members=country).order_by("name")),
        months=over_time(articles, {"country": country.iso}),
        voices=voices(articles, {"country": country.iso}),
    )


def _list(noun: str, country: Country) -> str:
    return f"{reverse(f'articles:{noun}-list')}?country={country.iso}"


# --- parts ------------------------------------------------------------------------------------------------------


def _sourced(rows: Any) -> Any:
    """Fetch the places that attest each row."""
    places = Attestation.public.all().with_names().order_by("article", "line")
    return rows.prefetch_related(prefetched("every_attestation", places, "public_attestations"))


@dataclass(frozen=True, slots=True)
class Group:
    """Agreements that a page lists together: those on one rung, those that have ended, those without a status."""

    rung: int
    ended: bool
    statuses: tuple[str, ...]


GROUPS = (
    *(Group(number, False, tuple(one.value for one in RUNGS[number - 1])) for number in (5, 4, 3, 2, 1)),
    Group(0, True, tuple(sorted(one.value for one in ENDED))),
    Group(0, False, (Status.NOT_STATED.value,)),
)
"""The groups in the order of a page: from the highest rung down, then what stands beside the ladder."""


def group_label(group: Group) -> str:
    if group.rung:
        return str(RUNG_LABELS[group.rung - 1])
    return _("ended") if group.ended else _("no status stated")


def _rungs(country: Country, agreements: Held, most: int) -> list[Rung]:
    """Return the agreements by where they stand, the newest of each rung."""
    tally = agreements.tally("status")
    keys = [key for group in GROUPS for key in agreements.of("status", *group.statuses).newest_keys(most)]
    fetched = Agreement.public.filter(pk__in=keys).with_standing().with_names(sourced=True).newest_first()
    rows = marked("agreements", fetched, lambda one: agreement_row(one, _sources(one)))
    return [
        Rung(
            rung=group.rung,
            ended=group.ended,
            label=group_label(group),
            count=sum(tally[status] for status in group.statuses),
            url=f"{_list('agreement', country)}&{urlencode({'status': _held(group, tally)}, doseq=True)}",
            rows=[row for row in rows if (row.rung, row.ended) == (group.rung, group.ended)],
        )
        for group in GROUPS
        if _held(group, tally)
    ]


def _held(group: Group, tally: Counter[str]) -> list[str]:
    """Return the statuses of a group that some agreement stands at."""
    return [status for status in group.statuses if tally[status]]


def indicator_page(indicator: Indicator, partner: Country) -> str:
    """Return the address of the page on which the figures of an indicator and a partner stand side by side."""
    return f"{indicator.url}{partner.iso}/"


def _sources(agreement: Agreement) -> list[Attestation]:
    """Return the places that say where an agreement stands and what it is worth, each once."""
    parts: list[Any] = [*agreement.public_steps[-1:], *agreement.public_values]
    return list({(one.article_id, one.line): one for part in parts for one in part.public_attestations}.values())


def _shelves(country: Country, figures: Any, most: int) -> list[Shelf]:
    """Return the figures by what they measure; on each shelf the newest period first."""
    rows = figures.with_names().order_by("indicator__name", "meaning", *newest_first(), "pk")[:most]
    shelves: dict[Any, Shelf] = {}
    fetched = list(rows)
    for figure, row in zip(fetched, marked("figures", fetched, figure_row), strict=True):
        place = Link(figure.indicator.title, indicator_page(figure.indicator, country))
        shelves.setdefault(figure.indicator_id, Shelf(place, [])).rows.append(row)
    return list(shelves.values())


def _timeline(agreements: Held, events: Any, most: int) -> list[TimelineEntry]:
    """Return dated steps of agreements and events, newest first; what is only announced says so."""
    on_dates = Q(pk__in=[])
    for date, having in agreements.newest_parts("year", most):
        when = {"date_earliest": date.first, "date_latest": date.last, "date_rank": date.rank}
        on_dates |= Q(**_exactly(when), agreement__in=having)
    of_agreements = StatusStep.public.filter(on_dates).select_related("agreement")
    steps = list(_sourced(of_agreements).newest_first()[:most])
    told = prefetched("every_step", _sourced(EventStep.public.order_by("position")), "public_steps")
    dated = list(events.exclude(date_edtf="").prefetch_related(told).newest_first()[:most])
    rows = [*steps, *dated]
    rows.sort(key=lambda row: row.date_rank or 0)
    rows.sort(key=lambda row: row.date_earliest or dt.date.min, reverse=True)
    known = concerning_parts({"steps": [one.pk for one in steps], "events": [one.pk for one in dated]})
    return [_timeline_entry(row, known) for row in rows[:most]]


def _exactly(values: dict[str, Any]) -> dict[str, Any]:
    """Return a condition for columns that have these values, or none."""
    return {name if value is not None else f"{name}__isnull": value is None or value for name, value in values.items()}


def _timeline_entry(row: StatusStep | Event, known: dict[str, Known]) -> TimelineEntry:
    if isinstance(row, StatusStep):
        text = f"{row.agreement.name}: {row.status_label}"
        marks = known["steps"].get(row.pk, [])
        return TimelineEntry(row.date, text, row.agreement.url, "", row.public_attestations, marks)
    step = standing_of(row)
    plan = "" if step is None or step.status == EventStatus.HELD else step.status_label
    places = step.public_attestations if step else []
    return TimelineEntry(row.date, row.name, row.url, plan, places, known["events"].get(row.pk, []))


def _members(bloc: Country) -> list[Member]:
    articles, agreements = held.articles().tally("country"), held.agreements().tally("country")
    members = Country.public.filter(bloc=bloc).order_by("name")
    return [Member(one.title, one.url, articles[one.iso], agreements[one.iso]) for one in members]
