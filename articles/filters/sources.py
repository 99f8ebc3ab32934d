"""The directory of source documents: one for each article that we have read itself, so that there may be very many."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import ngettext

from articles.bitmaps.index import NONE
from articles.filters.base import Rows
from articles.filters.indexed import IndexedFilterSet
from articles.models import SourceDocument


class SourceFilterSet(IndexedFilterSet):
    """Source documents by date."""

    NOUN = SourceDocument.NOUN
    COLUMNS: ClassVar = {"kind": "kind"}

    class Meta:
        model = SourceDocument
        fields: ClassVar[list[str]] = []

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return SourceDocument.public.all()

    def digests_first(self, start: int, stop: int) -> Rows:
        """Return a part of the list with the digests before the single articles, each kind in the order of the list."""
        digests = self.bits & self.index.values["kind"].get(SourceDocument.Kind.DIGEST, NONE)
        keys = self.index.slice(digests, self.order, start, stop)
        before = len(digests)
        keys += self.index.slice(self.bits - digests, self.order, max(0, start - before), max(0, stop - before))
        rows = self.ordered(self.start().filter(pk__in=keys))
        return rows.order_by("-kind", *rows.query.order_by)

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d source document", "%(n)d source documents", count) % {"n": count}
