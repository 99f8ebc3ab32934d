"""What Atom and JSON Feed say of an entry, and of the list: never a day that its source does not give."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.utils.timezone import get_current_timezone

from articles.citations import days
from articles.citations.provenance import provenance
from articles.citations.reference import NO_DATE, PORTAL, Reference, When
from articles.edition import Edition
from articles.formats.selection import Selection
from articles.locality import settled
from articles.references import reference_of

DATED: Final = frozenset({"article", "source", "figure", "discrepancy", "agreement", "event"})
"""Nouns that have a date of their own. The others are cited as of the data version."""

APPEARED: Final = frozenset({"article", "source", "figure", "discrepancy"})
"""Nouns whose date is the day on which something appeared. An agreement's and an event's own days are none."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the record in a feed."""

    reference: Reference
    page: str
    """The absolute address of its page."""
    updated: dt.datetime
    published: dt.datetime | None
    authors: tuple[str, ...]

    @property
    def date(self) -> When:
        return self.reference.date if self.reference.noun in DATED else NO_DATE

    @property
    def summary(self) -> str:
        """What the entry says, in our words; when; and how we know."""
        one = self.reference
        dated = f"Dated {days.words(self.date)}." if self.date.edtf else ""
        said = (one.abstract, f"{one.description}." if one.description else "", dated, provenance(one))
        return " ".join(part for part in said if part)


def items(selection: Selection, page: int) -> list[Item]:
    """Return the entries of one page of a feed, in the order of the list."""
    with settled():
        return [_item(row, selection) for row in selection.page_rows(page)]


def _item(record: Any, selection: Selection) -> Item:
    reference = reference_of(record, selection.origin, selection.edition)
    authors = tuple(name.in_order for name in reference.authors)
    return Item(
        reference=reference,
        page=f"{selection.origin}{record.url}",
        updated=record.modified_at,
        published=published(reference),
        authors=authors or ((reference.outlet,) if reference.is_coverage else (PORTAL,)),
    )


def published(reference: Reference) -> dt.datetime | None:
    """Return the beginning of the day on which it appeared; None where that day is not known."""
    known = days.known_days(reference.date.edtf) if reference.noun in APPEARED else None
    return midnight(known[0]) if known and known[0] == known[1] else None


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), get_current_timezone())


def updated(items: list[Item], edition: Edition) -> dt.datetime:
    """Return when one of the entries last changed; where there are none, the beginning of the record's own day."""
    return max((item.updated for item in items), default=midnight(edition.as_of or dt.date(1970, 1, 1)))
