"""The search over everything, and how browsers learn of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.views.shell import page


def search(request: HttpRequest) -> HttpResponse:
    return page(request, "articles/search.html", "search", {"page_title": _("Search")})


def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers (OpenSearch 1.1), so that readers can add it."""
    origin = f"{request.scheme}://{request.get_host()}"
    return render(
        request, "opensearch.xml", {"origin": origin}, content_type="application/opensearchdescription+xml; charset=utf-8"
    )
