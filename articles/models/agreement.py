from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from .attested import attested
from .base import Record, RecordQuerySet, prefetched, public_manager
from .country import Country
from .organisation import Organisation
from .topic import Topic

if TYPE_CHECKING:
    from .parts import AgreementValue, StatusStep


class AgreementQuerySet(RecordQuerySet["Agreement"]):
    def published(self) -> AgreementQuerySet:
        """Return what the public may see: published, and attested by an article that is."""
        return super().published().filter(attested("agreement"))

    def with_standing(self) -> AgreementQuerySet:
        """Annotate where each agreement stands: status and date of its latest attested step."""
        from .parts import StatusStep  # noqa: PLC0415  # it imports this module

        last = StatusStep.public.filter(agreement=OuterRef("pk")).order_by("-position").values("pk")[:1]
        return self.annotate(
            last_step=FilteredRelation("step", condition=Q(step__pk=Subquery(last))),
            standing=F("last_step__status"),
            standing_earliest=F("last_step__date_earliest"),
            standing_latest=F("last_step__date_latest"),
            standing_rank=F("last_step__date_rank"),
        )

    def newest_first(self) -> AgreementQuerySet:
        return self.order_by(
            F("standing_earliest").desc(nulls_last=True),
            F("standing_rank").asc(nulls_last=True),
            "pk",
        )

    def oldest_first(self) -> AgreementQuerySet:
        return self.order_by(F("standing_latest").asc(nulls_last=True), F("standing_rank").asc(nulls_last=True), "pk")

    def with_names(self, *, sourced: bool = False) -> AgreementQuerySet:
        """Fetch what a row of a list shows; only published names and attested parts, with their sources if asked."""
        from .attestation import Attestation  # noqa: PLC0415  # it imports this module
        from .parts import AgreementValue, StatusStep  # noqa: PLC0415  # it imports this module

        steps, values = StatusStep.public.order_by("position"), AgreementValue.public.order_by("position")
        if sourced:
            places = Attestation.public.all().with_names().order_by("article", "line")
            sources = prefetched("every_attestation", places, "public_attestations")
            steps, values = steps.prefetch_related(sources), values.prefetch_related(sources)
        return self.prefetch_related(
            prefetched("parties", Country.public.all(), "public_parties"),
            prefetched("organisations", Organisation.public.all(), "public_organisations"),
            prefetched("topics", Topic.public.all(), "public_topics"),
            prefetched("every_step", steps, "public_steps"),
            prefetched("every_value", values, "public_values"),
        )


class Agreement(Record):
    """Anything agreed, signed, planned or proposed with a partner, from a treaty to an invitation."""

    LETTER = "g"
    NOUN = "agreement"

    class Type(models.TextChoices):
        TREATY = "treaty", _("treaty")
        CONVENTION = "convention", _("convention")
        AGREEMENT = "agreement", _("agreement")
        PROTOCOL = "protocol", _("protocol")
        EXCHANGE_OF_NOTES = "exchange of notes", _("exchange of notes")
        CHARTER = "charter", _("charter")
        MEMORANDUM = "memorandum", _("memorandum of understanding")
        JOINT_DECLARATION = "joint declaration", _("joint declaration")
        JOINT_STATEMENT = "joint statement", _("joint statement")
        COMMUNIQUE = "communique", _("communiqué")
        PROGRAMME = "programme", _("roadmap or programme")
        INTER_MINISTERIAL = "inter-ministerial", _("inter-ministerial agreement")
        INTER_AGENCY = "inter-agency", _("inter-agency agreement")
        CONTRACT = "contract", _("company contract")
        SHAREHOLDING = "shareholding", _("shareholding")
        PRODUCTION_SHARING = "production sharing", _("production sharing agreement")
        PROJECT = "project", _("investment project")
        PACKAGE = "package", _("package of agreements")
        PROPOSAL = "proposal", _("proposal")
        NOT_STATED = "not stated", _("not stated")

    class Tier(models.TextChoices):
        INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental")
        COMMERCIAL = "commercial", _("commercial")
        INITIATIVE = "initiative", _("initiative")

    class Binding(models.TextChoices):
        BINDING = "binding", _("binding")
        NOT_BINDING = "not binding", _("not binding")
        NOT_STATED = "not stated", _("not stated")

    name = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("The title the sources use; a neutral one of ours where they have none."),
    )
    named_by_us = models.BooleanField(_("the title is ours"), default=True)
    type = models.CharField(_("type"), max_length=20, choices=Type)
    tier = models.CharField(_("tier"), max_length=20, choices=Tier)
    binding = models.CharField(
        _("binding"),
        max_length=12,
        choices=Binding,
        default=Binding.NOT_STATED,
        help_text=_("Only as a source states it: the title does not decide."),
    )
    note = models.TextField(_("what it is"), blank=True, help_text=_("One to three sentences, in our own words."))
    parties = models.ManyToManyField(
        Country,
        blank=True,
        related_name="+",
        related_query_name="agreement",
        verbose_name=_("countries and blocs"),
        help_text=_("Kazakhstan included where it is a party."),
    )
    organisations = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="+",
        related_query_name="agreement",
        verbose_name=_("organisations"),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="+", related_query_name="agreement", verbose_name=_("topics")
    )

    objects = models.Manager.from_queryset(AgreementQuerySet)()
    public: ClassVar[Any] = public_manager(AgreementQuerySet)

    # Filled by with_standing() and with_names().
    public_parties: list[Country]
    public_organisations: list[Organisation]
    public_topics: list[Topic]
    public_steps: list[StatusStep]
    public_values: list[AgreementValue]

    class Meta(Record.Meta):
        ordering: ClassVar = ["name"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        indexes: ClassVar = [
            models.Index(fields=["name", "id"], name="agreement_by_name"),
            models.Index(fields=["modified_at", "id"], name="agreement_by_change"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="agreement_has_name",
                condition=~Q(name=""),
                violation_error_message=_("An agreement has a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return self.name
