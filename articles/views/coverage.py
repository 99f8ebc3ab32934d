"""The overviews: coverage at a glance, partners by topic, who speaks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import query
from articles.coverage import by_weight, matrix, over_time, partners, voices, voices_by_partner, voices_by_topic
from articles.filters import held
from articles.filters.base import messages
from articles.partner_map import partner_map
from articles.views.shell import page

SECTION = "coverage"


def overview(request: HttpRequest) -> HttpResponse:
    """Show partners on the map, articles over time and who speaks, over the whole record."""
    context = {
        "page_title": _("Coverage"),
        "map": partner_map(partners()),
        "time": over_time(held.articles()),
        "voices": voices(held.articles()),
    }
    return page(request, "articles/coverage.html", SECTION, context)


def matrix_page(request: HttpRequest) -> HttpResponse:
    """Show how many articles there are about each partner on each topic."""
    context = {"page_title": _("Partners by topic"), "matrix": matrix(partners())}
    return page(request, "articles/coverage_matrix.html", SECTION, context)


def voices_page(request: HttpRequest) -> HttpResponse:
    """Show who speaks: overall, and about each partner (`by=partner`) or on each topic (`by=topic`)."""
    groupings = {
        "": (_("Overall"), None),
        "partner": (_("By partner"), voices_by_partner),
        "topic": (_("By topic"), voices_by_topic),
    }
    asked = query.read(request.GET, ["by"], messages())
    given = list(asked.values.get("by", []))
    for value in given:
        if value not in groupings:
            asked.refuse("by", value, _("Choose one of: %(words)s.") % {"words": "partner, topic"})
    good = [value for value in given if value in groupings]
    for value in good[1:]:
        asked.refuse("by", value, _("Only one value at a time."))
    by = good[0] if good else ""
    _label, grouped = groupings[by]
    groups = grouped() if grouped else []
    address = reverse("articles:coverage-voices")
    context = {
        "page_title": _("Who speaks"),
        "problems": asked.problems,
        "voices": voices(held.articles()),
        "by": by,
        "groups": groups,
        "parts": by_weight(groups),
        "switch": [
            {"label": label, "url": f"{address}?by={name}" if name else address, "current": name == by}
            for name, (label, _function) in groupings.items()
        ],
    }
    canonical = f"{address}?by={by}" if by else address
    return page(request, "articles/coverage_voices.html", SECTION, context, canonical=canonical)
