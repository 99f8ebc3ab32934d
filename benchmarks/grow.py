"""Fills the database with partners that have many made-up entries: `python -m benchmarks.grow XA=10 XB=1000`."""

import os
import sys

import django


def grow(iso: str, articles: int) -> None:
    """Make a partner with so many articles; with each come agreements, and with some figures, events, discrepancies."""
    from tests.articles import builders  # noqa: PLC0415  # needs Django set up

    builders.make_country(iso)
    outlets = [builders.make_outlet() for _n in range(12)]
    topics = [builders.make_topic() for _n in range(12)]
    source = builders.make_source()
    for n in range(articles):
        article = builders.make_article(
            partners=[iso],
            topics=[topics[n % 12], topics[n * 5 % 12]] if n % 12 else topics[:1],
            outlet=outlets[n % 12],
            source=source,
            date=f"{2016 + n % 10}-{1 + n % 12:02}-{1 + n % 28:02}",
        )
        for k in range(n % 3):
            status = ["proposed", "announced", "signed", "in force", "operating"][(n + k) % 5]
            builders.make_agreement(by=article, parties=[iso, "KZ"], status=status, date=str(2016 + n % 10))
        if n % 2:
            builders.make_figure(by=article, partners=[iso], date=str(2016 + n % 10))
        if n % 3 == 0:
            status, date = ("planned", "2999") if n % 2 else ("held", str(2016 + n % 10))
            builders.make_event(by=article, countries=[iso], status=status, date=date)
        if n % 5 == 0:
            builders.make_discrepancy(by=article, partners=[iso])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        for argument in sys.argv[1:]:
            code, _equals, number = argument.partition("=")
            grow(code, int(number))
