"""The persons whom the record names: all of them by country, and what it ties to each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.concerns import concerning, marked
from articles.counting import Count, count_once
from articles.holdings import Holdings
from articles.models import Article, Event, EventParticipant, Figure, Office, Person
from articles.models.base import seen
from articles.plain_entries import listed_articles
from articles.presentation import article_item, links
from articles.presentation_events import event_row
from articles.views.lists import Entry, Group, directory, in_directory
from articles.views.shared import MOST_ROWS, Context, filtered
from articles.views.ties import events_of, figures_of, offices_where


def _numbers(rows: Any, key: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(key).annotate(n=models.Count("pk")))


def _written() -> Any:
    """Return the ties of persons to the articles they wrote."""
    return Person.articles.through._default_manager.all()


def _held(articles: int, events: int, figures: int) -> str:
    """Say how much there is of a person in a line of the directory."""
    return ", ".join(
        Holdings(articles=articles, events=Count(events, events), figures=Count(figures, figures)).phrases()
    )


def person_list(request: HttpRequest) -> HttpResponse:
    """All persons under the country for which they stand in the sources."""
    events = _numbers(EventParticipant.objects.filter(event__in=Event.public.values("pk")), "person")
    figures = _numbers(Figure.public.exclude(speaker=None), "speaker")
    articles = _numbers(_written().filter(article__in=Article.public.values("pk")), "person")
    # The last office of each in the order of the record stands beside the name.
    offices = dict(Office.public.order_by("person", "position").values_list("person", "title"))
    filters = in_directory(request, "person")
    groups: dict[str, list[Entry]] = {}
    without: list[Entry] = []
    for one in filters.qs.with_names():
        country = seen(one.country)
        number_of = [rows.get(one.pk, 0) for rows in (articles, events, figures)]
        entry = Entry(one.title, one.url, _held(*number_of), offices.get(one.pk, ""))
        (groups.setdefault(country.title, []) if country else without).append(entry)
    total = sum(len(entries) for entries in groups.values()) + len(without)
    sentence = ngettext(
        "The record names %(n)d person who speaks, meets or signs, under one name for all spellings, with the "
        "office that the sources give.",
        "The record names %(n)d persons who speak, meet or sign, each under one name for all spellings, with the "
        "office that the sources give.",
        total,
    ) % {"n": total}
    return directory(
        request,
        filters,
        [
            *(Group(name, entries) for name, entries in sorted(groups.items())),
            Group(_("No country given by the sources"), without),
        ],
        title=_("Persons"),
        sentence=sentence,
        many=True,
    )


def person_context(request: HttpRequest, person: Any) -> Context:
    today = timezone.localdate()
    takes_part = EventParticipant.objects.filter(person=person)
    roles = {one.event_id: _role(one) for one in takes_part}
    events = Event.public.filter(pk__in=takes_part.values("event"))
    figures = Figure.public.filter(speaker=person)
    articles: Any = Article.public.filter(pk__in=_written().filter(person=person).values("article"))
    holds = Holdings(articles=articles.count(), figures=count_once(Figure, figures), events=count_once(Event, events))
    country = seen(person.country)
    return {
        "person": {
            "name": person.title,
            "note": person.note,
            "spellings": person.aliases,
            "country": links([country])[0] if country else None,
            "discrepancies": concerning("persons", [person.pk]).get(person.pk, []),
        },
        "lede": holds.sentence(),
        "offices": offices_where(person=person),
        "events": events_of(events, lambda event: replace(event_row(event, today), role=roles[event.pk])),
        "events_url": filtered("event", "person", person.slug),
        "figures": figures_of(figures),
        "articles": marked("articles", listed_articles(articles.newest_first()[:MOST_ROWS]), article_item),
    }


def _role(participant: EventParticipant) -> str:
    """Say what a person is at an event: “President of Italy; host”."""
    role = participant.get_role_display() if participant.role else ""
    return "; ".join(part for part in (participant.office, role) if part)
