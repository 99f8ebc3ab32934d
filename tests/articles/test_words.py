"""What words find is known in a later state from what they found in an earlier one, however the record changes."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from pyroaring import BitMap
from pytest_django.fixtures import Settings

from articles.bitmaps.index import NONE
from articles.changes import laid_down, log
from articles.changes.state import forget, newest
from articles.filters import words
from articles.models import Agreement, Article, Country, Outlet, Topic
from articles.search import index, schema
from articles.search.syntax import Wish, parse
from articles.search.terms import sought
from tests.articles.builders import make_agreement, make_article
from tests.articles.test_bitmaps import CHANGES, agreed, by_sql, drafted, grown, published

pytestmark = pytest.mark.django_db

TEXTS = (
    "kazakhstan",
    "zephyr",
    '"central asia"',
    "italy OR japan",
    "-uranium",
    "accord -zephyr",
    "energy news",
    'accord -"central asia"',
)
MOST = 5


def as_remembered_and_as_asked_anew(text: str) -> None:
    """Compare what is known of earlier states, and of a few lines of the log, with what the index says of all."""
    for model in (Article, Agreement):
        wish = parse(text)
        asked = sought(wish, index.spellings(wish))
        shown = BitMap(model.public.values_list("pk", flat=True))
        assert words.found(model.NOUN, wish, shown) == index.keys_found(model.NOUN, asked) & shown, text
        titles = index.keys_found(model.NOUN, asked, titles=True)
        called = index.called(model.NOUN, wish)
        assert words.titled(model.NOUN, wish, MOST) == called | (titles if len(titles) <= MOST else NONE), text


def loaded_at_once(article: Article) -> None:
    with transaction.atomic(), schema.deferred(connection):
        Article.objects.filter(pk=article.pk).update(headline="Zephyr of Central Asia")
        Outlet.objects.filter(pk=article.outlet_id).update(name=f"Zephyr Post {newest().number}")


def taken_back(article: Article) -> None:
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(headline="Zephyr zephyr")
        as_remembered_and_as_asked_anew("zephyr")
        transaction.set_rollback(True)
    Article.objects.filter(pk=article.pk).update(headline="Of another history")


def purged(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(headline="Zephyr before the purge")
    by_sql("DELETE FROM record_change WHERE number < (SELECT max(number) FROM record_change)")


WORDY: list[Callable[[Article], Any]] = [
    *CHANGES,
    *[drafted, published] * 5,
    loaded_at_once,
    taken_back,
    purged,
    lambda article: Article.objects.filter(pk=article.pk).update(headline="Zephyr in Italy"),
    lambda article: Article.objects.filter(outlet=article.outlet_id).update(summary="Zephyr. " * 60),
    lambda article: by_sql("UPDATE articles_article SET headline = 'Accord' WHERE id = %s", article.pk),
    lambda article: Agreement.objects.filter(attestation__article=article).update(name="Zephyr accord"),
    lambda article: Country.objects.filter(pk__in=article.partners.all()[:1]).update(
        name=f"Zephyria {newest().number}"
    ),
    lambda article: Topic.objects.filter(pk__in=article.topics.all()[:1]).update(name=f"Uranium {newest().number}"),
    lambda _article: Country.objects.filter(pk="IT").update(aliases=["Zephyr"]),
    lambda _article: call_command("rebuild_search", verbosity=0),
    lambda _article: log.create(connection),
]


@pytest.mark.parametrize("seed", range(4))
def test_what_words_find_is_known_after_every_change(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LOOKED_UP", 0)
    monkeypatch.setattr(words, "MORE", 3)
    dice = random.Random(seed)
    articles = grown(dice, 20)
    agreed(dice, articles)
    for _round in range(12):
        for article in dice.sample(articles, 2):
            if Article.objects.filter(pk=article.pk).exists():
                dice.choice(WORDY)(article)
        for text in dice.sample(TEXTS, 5):
            as_remembered_and_as_asked_anew(text)


def found(wish: Wish) -> BitMap:
    return words.found("article", wish, BitMap(Article.objects.values_list("pk", flat=True)))


def listened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return a list to which it is added among which entries the index looks for words: None for all."""
    asked: list[Any] = []
    keys_found = index.keys_found

    def asking(*given: Any, among: Any, **more: Any) -> Any:
        asked.append(among)
        return keys_found(*given, among=among, **more)

    monkeypatch.setattr("articles.search.index.keys_found", asking)
    return asked


def test_of_changed_entries_alone_the_words_are_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "LOOKED_UP", 1)
    articles = [make_article(headline=f"Zephyr {n}") for n in range(3)]
    asked = listened(monkeypatch)
    wish = parse("zephyr")
    assert found(wish) == BitMap(article.pk for article in articles)
    Article.objects.filter(pk=articles[0].pk).update(headline="Of another kind")
    assert found(wish) == BitMap(article.pk for article in articles[1:])
    make_agreement(by=articles[0], name="Zephyr accord")
    assert found(wish) == BitMap(article.pk for article in articles[1:])
    assert asked == [None, BitMap([articles[0].pk])]
    Article.objects.filter(headline__startswith="Zephyr").update(headline="Of another kind")
    assert found(wish) == NONE
    assert asked[2:] == [BitMap(article.pk for article in articles[1:])]


def test_some_of_too_many_titles_say_that_they_still_are_too_many_until_they_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(words, "LOOKED_UP", 0)
    monkeypatch.setattr(words, "MORE", 2)
    articles = [make_article(headline=f"Zephyr {n}") for n in range(10)]
    wish = parse("zephyr")
    asked = listened(monkeypatch)
    for gone in range(7):
        left = articles[gone:]
        titled = words.titled("article", wish, MOST)
        assert titled == BitMap(article.pk for article in left if len(left) <= MOST)
        drafted(articles[gone])
    assert [among is None for among in asked] == [True, False, False] * 3


def test_what_took_long_to_find_is_laid_down_for_other_processes(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    own = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # not that of all tests
    settings.CACHES = settings.CACHES | {laid_down.CACHE: own}
    monkeypatch.setattr(words, "LONG", 0.0)
    monkeypatch.setattr(words, "LOOKED_UP", 1)
    articles = [make_article(headline=f"Zephyr {n}") for n in range(3)]
    wish = parse("zephyr")
    found(wish)
    Article.objects.filter(pk=articles[0].pk).update(headline="Of another kind")
    forget()
    asked = listened(monkeypatch)
    assert found(wish) == BitMap(article.pk for article in articles[1:])
    assert asked == [BitMap([articles[0].pk])]
    by_sql("UPDATE record_change SET token = token + 1")  # as in a copy of the database that has gone another way
    forget()
    assert found(wish) == BitMap(article.pk for article in articles[1:])
    assert asked[1:] == [None]


def test_without_a_cache_words_are_found_as_well(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def down(*_given: Any, **_more: Any) -> None:
        raise OSError("down")

    monkeypatch.setattr(words, "LONG", 0.0)
    monkeypatch.setattr(caches[laid_down.CACHE], "get", down)
    monkeypatch.setattr(caches[laid_down.CACHE], "set", down)
    article = make_article(headline="Zephyr")
    assert found(parse("zephyr")) == BitMap([article.pk])
    assert "cannot be laid down" in caplog.text
