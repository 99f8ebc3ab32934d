"""A date as its source gives it, on whatever has one: stated or inferred, exact, coarse, open or missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles import dates

if TYPE_CHECKING:
    from django.db.models.expressions import OrderBy


class Basis(models.TextChoices):
    STATED = "stated", _("stated by the source")
    INFERRED = "inferred", _("inferred by us")
    NONE = "none", _("no date in the source")


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date as a page shows it: words, machine form, and how it is known."""

    text: str
    iso: str
    coarse: bool
    inferred: bool
    note: str

    def __str__(self) -> str:
        return self.text


class DatedRows:
    """For the querysets of what has a date: order and filter where it may be coarse, open or missing."""

    def newest_first(self: Any) -> Any:
        return self.order_by(*newest_first(), "pk")

    def oldest_first(self: Any) -> Any:
        return self.order_by(*oldest_first(), "pk")

    def possibly_in(self: Any, period: dates.DateRange) -> Any:
        """Keep what may have happened in the period: its possible days overlap it. Undated entries drop out."""
        return self.exclude(date_edtf="").filter(possibly_in(period))

    def certainly_in(self: Any, period: dates.DateRange) -> Any:
        """Keep what certainly happened in the period: all its possible days lie inside."""
        return self.exclude(date_edtf="").filter(certainly_in(period))


def newest_first(prefix: str = "") -> list[OrderBy]:
    """Order newest first; a coarse date after the exact ones of its period; the undated last."""
    return [F(f"{prefix}date_earliest").desc(nulls_last=True), F(f"{prefix}date_rank").asc(nulls_last=True)]


def oldest_first(prefix: str = "") -> list[OrderBy]:
    """Order oldest first; a coarse date after the exact ones of its period; the undated last."""
    return [F(f"{prefix}date_latest").asc(nulls_last=True), F(f"{prefix}date_rank").asc(nulls_last=True)]


def possibly_in(period: dates.DateRange, prefix: str = "") -> Q:
    condition = Q()
    if period.first:
        condition &= Q(**{f"{prefix}date_latest__gte": period.first}) | Q(**{f"{prefix}date_latest__isnull": True})
    if period.last:
        condition &= Q(**{f"{prefix}date_earliest__lte": period.last}) | Q(**{f"{prefix}date_earliest__isnull": True})
    return condition


def certainly_in(period: dates.DateRange, prefix: str = "") -> Q:
    condition = Q()
    if period.first:
        condition &= Q(**{f"{prefix}date_earliest__gte": period.first})
    if period.last:
        condition &= Q(**{f"{prefix}date_latest__lte": period.last})
    return condition


class Dated(models.Model):
    """A date as EDTF, with what it can mean on a calendar and how it is known.

    The bounds and the rank are written beside the string, so that the database can sort and filter; `clean()`
    sets them, and the loader refuses a fixture in which they disagree with the string.
    """

    date_edtf = models.CharField(
        _("date (EDTF)"),
        max_length=dates.MAX_LENGTH,
        blank=True,
        help_text=_(
            "As precise as the source and no more: 2025, 2025-11, 2025-11-30, 2025-11-17/2025-11-19; "
            "[2025-01..2025-04] for one unknown day in between; [2025..] for 2025 or later. "
            "Empty where the source gives no date."
        ),
    )
    date_earliest = models.DateField(_("earliest day"), null=True, blank=True, editable=False)
    date_latest = models.DateField(_("latest day"), null=True, blank=True, editable=False)
    date_precision = models.CharField(
        _("precision"),
        max_length=8,
        blank=True,
        editable=False,
        choices=[(p.value, p.value) for p in dates.Precision],
    )
    date_rank = models.PositiveSmallIntegerField(_("rank of the precision"), null=True, blank=True, editable=False)
    date_basis = models.CharField(_("how the date is known"), max_length=8, choices=Basis, default=Basis.NONE)
    date_note = models.CharField(
        _("why this date"),
        max_length=400,
        blank=True,
        help_text=_("What an inferred date rests on, or why there is none; in our own words."),
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(class)s_date_or_none",
                condition=(
                    Q(date_basis=Basis.NONE, date_edtf="", date_precision="")
                    & Q(date_earliest__isnull=True, date_latest__isnull=True, date_rank__isnull=True)
                )
                | (
                    Q(date_basis__in=[Basis.STATED, Basis.INFERRED], date_rank__isnull=False)
                    & ~Q(date_edtf="")
                    & ~Q(date_precision="")
                    & (Q(date_earliest__isnull=False) | Q(date_latest__isnull=False))
                ),
                violation_error_message=_(
                    "Give a date and say whether the source states it or we infer it; or give none of them."
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_inferred_date_says_why",
                condition=~Q(date_basis=Basis.INFERRED) | ~Q(date_note=""),
                violation_error_message=_("Say what the inferred date rests on."),
            ),
            models.CheckConstraint(
                name="%(class)s_date_in_order",
                condition=Q(date_earliest__isnull=True)
                | Q(date_latest__isnull=True)
                | Q(date_earliest__lte=F("date_latest")),
                violation_error_message=_("The date ends before it begins."),
            ),
        ]

    def set_date(self, edtf: str) -> None:
        """Set the EDTF string and everything that follows from it. Raises dates.EdtfError."""
        self.date_edtf = edtf
        if not edtf:
            self.date_earliest = self.date_latest = self.date_rank = None
            self.date_precision = ""
            return
        parsed = dates.parse(edtf)
        self.date_earliest, self.date_latest = parsed.earliest, parsed.latest
        self.date_precision, self.date_rank = parsed.precision.value, parsed.sort_rank

    def clean(self) -> None:
        super().clean()
        try:
            self.set_date(self.date_edtf)
        except dates.EdtfError as error:
            raise ValidationError({"date_edtf": str(error)}) from error

    @property
    def date(self) -> ShownDate:
        """The date in words, for the components that show it."""
        if not self.date_edtf:
            return ShownDate(str(_("no date")), "", True, False, self.date_note)
        return ShownDate(
            text=dates.in_words(self.date_edtf),
            iso=dates.html_datetime(self.date_edtf),
            coarse=self.date_precision != dates.Precision.DAY,
            inferred=self.date_basis == Basis.INFERRED,
            note=self.date_note,
        )

    def is_certainly_in(self, period: dates.DateRange) -> bool:
        """Say whether all days this date can mean lie in the period (the Python twin of `certainly_in`)."""
        first: dt.date | None = period.first
        last: dt.date | None = period.last
        return (first is None or (self.date_earliest is not None and self.date_earliest >= first)) and (
            last is None or (self.date_latest is not None and self.date_latest <= last)
        )
