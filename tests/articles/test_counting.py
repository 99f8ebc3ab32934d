"""Totals: what is probably the same counts once, and the total says so."""

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.counting import Count, count_once, number_once
from articles.models import (
    Agreement,
    AgreementRelation,
    Article,
    Basis,
    Event,
    EventRelation,
    Figure,
    FigureRelation,
)
from tests.articles.builders import DRAFT, make_agreement, make_article, make_event, make_figure

pytestmark = pytest.mark.django_db

SAME = AgreementRelation.Kind.PROBABLY_SAME


def tie(one: Agreement, other: Agreement, kind: str = SAME) -> AgreementRelation:
    return AgreementRelation.objects.create(
        agreement=one, kind=kind, other=other, basis=Basis.INFERRED, note="The same parties, day and sum."
    )


def test_ties_of_ties_count_once_however_they_are_written() -> None:
    chain = [(1, 2), (2, 3), (3, 4)]
    for order in itertools.permutations(chain):
        for turned in itertools.product((False, True), repeat=3):
            tied = [(b, a) if turn else (a, b) for (a, b), turn in zip(order, turned, strict=True)]
            assert number_once([1, 2, 3, 4, 5], tied) == 2
    assert number_once([1, 2, 3], [(1, 2), (2, 1), (1, 3), (2, 3)]) == 1
    assert number_once([1, 4], chain) == 2, "a tie through an entry that is not counted is none"
    assert number_once([], chain) == 0


def test_a_long_chain_of_ties_counts_once() -> None:
    assert number_once(range(5000), [(n, n + 1) for n in range(4999)]) == 1


def test_only_entries_that_are_counted_and_public_are_joined(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    by = make_article(partners=["IT"])
    one, two, three, hidden = (make_agreement(by=by, parties=["IT"], **more) for more in ({}, {}, {}, DRAFT))
    tie(one, two)
    tie(three, two, AgreementRelation.Kind.PART_OF)
    tie(hidden, three)
    tie(one, hidden)
    both = Agreement.public.filter(pk__in=[one.pk, two.pk, three.pk, hidden.pk])
    with django_assert_num_queries(2):
        assert count_once(Agreement, both) == Count(3, 2)
    with django_assert_num_queries(1):
        assert count_once(Agreement, both, 3) == Count(3, 2)
    assert count_once(Agreement, both.exclude(pk=two.pk)) == Count(2, 2)
    standing = Agreement.public.with_standing().filter(standing="signed", pk__in=[one.pk, two.pk]).newest_first()
    assert count_once(Agreement, standing) == Count(2, 1)


def test_a_noun_without_such_ties_counts_plainly(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    number = Article.public.count()
    with django_assert_num_queries(1):
        assert count_once(Article, Article.public.all()) == Count(number, number)


def test_the_list_says_both_numbers_only_where_they_differ(client: Client) -> None:
    by = make_article()
    one, two = (make_agreement(by=by, name=f"Zebra accord {n}") for n in (1, 2))

    def said(query: str) -> str:
        text = client.get(f"/en/agreements/?{query}").content.decode()
        found = re.search(r'<p class="said"[^>]*>(.*?)</p>', text, re.DOTALL)
        assert found
        return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())

    assert said("q=zebra") == "2 agreements and plans matching “zebra”."
    tie(one, two)
    assert (
        said("q=zebra") == "2 agreements and plans matching “zebra”; 1 if those that are probably the same count once."
    )
    assert "probably the same" not in said("q=zebra+1")


@pytest.mark.parametrize(
    ("model", "relation", "make", "plural"),
    [(Figure, FigureRelation, make_figure, "figures"), (Event, EventRelation, make_event, "events")],
)
def test_figures_and_events_count_like_agreements(
    model: Any, relation: Any, make: Callable[..., Any], plural: str, client: Client
) -> None:
    by = make_article()
    one, two, three = (make(by=by, name=f"Zebra {n}") for n in (1, 2, 3))
    for first, second in ((one, two), (two, three)):
        relation.objects.create(
            **{model.NOUN: first}, other=second, kind=relation.Kind.PROBABLY_SAME, note="The same day and place."
        )
    assert count_once(model, model.public.filter(name__startswith="Zebra")) == Count(3, 1)
    assert count_once(model, model.public.filter(pk__in=[one.pk, three.pk])) == Count(2, 2)
    text = " ".join(client.get(f"/en/{plural}/?q=zebra").content.decode().split())
    assert "; 1 if those that are probably the same count once." in text


def test_the_home_page_says_both_totals(client: Client) -> None:
    def said() -> str:
        text = client.get("/en/").content.decode()
        return " ".join(re.sub(r"<[^>]+>", "", text[text.index('<p class="lede">') :].partition("</p>")[0]).split())

    for model, words in ((Article, "articles"), (Agreement, "agreements and plans"), (Figure, "figures")):
        assert f"{model.public.count()} {words}" in said()
    by = make_article()
    one, two = (make_agreement(by=by) for _n in range(2))
    tie(one, two)
    number = Agreement.public.count()
    assert f"{number} agreements and plans" in said()
    assert f"{number - 1} agreements and plans" in said()
