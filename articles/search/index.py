"""What the search asks of the index, the same for every database.

A wish (`syntax.py`) and the spellings that its words have in the record are all that is asked with; what readers may
see, the querysets decide that the answers are joined with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from articles.search.syntax import Wish

Spelt = Mapping[str, tuple[str, ...]]
"""The words of the record that sound like each word looked for, that word itself first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: its noun and primary key."""

    noun: str
    pk: Any


def spellings(wish: Wish) -> Spelt:
    """Return the words of the record that sound like those of a wish, in one query."""
    raise NotImplementedError


def matching(noun: str, wish: Wish, spelt: Spelt) -> Q:
    """Return the condition for the rows of a noun that the wish finds. An empty wish finds all."""
    raise NotImplementedError


def ranked(
    wish: Wish, spelt: Spelt, visible: Mapping[str, Any], *, newest: bool = False, first: int = 0, last: int = 25
) -> list[Hit]:
    """Return a slice of what the wish finds among the visible rows, the best first or the newest first."""
    raise NotImplementedError


def counts(wish: Wish, spelt: Spelt, visible: Mapping[str, Any]) -> dict[str, int]:
    """Return how many of the visible rows of each noun the wish finds."""
    raise NotImplementedError
