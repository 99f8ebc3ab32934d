"""What the components of discrepancies are given: plain values made from entries that a queryset has fetched."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format

from articles.models import Attestation, Discrepancy, DiscrepancySide
from articles.models.dated import ShownDate
from articles.presentation import Link, links


@dataclass(frozen=True, slots=True)
class Side:
    """What one source says, in our words and in a few of its own, and where."""

    says: str
    as_written: str
    attestations: list[Attestation]


@dataclass(frozen=True, slots=True)
class DiscrepancyRow:
    """A discrepancy in a list, with its sides."""

    url: str
    title: str
    kind_label: str
    open: bool
    standing_label: str
    weight_label: str
    minor: bool
    noted: ShownDate
    sides: list[Side]
    partners: str
    partner_links: list[Link]


def shown_day(day: dt.date) -> ShownDate:
    """Return a day of ours, which is always exact."""
    return ShownDate(date_format(day, "j F Y"), day.isoformat(), coarse=False, inferred=False, note="")


def _side(side: DiscrepancySide) -> Side:
    return Side(side.says, side.as_written, list(side.public_attestations))


def discrepancy_row(discrepancy: Discrepancy) -> DiscrepancyRow:
    """Take a discrepancy fetched `with_names()`."""
    partners = links(discrepancy.public_partners)
    return DiscrepancyRow(
        url=discrepancy.url,
        title=discrepancy.name,
        kind_label=discrepancy.get_kind_display(),
        open=discrepancy.is_open,
        standing_label=discrepancy.get_standing_display(),
        weight_label=discrepancy.get_weight_display(),
        minor=discrepancy.weight == Discrepancy.Weight.MINOR,
        noted=shown_day(discrepancy.noted_on),
        sides=[_side(side) for side in discrepancy.public_sides],
        partners=", ".join(link.name for link in partners),
        partner_links=partners,
    )
