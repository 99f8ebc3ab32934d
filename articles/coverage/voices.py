"""Who speaks: the genre of articles, and whether their outlets are Kazakh or foreign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from articles.coverage.links import articles_url, counted
from articles.coverage_charts import Segment, percent, stacked
from articles.filters import held
from articles.filters.held import Held
from articles.models import HOME, Article, Country, Outlet, Topic

FEW: Final = 10
"""Below this many articles a share says little, and the page says so."""

KAZAKH, FOREIGN, NOT_STATED = "kazakh", "foreign", "not-stated"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some articles are of a kind. The list of them, where the lists can filter by the kind."""

    key: str
    label: str
    number: int
    percent: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Voices:
    """In which genre, and from whose outlets, some articles speak."""

    total: int
    genres: list[Share]
    homes: list[Share]

    @property
    def few(self) -> str:
        """Say that shares of so few articles say little; nothing where there are enough."""
        if self.total >= FEW or not self.total:
            return ""
        return _("%(articles)s: shares say little") % {"articles": counted(self.total)}

    @property
    def genre_bar(self) -> list[Segment]:
        return stacked([(share.key, share.number) for share in self.genres])

    @property
    def home_bar(self) -> list[Segment]:
        return stacked([(share.key, share.number) for share in self.homes])

    @property
    def genre_words(self) -> str:
        return _in_words(self.genres)

    @property
    def home_words(self) -> str:
        return _in_words(self.homes)

    @property
    def sentence(self) -> str:
        """Say what the bars show."""
        if not self.total:
            return _("The record holds no article here yet.")
        values = {"articles": counted(self.total), "genres": self.genre_words, "homes": self.home_words}
        return _("%(articles)s by genre: %(genres)s. By home of the outlet: %(homes)s.") % values


def _in_words(shares: Iterable[Share]) -> str:
    """Return “8 news (53%), 5 analysis (33%)”; what has none is left out."""
    return ", ".join(f"{share.number} {share.label} ({share.percent})" for share in shares if share.number)


Homes = Mapping[str, str]
"""By key of an outlet, whether it is at home in Kazakhstan or abroad, where the record says so."""


def _homes() -> Homes:
    known = Outlet.objects.filter(country__in=Country.public.values("pk")).values_list("pk", "country")
    return {str(outlet): KAZAKH if country == HOME else FOREIGN for outlet, country in known}


def _voices(articles: Held, query: Mapping[str, str], known: Homes) -> Voices:
    genres = Counter(articles.tally("genre"))
    homes: Counter[str] = Counter()
    for outlet, number in articles.tally("outlet").items():
        homes[known.get(outlet, NOT_STATED)] += number
    total = genres.total()
    labels = {KAZAKH: _("Kazakh"), FOREIGN: _("foreign"), NOT_STATED: _("not stated")}
    return Voices(
        total=total,
        genres=[
            Share(
                key,
                str(label),
                genres[key],
                percent(genres[key], total),
                articles_url(**query, genre=key) if genres[key] else "",
            )
            for key, label in Article.Genre.choices
        ],
        homes=[Share(key, label, homes[key], percent(homes[key], total)) for key, label in labels.items()],
    )


def voices(articles: Held, query: Mapping[str, str] = {}) -> Voices:
    """Return who speaks in some articles; `query` is the filter that lists them."""
    return _voices(articles, query, _homes())


@dataclass(frozen=True, slots=True)
class Group:
    """Who speaks about one partner, or on one topic."""

    name: str
    url: str
    list_url: str
    voices: Voices

    @property
    def list_label(self) -> str:
        return f"{counted(self.voices.total)}: {self.name}"


@dataclass(frozen=True, slots=True)
class GroupPart:
    """Groups of which the shares say something, or, under a label that says so, little."""

    label: str
    groups: list[Group]


def by_weight(groups: Sequence[Group]) -> list[GroupPart]:
    """Set the groups with few articles apart; a part without groups is left out."""
    enough = [group for group in groups if group.voices.total >= FEW]
    few = [group for group in groups if group.voices.total < FEW]
    parts = [
        GroupPart(_("%(n)d articles or more") % {"n": FEW}, enough),
        GroupPart(_("Fewer than %(n)d articles: shares say little") % {"n": FEW}, few),
    ]
    return [part for part in parts if part.groups]


def voices_by_partner() -> list[Group]:
    """Return who speaks about each partner, those with the most articles first."""
    return _groups("country", Country.public.exclude(iso=HOME), "iso")


def voices_by_topic() -> list[Group]:
    """Return who speaks on each topic, those with the most articles first."""
    return _groups("topic", Topic.public.all(), "slug")


def _groups(facet: str, entries: Iterable[Any], key: str) -> list[Group]:
    articles, known = held.articles(), _homes()
    groups = []
    for one, _number in articles.ranked(facet, entries):
        query = {facet: getattr(one, key)}
        spoken = _voices(articles.of(facet, one.pk), query, known)
        groups.append(Group(one.title, one.url, articles_url(**query), spoken))
    return sorted(groups, key=lambda one: (-one.voices.total, one.name))
