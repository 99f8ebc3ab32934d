"""The search over everything: documents of all nouns under one text box, by kind, partner country and topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext
from pyroaring import BitMap

from articles.facets import ChoiceFacet, FacetFilter, NounFacet
from articles.filters import words
from articles.filters.agreements import AgreementFilterSet
from articles.filters.articles import ArticleFilterSet
from articles.filters.base import RecordFilterSet, Rows
from articles.filters.discrepancies import DiscrepancyFilterSet
from articles.filters.events import EventFilterSet
from articles.filters.figures import FigureFilterSet
from articles.filters.indexed import IndexedFilterSet
from articles.models import (
    HOME,
    NOUNS,
    Agreement,
    Article,
    Country,
    Discrepancy,
    Event,
    Figure,
    Organisation,
    Outlet,
    Person,
    Record,
    SearchDocument,
    Topic,
)
from articles.search import index
from articles.search.suggestions import suggestions

Ties = Mapping[type[Record], FacetFilter]
"""How the entries of each noun are tied to the values of a facet over all; a noun that is left out has no tie."""
Everything = Mapping[str, Rows]
"""Rows of each noun."""

_LISTS: Final[Mapping[type[Record], type[RecordFilterSet]]] = {
    Article: ArticleFilterSet,
    Agreement: AgreementFilterSet,
    Figure: FigureFilterSet,
    Event: EventFilterSet,
    Discrepancy: DiscrepancyFilterSet,
}
_INDEXED: Final[tuple[type[IndexedFilterSet], ...]] = (ArticleFilterSet, AgreementFilterSet)
FEW: Final = 250
"""Up to how many entries of a noun are kept by their keys while the facets are counted."""
WEIGHED: Final = 500
"""Up to how many entries of a noun are weighed against each other: a word in more tells none from another."""
COMMON: Final = 10_000
"""From how many entries of a noun on that have the words it only counts where these stand."""
TITLED: Final = 5_000
"""Up to how many titles of a noun may have the words before that tells none from another, either."""


def _of_lists(name: str) -> dict[type[Record], Any]:
    """Return the facet of this name of each list that has it."""
    return {model: filters.base_filters[name] for model, filters in _LISTS.items() if name in filters.base_filters}


def _own(column: str) -> FacetFilter:
    """Return the facet of a noun that has the value, or is it, in a column of its own."""
    return ChoiceFacet(label="", phrase="", choices=(), column=column)


class KindFacet(FacetFilter):
    """The nouns."""

    parent: SearchFilterSet

    def options(self) -> Mapping[str, str]:
        return {model.NOUN: str(capfirst(model._meta.verbose_name_plural)) for model in NOUNS}

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        return rows if rows.model.NOUN in values else rows.none()

    def counts(self, rows: Everything) -> Mapping[str, int]:
        return self.parent.numbers


class TiedFacet(FacetFilter):
    """Entries of one noun to which those of others are tied, each as its own list has it; a noun may have no tie."""

    def __init__(
        self,
        *,
        noun: Callable[[], QuerySet[Any]],
        key: str,
        ties: Callable[[], Mapping[type[Record], FacetFilter]],
        **kwargs: Any,
    ) -> None:
        self._noun = NounFacet(noun=noun, key=key, column="", label="", phrase="")
        self._ties = ties
        super().__init__(**kwargs)

    def options(self) -> Mapping[str, str]:
        return self._noun.options()

    def choose(self, rows: Rows, values: list[str]) -> Rows:
        one = self._ties().get(rows.model)
        return one.choose(rows, values) if one else rows.none()

    def counts(self, rows: Everything) -> Mapping[str, int]:
        counted: Counter[str] = Counter()
        for model, one in self._ties().items():
            if model.NOUN in rows:
                counted.update(one.counts(rows[model.NOUN]))
        return counted


class SearchFilterSet(RecordFilterSet):
    """Everything that readers may see, as documents of the index.

    Entries of which there may be a million are counted and chosen by their own lists under the same query.
    """

    SORTS: ClassVar[dict[str, Any]] = {
        "relevance": gettext_lazy("Best matches first"),
        "newest": gettext_lazy("Newest first"),
    }

    kind = KindFacet(label=gettext_lazy("Kind of entry"), phrase=gettext_lazy("in {}"))
    country = TiedFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("about {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        ties=lambda: (
            _of_lists("country")
            | {Country: _own("iso"), Outlet: _own("country"), Person: _own("country"), Organisation: _own("country")}
        ),
    )
    topic = TiedFacet(
        label=gettext_lazy("Topic"),
        phrase=gettext_lazy("on {}"),
        noun=Topic.public.all,
        key="slug",
        ties=lambda: _of_lists("topic") | {Topic: _own("slug")},
    )

    class Meta:
        model = SearchDocument
        fields: ClassVar[list[str]] = []

    @classmethod
    def start(cls) -> Rows:
        """Return all documents: what readers may see of them is decided noun by noun."""
        return SearchDocument.objects.all()

    @cached_property
    def lists(self) -> dict[str, IndexedFilterSet]:
        """The lists that have an index, by noun, under the same text, partners and topics."""
        asked = QueryDict(mutable=True)
        asked["q"] = self.text
        for name in ("country", "topic"):
            asked.setlist(name, self.chosen(name))
        return {filters.NOUN: filters(asked, filters.start()) for filters in _INDEXED}

    def listed(self, noun: str) -> bool:
        """Say whether a noun is of the kinds that are chosen."""
        return not self.chosen("kind") or noun in self.chosen("kind")

    def visible(self, lifted: str = "") -> dict[str, Rows]:
        """Return what readers may see of each noun without an index under the facets, whatever the text box says."""
        shown = _everything()
        for name, one in self.facet_filters().items():
            if name != lifted:
                shown = {noun: one.filter(rows, self.chosen(name)) for noun, rows in shown.items()}
        return shown

    def rows(self, *, lifted: str = "") -> dict[str, Rows]:
        """Return what is found of each noun without an index."""
        found = self.visible(lifted)
        if not self.text:
            return found
        return {
            noun: rows.filter(pk__in=self._few[noun]) if noun in self._few else self.among(rows)
            for noun, rows in found.items()
        }

    @cached_property
    def _few(self) -> dict[str, list[Any]]:
        """The keys of what the text finds of each noun of which it finds few: they need not be looked for again."""
        everything = _everything()
        keys: dict[str, list[Any]] = {noun: [] for noun in everything if self._all_numbers[noun] <= FEW}
        few = {noun: everything[noun] for noun in keys if self._all_numbers[noun]}
        for hit in index.ranked(self.wish, self.spelt, few, newest=True, last=FEW * len(NOUNS)) if few else []:
            keys[hit.noun].append(hit.pk)
        return keys

    def counts(self, name: str, one: FacetFilter) -> Mapping[str, int]:
        counted = Counter(super().counts(name, one))
        for noun, listed in self.lists.items():
            if name != "kind" and self.listed(noun):
                counted.update(listed.counts(name, listed.facet_filters()[name]))
        return counted

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How much is found of each noun, whichever kinds are chosen."""
        if self.chosen("country") or self.chosen("topic"):
            return self._counted(self.visible(lifted="kind")) | {
                noun: len(listed.bits) for noun, listed in self.lists.items()
            }
        return self._all_numbers

    @cached_property
    def _all_numbers(self) -> dict[str, int]:
        """How much the text finds of each noun, whatever the facets."""
        return self._counted(_everything()) | {noun: len(listed.found) for noun, listed in self.lists.items()}

    def _counted(self, visible: dict[str, Rows]) -> dict[str, int]:
        return dict.fromkeys(visible, 0) if self.asks_nothing else index.counts(self.wish, self.spelt, visible)

    def filter_queryset(self, queryset: Rows) -> Rows:
        return Found(self)

    def if_once(self, count: int) -> str:
        return ""

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d entry", "%(n)d entries", count) % {"n": count}


def _everything() -> dict[str, Rows]:
    """Return what readers may see of each noun without an index."""
    indexed = {filters.NOUN for filters in _INDEXED}
    return {model.NOUN: model.public.all() for model in NOUNS if model.NOUN not in indexed}


class Found:
    """What a search finds, best or newest first, as a paginator takes it."""

    def __init__(self, filters: SearchFilterSet) -> None:
        self._filters = filters

    def count(self) -> int:
        return sum(number for noun, number in self._filters.numbers.items() if self._filters.listed(noun))

    def exists(self) -> bool:
        return bool(self[:1])

    def __getitem__(self, part: slice) -> list[index.Hit]:
        """Return some hits: first those that are weighed against each other, then the others, noun by noun.

        Of these, which are all of nouns with very many entries, the newest stand first.
        """
        asked, first, last = self._filters, part.start or 0, part.stop
        if asked.asks_nothing:
            return []
        newest = asked.sort == "newest" or not asked.wish.clauses
        chosen = {listed: self._newest(listed, last) if newest else self._weighed(listed) for listed in self._lists}
        named = [hit.document for listed, keys in chosen.items() for hit in _hits(listed, keys)]
        titled = None
        if not newest and any(len(listed.found) > COMMON for listed in chosen):
            named_so = {listed: self._titled(listed).intersection(BitMap(keys)) for listed, keys in chosen.items()}
            titled = [hit.document for listed, keys in named_so.items() for hit in _hits(listed, keys)]
        hits = index.ranked(
            asked.wish,
            asked.spelt,
            asked.visible(),
            named=named,
            titled=titled,
            newest=newest,
            first=first,
            last=last,
        )
        if newest:
            return hits
        rest = {listed: listed.bits - BitMap(keys) for listed, keys in chosen.items()}
        before = self.count() - sum(map(len, rest.values()))
        for listed, others in rest.items():
            if last > before:
                keys = listed.index.slice(others, listed.index.newest_days, max(first - before, 0), last - before)
                hits += _hits(listed, keys)
            before += len(others)
        return hits

    @property
    def _lists(self) -> list[IndexedFilterSet]:
        return [listed for noun, listed in self._filters.lists.items() if self._filters.listed(noun)]

    def _newest(self, listed: IndexedFilterSet, number: int) -> list[int]:
        return listed.index.slice(listed.bits, listed.index.newest_days, 0, number)

    def _weighed(self, listed: IndexedFilterSet) -> list[int]:
        """Return what is weighed: all, or of very many those named so or with the words in their title first."""
        if len(listed.bits) <= WEIGHED:
            return list(listed.bits)
        titled = self._titled(listed)
        keys = listed.index.slice(titled, listed.index.newest_days, 0, WEIGHED)
        return keys + listed.index.slice(listed.bits - titled, listed.index.newest_days, 0, WEIGHED - len(keys))

    def _titled(self, listed: IndexedFilterSet) -> BitMap:
        return listed.bits & words.titled(listed.NOUN, self._filters.wish, TITLED)


def _hits(listed: IndexedFilterSet, keys: Iterable[int]) -> list[index.Hit]:
    return [index.hit_of(listed.NOUN, key) for key in keys]


def suggested(filters: RecordFilterSet) -> list[tuple[str, str]]:
    """Return what to look for in a list that holds nothing, and the addresses: each leads to something."""
    everything = SearchFilterSet(QueryDict(), SearchFilterSet.start())
    texts = suggestions(filters.text, filters.wish, known=everything.finds, finds=filters.finds)
    return [(text, filters.query.link({"q": [text]})) for text in texts]
