"""One FilterSet for each list: it drives the page, the counts, the chips and the sentence that says what is shown."""

from articles.filters.agreements import AgreementFilterSet
from articles.filters.articles import ArticleFilterSet
from articles.filters.base import Chip, RecordFilterSet
from articles.filters.directory import (
    CountryFilterSet,
    IndicatorFilterSet,
    OrganisationFilterSet,
    OutletFilterSet,
    PersonFilterSet,
    TopicFilterSet,
)
from articles.filters.discrepancies import DiscrepancyFilterSet
from articles.filters.events import EventFilterSet
from articles.filters.figures import FigureFilterSet
from articles.filters.search import SearchFilterSet, suggested
from articles.filters.sources import SourceFilterSet

FILTERSETS: dict[str, type[RecordFilterSet]] = {
    "article": ArticleFilterSet,
    "agreement": AgreementFilterSet,
    "figure": FigureFilterSet,
    "event": EventFilterSet,
    "discrepancy": DiscrepancyFilterSet,
    "country": CountryFilterSet,
    "topic": TopicFilterSet,
    "outlet": OutletFilterSet,
    "person": PersonFilterSet,
    "organisation": OrganisationFilterSet,
    "indicator": IndicatorFilterSet,
    "source": SourceFilterSet,
}
"""The filter set of each noun's list."""

__all__ = [
    "FILTERSETS",
    "AgreementFilterSet",
    "ArticleFilterSet",
    "Chip",
    "DiscrepancyFilterSet",
    "EventFilterSet",
    "FigureFilterSet",
    "RecordFilterSet",
    "SearchFilterSet",
    "SourceFilterSet",
    "suggested",
]
