"""The pages of countries, topics, outlets, organisations and source documents."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.concerns import concerning, marked
from articles.counting import count_once
from articles.filters import held
from articles.filters.held import Held
from articles.holdings import Holdings
from articles.models import (
    HOME,
    IPTC_VOCABULARY,
    Article,
    Country,
    Event,
    Figure,
    Organisation,
    Outlet,
    Person,
    SourceDocument,
    Topic,
)
from articles.plain_entries import listed_articles
from articles.presentation import (
    Link,
    agreement_row,
    article_item,
    links,
)
from articles.presentation_events import event_row
from articles.views.shared import MOST_ROWS, Context, filtered
from articles.views.ties import events_of, figures_of, offices_where

DOCUMENTS: Final = 6
"""How many of its documents the page of an outlet names."""


def _articles_of(articles: Held) -> Context:
    rows = listed_articles(articles.newest(MOST_ROWS))
    return {"article_count": len(articles), "articles": marked("articles", rows, article_item)}


def _agreements_of(agreements: Held) -> Context:
    rows = agreements.newest(MOST_ROWS).with_names()
    return {"agreement_count": len(agreements), "agreements": marked("agreements", rows, agreement_row)}


def _fact(label: str, text: str = "", links: list[Link] | None = None) -> Context:
    return {"label": label, "text": text, "links": links or []}


def _facts(*facts: Context) -> list[Context]:
    """Return the facts that say something."""
    return [fact for fact in facts if fact["text"] or fact["links"]]


def topic_context(request: HttpRequest, topic: Topic) -> Context:
    articles = held.articles().of("topic", topic.pk)
    here = filtered("article", "topic", topic.slug)
    partners = articles.ranked("country", Country.public.exclude(iso=HOME))
    outlets = articles.ranked("outlet", Outlet.public.all())
    rows = _articles_of(articles)
    named = held.agreements().of("topic", topic.pk)
    agreements = _agreements_of(named)
    return {
        "topic": {
            "name": topic.title,
            "description": topic.scope,
            "facts": _facts(
                _fact(_("IPTC Media Topic"), f"{topic.iptc_label} (medtop:{topic.iptc_code}, {IPTC_VOCABULARY})")
            ),
        },
        "lede": Holdings(articles=rows["article_count"], outlets=len(outlets), agreements=named.count).sentence(),
        "partners": [Link(one.title, f"{here}&country={one.iso}", number) for one, number in partners],
        "outlets": [Link(one.title, one.url, number) for one, number in outlets],
        "articles_url": here,
        "agreements_url": filtered("agreement", "topic", topic.slug),
        "figure_count": Figure.public.filter(topics=topic).count(),
        "figures_url": filtered("figure", "topic", topic.slug),
        **rows,
        **agreements,
    }


def _country_link(pk: str | None) -> list[Link]:
    return links(Country.public.filter(pk=pk))


def _documents(outlet: Outlet) -> list[Link]:
    """Return the newest documents of an outlet that we have read, and where there are more, a search for them."""
    documents = SourceDocument.public.filter(publisher=outlet)
    shown, number = links(documents.newest_first()[:DOCUMENTS]), documents.count()
    if number > DOCUMENTS:
        named = urlencode({"q": f'"{outlet.name}"'})
        more = _("%(n)d more: search the sources") % {"n": number - DOCUMENTS}
        shown.append(Link(more, f"{reverse('articles:source-list')}?{named}"))
    return shown


def outlet_context(request: HttpRequest, outlet: Outlet) -> Context:
    articles = held.articles().of("outlet", outlet.pk)
    here = filtered("article", "outlet", outlet.slug)
    rows = _articles_of(articles)
    topics = articles.ranked("topic", Topic.public.all())
    partners = articles.ranked("country", Country.public.all())
    return {
        "outlet": {
            "name": outlet.title,
            "discrepancies": concerning("outlets", [outlet.pk]).get(outlet.pk, []),
            "facts": _facts(
                _fact(_("Kind"), "" if outlet.kind == Outlet.Kind.NOT_STATED else outlet.get_kind_display()),
                _fact(_("Home country"), links=_country_link(outlet.country_id)),
                _fact(_("Spelt in the sources"), ", ".join(outlet.aliases)),
                _fact(_("Ownership"), outlet.ownership),
                _fact(_("Documents we have read"), links=_documents(outlet)),
            ),
        },
        "lede": Holdings(articles=rows["article_count"]).sentence(),
        "topics": [Link(one.title, f"{here}&topic={one.slug}", number) for one, number in topics],
        "partners": [Link(one.title, f"{here}&country={one.iso}", number) for one, number in partners],
        "articles_url": here,
        **rows,
    }


def organisation_context(request: HttpRequest, organisation: Organisation) -> Context:
    today = timezone.localdate()
    named = held.agreements().of("organisation", organisation.pk)
    events = Event.public.filter(organisations=organisation)
    told_of = Figure.organisations.through._default_manager.filter(organisation=organisation)
    figures = Figure.public.filter(Q(speaking_body=organisation) | Q(pk__in=told_of.values("figure")))
    holds = Holdings(agreements=named.count, figures=count_once(Figure, figures), events=count_once(Event, events))
    return {
        "organisation": {
            "name": organisation.title,
            "discrepancies": concerning("organisations", [organisation.pk]).get(organisation.pk, []),
            "facts": _facts(
                _fact(_("Kind"), organisation.get_kind_display()),
                _fact(_("Home country"), links=_country_link(organisation.country_id)),
                _fact(_("Spelt in the sources"), ", ".join(organisation.aliases)),
            ),
        },
        "lede": holds.sentence(),
        "agreements_url": filtered("agreement", "organisation", organisation.slug),
        "events": events_of(events, lambda event: event_row(event, today)),
        "events_url": filtered("event", "organisation", organisation.slug),
        "figures": figures_of(figures),
        "offices": offices_where(organisation=organisation, person__in=Person.public.values("pk")),
        **_agreements_of(named),
    }


def source_context(request: HttpRequest, source: SourceDocument) -> Context:
    articles = listed_articles(Article.public.filter(source=source).order_by("position"))
    return {
        "source": {
            "title": source.title,
            "has_heading": source.has_heading,
            "is_digest": source.is_digest,
            "discrepancies": concerning("sources", [source.pk]).get(source.pk, []),
            "facts": _facts(
                _fact(_("Kind"), source.get_kind_display()),
                _fact(_("Published by"), links=links([source.publisher])),
                _fact(_("File that line numbers refer to"), source.file_name),
            ),
            "date": source.date,
        },
        "articles": marked("articles", articles, article_item),
    }
