"""The search over everything, and how browsers learn of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.filters import SearchFilterSet
from articles.models import NOUNS, SearchDocument
from articles.presentation import Link
from articles.presentation_search import FETCHED, HitRow, hit_row
from articles.search import index
from articles.search.marking import Marker
from articles.views.lists import list_page
from articles.views.shared import origin_of
from articles.views.shell import page

NEAREST = 3
"""How many entries are shown of what was probably meant."""


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found of all nouns; explain how to ask where nothing is asked for."""
    filters = SearchFilterSet(request.GET, SearchFilterSet.start())
    if not filters.is_filtered:
        return _start(request, filters)
    carried = [{"name": name, "value": value} for name, values in filters.query.values.items() for value in values]
    return list_page(
        request,
        filters,
        lambda found: shown(found, filters),
        template="articles/search.html",
        section="search",
        title=_("Search"),
        more={
            "noindex": True,
            "search_above": True,
            "search_hidden": [pair for pair in carried if pair["name"] not in ("q", "page")],
        },
        nearest=lambda text: _first(request, text),
    )


def _first(request: HttpRequest, text: str) -> list[HitRow]:
    """Return the best entries of the same search for another text."""
    query = request.GET.copy()
    query["q"] = text
    filters = SearchFilterSet(query, SearchFilterSet.start())
    return shown(filters.qs[:NEAREST], filters)


def shown(found: list[index.Hit], filters: SearchFilterSet) -> list[HitRow]:
    """Fetch the entries that were found, in one query for each noun and what goes with it, and show them in order."""
    today, marker = timezone.localdate(), Marker(filters.wish, filters.spelt)
    documents = SearchDocument.objects.in_bulk([hit.document for hit in found])
    entries: dict[tuple[str, Any], Any] = {}
    for model in NOUNS:
        keys = [hit.pk for hit in found if hit.noun == model.NOUN]
        rows = model.public.filter(pk__in=keys)
        fetch = FETCHED.get(model)
        entries |= {(model.NOUN, row.pk): row for row in (fetch(rows) if fetch else rows.with_names())}
    # What is withdrawn between the questions is not there any more.
    there = [hit for hit in found if (hit.noun, hit.pk) in entries and hit.document in documents]
    return [hit_row(entries[hit.noun, hit.pk], documents[hit.document], marker, today) for hit in there]


def _start(request: HttpRequest, filters: SearchFilterSet) -> HttpResponse:
    here = request.path
    ways = [
        ("oil exports", _("entries that have all of these words")),
        ('"Middle Corridor"', _("the words side by side, in this order")),
        ("hydrogen OR uranium -Italy", _("one word or the other, and without the word behind the minus")),
    ]
    context = {
        "page_title": _("Search"),
        "problems": filters.query.problems,
        "remarks": filters.query.remarks,
        "ways": [{"text": text, "says": says, "url": f"{here}?{urlencode({'q': text})}"} for text, says in ways],
        "kinds": [
            Link(str(capfirst(model._meta.verbose_name_plural)), reverse(f"articles:{model.NOUN}-list"))
            for model in NOUNS
        ],
    }
    return page(request, "articles/search_start.html", "search", context)


def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers (OpenSearch 1.1), so that readers can add it."""
    media_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "opensearch.xml", {"origin": origin_of(request)}, content_type=media_type)
