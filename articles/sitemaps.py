"""Every public address, for search engines (sitemaps.org)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db import models
from django.urls import reverse

from articles.models import HOME, NOUNS, Country, Figure, Indicator, Record
from articles.views.figure_pages import comparison_url


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
            "data",
            "legend",
            "accessibility",
        ]

    def location(self, item: str) -> str:
        return reverse(f"articles:{item}")


class ComparisonSitemap(Sitemap[tuple[Indicator, str]]):
    """The pages where the values of one indicator about one partner stand side by side."""

    limit = 10_000

    def items(self) -> list[tuple[Indicator, str]]:
        indicators = Indicator.public.in_bulk()
        pairs = (
            Figure.partners.through._default_manager.filter(figure__in=Figure.public.values("pk"))
            .filter(country__in=Country.public.exclude(iso=HOME).values("pk"))
            .order_by("figure__indicator", "country")
            .values_list("figure__indicator", "country")
            .distinct()
        )
        return [(indicators[indicator], iso) for indicator, iso in pairs]

    def location(self, item: tuple[Indicator, str]) -> str:
        indicator, iso = item
        return comparison_url(indicator.url, iso)


SITEMAPS: dict[str, Sitemap[Any]] = {
    "pages": PageSitemap(),
    "comparisons": ComparisonSitemap(),
    **{model.NOUN: RecordSitemap(model) for model in NOUNS},
}
