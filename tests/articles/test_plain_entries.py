"""Entries made from plain values say what Django's own say, and names are those that readers may see now."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.text import slugify
from django.utils.translation import override

from articles.locality import locality, settled
from articles.models import Agreement, Article, Outlet, SourceDocument
from articles.models.base import slug_of
from articles.names import named
from articles.plain_entries import by_key, entries, mentioned
from tests.articles.builders import DRAFT, make_outlet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Agreement, Article, SourceDocument])
def test_they_have_what_the_database_has(model: Any) -> None:
    made = by_key(entries(model.public.all()))
    for entry in model.public.all():
        twin = made[entry.pk]
        assert twin == entry
        for field in model._meta.concrete_fields:
            assert getattr(twin, field.attname) == getattr(entry, field.attname)
        assert (twin.title, twin.url, twin.permalink) == (entry.title, entry.url, entry.permalink)


def test_a_column_that_was_left_out_is_fetched_when_it_is_asked_for() -> None:
    article = Article.public.first()
    assert article
    (twin,) = mentioned(Article, [article.pk]).values()
    with CaptureQueriesContext(connection) as queries:
        assert (twin.title, twin.date_edtf) == (article.title, article.date_edtf)
        assert len(queries) == 0
        assert twin.summary == article.summary
        assert len(queries) == 1


def test_nothing_is_asked_where_nothing_is_mentioned() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert mentioned(Article, []) == {}
    assert len(queries) == 0


def test_names_are_those_of_the_record_as_it_is() -> None:
    outlet = make_outlet(name="The Old Name")
    assert named(Outlet)[outlet.pk].title == "The Old Name"
    Outlet.objects.filter(pk=outlet.pk).update(name="The New Name")
    assert named(Outlet)[outlet.pk].title == "The New Name"
    Outlet.objects.filter(pk=outlet.pk).update(**DRAFT)
    assert outlet.pk not in named(Outlet)
    names = [one.name for one in named(Outlet).values()]
    assert names == list(Outlet.public.order_by("name").values_list("name", flat=True))


def test_the_language_is_settled_only_inside() -> None:
    with override("ru"), settled(), override("kk"):
        assert locality()[0] == "ru"
    with override("kk"):
        assert locality()[0] == "kk"


@pytest.mark.parametrize(
    "text", ["A - b_c", "-_ Rök’n’roll, 5,5 %! _-", "\x1fa\tb--c", "Қазақстан", "UPPER.lower/x", "…"]
)
def test_an_address_is_decorated_as_django_makes_slugs(text: str) -> None:
    assert slug_of(text) == slugify(text)
