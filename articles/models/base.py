"""What every noun of the record shares: a permanent code, a state of publication, a date as its source gives it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles import dates, permalinks

if TYPE_CHECKING:
    from django.db.models.expressions import OrderBy


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


M = TypeVar("M", bound="Record")


class RecordQuerySet(models.QuerySet[M]):
    def published(self) -> Self:
        """Return the entries the public may see. The one place that decides visibility, for every output."""
        return self.filter(state=State.PUBLISHED)

    def get_by_natural_key(self, code: str) -> M:
        return self.get(code=code)


def public_manager(queryset_class: type[models.QuerySet[Any]]) -> Any:
    """Return the manager that every public page, count, feed and sitemap starts from: what `published()` lets out."""

    class PublicManager(models.Manager.from_queryset(queryset_class)):  # type: ignore[misc]
        def get_queryset(self) -> Any:
            return super().get_queryset().published()

    return PublicManager()


def prefetched(relation: str, rows: models.QuerySet[Any], name: str) -> models.Prefetch[Any, Any, Any]:
    """Return a prefetch of what readers may see of a relation, kept as a list under a name that says so."""
    return models.Prefetch(relation, rows, to_attr=name)


def slug_of(text: str) -> str:
    """Return the decoration of an address: at most 60 characters, cut between words."""
    slug = slugify(text)
    return slug if len(slug) <= 60 else slug[:61].rpartition("-")[0] or slug[:60]


class Record(models.Model):
    """A noun with a permanent address that staff draft, publish and withdraw."""

    LETTER: ClassVar[str]
    """The letter of the language-neutral permalink, `/<letter>/<code>`."""
    NOUN: ClassVar[str]
    """The name of the URL patterns `<noun>-list` and `<noun>-detail`."""

    code = models.CharField(
        _("permanent code"),
        max_length=permalinks.LENGTH,
        unique=True,
        default=permalinks.mint,
        editable=False,
        validators=[RegexValidator(rf"^{permalinks.PATTERN}\Z", _("This is not a permanent code."))],
        help_text=_("Minted once, never changed, never used again: it is the public address of this entry."),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"),
        max_length=300,
        blank=True,
        editable=False,
        help_text=_("Shown to the public on the page that stands in this entry's place."),
    )
    modified_at = models.DateTimeField(_("last modified"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        # Django's four and ours: `publish_<noun>` is to publish and withdraw, and to change what is no draft.
        default_permissions: ClassVar = ("add", "change", "delete", "view", "publish")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(class)s_state_is_known",
                condition=Q(state__in=State.values),
                violation_error_message=_("The state is draft, published or withdrawn."),
            ),
            models.CheckConstraint(
                name="%(class)s_published_says_when",
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message=_("A published entry says when it was published."),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_says_when_and_why",
                condition=~Q(state=State.WITHDRAWN) | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                violation_error_message=_("A withdrawn entry says when and why."),
            ),
        ]

    @property
    def title(self) -> str:
        """What the entry is called on public pages."""
        raise NotImplementedError

    @property
    def slug_text(self) -> str:
        """The text that the decorative end of the address is made of."""
        return self.title

    def natural_key(self) -> tuple[str, ...]:
        return (self.code,)

    @property
    def url(self) -> str:
        """The canonical address in the current language."""
        slug = slug_of(self.slug_text) or self.NOUN
        return reverse(f"articles:{self.NOUN}-detail", args=[self.code, slug])

    def get_absolute_url(self) -> str:
        return self.url

    @property
    def permalink(self) -> str:
        """The language-neutral address, a promise for ever."""
        return reverse("permalink", args=[self.LETTER, self.code])

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED


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
