"""Made-up entries for the style guide and the legend: one of everything a component can show."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from articles.charts import BarRow, bar_chart
from articles.counting import Count
from articles.coverage import Loose, OverTime, Partner, Period, Share, Voices
from articles.coverage_charts import ColumnRow, column_chart
from articles.facets import Facet, FacetValue
from articles.filters import Chip
from articles.models import EventStatus
from articles.models.dated import ShownDate
from articles.paragraphs import Entry, Paragraph, Settled, ShownStep
from articles.partner_map import partner_map
from articles.presentation import AgreementRow, ArticleItem, Link, ShownValue, Tag
from articles.presentation_discrepancies import DiscrepancyRow, Side
from articles.presentation_events import EventRow, ParticipantRow
from articles.presentation_figures import FigureRow
from articles.query import Problem


def samples() -> dict[str, Any]:
    """Return sample objects by name, as the components take them."""
    exact = ShownDate("31 May 2025", "2025-05-31", False, False, "")
    month = ShownDate("November 2025", "2025-11", True, False, "")
    inferred = ShownDate(
        "January–April 2025", "", True, True, _("the text speaks of 2024 as past and of April as to come")
    )
    value = ShownValue("over US$8 billion", _("potential"))
    attestation = {
        "article_title": "A headline",
        "article_id": 1,
        "article_url": "#guide-value",
        "outlet": "The Sample Times",
        "date": exact,
        "paragraph": 6,
        "via": "Sample Digest",
    }
    article = ArticleItem(
        url="#guide-item",
        title="A label of ours for an article without a headline",
        has_headline=False,
        outlet=Link("The Sample Times", "#guide-item"),
        outlet_url="#guide-item",
        byline="A. Author",
        genre_label="analysis",
        via="Sample Digest",
        date=inferred,
        summary="A summary in our own words says in two or three sentences what the article reports, and who says it.",
        tags=[Tag("Italy", "#guide-item", strong=True), Tag("Energy", "#guide-item")],
    )
    agreement = AgreementRow(
        url="#guide-agreement",
        title="Memorandum on a sample",
        type_label="memorandum of understanding",
        tier_label="commercial",
        parties="Italy",
        rung=3,
        ended=False,
        status_label="signed",
        since=exact,
        values=[value],
    )
    disagreements = [Link(f"Two reports differ on a sample ({number})", "#guide-disagrees") for number in range(1, 8)]
    discrepancy = DiscrepancyRow(
        url="#guide-discrepancy",
        title="The value of a sample: eight billion or three",
        kind_label="value conflict",
        open=True,
        standing_label="open",
        weight_label="of substance",
        minor=False,
        noted=exact,
        sides=[
            Side("The sample is worth more than eight billion.", "over $8 billion", []),
            Side("The sample is worth three billion.", "$3 billion", []),
        ],
        partners="Italy",
        partner_links=[],
    )
    paragraph = Paragraph(
        6,
        [
            Entry(
                "agreement",
                agreement.title,
                agreement.url,
                agreement,
                disagreements[:1],
                steps=[ShownStep("signed", "signed", exact, rung=3)],
                values=[value],
            ),
            Entry(
                "discrepancy",
                discrepancy.title,
                discrepancy.url,
                Settled(open=True, standing_label="open", kind_label="value conflict"),
                [],
                sides=["The sample is worth more than eight billion."],
            ),
        ],
    )
    facet = Facet(
        "sample",
        "Partner country",
        [
            FacetValue("IT", "Italy", 4, True, "#guide-filters"),
            FacetValue("EU", "European Union", 3, False, "#guide-filters"),
            FacetValue("AZ", "Azerbaijan", 2, False, "#guide-filters"),
        ],
        collapsed_after=2,
    )
    figure = FigureRow(
        url="#guide-figure",
        title="Exports of a sample to Italy, 2024",
        indicator=Link("Exports to the partner", "#guide-figure"),
        text="over 30 million tonnes",
        as_written="exceeded 30 million tons",
        conversion="",
        meaning_label=_("reported as fact"),
        unit_label=_("tonnes"),
        flow_label=_("exports, by destination"),
        period=ShownDate("2024", "2024", True, False, ""),
        has_period=True,
        partners="Italy",
        partner_links=[Link("Italy", "#guide-figure")],
        speaker="A. Speaker",
        reporter="Italy (a sample office)",
        outlet="The Sample Times",
        article_title="A headline",
        article_url="#guide-figure",
        via="Sample Digest",
        note="",
        attestations=[attestation],  # type: ignore[list-item]
    )
    voices = Voices(
        total=5,
        genres=[
            Share("news", "news", 2, "40%", "#guide-shares"),
            Share("analysis", "analysis", 1, "20%", "#guide-shares"),
            Share("opinion", "opinion", 1, "20%", "#guide-shares"),
            Share("official", "official voice", 1, "20%", "#guide-shares"),
        ],
        homes=[
            Share("kazakh", "Kazakh", 1, "20%"),
            Share("foreign", "foreign", 2, "40%"),
            Share("not-stated", "not stated", 2, "40%"),
        ],
    )
    months = [("May 2025", 2), ("June 2025", 0), ("July 2025", 4)]
    time = OverTime(
        by_year=False,
        periods=[Period(name, n, "#guide-columns" if n else "") for name, n in months],
        loose=[Loose("2025 or later", 1)],
        chart=column_chart([ColumnRow(name, n) for name, n in months]),
    )
    partners = [
        Partner(code, name, "#guide-map", is_bloc=len(code) == 3, articles=articles, agreements=Count(3, 2))
        for code, name, articles in (("IT", "Italy", 9), ("JP", "Japan", 3), ("EE", "Estonia", 1), ("CN", "China", 0))
    ]
    return {
        **_event_samples(exact, month, attestation),
        "cite": {
            "styles": [
                {"key": "apa", "name": "APA", "text": "Author, A. (2025, May 31). A headline. The Sample Times."},
                {"key": "chicago", "name": "Chicago", "text": "Author, Anna. “A headline.” The Sample Times."},
            ],
            "provenance": "The Sample Times, as summarised by Sample Digest.",
            "files": [Link("BibTeX", "#guide-copy"), Link("RIS", "#guide-copy")],
            "permalink": "https://sholu.example/a/b4c7d",
            "accessed": "22 November 2026",
            "version": "2026-11-22.1a2b3c4d5e6f",
        },
        "since_cited": _("Cited with %(number)s, as of %(date)s (data version %(version)s).")
        % {"number": "4 records", "date": "1 June 2025", "version": "2025-06-01.1a2b3c4d5e6f"},
        "voices": voices,
        "time": time,
        "map": partner_map(partners),
        "figure": figure,
        "figures": [figure, replace(figure, text="28.5 million tonnes", speaker="", reporter="")],
        "chart": bar_chart(
            [
                BarRow("2024", Decimal(30), "over 30 million tonnes", exact=False),
                BarRow("2023", Decimal("28.5"), "28.5 million tonnes"),
            ]
        ),
        "disagrees": disagreements[:1],
        "disagree_twice": disagreements[:2],
        "disagree_often": disagreements,
        "discrepancy": discrepancy,
        "paragraph": paragraph,
        "date_exact": exact,
        "date_month": month,
        "date_inferred": inferred,
        "value": value,
        "attestation": attestation,
        "article": article,
        "agreement": agreement,
        "facet": facet,
        "chips": [Chip("Partner country", "Italy", "#guide-chips")],
        "problems": [Problem("country", "XX", "The record has no such value for “Partner country”.")],
        "sorts": [
            {"label": "Newest first", "url": "#guide-chips", "current": True},
            {"label": "Oldest first", "url": "#guide-chips", "current": False},
        ],
        "pages": {
            "number": 2,
            "total": 9,
            "previous_url": "#guide-chips",
            "next_url": "#guide-chips",
            "links": [
                {"number": 1, "url": "#guide-chips", "current": False},
                {"number": 2, "url": "#guide-chips", "current": True},
                None,
                {"number": 9, "url": "#guide-chips", "current": False},
            ],
        },
    }


def _event_samples(exact: ShownDate, month: ShownDate, attestation: dict[str, Any]) -> dict[str, Any]:
    """Return one event of each standing, with the parts of its page."""
    held = EventRow(
        url="#guide-event",
        title="A sample summit",
        kind_label=_("summit"),
        status="held",
        status_label=_("held"),
        date=exact,
        dated=True,
        between=False,
        place="Astana, Kazakhstan",
        countries="Italy",
        upcoming=False,
        overdue=False,
        note="",
        attestations=[attestation],  # type: ignore[list-item]
    )
    plan = replace(held, title="A sample forum", status="planned", status_label=_("planned"), date=month)
    upcoming, overdue = replace(plan, upcoming=True), replace(plan, overdue=True)
    steps = [
        {"status": one.status, "status_label": one.status_label, "date": one.date, "dated": True, "note": "Our words."}
        for one in (plan, held)
    ]
    office = {
        "title": "President",
        "person": Link("A. Person", "#guide-persons"),
        "of": [Link("Italy", "#guide-persons")],
        "date": month,
        "dated": True,
        "attestations": [attestation],
    }
    return {
        "events": [held, upcoming, overdue],
        "plans": [upcoming, overdue],
        "event_statuses": _statuses(),
        "event_steps": [{**step, "attestations": [attestation]} for step in steps],
        "participants": [
            ParticipantRow("A. Person", "#guide-persons", "President of Italy", _("guest")),
            ParticipantRow("B. Person", "#guide-persons", "", ""),
        ],
        "offices": [office],
        "series": {"number": 2, "total": 3, "previous": held, "next": upcoming},
    }


def _statuses() -> list[dict[str, Any]]:
    """Return everything that may be known of an event, with what it means."""
    meaning = {
        EventStatus.PROPOSED: _("A source reports the proposal; nothing says yet that it will take place."),
        EventStatus.PLANNED: _("A source announces it, for a date or without one."),
        EventStatus.HELD: _("A source reports that it took place."),
        EventStatus.POSTPONED: _("A source reports that it was put off."),
        EventStatus.CANCELLED: _("A source reports that it will not take place."),
        EventStatus.SUPERSEDED: _("A source reports that something else takes its place."),
    }
    listed: list[dict[str, Any]] = [
        {"status": one.value, "label": one.label, "meaning": meaning[one]} for one in EventStatus
    ]
    overdue = _("Every day it may have been announced for has passed, and the record holds no outcome.")
    listed.insert(2, {"status": "planned", "label": EventStatus.PLANNED.label, "overdue": True, "meaning": overdue})
    return listed
