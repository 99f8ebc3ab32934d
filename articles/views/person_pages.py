"""The persons whom the record names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.models import Person
from articles.views.lists import Entry, Group, directory
from articles.views.shared import Context


def person_list(request: HttpRequest) -> HttpResponse:
    entries = [Entry(one.title, one.url) for one in Person.public.all()]
    return directory(request, _("Persons"), "", "", [Group("", entries)])


def person_context(request: HttpRequest, person: Any) -> Context:
    return {"person": {"title": person.title}}
