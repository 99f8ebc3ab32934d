"""Overviews of the whole record: partners on a map, partners by topic, articles over time, and who speaks.

Every function asks a fixed number of queries. Every number is that of the list it leads to.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count as CountOf
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import dates
from articles.counting import Count, count_once, number_once, ties
from articles.coverage_charts import ColumnChart, ColumnRow, Segment, column_chart, percent, stacked
from articles.models import HOME, Agreement, Article, ArticlePartner, Country, Event, Figure, State, Topic

FEW: Final = 10
"""Below this many articles a share says little, and the page says so."""
MOST_MONTHS: Final = 36
"""Over a longer time than this, articles are counted by year."""


def articles_url(**query: str) -> str:
    """Return the address of the list of articles under a filter."""
    return f"{reverse('articles:article-list')}?{urlencode(query)}"


def counted(articles: int) -> str:
    return ngettext("%(n)d article", "%(n)d articles", articles) % {"n": articles}


# --- partners -------------------------------------------------------------------------------------------------


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
    """Return the partners, those with the most articles first, in four queries."""
    articles = _number_by("country")
    agreements: dict[str, set[int]] = defaultdict(set)
    parties = Agreement.parties.through._default_manager.filter(agreement__in=Agreement.public.values("pk"))
    for country, agreement in parties.values_list("country", "agreement"):
        agreements[country].add(agreement)
    tied = ties(Agreement)
    found = [
        Partner(
            code=one.iso,
            name=one.title,
            url=one.url,
            is_bloc=one.kind == Country.Kind.BLOC,
            articles=articles.get(one.iso, 0),
            agreements=Count(len(agreements[one.iso]), number_once(agreements[one.iso], tied)),
        )
        for one in Country.public.exclude(iso=HOME)
        if one.iso in articles or one.iso in agreements
    ]
    return sorted(found, key=lambda one: (-one.articles, -one.agreements.rows, one.name))


def _number_by(field: str) -> dict[Any, int]:
    """Return how many public articles there are about each country, or on each topic, by key."""
    table = ArticlePartner.objects if field == "country" else Article.topics.through._default_manager
    public = table.filter(article__in=Article.public.values("pk"))
    return dict(public.order_by().values_list(field).annotate(n=CountOf("pk")))


# --- how much there is ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Total:
    """How many entries of a noun there are, and how a number of them is said."""

    count: Count
    phrase: Callable[[int], str]


def totals() -> list[Total]:
    """Return how many articles, agreements, figures and events there are, in seven queries."""

    def agreements(n: int) -> str:
        return ngettext("%(n)d agreement or plan", "%(n)d agreements and plans", n) % {"n": n}

    def figures(n: int) -> str:
        return ngettext("%(n)d figure", "%(n)d figures", n) % {"n": n}

    def events(n: int) -> str:
        return ngettext("%(n)d event", "%(n)d events", n) % {"n": n}

    nouns: list[tuple[Any, Callable[[int], str]]] = [
        (Article, counted),
        (Agreement, agreements),
        (Figure, figures),
        (Event, events),
    ]
    return [Total(count_once(model, model.public.all()), phrase) for model, phrase in nouns]


# --- partners by topic ----------------------------------------------------------------------------------------


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


def matrix(listed: Iterable[Partner]) -> Matrix:
    """Return how many articles there are about each of the partners on each topic, in four queries."""
    on_topic = _number_by("topic")
    public = Article.public.values("pk")
    about = ArticlePartner.objects.filter(article__in=public).order_by()
    cells = {
        (country, topic): number
        for country, topic, number in about.values_list("country", "article__topics").annotate(n=CountOf("pk"))
    }
    topics = sorted(Topic.public.all(), key=lambda one: (-on_topic.get(one.pk, 0), one.name))
    heads = [Head(one.title, one.url, _cell(on_topic.get(one.pk, 0), one.title, topic=one.slug)) for one in topics]
    rows = []
    for partner in listed:
        numbers = [
            _cell(
                cells.get((partner.code, topic.pk), 0),
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
    number = Article.public.count()
    whole = Cell(number, reverse("articles:article-list"), f"{counted(number)}: {_('all')}") if number else Cell(0)
    return Matrix(topics=heads, rows=rows, total=whole)


# --- over time ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """A month or year, with how many articles certainly lie in it, and the list of them."""

    name: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Loose:
    """Articles whose date is known too roughly for a column: the date in words, and how many."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class OverTime:
    """Articles by month, or by year over a long time. What lies in no single one of them stands apart."""

    by_year: bool
    periods: list[Period]
    loose: list[Loose]
    chart: ColumnChart

    @property
    def placed(self) -> int:
        return sum(period.number for period in self.periods)

    @property
    def apart(self) -> int:
        return sum(loose.number for loose in self.loose)

    @property
    def sentence(self) -> str:
        """Say what the chart shows."""
        if not self.periods:
            return _("No article in the record has a date that lies in one month.")
        highest = max(period.number for period in self.periods)
        most = [period.name for period in self.periods if period.number == highest]
        first, last = self.periods[0].name, self.periods[-1].name
        if len(self.periods) == 1:
            return _("%(articles)s: %(period)s.") % {"articles": counted(self.placed), "period": capfirst(first)}
        values = {"articles": counted(self.placed), "first": first, "last": last}
        if len(most) > 1:
            return _("%(articles)s between %(first)s and %(last)s.") % values
        text = _("%(articles)s between %(first)s and %(last)s; the most, %(number)d, in %(most)s.")
        return text % {**values, "number": highest, "most": most[0]}

    @property
    def apart_sentence(self) -> str:
        """Say how many articles stand apart; nothing where none does."""
        if not self.apart:
            return ""
        if self.by_year:
            text = ngettext(
                "%(n)d more article lies in no single year as far as its date is known.",
                "%(n)d more articles lie in no single year as far as their dates are known.",
                self.apart,
            )
        else:
            text = ngettext(
                "%(n)d more article lies in no single month as far as its date is known, and has no column.",
                "%(n)d more articles lie in no single month as far as their dates are known, and have no column.",
                self.apart,
            )
        return text % {"n": self.apart}


@dataclass(frozen=True, slots=True)
class _Dates:
    """Some articles of the same date."""

    edtf: str
    first: dt.date | None
    last: dt.date | None
    number: int

    def certainly_in(self, *, year: bool) -> tuple[int, int] | None:
        """Return the year and month in which all possible days lie; month 0 where years are asked for."""
        if self.first is None or self.last is None or self.first.year != self.last.year:
            return None
        if year:
            return self.first.year, 0
        return (self.first.year, self.first.month) if self.first.month == self.last.month else None


def _all_between(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    if not first[1]:
        return [(year, 0) for year in range(first[0], last[0] + 1)]
    months = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
    return [(month // 12, month % 12 + 1) for month in months]


def over_time(articles: Any, query: Mapping[str, str] = {}) -> OverTime:
    """Return the articles of a queryset by month, in one query; `query` is the filter that lists them."""
    grouped = articles.order_by().values_list("date_edtf", "date_earliest", "date_latest")
    found = [_Dates(*row) for row in grouped.annotate(n=CountOf("pk"))]
    in_months = sorted({place for one in found if (place := one.certainly_in(year=False))})
    by_year = bool(in_months) and len(_all_between(in_months[0], in_months[-1])) > MOST_MONTHS

    numbers: Counter[tuple[int, int]] = Counter()
    loose: list[_Dates] = []
    for one in found:
        period = one.certainly_in(year=by_year)
        if period is None:
            loose.append(one)
        else:
            numbers[period] += one.number
    shown = _all_between(min(numbers), max(numbers)) if numbers else []
    periods: list[Period] = []
    columns: list[ColumnRow] = []
    for year, month in shown:
        written = f"{year}-{month:02}" if month else str(year)
        number = numbers[year, month]
        url = articles_url(**query, **{"from": written, "to": written, "dates": "certain"}) if number else ""
        periods.append(Period(dates.in_words(written), number, url))
        columns.append(ColumnRow(_short(year, month, first=not columns), number))
    loose.sort(key=lambda one: (one.first or dt.date.min, one.last or dt.date.max))
    return OverTime(
        by_year=by_year,
        periods=periods,
        loose=[Loose(dates.in_words(one.edtf) if one.edtf else _("no date"), one.number) for one in loose],
        chart=column_chart(columns),
    )


def _short(year: int, month: int, *, first: bool) -> str:
    """Return the words below a column: the year where it is new."""
    if not month:
        return str(year)
    return date_format(dt.date(year, month, 1), "M Y" if first or month == 1 else "M")


# --- who speaks -----------------------------------------------------------------------------------------------

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


Spoken = Iterable[tuple[str, str | None, str | None, int]]
"""Genre, home country of the outlet and the state of its entry, and how many articles have these."""


def _voices(spoken: Spoken, query: Mapping[str, str]) -> Voices:
    genres: Counter[str] = Counter()
    homes: Counter[str] = Counter()
    for genre, country, state, number in spoken:
        genres[genre] += number
        known = country is not None and state == State.PUBLISHED
        homes[NOT_STATED if not known else KAZAKH if country == HOME else FOREIGN] += number
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


def voices(articles: Any, query: Mapping[str, str] = {}) -> Voices:
    """Return who speaks in the articles of a queryset, in one query; `query` is the filter that lists them."""
    rows = articles.order_by().values_list("genre", "outlet__country", "outlet__country__state")
    return _voices(rows.annotate(n=CountOf("pk")), query)


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
    """Return who speaks about each partner, those with the most articles first, in two queries."""
    spoken = _spoken(ArticlePartner.objects, "country")
    groups = [
        _group(one, spoken[one.iso], country=one.iso) for one in Country.public.exclude(iso=HOME) if one.iso in spoken
    ]
    return sorted(groups, key=lambda one: (-one.voices.total, one.name))


def voices_by_topic() -> list[Group]:
    """Return who speaks on each topic, those with the most articles first, in two queries."""
    spoken = _spoken(Article.topics.through._default_manager, "topic")
    groups = [_group(one, spoken[one.pk], topic=one.slug) for one in Topic.public.all() if one.pk in spoken]
    return sorted(groups, key=lambda one: (-one.voices.total, one.name))


def _group(entry: Country | Topic, spoken: Spoken, **query: str) -> Group:
    return Group(entry.title, entry.url, articles_url(**query), _voices(spoken, query))


def _spoken(table: Any, field: str) -> dict[Any, list[tuple[str, str | None, str | None, int]]]:
    rows = (
        table.filter(article__in=Article.public.values("pk"))
        .order_by()
        .values_list(field, "article__genre", "article__outlet__country", "article__outlet__country__state")
        .annotate(n=CountOf("pk"))
    )
    found: dict[Any, list[tuple[str, str | None, str | None, int]]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(tuple(rest))
    return found
