"""The page where the values of one indicator about one partner stand side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from articles.edition import edition
from articles.models import HOME, Country, Indicator
from articles.views.citing import cite_comparison
from articles.views.figure_pages import comparison_url
from articles.views.finding import find
from articles.views.indicator_pages import comparison_context
from articles.views.shell import page


def comparison(request: HttpRequest, code: str, slug: str, iso: str) -> HttpResponse:
    """Show it at its one canonical address; 404 where the record has no figure of this about the partner."""
    found = find(Indicator, code)
    if isinstance(found, HttpResponse):
        return found
    country = Country.public.exclude(iso=HOME).filter(iso=iso.upper()).first()
    if country is None or not isinstance(found, Indicator) or (context := comparison_context(found, country)) is None:
        raise Http404
    address = comparison_url(found.url, country.iso)
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    now = edition()
    cite = cite_comparison(request, found, country, now)
    return page(request, "articles/comparison.html", "figures", {**context, "edition": now, "cite": cite})
