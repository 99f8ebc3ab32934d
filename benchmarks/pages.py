"""The kinds of pages that are measured, each with as many different addresses as the record has for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min
from django.http import QueryDict
from django.urls import reverse

from articles.filters import ArticleFilterSet, held
from articles.models import Agreement, Article, ArticlePartner, Country, SourceDocument, Topic
from articles.views.lists import PAGE_SIZE
from benchmarks.synthetic import YEARS, vocabulary

ADDRESSES = 40
"""How many addresses of a kind there are at most."""
ROWS = 1_000
"""How many rows a middling export has."""

Filter = dict[str, str]


def counted(given: Filter) -> int:
    """Return how many articles a filter keeps."""
    return len(ArticleFilterSet(QueryDict(urlencode(given)), ArticleFilterSet.start()).bits)


def _path(name: str, given: Filter, *args: str) -> str:
    query = f"?{urlencode(given)}" if given else ""
    return reverse(f"articles:{name}", args=args) + query


def _last(given: Filter) -> Filter:
    return given | {"page": str(max(1, -(-counted(given) // PAGE_SIZE)))}


def _last_of_sources() -> int:
    return -(-held.number_of(SourceDocument) // PAGE_SIZE)


def _filters() -> dict[str, list[Filter]]:
    """Return filters of every depth, those that keep most first: a record of a thousand has little of the others."""
    countries = _partners()
    topics = list(Topic.public.order_by("pk").values_list("slug", flat=True))
    pairs = [{"country": iso, "topic": topic} for iso, topic in product(countries[:8], topics[:5])]
    return {
        "front": [{}, {"sort": "oldest"}],
        "partner": [{"country": iso} for iso in countries[:ADDRESSES]],
        "partner and topic": pairs,
        "three facets and a year": [
            pair | {"genre": "news", "year": str(year)} for pair, year in product(pairs[:10], YEARS[:4])
        ],
    }


def _about(rows: int) -> Iterator[Filter]:
    """Yield filters that keep about so many articles, or all, whichever is less."""
    if counted({}) <= rows:
        yield from ({"sort": "newest"}, {"sort": "oldest"})
        return
    wishes: list[Filter] = []
    for iso in _partners():
        wishes += [{"country": iso}, {"country": iso, "year": str(YEARS[0])}]
    near = sorted(wishes, key=lambda given: abs(counted(given) - rows))
    yield from near[:8]


def _searched(name: str, words: Sequence[str], **more: str) -> list[str]:
    return [_path(name, {"q": word} | more) for word in words]


def pages() -> dict[str, list[str]]:
    """Return the addresses of each kind of page."""
    found = _filters()
    words = vocabulary()
    kinds: dict[str, Iterable[str]] = {
        "articles": (_path("article-list", given) for given in found["front"]),
        "articles, one partner": (_path("article-list", given) for given in found["partner"]),
        "articles, partner and topic": (_path("article-list", given) for given in found["partner and topic"]),
        "articles, three facets and a year": (
            _path("article-list", given) for given in found["three facets and a year"]
        ),
        "last page": (_path("article-list", _last(given)) for given in found["front"]),
        "last page, one partner": (_path("article-list", _last(given)) for given in found["partner"]),
        "last page, partner and topic": (_path("article-list", _last(given)) for given in found["partner and topic"]),
        "last page, three facets and a year": (
            _path("article-list", _last(given)) for given in found["three facets and a year"]
        ),
        "article": (one.url for one in _spread(Article.public.order_by("pk"))),
        "search, common word": _searched("search", words[:12]),
        "search, middling word": _searched("search", words[280:340:5]),
        "search, rare word": _searched("search", words[-400:-340:5]),
        "search, partner and common word": _searched("search", words[12:24], country="DE"),
        "articles, common word": _searched("article-list", words[24:36]),
        "country": (Country.objects.get(pk=iso).url for iso in _partners()[:10]),
        "agreements": (_path("agreement-list", given) for given in ({}, {"sort": "oldest"}, {"page": "2"})),
        "home": [_path("home", {})],
        "partners by topic": [_path("coverage-matrix", {})],
        "sources": (_path("source-list", given) for given in ({}, {"page": "2"}, {"page": str(_last_of_sources())})),
        "figures, of which there are none": [_path("figure-list", {})],
        "Data page": [_path("data", {})],
        "agreement": (one.url for one in _spread(Agreement.public.order_by("pk"))),
        "CSV of about 1,000 rows": (_data(given, "csv") for given in _about(ROWS)),
        "JSON": (_data(given, "json") for given in found["partner"]),
        "Atom": (_data(given, "atom") for given in found["partner"]),
    }
    return {name: list(islice(addresses, ADDRESSES)) for name, addresses in kinds.items()}


def _data(given: Filter, suffix: str) -> str:
    return _path("article-data", given, suffix)


def _spread(rows: Any) -> list[Any]:
    """Return some entries from all over a noun."""
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
    keys = range(ends["first"], ends["last"] + 1)  # there are no gaps
    return list(rows.filter(pk__in=keys[:: max(1, len(keys) // ADDRESSES)][:ADDRESSES]))


def _partners() -> list[str]:
    """Return the codes of all partners, those with most articles first."""
    ties = ArticlePartner.objects.order_by().values_list("country").annotate(number=Count("pk"))
    return [iso for iso, _number in sorted(ties, key=lambda tie: (-tie[1], tie[0]))]


def everything() -> str:
    """Return the address of the CSV of all articles."""
    return _data({}, "csv")
