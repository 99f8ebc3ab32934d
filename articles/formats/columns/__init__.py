"""The columns of each noun: an allow-list. What is not named here leaves the portal in no format."""

from articles.formats.columns.agreement import AGREEMENT
from articles.formats.columns.article import ARTICLE
from articles.formats.columns.base import Column, Type, absolute, plain
from articles.formats.columns.directory import COUNTRY, INDICATOR, ORGANISATION, OUTLET, PERSON, SOURCE, TOPIC
from articles.formats.columns.discrepancy import DISCREPANCY
from articles.formats.columns.event import EVENT
from articles.formats.columns.figure import FIGURE
from articles.formats.columns.search import SEARCH

COLUMNS: dict[str, tuple[Column, ...]] = {
    "article": ARTICLE,
    "agreement": AGREEMENT,
    "figure": FIGURE,
    "event": EVENT,
    "discrepancy": DISCREPANCY,
    "country": COUNTRY,
    "topic": TOPIC,
    "outlet": OUTLET,
    "person": PERSON,
    "organisation": ORGANISATION,
    "indicator": INDICATOR,
    "source": SOURCE,
    "search": SEARCH,
}
"""The columns of each noun, and of what a search finds, in the order of the spreadsheet."""

__all__ = ["COLUMNS", "Column", "Type", "absolute", "plain"]
