"""The page of each entry, under its one canonical address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect

from articles.edition import edition
from articles.models import (
    Agreement,
    Article,
    Country,
    Discrepancy,
    Event,
    Figure,
    Indicator,
    Organisation,
    Outlet,
    Person,
    Record,
    SourceDocument,
    Topic,
)
from articles.views.agreement_page import agreement_context, agreement_rows
from articles.views.article_page import article_context, article_rows
from articles.views.citing import cite_record
from articles.views.country_pages import country_context
from articles.views.discrepancy_pages import discrepancy_context, discrepancy_rows
from articles.views.event_pages import event_context, event_rows
from articles.views.figure_pages import figure_context, figure_rows
from articles.views.finding import BY_LETTER, find
from articles.views.indicator_pages import indicator_context
from articles.views.noun_pages import (
    organisation_context,
    outlet_context,
    source_context,
    topic_context,
)
from articles.views.person_pages import person_context
from articles.views.shared import Context, history
from articles.views.shell import page
from articles.views.taking import take_record


@dataclass(frozen=True, slots=True)
class RecordPage:
    """How the page of a noun is made: what to fetch, what to show, in which template."""

    rows: Callable[[], models.QuerySet[Any]]
    context: Callable[[HttpRequest, Any], Context]
    section: str = ""


PAGES: dict[type[Record], RecordPage] = {
    Article: RecordPage(article_rows, article_context, "articles"),
    Agreement: RecordPage(agreement_rows, agreement_context, "agreements"),
    Figure: RecordPage(figure_rows, figure_context, "figures"),
    Event: RecordPage(event_rows, event_context, "events"),
    Discrepancy: RecordPage(discrepancy_rows, discrepancy_context, "discrepancies"),
    Country: RecordPage(Country.objects.all, country_context, "countries"),
    Topic: RecordPage(Topic.objects.all, topic_context, "topics"),
    Outlet: RecordPage(Outlet.objects.all, outlet_context, "outlets"),
    Person: RecordPage(Person.objects.all, person_context),
    Organisation: RecordPage(Organisation.objects.all, organisation_context),
    Indicator: RecordPage(Indicator.objects.all, indicator_context, "figures"),
    SourceDocument: RecordPage(lambda: SourceDocument.objects.select_related("publisher"), source_context),
}


def show(request: HttpRequest, record: Record, *, preview: bool = False) -> HttpResponse:
    """Render the page of an entry. `preview` is for staff: it may be a draft."""
    how = PAGES[type(record)]
    fetched = how.rows().get(pk=record.pk)
    now = edition()
    context = how.context(request, fetched) | {
        "edition": now,
        "cite": cite_record(request, fetched, now),
        **take_record(fetched),
        "history": history(fetched),
        "preview": preview,
        "noindex": preview,
    }
    template = f"articles/{record.NOUN}_detail.html"
    return page(request, template, how.section, context, canonical=record.url, record=fetched)


def record_view(model: type[Record]) -> Callable[..., HttpResponse]:
    """Return the view of a noun's pages: the canonical address, or one redirect to it."""

    def view(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
        found = find(model, code)
        if isinstance(found, HttpResponse):
            return found
        if request.path != found.url:
            return HttpResponsePermanentRedirect(found.url)
        return show(request, found)

    view.__name__ = f"{model.NOUN}_detail"
    return view


def permalink(request: HttpRequest, letter: str, code: str) -> HttpResponse:
    """Redirect the language-neutral address of an entry to its page."""
    model = BY_LETTER.get(letter)
    if model is None:
        raise Http404
    found = find(model, code)
    if isinstance(found, HttpResponse):
        return found
    response = redirect(found.url, permanent=True)
    # Permanent for those who cite it, checked again each time: the language of the page may come to be chosen.
    response.headers["Cache-Control"] = "no-cache"
    return response
