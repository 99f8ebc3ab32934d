"""A number that an article gives, with everything that limits what it says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .agreement import Agreement
from .amounts import Meaning, Qualifier, Scale
from .attested import attested
from .base import Record, RecordQuerySet, State, prefetched, public_manager
from .country import Country
from .dated import Dated, DatedRows
from .indicator import Indicator
from .organisation import Organisation
from .person import Person
from .topic import Topic

if TYPE_CHECKING:
    from .attestation import Attestation

ISO_4217 = RegexValidator(r"^[A-Z]{3}\Z", _("An ISO 4217 code."))


class FigureQuerySet(DatedRows, RecordQuerySet["Figure"]):
    def published(self) -> FigureQuerySet:
        """Return what the public may see: attested, and nothing that says what it means is hidden."""
        rows = super().published().filter(attested("figure"), indicator__state=State.PUBLISHED)
        for name in ("reporter", "speaker", "speaking_body"):
            rows = rows.filter(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__state": State.PUBLISHED}))
        return rows

    def with_names(self) -> FigureQuerySet:
        """Fetch what a row of the ledger shows, sources included; only published names."""
        from .attestation import Attestation  # noqa: PLC0415  # it imports this module

        return self.select_related("indicator", "reporter", "speaker", "speaking_body").prefetch_related(
            prefetched("partners", Country.public.all(), "public_partners"),
            prefetched("organisations", Organisation.public.all(), "public_organisations"),
            prefetched("topics", Topic.public.all(), "public_topics"),
            prefetched(
                "every_attestation",
                Attestation.public.all().with_names().order_by("article", "line"),
                "public_attestations",
            ),
        )


class Figure(Record, Dated):
    """One value as one article gives it. Its date is the period that the value speaks of.

    `amount` and `scale` are as written (“8” and “billion”); `value` is the same in units of the measure or of the
    currency, and follows from them. A conversion stands here only where the source itself gives one.
    """

    LETTER = "f"
    NOUN = "figure"

    class Measure(models.TextChoices):
        MONEY = "money", _("money")
        PERCENT = "percent", _("per cent")
        RANK = "rank", _("rank")
        COUNT = "count", _("count")
        TONNE = "tonne", _("tonnes")
        BARREL = "barrel", _("barrels")
        MEGAWATT = "megawatt", _("megawatts")
        YEAR = "year", _("years")
        MONTH = "month", _("months")

    name = models.CharField(_("title"), max_length=160, help_text=_("What is measured, of whom and when; ours."))
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="+", related_query_name="figure", verbose_name=_("indicator")
    )
    qualifier = models.CharField(_("qualifier"), max_length=9, choices=Qualifier, blank=True)
    amount = models.DecimalField(_("amount as written"), max_digits=18, decimal_places=4)
    scale = models.PositiveSmallIntegerField(_("scale as written"), choices=Scale, default=Scale.ONE)
    value = models.DecimalField(
        _("value in base units"), max_digits=24, decimal_places=4, editable=False, help_text=_("Amount times scale.")
    )
    measure = models.CharField(_("unit"), max_length=8, choices=Measure)
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[ISO_4217], help_text=_("ISO 4217; of money only.")
    )
    counted = models.CharField(
        _("what is counted"), max_length=60, blank=True, help_text=_("Of a count only: agreements, commodity items.")
    )
    meaning = models.CharField(_("what it means"), max_length=9, choices=Meaning, default=Meaning.OBSERVED)
    as_written = models.CharField(_("as written"), max_length=80, help_text=_("The figure as the source writes it."))
    converted_amount = models.DecimalField(
        _("conversion given by the source"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    converted_scale = models.PositiveSmallIntegerField(_("its scale"), choices=Scale, default=Scale.ONE)
    converted_currency = models.CharField(_("its currency"), max_length=3, blank=True, validators=[ISO_4217])
    converted_as_written = models.CharField(_("conversion as written"), max_length=80, blank=True)
    reporter = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="reported_figure",
        verbose_name=_("whose statistics"),
        help_text=_("The country whose side counted, where the source says so: mirror figures differ."),
    )
    statistics = models.CharField(
        _("statistics named"), max_length=120, blank=True, help_text=_("As the source names them: ISTAT-ICE.")
    )
    speaker = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="said_figure",
        verbose_name=_("said by"),
        help_text=_("Empty where the article says it in its own voice."),
    )
    speaking_body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="said_figure",
        verbose_name=_("said by the body"),
    )
    partners = models.ManyToManyField(
        Country, blank=True, related_name="+", related_query_name="figure", verbose_name=_("partners")
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="+", related_query_name="figure", verbose_name=_("organisations")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="+", related_query_name="figure", verbose_name=_("topics")
    )
    agreement = models.ForeignKey(
        Agreement,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="figure",
        verbose_name=_("agreement"),
        help_text=_("To which the figure belongs."),
    )
    note = models.CharField(_("note"), max_length=600, blank=True, help_text=_("In our own words."))

    objects = models.Manager.from_queryset(FigureQuerySet)()
    public: ClassVar[Any] = public_manager(FigureQuerySet)

    # Filled by with_names().
    public_partners: list[Country]
    public_organisations: list[Organisation]
    public_topics: list[Topic]
    public_attestations: list[Attestation]

    class Meta(Record.Meta, Dated.Meta):
        ordering: ClassVar = ["name"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="figure_has_name_and_wording",
                condition=~Q(name="") & ~Q(as_written=""),
                violation_error_message=_("A figure has a title and says how the source writes it."),
            ),
            models.CheckConstraint(
                name="figure_of_money_has_currency",
                condition=(Q(measure="money") & ~Q(currency="")) | (~Q(measure="money") & Q(currency="")),
                violation_error_message=_("Money has a currency; nothing else has."),
            ),
            models.CheckConstraint(
                name="figure_count_says_of_what",
                condition=(Q(measure="count") & ~Q(counted="")) | (~Q(measure="count") & Q(counted="")),
                violation_error_message=_("A count says what is counted; nothing else does."),
            ),
            models.CheckConstraint(
                name="figure_conversion_is_whole",
                condition=Q(converted_amount__isnull=True, converted_currency="", converted_as_written="")
                | (Q(converted_amount__isnull=False) & ~Q(converted_currency="") & ~Q(converted_as_written="")),
                violation_error_message=_("Give amount, currency and wording of a conversion, or none of them."),
            ),
            models.CheckConstraint(
                name="figure_has_one_voice",
                condition=Q(speaker__isnull=True) | Q(speaking_body__isnull=True),
                violation_error_message=_("A person says it, or a body: not both."),
            ),
            models.CheckConstraint(
                name="figure_terms_are_known",
                condition=Q(qualifier__in=Qualifier.values)
                & Q(meaning__in=Meaning.values)
                & Q(scale__in=Scale.values)
                & Q(converted_scale__in=Scale.values)
                & Q(
                    measure__in=[
                        "money",
                        "percent",
                        "rank",
                        "count",
                        "tonne",
                        "barrel",
                        "megawatt",
                        "year",
                        "month",
                    ]
                ),
                violation_error_message=_("Qualifier, meaning, unit and scale are of their lists."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.amount is not None:
            self.value = self.amount * Decimal(10) ** self.scale
            field: Any = self._meta.get_field("value")
            try:
                field.run_validators(self.value)
            except ValidationError as error:
                raise ValidationError({"amount": error.messages}) from error

    @property
    def title(self) -> str:
        return self.name


class FigureRelationQuerySet(models.QuerySet["FigureRelation"]):
    def published(self) -> FigureRelationQuerySet:
        """Return the judgements on figures that are both public."""
        public = Figure.public.values("pk")
        return self.filter(figure__in=public, other__in=public)

    def get_by_natural_key(self, code: str, kind: str, other: str) -> FigureRelation:
        return self.get(figure__code=code, kind=kind, other__code=other)


class FigureRelation(models.Model):
    """How one figure stands to another; always our judgement, with the reason."""

    class Kind(models.TextChoices):
        PROBABLY_SAME = "probably the same as", _("probably the same as")
        PART_OF = "part of", _("part of")
        CONTRADICTS = "contradicts", _("contradicts")

    figure = models.ForeignKey(
        Figure,
        models.CASCADE,
        related_name="every_relation",
        related_query_name="relation",
        verbose_name=_("figure"),
    )
    kind = models.CharField(_("relation"), max_length=20, choices=Kind)
    other = models.ForeignKey(
        Figure, models.CASCADE, related_name="+", related_query_name="relation_to", verbose_name=_("other figure")
    )
    note = models.CharField(_("why"), max_length=400, help_text=_("What it rests on; in our own words."))

    objects = models.Manager.from_queryset(FigureRelationQuerySet)()
    public: ClassVar[Any] = public_manager(FigureRelationQuerySet)

    class Meta:
        ordering: ClassVar = ["figure", "kind", "other"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="figure_relation_once",
                fields=["figure", "kind", "other"],
                violation_error_message=_("This relation is entered already."),
            ),
            models.CheckConstraint(
                name="figure_relation_to_another",
                condition=~Q(figure=F("other")),
                violation_error_message=_("A figure does not relate to itself."),
            ),
            models.CheckConstraint(
                name="figure_relation_says_why",
                condition=~Q(note=""),
                violation_error_message=_("Say what the relation rests on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.figure.code, self.kind, self.other.code)
