"""The list of articles."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext

from articles.facets import (
    ChoiceFacet,
    ManyFacet,
    NounFacet,
    YearFacet,
)
from articles.filters.base import Rows, countries_named
from articles.filters.period import PeriodFilterSet
from articles.models import (
    HOME,
    Article,
    ArticlePartner,
    Country,
    Outlet,
    SourceDocument,
    Topic,
)


class ArticleFilterSet(PeriodFilterSet):
    """Articles by partner, topic, outlet, genre, year, way of knowing, and range of dates."""

    country = ManyFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("about {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        through=lambda: ArticlePartner.objects.filter(country__state="published"),
        row="article",
        column="country",
    )
    topic = ManyFacet(
        label=gettext_lazy("Topic"),
        phrase=gettext_lazy("on {}"),
        noun=Topic.public.all,
        key="slug",
        through=lambda: Article.topics.through._default_manager.filter(topic__state="published"),
        row="article",
        column="topic",
    )
    outlet = NounFacet(
        label=gettext_lazy("Outlet"),
        phrase=gettext_lazy("published by {}"),
        noun=Outlet.public.all,
        key="slug",
        column="outlet",
    )
    genre = ChoiceFacet(
        label=gettext_lazy("Genre"),
        phrase=gettext_lazy("of the genre {}"),
        choices=Article.Genre.choices,
        column="genre",
    )
    year = YearFacet(
        label=gettext_lazy("Year"),
        phrase=gettext_lazy("dated {}"),
        dated=Article.public.all,
        ordered=True,
    )
    via = ChoiceFacet(
        label=gettext_lazy("Known through"),
        phrase=gettext_lazy("known through {}"),
        choices=[
            (SourceDocument.Kind.DIGEST, gettext_lazy("a digest")),
            (SourceDocument.Kind.ARTICLE, gettext_lazy("the article itself")),
        ],
        column="source__kind",
    )

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = []

    def matches(self, word: str) -> Q:
        partners = ArticlePartner.objects.filter(country__in=countries_named(word))
        topics = Article.topics.through._default_manager.filter(topic__state="published", topic__name__icontains=word)
        return (
            Q(headline__icontains=word)
            | Q(label__icontains=word)
            | Q(summary__icontains=word)
            | Q(outlet__name__icontains=word)
            | Q(outlet__aliases__icontains=word)
            | Q(authors__icontains=word)
            | Q(pk__in=partners.values("article"))
            | Q(pk__in=topics.values("article"))
        )

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return Article.public.all()

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d article", "%(n)d articles", count) % {"n": count}
