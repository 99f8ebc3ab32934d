"""How overviews lead to the list of articles, and how they say a number of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext


def articles_url(**query: str) -> str:
    """Return the address of the list of articles under a filter."""
    return f"{reverse('articles:article-list')}?{urlencode(query)}"


def counted(articles: int) -> str:
    return ngettext("%(n)d article", "%(n)d articles", articles) % {"n": articles}
