"""Totals in which what is probably the same counts once.

The record keeps two entries apart where it is not certain that they are the same agreement, figure or event, and
ties them by “probably the same as”. A number of entries is then no number of agreements: a total says both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from pyroaring import BitMap

from articles.models import Agreement, AgreementRelation, Event, EventRelation, Figure, FigureRelation

Tie = tuple[Any, Any]
"""The keys of two entries that are probably the same."""

RELATIONS: dict[type[models.Model], tuple[Any, str]] = {
    Agreement: (AgreementRelation, "agreement"),
    Figure: (FigureRelation, "figure"),
    Event: (EventRelation, "event"),
}
"""The nouns whose entries may be tied: the model of the tie, and its field for the entry that has it."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries there are, and how many if those that are probably the same count once."""

    rows: int
    once: int

    @property
    def if_once(self) -> str:
        """What follows the number of entries in a sentence; nothing where both numbers are the same."""
        if self.once == self.rows:
            return ""
        return _("; %(n)d if those that are probably the same count once") % {"n": self.once}


def ties(model: type[models.Model], rows: models.QuerySet[Any] | None = None) -> list[Tie]:
    """Return the public ties between two entries of a noun, in one query; only those inside `rows` where given."""
    if model not in RELATIONS:
        return []
    relation, own = RELATIONS[model]
    public = relation.public.filter(kind=relation.Kind.PROBABLY_SAME)
    if rows is not None:
        keys = rows.order_by().values("pk")
        public = public.filter(**{f"{own}__in": keys, "other__in": keys})
    return list(public.order_by().values_list(own, "other"))


def number_once(keys: Collection[Any] | BitMap, tied: Iterable[Tie]) -> int:
    """Return how many of the keys there are if those that are tied to each other, directly or not, count once."""
    return len(keys) - _merged((one, other) for one, other in tied if one in keys and other in keys)


def count_once(model: type[models.Model], rows: models.QuerySet[Any], number: int | None = None) -> Count:
    """Count entries of a noun both ways: one query for the ties, one for the number, unless it is given."""
    total = rows.count() if number is None else number
    return Count(total, total - _merged(ties(model, rows)))


def _merged(tied: Iterable[Tie]) -> int:
    """Return how many entries fewer there are when each group of tied ones counts once."""
    leads_to: dict[Any, Any] = {}

    def first_of(key: Any) -> Any:
        while (following := leads_to.get(key, key)) != key:
            leads_to[key] = leads_to.get(following, following)
            key = following
        return key

    number = 0
    for one, other in tied:
        first, second = first_of(one), first_of(other)
        if first != second:
            leads_to[first] = second
            number += 1
    return number
