"""One FilterSet for each list: it drives the page, the counts, the chips and the sentence that says what is shown."""

from articles.filters.agreements import AgreementFilterSet
from articles.filters.articles import ArticleFilterSet
from articles.filters.base import Chip, RecordFilterSet
from articles.filters.discrepancies import DiscrepancyFilterSet
from articles.filters.events import EventFilterSet
from articles.filters.figures import FigureFilterSet

__all__ = [
    "AgreementFilterSet",
    "ArticleFilterSet",
    "Chip",
    "DiscrepancyFilterSet",
    "EventFilterSet",
    "FigureFilterSet",
    "RecordFilterSet",
]
