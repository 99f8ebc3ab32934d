"""The count beside every value of every facet of every list is the number of results its link leads to."""

import random

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from articles.facets import FacetValue
from articles.filters import (
    AgreementFilterSet,
    ArticleFilterSet,
    DiscrepancyFilterSet,
    EventFilterSet,
    FigureFilterSet,
    RecordFilterSet,
)
from tests.articles.test_lists import counted, said

pytestmark = pytest.mark.django_db

LISTS: dict[str, type[RecordFilterSet]] = {
    "article": ArticleFilterSet,
    "agreement": AgreementFilterSet,
    "figure": FigureFilterSet,
    "event": EventFilterSet,
    "discrepancy": DiscrepancyFilterSet,
}


def under(filters: type[RecordFilterSet], link: str) -> RecordFilterSet:
    """Return the list as it is under the end of an address."""
    return filters(QueryDict(link.removeprefix(".").removeprefix("?")), filters.start())


def values(listed: RecordFilterSet) -> list[FacetValue]:
    return [value for facet in listed.facets for value in facet.values]


def check(filters: type[RecordFilterSet], link: str) -> list[FacetValue]:
    """Compare every count of a list with what its own link leads to; return the values."""
    shown = values(under(filters, link))
    for value in shown:
        assert under(filters, value.only_url).qs.count() == value.count, (link, value)
    return shown


@pytest.mark.parametrize("noun", LISTS)
def test_counts_are_exact_with_no_filter_with_one_and_with_two(noun: str) -> None:
    filters, dice = LISTS[noun], random.Random(noun)
    first = check(filters, "")
    assert len(first) > 20
    for one in dice.sample(first, 2):
        two = dice.choice(check(filters, one.only_url))
        check(filters, two.only_url)


@pytest.mark.parametrize("noun", LISTS)
def test_the_page_shows_the_counts_and_its_sentence_agrees(noun: str, client: Client) -> None:
    start = reverse(f"articles:{noun}-list")
    shown = counted(client, start)
    assert [n for _link, n in shown] == [value.count for value in values(under(LISTS[noun], ""))]
    for link, n in random.Random(noun).sample(shown, 5):
        assert said(client, link) == n, link
