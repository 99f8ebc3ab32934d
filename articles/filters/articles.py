"""The list of articles."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy, ngettext

from articles.facets import (
    ChoiceFacet,
    ManyFacet,
    NounFacet,
    YearFacet,
)
from articles.filters.base import Rows
from articles.filters.indexed import IndexedPeriodFilterSet
from articles.models import (
    HOME,
    Article,
    ArticlePartner,
    Country,
    Outlet,
    SourceDocument,
    Topic,
)


class ArticleFilterSet(IndexedPeriodFilterSet):
    """Articles by partner, topic, outlet, genre, year, way of knowing, and range of dates."""

    NOUN = Article.NOUN

    country = ManyFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("about {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        through=ArticlePartner.objects.all,
        row="article",
        column="country",
    )
    topic = ManyFacet(
        label=gettext_lazy("Topic"),
        phrase=gettext_lazy("on {}"),
        noun=Topic.public.all,
        key="slug",
        through=Article.topics.through._default_manager.all,
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

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return Article.public.all()

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d article", "%(n)d articles", count) % {"n": count}
