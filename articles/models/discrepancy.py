"""Where a source is wrong, or two sources disagree: both stand side by side, with our note and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from .agreement import Agreement
from .article import Article
from .attested import attested
from .base import Record, RecordQuerySet, prefetched, public_manager
from .composed import HasAny
from .country import Country
from .event import Event
from .figure import Figure
from .organisation import Organisation
from .outlet import Outlet
from .parts import AgreementValue, StatusStep
from .person import Person
from .source import SourceDocument

if TYPE_CHECKING:
    from .attestation import Attestation

CONCERNS: Final = (
    "articles",
    "agreements",
    "steps",
    "values",
    "figures",
    "events",
    "persons",
    "organisations",
    "outlets",
    "sources",
)
"""The fields of a discrepancy that say what it concerns."""


def _sides(key: Any) -> models.QuerySet[DiscrepancySide]:
    sides: models.QuerySet[DiscrepancySide] = DiscrepancySide.public.filter(discrepancy=key)
    return sides


class DiscrepancyQuerySet(RecordQuerySet["Discrepancy"]):
    def published(self) -> DiscrepancyQuerySet:
        """Return what the public may see: published, with at least one side that a published article attests."""
        return super().published().filter(HasAny("side", _sides))

    def newest_first(self) -> DiscrepancyQuerySet:
        return self.order_by("-noted_on", "name", "pk")

    def oldest_first(self) -> DiscrepancyQuerySet:
        return self.order_by("noted_on", "name", "pk")

    def with_names(self) -> DiscrepancyQuerySet:
        """Fetch what a row of the list shows: the partners and the sides, with their places."""
        from .attestation import Attestation  # noqa: PLC0415  # it imports this module

        places = Attestation.public.all().with_names().order_by("article", "line")
        sides = DiscrepancySide.public.order_by("position").prefetch_related(
            prefetched("every_attestation", places, "public_attestations")
        )
        return self.prefetch_related(
            prefetched("partners", Country.public.all(), "public_partners"),
            prefetched("every_side", sides, "public_sides"),
        )


class Discrepancy(Record):
    """An error in a source, a contradiction between sources, or something that can be read two ways."""

    LETTER = "d"
    NOUN = "discrepancy"

    class Kind(models.TextChoices):
        ERROR = "error", _("factual error in a source")
        CONTRADICTION = "contradiction", _("contradiction between sources")
        WITHIN = "within", _("contradiction within a source")
        VALUE = "value", _("value conflict")
        STATUS = "status", _("status overstated or stale")
        NAME = "name", _("name variant")
        DOUBLE = "double", _("probable double counting")
        MISSING = "missing", _("missing metadata")
        AMBIGUITY = "ambiguity", _("ambiguity")

    class Standing(models.TextChoices):
        OPEN = "open", _("open")
        SETTLED = "settled", _("settled")

    class Weight(models.TextChoices):
        SUBSTANTIVE = "substantive", _("of substance")
        MINOR = "minor", _("of form")

    name = models.CharField(_("title"), max_length=160, help_text=_("Neutral, ours: what disagrees with what."))
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    standing = models.CharField(
        _("open or settled"),
        max_length=7,
        choices=Standing,
        default=Standing.OPEN,
        help_text=_("Settled where evidence shows what is right; open where we cannot know."),
    )
    weight = models.CharField(_("weight"), max_length=11, choices=Weight, default=Weight.SUBSTANTIVE)
    note = models.TextField(
        _("editor’s note"),
        blank=True,
        help_text=_("Exact and fair: what the text says and what we found. No motive, no blame."),
    )
    right = models.TextField(_("what is right"), blank=True, help_text=_("Only where evidence below shows it."))
    noted_on = models.DateField(_("noted on"))
    partners = models.ManyToManyField(
        Country, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("partners")
    )
    articles = models.ManyToManyField(
        Article, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("articles")
    )
    agreements = models.ManyToManyField(
        Agreement, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("agreements")
    )
    steps = models.ManyToManyField(
        StatusStep, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("status steps")
    )
    values = models.ManyToManyField(
        AgreementValue, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("values")
    )
    figures = models.ManyToManyField(
        Figure, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("figures")
    )
    events = models.ManyToManyField(
        Event, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("events")
    )
    persons = models.ManyToManyField(
        Person, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("persons")
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("organisations")
    )
    outlets = models.ManyToManyField(
        Outlet, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("outlets")
    )
    sources = models.ManyToManyField(
        SourceDocument, blank=True, related_name="+", related_query_name="discrepancy", verbose_name=_("sources")
    )

    objects = models.Manager.from_queryset(DiscrepancyQuerySet)()
    public: ClassVar[Any] = public_manager(DiscrepancyQuerySet)

    # Filled by with_names().
    public_partners: list[Country]
    public_sides: list[DiscrepancySide]

    class Meta(Record.Meta):
        ordering: ClassVar = ["name"]
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="discrepancy_has_name",
                condition=~Q(name=""),
                violation_error_message=_("A discrepancy has a title."),
            ),
            models.CheckConstraint(
                name="discrepancy_terms_are_known",
                condition=Q(
                    kind__in=[
                        "error",
                        "contradiction",
                        "within",
                        "value",
                        "status",
                        "name",
                        "double",
                        "missing",
                        "ambiguity",
                    ]
                )
                & Q(standing__in=["open", "settled"])
                & Q(weight__in=["substantive", "minor"]),
                violation_error_message=_("Kind, weight, open or settled are of their lists."),
            ),
            models.CheckConstraint(
                name="discrepancy_settled_says_what_is_right",
                condition=Q(standing="open") | ~Q(right=""),
                violation_error_message=_("A settled discrepancy says what is right."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.standing == self.Standing.OPEN


class SideQuerySet(models.QuerySet["DiscrepancySide"]):
    def published(self) -> SideQuerySet:
        """Return the sides that a published article attests."""
        return self.filter(attested("side"))

    def get_by_natural_key(self, code: str, position: int) -> DiscrepancySide:
        return self.get(discrepancy__code=code, position=position)


class DiscrepancySide(models.Model):
    """What one source says, in our words; the attestation says where."""

    discrepancy = models.ForeignKey(
        Discrepancy,
        models.CASCADE,
        related_name="every_side",
        related_query_name="side",
        verbose_name=_("discrepancy"),
    )
    position = models.PositiveSmallIntegerField(_("order"), validators=[MinValueValidator(1)])
    says = models.CharField(_("what it says"), max_length=500, help_text=_("In our own words."))
    as_written = models.CharField(
        _("as written"), max_length=80, blank=True, help_text=_("A few words, where the wording matters.")
    )

    objects = models.Manager.from_queryset(SideQuerySet)()
    public: ClassVar[Any] = public_manager(SideQuerySet)

    public_attestations: list[Attestation]

    class Meta:
        ordering: ClassVar = ["discrepancy", "position"]
        verbose_name = _("side")
        verbose_name_plural = _("sides")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="side_position_once",
                fields=["discrepancy", "position"],
                violation_error_message=_("Two sides have the same place in the order."),
            ),
            models.CheckConstraint(
                name="side_says_something",
                condition=~Q(says=""),
                violation_error_message=_("Say what the source says."),
            ),
        ]

    def __str__(self) -> str:
        return self.as_written or Truncator(self.says).chars(60)

    def natural_key(self) -> tuple[str, int]:
        return (self.discrepancy.code, self.position)


class EvidenceManager(models.Manager["Evidence"]):
    def get_by_natural_key(self, code: str, position: int) -> Evidence:
        return self.get(discrepancy__code=code, position=position)


class Evidence(models.Model):
    """What shows which side is right. Here, and only here, a reference outside the sources may stand."""

    discrepancy = models.ForeignKey(
        Discrepancy,
        models.CASCADE,
        related_name="every_evidence",
        related_query_name="evidence",
        verbose_name=_("discrepancy"),
    )
    position = models.PositiveSmallIntegerField(_("order"), validators=[MinValueValidator(1)])
    reference = models.CharField(_("reference"), max_length=300, help_text=_("Who published what, and when."))
    address = models.URLField(_("address"), max_length=500, blank=True)
    says = models.CharField(_("what it shows"), max_length=500, help_text=_("In our own words."))
    outside = models.BooleanField(_("outside the sources"), default=True)

    objects = EvidenceManager()

    class Meta:
        ordering: ClassVar = ["discrepancy", "position"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="evidence_position_once",
                fields=["discrepancy", "position"],
                violation_error_message=_("Two pieces of evidence have the same place in the order."),
            ),
            models.CheckConstraint(
                name="evidence_says_what_it_shows",
                condition=~Q(reference="") & ~Q(says=""),
                violation_error_message=_("Evidence names its reference and says what it shows."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def natural_key(self) -> tuple[str, int]:
        return (self.discrepancy.code, self.position)
