"""Counts, totals and pages by bitmaps are those of plain SQL, however the record changes and whoever reads it."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Max, Sum
from django.http import QueryDict
from django.test import Client
from pytest_django.fixtures import Settings

from articles.bitmaps.keeping import Keeper
from articles.bitmaps.reading import read
from articles.changes import laid_down, log
from articles.changes.moment import Moment
from articles.filters import AgreementFilterSet, ArticleFilterSet, RecordFilterSet, SourceFilterSet
from articles.filters.indexed import IndexedFilterSet, source_of
from articles.models import (
    Agreement,
    AgreementRelation,
    Article,
    ArticlePartner,
    Attestation,
    Country,
    Organisation,
    Outlet,
    SourceDocument,
    Topic,
)
from tests.articles.builders import (
    DRAFT,
    PUBLISHED,
    WITHDRAWN,
    make_agreement,
    make_article,
    make_organisation,
    make_outlet,
    make_source,
    make_step,
    make_topic,
)

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


def agreed(dice: random.Random, articles: list[Article]) -> list[Agreement]:
    """Add agreements that those articles attest, with steps of every kind of date, some tied to one another."""
    countries, organisations = list(Country.public.all()[:6]), [*Organisation.public.all()[:3], make_organisation()]
    agreements: list[Agreement] = []
    for article in articles:
        agreement = make_agreement(
            by=article,
            name=f"Accord {dice.randrange(9)}",
            type=dice.choice(["treaty", "contract"]),
            tier=dice.choice(["intergovernmental", "commercial"]),
            status=dice.choice(["proposed", "signed"]),
            date=dice.choice(DATES),
            parties=[country.iso for country in dice.sample(countries, 2)],
            **dice.choice([PUBLISHED, PUBLISHED, PUBLISHED, DRAFT, WITHDRAWN]),
        )
        agreement.organisations.set(dice.sample(organisations, 1))
        agreement.topics.set(list(Topic.public.all()[:2]))
        if dice.random() < 0.5:
            make_step(agreement, "operating", by=dice.choice(articles), date=dice.choice(DATES))
        if agreements and dice.random() < 0.3:
            AgreementRelation.objects.create(
                agreement=agreement, kind="probably the same as", other=agreements[-1], basis="inferred", note="Alike."
            )
        agreements.append(agreement)
    return agreements


def query(dice: random.Random, filters: type[IndexedFilterSet] = ArticleFilterSet) -> QueryDict:
    """Return what a reader may ask of a list."""
    asked = QueryDict(mutable=True)
    fields: dict[str, Any] = filters(asked, filters.start()).form.fields
    choices = {name: list(field.options) for name, field in fields.items()}
    for name in dice.sample(sorted(choices), min(len(choices), dice.randrange(4))):
        asked.setlist(name, dice.sample(choices[name], min(len(choices[name]), dice.choice([1, 1, 2]))))
    for name, values in (("from", ["2024", "2024-03-05", "2023-12"]), ("to", ["2024", "2024-03-05", "2025"])):
        if name in filters.EXTRA and dice.random() < 0.3:
            asked[name] = dice.choice(values)
    asked["sort"] = dice.choice(list(filters.SORTS))
    if "dates" in filters.EXTRA and dice.random() < 0.3:
        asked["dates"] = "certain"
    if dice.random() < 0.3:
        asked["q"] = dice.choice(["word", "kazakhstan", '"central asia"', "-uranium", "italy OR japan", "zzz", "..."])
    return asked


def agrees(asked: QueryDict, filters: type[IndexedFilterSet] = ArticleFilterSet) -> None:
    """Compare every number and every place of a list with plain SQL."""
    listed: Any = filters(asked, filters.start())
    rows = listed.rows()
    assert listed.qs.count() == rows.count(), asked
    assert listed.if_once(rows.count()) == RecordFilterSet.if_once(listed, rows.count()), asked
    for name, one in listed.facet_filters().items():
        plain = one.counts(listed.rows(lifted=name))
        counted = {value: number for value, number in listed.counts(name, one).items() if number}
        assert counted == {value: number for value, number in plain.items() if number}, (asked, name)
    changes = filters.start().order_by().aggregate(n=Sum(Moment("modified_at")), last=Max("modified_at"))
    sums = listed.index.sums.values()
    assert (sum(one.number for one in sums), sum(one.moments for one in sums)) == (
        filters.start().count(),
        changes["n"] or 0,
    )
    assert max((one.last[:10] for one in sums), default="None") == str(changes["last"])[:10]
    keys = list(listed.ordered(rows).values_list("pk", flat=True))
    for start in range(0, len(keys), 7):
        assert [entry.pk for entry in listed.qs[start : start + 7]] == keys[start : start + 7], asked
    if "dates" in filters.EXTRA and listed.has_period and not listed.certain and not listed.is_backwards:
        sure = filters(QueryDict(f"{asked.urlencode()}&dates=certain"), filters.start())
        assert listed.possibly_inside == rows.count() - sure.rows().count()


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


AGREEMENT_CHANGES: list[Callable[[Agreement], Any]] = [
    lambda one: Agreement.objects.filter(pk=one.pk).update(**DRAFT),
    lambda one: Agreement.objects.filter(pk=one.pk).update(**PUBLISHED, type="protocol"),
    lambda one: one.parties.set(Country.public.all()[4:7]),
    lambda one: one.organisations.clear(),
    lambda one: one.every_step.all().delete(),
    lambda one: one.every_step.update(status="in force"),
    lambda one: Attestation.objects.filter(agreement=one).delete(),
    lambda one: Attestation.objects.filter(step__agreement=one).delete(),
    lambda one: Attestation.objects.filter(agreement=one).update(article=Article.public.last()),
    lambda one: make_step(one, "suspended", by=Article.public.first(), date="2020"),
    lambda one: Article.objects.filter(attestation__agreement=one).update(**WITHDRAWN),
    lambda one: Article.objects.filter(attestation__step__agreement=one).update(**PUBLISHED),
    lambda one: Outlet.objects.filter(article__attestation__agreement=one).update(**DRAFT),
    lambda one: one.delete(),
]


@pytest.mark.parametrize("seed", range(4))
def test_so_it_is_with_agreements(seed: int) -> None:
    dice = random.Random(seed)
    agreements = agreed(dice, grown(dice, 20))
    for _round in range(4):
        for _time in range(8):
            agrees(query(dice, AgreementFilterSet), AgreementFilterSet)
        for agreement in dice.sample(agreements, 5):
            if Agreement.objects.filter(pk=agreement.pk).exists():
                dice.choice(AGREEMENT_CHANGES)(agreement)


SOURCE_CHANGES: list[Callable[[SourceDocument], Any]] = [
    lambda one: SourceDocument.objects.filter(pk=one.pk).update(**DRAFT),
    lambda one: SourceDocument.objects.filter(pk=one.pk).update(**PUBLISHED, kind="digest"),
    lambda one: by_sql("UPDATE articles_sourcedocument SET modified_at = '2026-01-01 00:00:00' WHERE id = %s", one.pk),
    lambda one: Outlet.objects.filter(pk=one.publisher_id).update(**DRAFT),
    lambda one: Outlet.objects.filter(pk=one.publisher_id).update(**PUBLISHED),
    lambda one: SourceDocument.objects.filter(pk=one.pk).update(publisher=make_outlet()),
    lambda one: filed(one, "2020-05"),
]


def filed(document: SourceDocument, date: str) -> SourceDocument:
    document.set_date(date)
    document.date_basis = "stated"
    document.save()
    return document


@pytest.mark.parametrize("seed", range(2))
def test_so_it_is_with_source_documents(seed: int) -> None:
    dice = random.Random(seed)
    documents = [
        filed(make_source(kind=dice.choice(["digest", "article"])), f"202{n % 5}-0{1 + n % 8}") for n in range(20)
    ]
    for _round in range(4):
        for _time in range(4):
            agrees(query(dice, SourceFilterSet), SourceFilterSet)
        for document in dice.sample(documents, 3):
            dice.choice(SOURCE_CHANGES)(document)


@pytest.mark.parametrize("change", AGREEMENT_CHANGES)
def test_every_change_of_an_agreement_is_noticed(change: Callable[[Agreement], Any]) -> None:
    dice = random.Random(7)
    agreements = agreed(dice, grown(dice, 6))
    early = Keeper(lambda: source_of(AgreementFilterSet))
    early.current()
    change(agreements[0])
    assert early.current() == Keeper(lambda: source_of(AgreementFilterSet)).current()


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


def test_what_took_long_to_read_is_laid_down_for_the_processes_that_come_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    own = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # not that of all tests
    settings.CACHES = settings.CACHES | {laid_down.CACHE: own}
    articles = grown(random.Random(8), 6)
    monkeypatch.setattr("articles.bitmaps.keeping.LONG", 0.0)
    caplog.set_level("INFO")
    Keeper(lambda: source_of(ArticleFilterSet)).current()
    assert caplog.text.count("read anew") == 1
    dated(articles[0])
    drafted(articles[1])
    late = Keeper(lambda: source_of(ArticleFilterSet))
    index = late.current()
    assert caplog.text.count("read anew") == 1
    caches[laid_down.CACHE].clear()
    assert index == Keeper(lambda: source_of(ArticleFilterSet)).current()
    with connection.cursor() as cursor:  # as in a copy of the database that has gone another way
        cursor.execute("UPDATE record_change SET token = token + 1")
    caplog.clear()
    assert index == Keeper(lambda: source_of(ArticleFilterSet)).current()
    assert "of another record" in caplog.text
    assert "read anew" in caplog.text


def test_a_cache_that_is_down_does_not_keep_anybody_from_counting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def down(*_given: Any, **_more: Any) -> None:
        raise OSError("down")

    monkeypatch.setattr("articles.bitmaps.keeping.LONG", 0.0)
    monkeypatch.setattr(caches[laid_down.CACHE], "get", down)
    monkeypatch.setattr(caches[laid_down.CACHE], "set", down)
    assert Keeper(lambda: source_of(ArticleFilterSet)).current().shown
    assert "cannot be laid down" in caplog.text


def test_the_portal_is_not_ready_while_everything_is_read_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []

    def reading(*given: Any) -> Any:
        answers.append(client.get("/readyz"))
        return read(*given)

    monkeypatch.setattr("articles.bitmaps.keeping.read", reading)
    ArticleFilterSet.keeper.current()
    assert [answer.status_code for answer in answers] == [503]
    assert "article" in answers[0].content.decode()
    assert client.get("/readyz").status_code == 200


def test_the_log_names_the_articles_of_a_hidden_source_document_unless_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log, "FEW", 2)
    log.create(connection)
    digest, larger = make_source(), make_source()
    articles = [make_article(source=digest) for _number in range(2)]
    for _number in range(3):
        make_article(source=larger)

    def named(source: SourceDocument) -> set[int | None]:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_change WHERE noun = 'article'")
            SourceDocument.objects.filter(pk=source.pk).update(**DRAFT)
            cursor.execute("SELECT key FROM record_change WHERE noun = 'article'")
            return {key for (key,) in cursor.fetchall()}

    assert named(digest) == {article.pk for article in articles}
    assert named(larger) == {None}


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
