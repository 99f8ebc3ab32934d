"""Every public address, for search engines (sitemaps.org)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db import models
from django.urls import reverse

from articles.models import NOUNS, Record


class RecordSitemap(Sitemap[Any]):
    """The published entries of one noun."""

    limit = 10_000

    def __init__(self, model: type[Record]) -> None:
        self._model = model

    def items(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = self._model.public.order_by("code")
        return rows

    def lastmod(self, item: Record) -> dt.datetime:
        return item.modified_at

    def location(self, item: Record) -> str:
        return item.url


class PageSitemap(Sitemap[str]):
    """The lists and the texts."""

    def items(self) -> list[str]:
        return [
            "home",
            *(f"{model.NOUN}-list" for model in NOUNS),
            "coverage",
            "coverage-matrix",
            "coverage-voices",
            "about",
            "method",
            "legend",
            "accessibility",
        ]

    def location(self, item: str) -> str:
        return reverse(f"articles:{item}")


SITEMAPS: dict[str, Sitemap[Any]] = {"pages": PageSitemap()} | {model.NOUN: RecordSitemap(model) for model in NOUNS}
