"""Everything the page of a country or bloc shows, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.concerns import marked
from articles.models import (
    RUNG_LABELS,
    Agreement,
    Article,
    ArticlePartner,
    Country,
    Outlet,
    StatusStep,
    Topic,
)
from articles.models.dated import ShownDate
from articles.presentation import (
    AgreementRow,
    ArticleItem,
    Link,
    agreement_row,
    article_item,
    links,
)

MOST_ARTICLES = 10
MOST_AGREEMENTS = 200
MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Rung:
    """The agreements that stand on one rung of the ladder; beside it (rung 0) what has ended or has no status."""

    rung: int
    ended: bool
    label: str
    rows: list[AgreementRow]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    date: ShownDate
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Dossier:
    lede: str
    article_count: int
    agreement_count: int
    articles: list[ArticleItem]
    agreements_by_rung: list[Rung]
    timeline: list[TimelineEntry]
    topics: list[Link]
    outlets: list[Link]
    members: list[Link]
    blocs: list[Link]


def lede(articles: int, outlets: int, agreements: int, topics: list[Link]) -> str:
    """Say in a sentence or two how much the record holds, and on what."""
    if not articles and not agreements:
        return _("The record holds nothing here yet.")
    held = [ngettext("%(n)d article", "%(n)d articles", articles) % {"n": articles}]
    if outlets:
        held[0] += " " + ngettext("from %(n)d outlet", "from %(n)d outlets", outlets) % {"n": outlets}
    if agreements:
        held.append(ngettext("%(n)d agreement or plan", "%(n)d agreements and plans", agreements) % {"n": agreements})
    sentence = _("The record holds %(held)s.") % {"held": _(" and ").join(held)}
    if topics:
        named = _(" and ").join(link.name for link in topics[:2])
        sentence += " " + _("The coverage is mostly about: %(topics)s.") % {"topics": named}
    return sentence


def _timeline(country: Country) -> list[TimelineEntry]:
    agreements = Agreement.public.filter(parties=country).values("pk")
    steps = (
        StatusStep.public.filter(agreement__in=agreements)
        .exclude(date_edtf="")
        .select_related("agreement")
        .newest_first()[:MOST_STEPS]
    )
    return [
        TimelineEntry(
            date=step.date,
            text=f"{step.agreement.name}: {step.status_label}",
            url=step.agreement.url,
        )
        for step in steps
    ]


def dossier(country: Country) -> Dossier:
    """Return what the record holds about a partner."""
    about = ArticlePartner.objects.filter(country=country).values("article")
    articles = Article.public.filter(pk__in=about)
    article_count = articles.count()

    topics = [
        Link(
            topic.title,
            f"{reverse('articles:article-list')}?country={country.iso}&topic={topic.slug}",
            topic.n,
        )
        for topic in Topic.public.filter(article__in=articles.values("pk"))
        .annotate(n=Count("article"))
        .order_by("-n", "name")
    ]
    outlets = [
        Link(outlet.title, outlet.url, outlet.n)
        for outlet in Outlet.public.filter(article__in=articles.values("pk"))
        .annotate(n=Count("article"))
        .order_by("-n", "name")
    ]

    agreements = Agreement.public.filter(parties=country)
    agreement_count = agreements.count()
    rungs: dict[tuple[int, bool], list[AgreementRow]] = {}
    newest = agreements.with_standing().with_names().newest_first()[:MOST_AGREEMENTS]
    for row in marked("agreements", newest, agreement_row):
        rungs.setdefault((row.rung, row.ended), []).append(row)

    standings = [(number, False, str(RUNG_LABELS[number - 1])) for number in (5, 4, 3, 2, 1)]
    standings += [(0, True, _("ended")), (0, False, _("no status stated"))]
    return Dossier(
        lede=lede(article_count, len(outlets), agreement_count, topics),
        article_count=article_count,
        agreement_count=agreement_count,
        articles=marked("articles", articles.with_names().newest_first()[:MOST_ARTICLES], article_item),
        agreements_by_rung=[
            Rung(number, ended, label, rungs[number, ended])
            for number, ended, label in standings
            if (number, ended) in rungs
        ],
        timeline=_timeline(country),
        topics=topics,
        outlets=outlets,
        members=links(Country.public.filter(bloc=country).order_by("name")),
        blocs=links(Country.public.filter(members=country).order_by("name")),
    )
