"""Articles by partner and topic, with zeros. An article stands in as many cells as it has partners and topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.coverage.links import articles_url, counted
from articles.coverage.partners import Partner
from articles.filters import held
from articles.models import Topic


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of articles; where there are any, with the list of them and what it is called."""

    number: int
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a row or a column is about, and the number of its articles."""

    name: str
    url: str
    total: Cell


@dataclass(frozen=True, slots=True)
class MatrixRow:
    head: Head
    cells: list[Cell]
    topics: list[Head]
    """The topics on which there are articles about this partner, the most first; the totals are those of the cells."""


@dataclass(frozen=True, slots=True)
class Matrix:
    topics: list[Head]
    rows: list[MatrixRow]
    total: Cell


def _cell(number: int, label: str, **query: str) -> Cell:
    return Cell(number, articles_url(**query), f"{counted(number)}: {label}") if number else Cell(0)


def matrix(listed: Sequence[Partner]) -> Matrix:
    """Return how many articles there are about each of the partners on each topic."""
    articles = held.articles()
    on_topic = articles.tally("topic")
    cells = {partner.code: articles.of("country", partner.code).tally("topic") for partner in listed}
    topics = sorted(Topic.public.all(), key=lambda one: (-on_topic[str(one.pk)], one.name))
    heads = [Head(one.title, one.url, _cell(on_topic[str(one.pk)], one.title, topic=one.slug)) for one in topics]
    rows = []
    for partner in listed:
        numbers = [
            _cell(
                cells[partner.code][str(topic.pk)],
                f"{partner.name}, {topic.title}",
                country=partner.code,
                topic=topic.slug,
            )
            for topic in topics
        ]
        filled = [Head(head.name, head.url, cell) for head, cell in zip(heads, numbers, strict=True) if cell.number]
        rows.append(
            MatrixRow(
                head=Head(partner.name, partner.url, _cell(partner.articles, partner.name, country=partner.code)),
                cells=numbers,
                topics=sorted(filled, key=lambda one: (-one.total.number, one.name)),
            )
        )
    number = len(articles)
    whole = Cell(number, reverse("articles:article-list"), f"{counted(number)}: {_('all')}") if number else Cell(0)
    return Matrix(topics=heads, rows=rows, total=whole)
