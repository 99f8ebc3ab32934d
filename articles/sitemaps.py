"""Every public address, for search engines (sitemaps.org)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.filters import held
from articles.keys import Among
from articles.models import HOME, NOUNS, Country, Figure, Indicator, Record
from articles.views.figure_pages import comparison_url

MOST: Final = 50_000
"""How many addresses a file may hold (sitemaps.org)."""


class _Held:
    """The entries of a noun that is counted by bitmaps, in the order of their keys: any part is read by itself."""

    def __init__(self, model: type[Record]) -> None:
        self._model = model
        self._keys = held.INDEXED[model.NOUN]().bits

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: slice) -> list[Any]:
        return list(self._model.public.filter(pk__in=Among(self._keys[part])).order_by("pk"))


class RecordSitemap(Sitemap[Any]):
    """The published entries of one noun."""

    limit = 10_000

    def __init__(self, model: type[Record]) -> None:
        self._model = model

    def items(self) -> Any:
        return _Held(self._model) if self._model.NOUN in held.INDEXED else self._model.public.order_by("pk")

    def lastmod(self, item: Record) -> dt.datetime:
        return item.modified_at

    def get_latest_lastmod(self) -> dt.datetime | None:
        """Return when one of them changed last; Django would read all of them."""
        return held.changed_last(self._model)

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


def sitemap(request: HttpRequest) -> HttpResponse:
    """Show every public address, or where there are too many for one file, the files that have them."""
    numbers = {name: one.paginator.count for name, one in SITEMAPS.items()}
    filled = {name: SITEMAPS[name] for name, number in numbers.items() if number}
    if sum(numbers.values()) <= MOST and all(one.paginator.num_pages == 1 for one in filled.values()):
        return views.sitemap(request, {**filled})
    return views.index(request, {**filled}, sitemap_url_name="sitemap-part")


def part(request: HttpRequest, section: str) -> HttpResponse:
    """Show the addresses of one noun, in pages."""
    return views.sitemap(request, {**SITEMAPS}, section=section)
