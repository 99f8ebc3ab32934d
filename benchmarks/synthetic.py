"""Fills a migrated database with made-up articles: `python -m benchmarks.synthetic 100000`.

The same number and seed make the same record, so that two runs compare. Outlets, partners, topics and words are drawn
by Zipf's law: the second is half as frequent as the first, the third a third. Rows are written as tuples, by COPY where
there is one, in one transaction; indexes, foreign keys, search and log are made anew at its end. SQLite could not undo
it: a database whose filling was broken off is of no use.
"""

import argparse
import datetime as dt
import gc
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import django

if TYPE_CHECKING:
    from django.db import models

SEED: Final = 5
OUTLETS: Final = 120
TOPICS: Final = 25
VOCABULARY: Final = 6_000
YEARS: Final = range(2016, 2026)
SUMMARY: Final = (60, 120)
"""How many words a summary has: fewest and most."""
DIGEST: Final = 20
"""How many articles a digest has; every fifth article is a document of its own."""
BATCH: Final = 20_000
MADE: Final = 20_000
"""How many different sets of partners there are, and of topics."""
BAG: Final = 400_000
"""How many words are drawn; a summary is a piece of them that begins anywhere."""

CODES: Final = (
    "RU CN US UZ TR DE IT KG GB FR KR JP AZ IN AE TJ BY UA PL NL TM IR SA CH ES BE CA HU AT SE FI CZ QA EG IL PK GE AM "
    "MN SG MY ID VN TH AU BR NO DK GR PT RO BG RS HR SK SI LT LV EE IE LU KW OM JO IQ AF LK BD PH ZA NG KE ET MA DZ TN "
    "MX AR CL PE"
)

_KEPT_IN_STEP: Final = {
    "sqlite": "SELECT 'DROP INDEX ' || name, sql FROM sqlite_master"
    " WHERE type = 'index' AND sql <> '' AND tbl_name IN ({0})",
    "postgresql": """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
  format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text IN ({0})
UNION ALL SELECT 'DROP INDEX ' || indexname, indexdef
FROM pg_indexes LEFT JOIN pg_constraint ON conindid = indexname::regclass AND contype <> 'f'
WHERE tablename IN ({0}) AND conindid IS NULL""",
}
"""What drops, and what makes again, the indexes of some tables and PostgreSQL's foreign keys."""

T = TypeVar("T")
Told = Callable[[str], None]


class Day(NamedTuple):
    """A date as an entry has it: EDTF, first and last day, precision, rank."""

    edtf: str
    earliest: str
    latest: str
    precision: str
    rank: int


def zipf(number: int) -> list[float]:
    """Return cumulative weights."""
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


def vocabulary() -> list[str]:
    """Return the words, the most frequent first. Their ends are no suffixes of English: each is a stem of its own."""
    draw = random.Random(SEED)
    letters, vowels, ends = "bdfgklmnprtvz", "aeiou", ("ok", "un", "ar", "ot", "ak", "um")
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = (draw.choice(letters) + draw.choice(vowels) for _n in range(draw.choice((1, 2, 2, 3))))
        words["".join(syllables) + draw.choice(letters) + draw.choice(ends)] = None
    return list(words)


def days() -> tuple[list[Day], list[Day]]:
    """Return all days of the years, and all months and years."""
    exact, coarse = [], []
    first = dt.date(YEARS[0], 1, 1)
    for n in range((dt.date(YEARS[-1] + 1, 1, 1) - first).days):
        day = (first + dt.timedelta(n)).isoformat()
        exact.append(Day(day, day, day, "day", 0))
    for year in YEARS:
        coarse.append(Day(str(year), f"{year}-01-01", f"{year}-12-31", "year", 3))
        for month in range(1, 13):
            after = dt.date(year + month // 12, month % 12 + 1, 1)
            last = (after - dt.timedelta(1)).isoformat()
            coarse.append(Day(f"{year}-{month:02}", f"{year}-{month:02}-01", last, "month", 1))
    return exact, coarse


def drawn_sets(draw: random.Random, values: Sequence[T]) -> list[tuple[T, ...]]:
    """Return sets of one to three values."""
    weights = zipf(len(values))
    sets = []
    for _n in range(MADE):
        number = draw.randint(1, 3)
        chosen: dict[T, None] = {}
        while len(chosen) < number:
            chosen[draw.choices(values, cum_weights=weights)[0]] = None
        sets.append(tuple(chosen))
    return sets


class Table:
    """Gathers rows of a model; what is the same in all of them is given once."""

    def __init__(self, model: "type[models.Model]", varying: str, **same: Any) -> None:
        from django.db import connection  # noqa: PLC0415  # needs Django set up

        one = model(**same)
        self.name = model._meta.db_table
        self.columns: list[str] = varying.split()
        self.same: tuple[Any, ...] = ()
        self.rows: list[tuple[Any, ...]] = []
        for field in model._meta.concrete_fields:
            value = field.get_db_prep_save(getattr(one, field.attname), connection)
            if field.column and field.column not in self.columns and value is not None:
                self.columns.append(field.column)
                self.same += (value,)

    def add(self, *row: Any) -> None:
        self.rows.append(row + self.same)

    def write(self) -> None:
        from django.db import connection  # noqa: PLC0415

        columns = ", ".join(f'"{name}"' for name in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({columns}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.columns))
                sql = f"INSERT INTO {self.name} ({columns}) VALUES ({places})"  # noqa: S608  # names of models
                cursor.executemany(sql, self.rows)
        self.rows.clear()


class Record:
    """What is made up, noun by noun."""

    def __init__(self, seed: int) -> None:
        from articles.models import (  # noqa: PLC0415
            Agreement,
            Article,
            ArticlePartner,
            Attestation,
            SourceDocument,
            StatusStep,
        )

        self.draw = random.Random(seed)
        dated = "date_edtf date_earliest date_latest date_precision date_rank"
        published = {"state": "published"}
        stated = {"date_basis": "stated"}
        entry = "id code published_at modified_at"
        self.sources = Table(
            SourceDocument, f"{entry} {dated} kind label file_name publisher_id", **published, **stated
        )
        self.articles = Table(
            Article,
            f"{entry} {dated} headline outlet_id source_id position first_line last_line genre summary",
            **published,
            **stated,
        )
        self.partner_ties = Table(ArticlePartner, "article_id country_id")
        self.topic_ties = Table(Article.topics.through, "article_id topic_id")
        self.agreements = Table(Agreement, f"{entry} name type tier binding note", **published)
        self.party_ties = Table(Agreement.parties.through, "agreement_id country_id")
        self.agreement_topic_ties = Table(Agreement.topics.through, "agreement_id topic_id")
        self.steps = Table(StatusStep, f"id {dated} agreement_id position status", **stated)
        self.agreements_attested = Table(Attestation, "article_id paragraph line agreement_id")
        self.steps_attested = Table(Attestation, "article_id paragraph line step_id")
        self.next: dict[Any, int] = {
            model: _first_free(model) for model in (Article, SourceDocument, Agreement, StatusStep)
        }
        self.keyed = [Article, SourceDocument, Agreement, StatusStep]
        self.words = self.draw.choices(vocabulary(), cum_weights=zipf(VOCABULARY), k=BAG)
        self.exact, self.coarse = days()
        self.outlets = self.draw.choices(_outlets(), cum_weights=zipf(OUTLETS), k=MADE)
        self.partners = drawn_sets(self.draw, _partners())
        self.topics = drawn_sets(self.draw, _topics())
        self.genres = self.draw.choices(Article.Genre.values, weights=(70, 15, 10, 5), k=MADE)
        self.kinds = [(kind, tier) for kind in Agreement.Type.values for tier in Agreement.Tier.values]
        self.bindings = Agreement.Binding.values
        self.statuses = ("proposed", "announced", "signed", "in force", "under construction", "operating")
        self.source = 0
        self.item = DIGEST

    @property
    def tables(self) -> list[Table]:
        """All tables, those that others point at first."""
        return [one for one in vars(self).values() if isinstance(one, Table)]

    def some(self, values: Sequence[T]) -> T:
        """Return one of the values; `random.choice` takes three times as long."""
        return values[int(self.draw.random() * len(values))]

    def text(self, words: int) -> str:
        start = int(self.draw.random() * (BAG - words))
        return " ".join(self.words[start : start + words])

    def day(self) -> Day:
        return self.some(self.exact) if self.draw.random() < 0.94 else self.some(self.coarse)

    def take(self, model: Any) -> tuple[int, str]:
        """Return the key and the permanent code of a new entry."""
        key = self.next[model]
        self.next[model] = key + 1
        return key, code(key)

    def article(self) -> None:
        from articles.models import Article  # noqa: PLC0415

        n, permanent = self.take(Article)
        day = self.day()
        entered = f"{day.latest} {n % 24:02}:{n % 60:02}:{n % 59:02}.{n % 1_000_000:06}"
        outlet, partners, topics = self.some(self.outlets), self.some(self.partners), self.some(self.topics)
        source, position = self.document(n, outlet, day, entered)
        headline, summary = self.text(6 + n % 5), self.text(self.draw.randint(*SUMMARY))
        first = 1 + 12 * (position - 1)
        self.articles.add(
            *(n, permanent, entered, entered, *day, headline.capitalize(), outlet, source, position, first, first + 11),
            *(self.some(self.genres), summary),
        )
        for iso in partners:
            self.partner_ties.add(n, iso)
        for topic in topics:
            self.topic_ties.add(n, topic)
        for place in range(int(self.draw.random() * 3)):
            self.agreement((n, first + 6 * place), (partners[0], topics[0]), day, entered)

    def document(self, n: int, outlet: int, day: Day, entered: str) -> tuple[int, int]:
        """Return the key of the document that an article stands in, and its place there."""
        from articles.models import SourceDocument  # noqa: PLC0415

        if n % 5 and self.item < DIGEST:
            self.item += 1
            return self.source, self.item
        key, permanent = self.take(SourceDocument)
        kind = "digest" if n % 5 else "article"
        self.sources.add(key, permanent, entered, entered, *day, kind, f"Paper {key}", f"made-up-{key}.txt", outlet)
        if n % 5:
            self.source, self.item = key, 1
        return key, 1

    def agreement(self, place: tuple[int, int], ties: tuple[str, int], day: Day, entered: str) -> None:
        """Make an agreement that an article attests in a line of its document, with its steps."""
        from articles.models import HOME, Agreement, StatusStep  # noqa: PLC0415

        (article, line), (partner, topic) = place, ties
        key, permanent = self.take(Agreement)
        name = f"Accord on {self.text(3)}"
        binding = self.some(self.bindings)
        self.agreements.add(key, permanent, entered, entered, name, *self.some(self.kinds), binding, self.text(15))
        self.party_ties.add(key, HOME)
        self.party_ties.add(key, partner)
        self.agreement_topic_ties.add(key, topic)
        self.agreements_attested.add(article, 1, line, key)
        dates = [day] if self.draw.random() < 0.5 else sorted((day, self.day()), key=lambda one: one.earliest)
        rung = int(self.draw.random() * (len(self.statuses) - 1))
        for position, dated in enumerate(dates, 1):
            step, _code = self.take(StatusStep)
            self.steps.add(step, *dated, key, position, self.statuses[rung + position - 1])
            self.steps_attested.add(article, 1 + position, line + position, step)


def code(number: int) -> str:
    """Return one of the permanent codes, each for one number; those that follow each other are far apart."""
    from articles import permalinks  # noqa: PLC0415

    letters = permalinks.ALPHABET
    scattered = number * 123_456_791 % len(letters) ** permalinks.LENGTH
    return "".join(letters[scattered // len(letters) ** place % len(letters)] for place in range(permalinks.LENGTH))


def _first_free(model: Any) -> int:
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def _published() -> dict[str, Any]:
    entered = dt.datetime(YEARS[-1] + 1, 1, 1, tzinfo=dt.UTC)
    return {"state": "published", "published_at": entered, "modified_at": entered}


def _partners() -> list[str]:
    """Make the countries that the record lacks; Kazakhstan is one of them, and no partner."""
    from babel import Locale  # noqa: PLC0415

    from articles.models import HOME, Country  # noqa: PLC0415

    there = set(Country.objects.values_list("iso", flat=True))
    names, codes = Locale.parse("en").territories, CODES.split()
    Country.objects.bulk_create(
        Country(iso=iso, name=names[iso], code=code(10**6 + n), **_published())
        for n, iso in enumerate([HOME, *codes])
        if iso not in there
    )
    return codes


def _outlets() -> list[int]:
    from articles.models import Outlet  # noqa: PLC0415

    made = Outlet.objects.bulk_create(
        Outlet(name=f"Gazette {n:03}", slug=f"gazette-{n:03}", code=code(10**6 + n), kind="newspaper", **_published())
        for n in range(OUTLETS)
    )
    return [one.pk for one in made]


def _topics() -> list[int]:
    from articles.models import Topic  # noqa: PLC0415

    given = {"iptc_code": "20000344", "iptc_label": "economy"}
    made = Topic.objects.bulk_create(
        Topic(name=f"Subject {n:02}", slug=f"subject-{n:02}", code=code(10**6 + n), **given, **_published())
        for n in range(TOPICS)
    )
    return [one.pk for one in made]


@contextmanager
def _without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """Make indexes and foreign keys anew at the end: that takes less than to keep them in step row by row."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(_KEPT_IN_STEP[connection.vendor].format(", ".join(f"'{name}'" for name in tables)))
        kept = cursor.fetchall()
        for drop, _make in kept:
            cursor.execute(drop)
        yield
        for _drop, make in kept:
            cursor.execute(make)


@contextmanager
def _in_haste() -> Iterator[None]:
    """Do without what makes a crash harmless, and without looking for circles in what is only added."""
    from django.db import connection  # noqa: PLC0415

    gc.disable()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -1000000")  # pages of 1 GB: the indexes of a million rows stay inside
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA journal_mode = OFF")
            cursor.fetchall()
        yield
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode = WAL")
    connection.close()
    gc.enable()


def fill(number: int, seed: int = SEED, say: Told = print) -> dict[str, float]:
    """Make so many articles; return the seconds that each part of it took."""
    from django.core.management.color import no_style  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    from articles.changes import log  # noqa: PLC0415
    from articles.search import schema  # noqa: PLC0415

    def tell(step: schema.Step) -> None:
        document, done, total = step
        if done * 10 // total > (done - schema.BATCH) * 10 // total:
            say(f"  {done:,} of {total:,} {document.model._meta.verbose_name_plural} indexed")

    clock = _Clock()
    with _in_haste():
        with transaction.atomic():
            schema.drop(connection)
            log.drop(connection)
            with _without_indexes(log.tables()):
                record = Record(seed)
                for done in _batches(number):
                    for _n in range(done[0], done[1]):
                        record.article()
                    clock.note("made up")
                    for table in record.tables:
                        table.write()
                    clock.note("rows written")
                    say(f"  {done[1]:,} articles")
            clock.note("indexes")
            with connection.cursor() as cursor:
                for sql in connection.ops.sequence_reset_sql(no_style(), record.keyed):
                    cursor.execute(sql)
                if connection.vendor == "sqlite":
                    connection.check_constraints()
                cursor.execute("ANALYZE")
            clock.note("foreign keys, statistics")
            schema.create(connection, tell)
            clock.note("search index")
            log.create(connection)
        clock.note("commit")
    clock.note("statistics")
    return clock.taken


def _batches(number: int) -> Iterator[tuple[int, int]]:
    for start in range(0, number, BATCH):
        yield start, min(start + BATCH, number)


class _Clock:
    """Where the time goes."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}
        self.last = time.perf_counter()

    def note(self, part: str) -> None:
        now = time.perf_counter()
        self.taken[part] = self.taken.get(part, 0.0) + now - self.last
        self.last = now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, help="of articles")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    taken = fill(given.number, given.seed, lambda line: print(line, flush=True))
    print(", ".join(f"{part} {seconds:.1f} s" for part, seconds in taken.items()), f"= {sum(taken.values()):.1f} s")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    main()
