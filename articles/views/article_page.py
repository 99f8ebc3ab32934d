"""The page of an article."""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from articles.concerns import marked
from articles.filters import held
from articles.models import (
    Article,
    Country,
)
from articles.models.base import prefetched
from articles.paragraphs import attested_by
from articles.plain_entries import listed_articles
from articles.presentation import (
    article_item,
    language_name,
    links,
)
from articles.views.shared import Context

RELATED: Final = 4
"""How many other articles about the same partners are shown."""


def article_rows() -> models.QuerySet[Any]:
    return (
        Article.objects.all()
        .with_names()
        .prefetch_related(prefetched("mentioned", Country.public.all(), "public_mentioned"))
    )


def article_context(request: HttpRequest, article: Any) -> Context:
    attested = attested_by(article, timezone.localdate())
    related = held.articles().of("country", *(country.pk for country in article.public_partners)).without(article.pk)
    item = article_item(article)
    source = article.source
    return {
        "article": {
            **{name: getattr(item, name) for name in item.__slots__},
            "language_label": language_name(article.language),
            "authors": article.authors,
            "author_role": article.author_role,
            "original_url": article.original_url,
            "permalink": request.build_absolute_uri(article.permalink),
            "partners": links(article.public_partners),
            "mentioned": links(article.public_mentioned),
            "topics": links(article.public_topics),
            "outlet_names": article.outlet.aliases,
            "position": article.position,
            "source": {
                "title": source.title,
                "has_heading": source.has_heading,
                "url": source.url,
                "kind_label": source.get_kind_display(),
                "is_digest": source.is_digest,
                "date": source.date,
                "publisher": source.publisher.title,
            },
            "paragraphs": attested.paragraphs,
            "totals": attested.totals,
            "discrepancies": attested.discrepancies,
            "related": marked("articles", listed_articles(related.newest(RELATED)), article_item),
        }
    }
