"""Counts, totals and pages by bitmaps are those of plain SQL, however the record changes and whoever reads it."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client

from articles.bitmaps.keeping import Keeper
from articles.changes import log
from articles.filters import ArticleFilterSet
from articles.filters.indexed import source_of
from articles.filters.period import PeriodFilterSet
from articles.models import Article, ArticlePartner, Country, Outlet, SourceDocument, Topic
from tests.articles.builders import DRAFT, PUBLISHED, WITHDRAWN, make_article, make_outlet, make_source, make_topic

pytestmark = pytest.mark.django_db

DATES = ("2024-03-05", "2024-03-05", "2024-03", "2024", "2023-11/2024-02", "[2024..]", "[..2024]", "2025-01-01", "")


def grown(dice: random.Random, number: int = 40) -> list[Article]:
    """Add articles with dates of every precision, some of them hidden, some with a hidden outlet or source."""
    countries, topics = list(Country.public.exclude(iso="KZ")[:6]), [*Topic.public.all()[:4], make_topic(**DRAFT)]
    outlets = [*Outlet.public.all()[:3], make_outlet(name="Hidden", slug="hidden", **DRAFT)]
    sources = [make_source(), make_source(kind="article"), make_source(**WITHDRAWN)]
    articles = []
    for _number in range(number):
        article = make_article(
            outlet=dice.choice(outlets),
            source=dice.choice(sources),
            genre=dice.choice(["news", "analysis", "opinion"]),
            date=dice.choice(DATES),
            partners=[country.iso for country in dice.sample(countries, 2)],
            topics=dice.sample(topics, 2),
            **dice.choice([PUBLISHED, PUBLISHED, PUBLISHED, DRAFT, WITHDRAWN]),
        )
        articles.append(article)
    return articles


def query(dice: random.Random) -> QueryDict:
    """Return what a reader may ask of the list."""
    asked = QueryDict(mutable=True)
    fields: dict[str, Any] = ArticleFilterSet(asked, Article.public.all()).form.fields
    choices = {name: list(field.options) for name, field in fields.items()}
    for name in dice.sample(sorted(choices), dice.randrange(4)):
        asked.setlist(name, dice.sample(choices[name], min(len(choices[name]), dice.choice([1, 1, 2]))))
    for name, values in (("from", ["2024", "2024-03-05", "2023-12"]), ("to", ["2024", "2024-03-05", "2025"])):
        if dice.random() < 0.3:
            asked[name] = dice.choice(values)
    asked["sort"] = dice.choice(["newest", "oldest"])
    if dice.random() < 0.3:
        asked["dates"] = "certain"
    if dice.random() < 0.3:
        asked["q"] = dice.choice(["word", "kazakhstan", '"central asia"', "-uranium", "italy OR japan", "zzz", "..."])
    return asked


def agrees(asked: QueryDict) -> None:
    """Compare every number and every place of a list with plain SQL."""
    listed = ArticleFilterSet(asked, ArticleFilterSet.start())
    rows = PeriodFilterSet.rows(listed)
    assert listed.qs.count() == rows.count(), asked
    for name, one in listed.facet_filters().items():
        plain = one.counts(PeriodFilterSet.rows(listed, lifted=name))
        counted = {value: number for value, number in listed.counts(name, one).items() if number}
        assert counted == {value: number for value, number in plain.items() if number}, (asked, name)
    keys = list(listed.ordered(rows).values_list("pk", flat=True))
    for start in range(0, len(keys), 7):
        assert [article.pk for article in listed.qs[start : start + 7]] == keys[start : start + 7], asked
    if listed.has_period and not listed.certain and not listed.is_backwards:
        sure = ArticleFilterSet(QueryDict(f"{asked.urlencode()}&dates=certain"), ArticleFilterSet.start())
        assert listed.possibly_inside == rows.count() - PeriodFilterSet.rows(sure).count()


def by_sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def drafted(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(**DRAFT)


def published(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(**PUBLISHED)


def dated(article: Article) -> None:
    article.set_date("2022-07")
    article.date_basis = "stated"
    article.save()


def moved(article: Article) -> None:
    by_sql("UPDATE articles_article SET genre = 'official' WHERE id = %s", article.pk)
    article.partners.set(Country.public.exclude(iso="KZ")[3:5])


CHANGES: list[Callable[[Article], Any]] = [
    drafted,
    published,
    dated,
    moved,
    lambda article: article.delete(),
    lambda article: article.topics.clear(),
    lambda article: ArticlePartner.objects.filter(article=article).delete(),
    lambda article: Outlet.objects.filter(pk=article.outlet_id).update(**DRAFT),
    lambda article: Outlet.objects.filter(pk=article.outlet_id).update(**PUBLISHED),
    lambda article: SourceDocument.objects.filter(pk=article.source_id).update(kind="digest"),
    lambda article: by_sql("UPDATE articles_sourcedocument SET state = 'draft' WHERE id = %s", article.source_id),
    lambda article: Article.objects.filter(outlet=article.outlet_id).update(genre="opinion"),
    lambda article: Topic.objects.filter(article=article).update(**DRAFT),
]


@pytest.mark.parametrize("seed", range(4))
def test_numbers_and_pages_are_those_of_plain_sql_before_and_after_changes(seed: int) -> None:
    dice = random.Random(seed)
    articles = grown(dice)
    for _round in range(4):
        for _time in range(8):
            agrees(query(dice))
        for article in dice.sample(articles, 6):
            if Article.objects.filter(pk=article.pk).exists():
                dice.choice(CHANGES)(article)


def test_a_process_that_is_behind_or_has_seen_another_history_sees_what_is_there() -> None:
    articles = grown(random.Random(5))
    early = Keeper(lambda: source_of(ArticleFilterSet))
    early.current()
    with transaction.atomic():
        drafted(articles[0])
        early.current()
        transaction.set_rollback(True)
    for article in articles[:3]:  # as many lines as were taken back, of another history
        dated(article)
    late = Keeper(lambda: source_of(ArticleFilterSet))
    assert early.current() == late.current()
    for change in CHANGES:
        change(articles[-1])
        assert early.current() == Keeper(lambda: source_of(ArticleFilterSet)).current()
        articles = [article for article in articles if Article.objects.filter(pk=article.pk).exists()]


def test_a_process_that_has_slept_longer_than_the_log_remembers_reads_anew(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    articles = grown(random.Random(6), 4)
    keeper = Keeper(lambda: source_of(ArticleFilterSet))
    keeper.current()
    monkeypatch.setattr("articles.bitmaps.reading.KEPT", 2)
    caplog.set_level("INFO")
    for article in articles:
        drafted(article)
        published(article)
    assert keeper.current() == Keeper(lambda: source_of(ArticleFilterSet)).current()
    assert "read anew" in caplog.text


def test_the_log_forgets_its_oldest_lines() -> None:
    article = make_article()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM record_change")
        oldest = cursor.fetchone()[0] + 1 - log.KEPT
        cursor.execute("INSERT INTO record_change (number, noun) VALUES (%s, '')", [oldest])
        drafted(article)
        cursor.execute("SELECT count(*) FROM record_change WHERE number <= %s", [oldest])
        assert cursor.fetchone()[0] == 0


def test_a_list_whose_record_has_not_changed_asks_only_whether_it_has(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    keeper = Keeper(lambda: source_of(ArticleFilterSet))
    keeper.current()
    with django_assert_num_queries(1):
        keeper.current()
    make_article()
    with django_assert_num_queries(2):
        keeper.current()


def test_missing_triggers_are_noticed_and_made_again(client: Client) -> None:
    article = make_article()
    table = article._meta.db_table
    with connection.cursor() as cursor:
        ending = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER change_update_of_{table}{ending}")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "rebuild_search" in answer.content.decode()
    call_command("rebuild_search", verbosity=0)
    assert client.get("/readyz").status_code == 200
    drafted(article)
    assert article.pk not in Keeper(lambda: source_of(ArticleFilterSet)).current().shown
