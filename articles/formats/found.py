"""What a search over everything found, as a selection: entries of all nouns, the best matches first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from articles.edition import Edition
from articles.filters import FILTERSETS, RecordFilterSet, SearchFilterSet
from articles.formats.fetching import CHUNK, with_everything
from articles.formats.selection import SEARCH, Selection
from articles.models import NOUNS

LISTS: Final[Mapping[str, type[RecordFilterSet]]] = FILTERSETS | {SEARCH: SearchFilterSet}
"""The filter set of every list that is offered as data."""

_MODELS: Final = {model.NOUN: model for model in NOUNS}


class Found(Selection):
    """The hits of a search. They are fetched noun by noun, some hundreds at a time, and shown in their own order."""

    @property
    def path(self) -> str:
        return reverse("articles:search")

    def rows(self, first: int = 0, last: int | None = None) -> Iterator[Any]:
        end = self.count if last is None else min(last, self.count)
        for start in range(first, end, CHUNK):
            hits = self.filters.qs[start : min(start + CHUNK, end)]
            entries: dict[tuple[str, Any], Any] = {}
            for noun in {hit.noun for hit in hits}:
                rows = _MODELS[noun].public.filter(pk__in=[hit.pk for hit in hits if hit.noun == noun])
                entries |= {(noun, row.pk): row for row in with_everything(noun, rows)}
            # What is withdrawn between the two questions is not there any more.
            yield from (entries[hit.noun, hit.pk] for hit in hits if (hit.noun, hit.pk) in entries)


def selection_of(noun: str, query: QueryDict, origin: str, edition: Edition) -> Selection:
    """Return what a query string asks of a noun's list, or of the search over all."""
    filters = LISTS[noun](query, LISTS[noun].start())
    return (Found if noun == SEARCH else Selection)(noun, filters, origin, edition)
