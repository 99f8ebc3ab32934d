"""The list of discrepancies, and the page of one with its sides."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.models import Discrepancy
from articles.views.lists import Entry, Group, directory
from articles.views.shared import Context


def discrepancy_list(request: HttpRequest) -> HttpResponse:
    entries = [Entry(one.title, one.url) for one in Discrepancy.public.all()]
    return directory(request, _("Discrepancies"), "discrepancies", "", [Group("", entries)])


def discrepancy_rows() -> models.QuerySet[Any]:
    return Discrepancy.objects.all().with_names()


def discrepancy_context(request: HttpRequest, discrepancy: Any) -> Context:
    return {"discrepancy": {"title": discrepancy.title}}
