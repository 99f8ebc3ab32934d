"""Whom the record is about: partners with how much there is of each, and how much there is in all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from articles.counting import Count, count_once, number_once, ties
from articles.coverage.links import articles_url, counted
from articles.filters import held
from articles.models import HOME, Agreement, Country, Event, Figure


@dataclass(frozen=True, slots=True)
class Partner:
    """A country or bloc that an article is about, or that is party to an agreement; with how many there are."""

    code: str
    name: str
    url: str
    is_bloc: bool
    articles: int
    agreements: Count

    @property
    def articles_url(self) -> str:
        return articles_url(country=self.code)

    @property
    def agreements_url(self) -> str:
        return f"{reverse('articles:agreement-list')}?country={self.code}"

    @property
    def held(self) -> str:
        """Say how much there is: “4 articles, 33 agreements”."""
        parts = [counted(self.articles)] if self.articles else []
        if number := self.agreements.rows:
            parts.append(ngettext("%(n)d agreement", "%(n)d agreements", number) % {"n": number})
        return ", ".join(parts)


def partners() -> list[Partner]:
    """Return the partners, those with the most articles first."""
    articles = held.articles().tally("country")
    agreements = held.agreements()
    party = agreements.tally("country")
    tied = ties(Agreement)
    found = [
        Partner(
            code=one.iso,
            name=one.title,
            url=one.url,
            is_bloc=one.kind == Country.Kind.BLOC,
            articles=articles[one.iso],
            agreements=Count(party[one.iso], number_once(agreements.of("country", one.iso).bits, tied)),
        )
        for one in Country.public.exclude(iso=HOME)
        if one.iso in articles or one.iso in party
    ]
    return sorted(found, key=lambda one: (-one.articles, -one.agreements.rows, one.name))


@dataclass(frozen=True, slots=True)
class Total:
    """How many entries of a noun there are, and how a number of them is said."""

    count: Count
    phrase: Callable[[int], str]


def totals() -> list[Total]:
    """Return how many articles, agreements, figures and events there are."""

    def agreements(n: int) -> str:
        return ngettext("%(n)d agreement or plan", "%(n)d agreements and plans", n) % {"n": n}

    def figures(n: int) -> str:
        return ngettext("%(n)d figure", "%(n)d figures", n) % {"n": n}

    def events(n: int) -> str:
        return ngettext("%(n)d event", "%(n)d events", n) % {"n": n}

    return [
        Total(held.articles().count, counted),
        Total(held.agreements().count, agreements),
        Total(count_once(Figure, Figure.public.all()), figures),
        Total(count_once(Event, Event.public.all()), events),
    ]
