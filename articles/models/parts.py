"""The parts of an agreement that carry their own sources: steps of its history, values, relations.

Their reverse accessors are called `every_…`: they hold the parts that only a draft attests, too. Public code
fetches through the managers named `public`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .agreement import Agreement
from .amounts import Meaning, Qualifier
from .attested import attested
from .base import public_manager
from .composed import HasAny
from .dated import Basis, Dated, DatedRows
from .ladder import ENDED, Status, rung_of

if TYPE_CHECKING:
    from .attestation import Attestation


class StepQuerySet(DatedRows, models.QuerySet["StatusStep"]):
    def published(self) -> StepQuerySet:
        """Return the steps that a published article attests."""
        return self.filter(attested("step"))

    def get_by_natural_key(self, code: str, position: int) -> StatusStep:
        return self.get(agreement__code=code, position=position)


class StatusStep(Dated):
    """One step of an agreement's history: a status, when it was reached, and (by attestation) who says so."""

    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        related_name="every_step",
        related_query_name="step",
        verbose_name=_("agreement"),
    )
    position = models.PositiveSmallIntegerField(
        _("order"),
        validators=[MinValueValidator(1)],
        help_text=_("From 1, oldest first; the last is where it stands."),
    )
    status = models.CharField(_("status"), max_length=25, choices=Status)
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("In our own words."))

    objects = models.Manager.from_queryset(StepQuerySet)()
    public: ClassVar[Any] = public_manager(StepQuerySet)

    public_attestations: list[Attestation]

    class Meta(Dated.Meta):
        ordering: ClassVar = ["agreement", "position"]
        verbose_name = _("status step")
        verbose_name_plural = _("status history")
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="step_position_once",
                fields=["agreement", "position"],
                violation_error_message=_("Two steps have the same place in the order."),
            ),
            models.CheckConstraint(
                name="step_status_is_known",
                condition=Q(status__in=Status.values),
                violation_error_message=_("The status is not in the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.agreement}, {self.position})"

    def natural_key(self) -> tuple[str, int]:
        return (self.agreement.code, self.position)

    @property
    def rung(self) -> int:
        return rung_of(self.status)

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def status_label(self) -> str:
        return self.get_status_display()


class ValueQuerySet(models.QuerySet["AgreementValue"]):
    def published(self) -> ValueQuerySet:
        """Return the values that a published article attests."""
        return self.filter(attested("value"))

    def get_by_natural_key(self, code: str, position: int) -> AgreementValue:
        return self.get(agreement__code=code, position=position)


class AgreementValue(models.Model):
    """A sum of money and what it means. Sums of different meaning are never added."""

    MEANINGS = (Meaning.POTENTIAL, Meaning.TARGET, Meaning.ANNOUNCED, Meaning.COMMITTED, Meaning.SIGNED)

    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        related_name="every_value",
        related_query_name="value",
        verbose_name=_("agreement"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1, validators=[MinValueValidator(1)])
    amount = models.DecimalField(
        _("amount"), max_digits=20, decimal_places=2, help_text=_("In units of the currency: 8000000000.00.")
    )
    currency = models.CharField(
        _("currency"), max_length=3, validators=[RegexValidator(r"^[A-Z]{3}\Z", _("An ISO 4217 code."))]
    )
    qualifier = models.CharField(_("qualifier"), max_length=9, choices=Qualifier, blank=True)
    meaning = models.CharField(_("what it means"), max_length=9, choices=[(one.value, one.label) for one in MEANINGS])
    as_written = models.CharField(_("as written"), max_length=60, help_text=_("The figure as the source writes it."))
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("In our own words."))

    objects = models.Manager.from_queryset(ValueQuerySet)()
    public: ClassVar[Any] = public_manager(ValueQuerySet)

    public_attestations: list[Attestation]

    class Meta:
        ordering: ClassVar = ["agreement", "position"]
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="value_position_once",
                fields=["agreement", "position"],
                violation_error_message=_("Two values have the same place in the order."),
            ),
            models.CheckConstraint(
                name="value_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("A value is above zero."),
            ),
            models.CheckConstraint(
                name="value_meaning_is_known",
                condition=Q(meaning__in=["potential", "target", "announced", "committed", "signed"]),
                violation_error_message=_("Say what the value means."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_written} ({self.agreement}, {self.position})"

    def natural_key(self) -> tuple[str, int]:
        return (self.agreement.code, self.position)


def _public_agreement(key: Any) -> Any:
    return Agreement.public.filter(pk=key)


class RelationQuerySet(models.QuerySet["AgreementRelation"]):
    def published(self) -> RelationQuerySet:
        """Return the relations between public agreements: attested, or a judgement that we sign as ours."""
        ours = Q(basis=Basis.INFERRED)
        return self.filter(ours | Q(attested("relation"))).filter(
            *(HasAny(f"public_{end}", _public_agreement, end) for end in ("agreement", "other"))
        )

    def get_by_natural_key(self, code: str, kind: str, other: str) -> AgreementRelation:
        return self.get(agreement__code=code, kind=kind, other__code=other)


class AgreementRelation(models.Model):
    """How one agreement stands to another."""

    class Kind(models.TextChoices):
        PART_OF = "part of", _("part of")
        IMPLEMENTS = "implements", _("implements")
        REPLACES = "replaces", _("replaces")
        PROBABLY_SAME = "probably the same as", _("probably the same as")

    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        related_name="every_relation",
        related_query_name="relation",
        verbose_name=_("agreement"),
    )
    kind = models.CharField(_("relation"), max_length=20, choices=Kind)
    other = models.ForeignKey(
        Agreement,
        models.CASCADE,
        related_name="+",
        related_query_name="relation_to",
        verbose_name=_("other agreement"),
    )
    basis = models.CharField(
        _("how it is known"),
        max_length=8,
        choices=[choice for choice in Basis.choices if choice[0] != Basis.NONE],
        default=Basis.STATED,
    )
    note = models.CharField(
        _("why"),
        max_length=400,
        blank=True,
        help_text=_("What an inferred relation rests on; in our own words."),
    )

    objects = models.Manager.from_queryset(RelationQuerySet)()
    public: ClassVar[Any] = public_manager(RelationQuerySet)

    public_attestations: list[Attestation]

    class Meta:
        ordering: ClassVar = ["agreement", "kind", "other"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="relation_once",
                fields=["agreement", "kind", "other"],
                violation_error_message=_("This relation is entered already."),
            ),
            models.CheckConstraint(
                name="relation_to_another",
                condition=~Q(agreement=F("other")),
                violation_error_message=_("An agreement does not relate to itself."),
            ),
            models.CheckConstraint(
                name="relation_inferred_says_why",
                condition=Q(basis=Basis.STATED) | (Q(basis=Basis.INFERRED) & ~Q(note="")),
                violation_error_message=_("Say what the inferred relation rests on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.agreement.code, self.kind, self.other.code)
