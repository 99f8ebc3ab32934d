"""The calendar of events, and the page of an event."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.models import Event
from articles.views.lists import Entry, Group, directory
from articles.views.shared import Context


def event_list(request: HttpRequest) -> HttpResponse:
    entries = [Entry(one.title, one.url) for one in Event.public.all()]
    return directory(request, _("Events"), "events", "", [Group("", entries)])


def event_rows() -> models.QuerySet[Any]:
    return Event.objects.all().with_standing().with_names()


def event_context(request: HttpRequest, event: Any) -> Context:
    return {"event": {"title": event.title}}
