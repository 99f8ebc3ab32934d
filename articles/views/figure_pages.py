"""The ledger of figures, the page of a figure, and the pages of what figures measure."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.models import Figure, Indicator
from articles.views.lists import Entry, Group, directory
from articles.views.shared import Context


def figure_list(request: HttpRequest) -> HttpResponse:
    entries = [Entry(one.title, one.url) for one in Figure.public.all()]
    return directory(request, _("Figures"), "figures", "", [Group("", entries)])


def indicator_list(request: HttpRequest) -> HttpResponse:
    entries = [Entry(one.title, one.url) for one in Indicator.public.all()]
    return directory(request, _("Indicators"), "figures", "", [Group("", entries)])


def figure_rows() -> models.QuerySet[Any]:
    return Figure.objects.all().with_names()


def figure_context(request: HttpRequest, figure: Any) -> Context:
    return {"figure": {"title": figure.title}}


def indicator_context(request: HttpRequest, indicator: Any) -> Context:
    return {"indicator": {"title": indicator.title}}
