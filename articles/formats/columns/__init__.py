"""The columns of each noun: an allow-list. What is not named here leaves the portal in no format."""

from articles.formats.columns.base import Column, Type, plain
from articles.formats.columns.shared import IDENTITY, MODIFIED
from articles.models import NOUNS

COLUMNS: dict[str, tuple[Column, ...]] = {model.NOUN: (*IDENTITY, MODIFIED) for model in NOUNS}
"""The columns of each noun, in the order of the spreadsheet."""

__all__ = ["COLUMNS", "Column", "Type", "plain"]
