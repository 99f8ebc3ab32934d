"""Fills the database up to a number of made-up articles: `python -m benchmarks.fill 1000`.

Always the same ones, so that two runs compare. Every summary has the word that the benchmark looks for. The search
index is dropped meanwhile and made anew at the end, which takes most of the time.
"""

import os
import random
import sys
from functools import cache
from itertools import product
from typing import Any

import django

COMMON = "cooperation"
"""A word of every summary, and of one headline in ten."""
WORDS = ["".join(pair) for pair in product(("ba", "ce", "di", "fo", "gu", "ha", "ke"), ("lan", "mer", "nok", "pat"))]
BATCH = 4_000


@cache
def _dated(n: int) -> dict[str, Any]:
    """Return the fields of one of 420 dates."""
    from articles.models import Article  # noqa: PLC0415  # needs Django set up

    article = Article()
    article.set_date(f"{2016 + n % 10}-{1 + n % 12:02}-{1 + n % 28:02}")
    return {name: getattr(article, name) for name in vars(article) if name.startswith("date_")} | {
        "date_basis": "stated"
    }


def _article(n: int, draw: random.Random, **more: Any) -> Any:
    from articles import permalinks  # noqa: PLC0415
    from articles.models import Article  # noqa: PLC0415
    from tests.articles.builders import PUBLISHED  # noqa: PLC0415

    letters = permalinks.ALPHABET
    code = "".join(letters[n // len(letters) ** place % len(letters)] for place in range(permalinks.LENGTH))
    headline = f"Made up {' '.join(draw.choices(WORDS, k=6))}{f' {COMMON}' if n % 10 == 0 else ''}"
    summary = " ".join([*draw.choices(WORDS, k=draw.randrange(39, 89)), COMMON])
    given = {"code": code, "headline": headline, "summary": summary, "genre": "news", "first_line": 1, "last_line": 9}
    return Article(**given, **_dated(n % 420), **PUBLISHED, **more)


def fill(number: int) -> None:
    """Add articles until there are so many made-up ones."""
    from articles.models import HOME, Article, ArticlePartner, Country, Outlet, Topic  # noqa: PLC0415
    from tests.articles import builders  # noqa: PLC0415

    done = Article.objects.filter(headline__startswith="Made up").count()
    countries = list(Country.public.exclude(iso=HOME).values_list("pk", flat=True))
    topics = list(Topic.public.values_list("pk", flat=True))
    topic_link = Article.topics.through
    while done < number:
        draw = random.Random(done)
        outlet = Outlet.public.first() if done % 3 else builders.make_outlet(name=f"Made-up {done}", slug=f"m{done}")
        source = builders.make_source(publisher=outlet, file_name=f"made-up-{done}.txt")
        last = min(done + BATCH, number)
        made = Article.objects.bulk_create(
            _article(n, draw, outlet=outlet, source=source, position=n - done + 1) for n in range(done, last)
        )
        ArticlePartner.objects.bulk_create(
            ArticlePartner(article=one, country_id=country) for one in made for country in draw.sample(countries, 2)
        )
        topic_link._default_manager.bulk_create(
            topic_link(article=one, topic_id=topic) for one in made for topic in draw.sample(topics, 2)
        )
        done = last
        print(f"  {done:,} articles", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.db import connection, transaction

    from articles.search import schema

    with transaction.atomic():
        schema.drop(connection)
        fill(int(sys.argv[1]))
        schema.create(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
