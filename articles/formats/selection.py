"""What a reader asked of one noun's list: the same rows, count and sentence for every format."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.edition import Edition
from articles.filters import RecordFilterSet
from articles.formats.base import PAGE_SIZE
from articles.formats.fetching import CHUNK, with_everything
from articles.models import NOUNS

SEARCH: Final = "search"
"""The list of what a search over all nouns finds."""

NOT_OF_THE_FILTER: Final = ("page", "cited")
"""Parameters that say how a list was looked at, not what it holds."""


class Selection:
    """The rows of one noun's list under a filter, and what every format says about them."""

    def __init__(self, noun: str, filters: RecordFilterSet, origin: str, edition: Edition) -> None:
        """Take a filter set that has read the query string, and the origin: `https://host`."""
        self.noun = noun
        self.filters = filters
        self.origin = origin
        self.edition = edition

    @cached_property
    def count(self) -> int:
        number: int = self.filters.qs.count()
        return number

    @property
    def pages(self) -> int:
        """How many pages a paged format has; an empty list has one."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def title(self) -> str:
        """The name of the list: “Articles”."""
        return title_of(self.noun)

    @cached_property
    def sentence(self) -> str:
        """The sentence over the list as plain text, without what a reader could click there."""
        return plain(self.filters.sentence(self.count))

    @property
    def page_address(self) -> str:
        """The absolute address of the list as a page, under the same filter."""
        return f"{self.origin}{self.path}{self._query(1)}"

    @property
    def path(self) -> str:
        """The path of the list as a page."""
        return reverse(f"articles:{self.noun}-list")

    def address(self, suffix: str, page: int = 1) -> str:
        """Return the absolute address of the data in a format; its first page carries no number."""
        return f"{self.origin}{reverse(f'articles:{self.noun}-data', args=[suffix])}{self._query(page)}"

    def disposition(self, suffix: str) -> str:
        """Return a Content-Disposition that has browsers save the data: `sholu-articles-2026-11-22.csv`."""
        plural = self.path.strip("/").rpartition("/")[2]
        as_of = self.edition.as_of.isoformat() if self.edition.as_of else "empty"
        return f'attachment; filename="sholu-{plural}-{as_of}.{suffix}"'

    def _query(self, page: int) -> str:
        link = self.filters.query.link({"page": [str(page)]} if page > 1 else {}, without=NOT_OF_THE_FILTER)
        return "" if link == "." else link

    def rows(self, first: int = 0, last: int | None = None) -> Iterator[Any]:
        """Yield the rows from one place to another, in order, with everything that columns and citations show.

        A whole list whose places are known is read in pieces: the first is there at once, however many follow.
        """
        listed = self.filters.qs
        if last is not None or listed.counted is None:
            return with_everything(self.noun, listed[first:last])
        starts = range(first, self.count, CHUNK)
        return chain.from_iterable(with_everything(self.noun, listed[start : start + CHUNK]) for start in starts)

    def page_rows(self, page: int) -> Iterator[Any]:
        """Yield the rows of one page of a paged format."""
        return self.rows((page - 1) * PAGE_SIZE, page * PAGE_SIZE)


def plain(sentence: str) -> str:
    """Return the sentence over a list as plain text, without what a reader could click in it."""
    return html.unescape(strip_tags(re.sub(r"<a\b.*?</a>", "", sentence))).strip()


_MODELS: Final = {model.NOUN: model for model in NOUNS}


def title_of(noun: str) -> str:
    """Return the name of a noun's list."""
    return _("Search") if noun == SEARCH else str(capfirst(_MODELS[noun]._meta.verbose_name_plural))
