"""Visits, summits, meetings and the like: held, planned, or planned once and not heard of again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from .agreement import Agreement
from .attested import attested
from .base import Record, RecordQuerySet, prefetched, public_manager
from .country import Country
from .dated import Dated, DatedRows
from .organisation import Organisation
from .person import Person
from .topic import Topic

if TYPE_CHECKING:
    from .attestation import Attestation


class EventStatus(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    SUPERSEDED = "superseded", _("superseded")


PENDING: Final = (EventStatus.PROPOSED, EventStatus.PLANNED)
"""What is announced and not yet known to have happened."""


class EventQuerySet(DatedRows, RecordQuerySet["Event"]):
    def published(self) -> EventQuerySet:
        """Return what the public may see: published, and attested by an article that is."""
        return super().published().filter(attested("event"))

    def with_standing(self) -> EventQuerySet:
        """Annotate the status of each event's latest attested step."""
        last = EventStep.public.filter(event=OuterRef("pk")).order_by("-position")
        return self.annotate(standing=Subquery(last.values("status")[:1]))

    def upcoming(self: Any, today: dt.date) -> EventQuerySet:
        """Keep what is announced and may still come: no day it can mean has certainly passed. Needs the standing."""
        pending: EventQuerySet = self.filter(standing__in=PENDING)
        return pending.filter(Q(date_latest__gte=today) | Q(date_latest__isnull=True))

    def overdue(self: Any, today: dt.date) -> EventQuerySet:
        """Keep what was announced for days that have passed, without a known outcome. Needs the standing."""
        passed: EventQuerySet = self.filter(standing__in=PENDING, date_latest__lt=today)
        return passed

    def past(self: Any, today: dt.date) -> EventQuerySet:
        """Keep what is held, and what was called off for days that have passed. Needs the standing."""
        settled: EventQuerySet = self.filter(Q(standing__isnull=True) | ~Q(standing__in=PENDING))
        return settled.filter(Q(standing=EventStatus.HELD) | Q(date_latest__lt=today))

    def involving(self: Any, codes: Iterable[str]) -> EventQuerySet:
        """Keep what one of the countries takes part in or is the place of."""
        taking_part = Event.countries.through._default_manager.filter(country__in=codes)
        involved: EventQuerySet = self.filter(Q(country__in=codes) | Q(pk__in=taking_part.values("event")))
        return involved

    def with_names(self, steps: EventStepQuerySet | None = None) -> EventQuerySet:
        """Fetch what a row of the calendar shows; only published names and attested steps.

        `steps` are those to take, where a page shows more of them than their status.
        """
        shown = EventStep.public.order_by("position") if steps is None else steps
        return self.select_related("country").prefetch_related(
            prefetched("countries", Country.public.all(), "public_countries"),
            prefetched("organisations", Organisation.public.all(), "public_organisations"),
            prefetched("topics", Topic.public.all(), "public_topics"),
            prefetched("every_step", shown, "public_steps"),
        )


class Event(Record, Dated):
    """Something that happened, or was announced, on a day or a span of days."""

    LETTER = "e"
    NOUN = "event"

    class Kind(models.TextChoices):
        STATE_VISIT = "state visit", _("state visit")
        OFFICIAL_VISIT = "official visit", _("official visit")
        VISIT = "visit", _("visit")
        SUMMIT = "summit", _("summit")
        MINISTERIAL = "ministerial", _("ministerial")
        MEETING = "meeting", _("meeting")
        FORUM = "forum", _("forum")
        SIGNATURE = "signature", _("signature")
        RECOGNITION = "recognition", _("recognition")
        EMBASSY = "embassy opening", _("embassy opening")
        ANNIVERSARY = "anniversary", _("anniversary")
        OTHER = "other", _("other")

    name = models.CharField(_("title"), max_length=200, help_text=_("Neutral, ours: who meets whom, where."))
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("City or venue, as stated."))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="hosted_event",
        verbose_name=_("in the country"),
        help_text=_("Where it takes place, if the source says so."),
    )
    countries = models.ManyToManyField(
        Country,
        blank=True,
        related_name="+",
        related_query_name="event",
        verbose_name=_("countries and blocs that take part"),
        help_text=_("Kazakhstan included where it takes part."),
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="+", related_query_name="event", verbose_name=_("organisations")
    )
    persons = models.ManyToManyField(
        Person,
        through="EventParticipant",
        related_name="+",
        related_query_name="event",
        verbose_name=_("persons"),
    )
    agreements = models.ManyToManyField(
        Agreement,
        through="EventOutcome",
        related_name="+",
        related_query_name="event",
        verbose_name=_("agreements"),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="+", related_query_name="event", verbose_name=_("topics")
    )
    series = models.CharField(
        _("series"),
        max_length=120,
        blank=True,
        help_text=_("Written the same way on every event of it: “Central Asia–Italy summits”."),
    )
    series_number = models.PositiveSmallIntegerField(
        _("number in the series"), null=True, blank=True, help_text=_("Only as a source counts it.")
    )
    note = models.TextField(_("what is known"), blank=True, help_text=_("One to three sentences, in our own words."))

    objects = models.Manager.from_queryset(EventQuerySet)()
    public: ClassVar[Any] = public_manager(EventQuerySet)

    # Filled by with_names().
    public_countries: list[Country]
    public_organisations: list[Organisation]
    public_topics: list[Topic]
    public_steps: list[EventStep]

    class Meta(Record.Meta, Dated.Meta):
        ordering: ClassVar = ["name"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="event_has_name",
                condition=~Q(name=""),
                violation_error_message=_("An event has a title."),
            ),
            models.CheckConstraint(
                name="event_number_needs_series",
                condition=Q(series_number__isnull=True) | ~Q(series=""),
                violation_error_message=_("A number belongs to a series: name it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        return self.name


class EventStepQuerySet(DatedRows, models.QuerySet["EventStep"]):
    def published(self) -> EventStepQuerySet:
        """Return the steps that a published article attests."""
        return self.filter(attested("event_step"))

    def get_by_natural_key(self, code: str, position: int) -> EventStep:
        return self.get(event__code=code, position=position)


class EventStep(Dated):
    """What was said of an event: planned, held, postponed. Its date is that for which it was then announced."""

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="every_step", related_query_name="step", verbose_name=_("event")
    )
    position = models.PositiveSmallIntegerField(
        _("order"), validators=[MinValueValidator(1)], help_text=_("From 1, oldest first; the last is what is known.")
    )
    status = models.CharField(_("status"), max_length=10, choices=EventStatus)
    note = models.CharField(_("note"), max_length=400, blank=True, help_text=_("In our own words."))

    objects = models.Manager.from_queryset(EventStepQuerySet)()
    public: ClassVar[Any] = public_manager(EventStepQuerySet)

    public_attestations: list[Attestation]

    class Meta(Dated.Meta):
        ordering: ClassVar = ["event", "position"]
        verbose_name = _("status step")
        verbose_name_plural = _("what was said of it, step by step")
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="event_step_position_once",
                fields=["event", "position"],
                violation_error_message=_("Two steps have the same place in the order."),
            ),
            models.CheckConstraint(
                name="event_step_status_is_known",
                condition=Q(status__in=EventStatus.values),
                violation_error_message=_("The status is not in the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.event}, {self.position})"

    def natural_key(self) -> tuple[str, int]:
        return (self.event.code, self.position)

    @property
    def status_label(self) -> str:
        return self.get_status_display()


class EventParticipantManager(models.Manager["EventParticipant"]):
    def get_by_natural_key(self, code: str, person: str) -> EventParticipant:
        return self.get(event__code=code, person__slug=person)


class EventParticipant(models.Model):
    """A person at an event, in the office and the role that the source gives."""

    class Role(models.TextChoices):
        NOT_STATED = "", _("takes part")
        HOST = "host", _("host")
        GUEST = "guest", _("guest")
        SPEAKER = "speaker", _("speaker")
        SIGNATORY = "signatory", _("signatory")
        ANNOUNCER = "announcer", _("announces it")

    event = models.ForeignKey(Event, models.CASCADE, related_name="every_participant", related_query_name="participant")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", related_query_name="participation")
    position = models.PositiveSmallIntegerField(_("order"), default=1, validators=[MinValueValidator(1)])
    office = models.CharField(_("office, as stated there"), max_length=160, blank=True)
    role = models.CharField(_("role"), max_length=9, choices=Role, blank=True)

    objects = EventParticipantManager()

    class Meta:
        ordering: ClassVar = ["event", "position", "pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="participant_once",
                fields=["event", "person"],
                violation_error_message=_("This person is entered already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def natural_key(self) -> tuple[str, str]:
        return (self.event.code, self.person.slug)


class EventOutcomeManager(models.Manager["EventOutcome"]):
    def get_by_natural_key(self, code: str, agreement: str) -> EventOutcome:
        return self.get(event__code=code, agreement__code=agreement)


class EventOutcome(models.Model):
    """What became of an agreement at an event."""

    class How(models.TextChoices):
        SIGNED = "signed", _("signed there")
        ADOPTED = "adopted", _("adopted there")
        ANNOUNCED = "announced", _("announced there")
        LAUNCHED = "launched", _("launched there")
        PROPOSED = "proposed", _("proposed there")
        DISCUSSED = "discussed", _("discussed there")

    event = models.ForeignKey(Event, models.CASCADE, related_name="every_outcome", related_query_name="outcome")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+", related_query_name="outcome_of")
    how = models.CharField(_("how"), max_length=9, choices=How)

    objects = EventOutcomeManager()

    class Meta:
        ordering: ClassVar = ["event", "agreement"]
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="outcome_once",
                fields=["event", "agreement"],
                violation_error_message=_("This agreement is entered already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.agreement)

    def natural_key(self) -> tuple[str, str]:
        return (self.event.code, self.agreement.code)


class EventRelationQuerySet(models.QuerySet["EventRelation"]):
    def published(self) -> EventRelationQuerySet:
        """Return the judgements on events that are both public."""
        public = Event.public.values("pk")
        return self.filter(event__in=public, other__in=public)

    def get_by_natural_key(self, code: str, kind: str, other: str) -> EventRelation:
        return self.get(event__code=code, kind=kind, other__code=other)


class EventRelation(models.Model):
    """How one event stands to another; always our judgement, with the reason."""

    class Kind(models.TextChoices):
        PROBABLY_SAME = "probably the same as", _("probably the same as")
        PART_OF = "part of", _("part of")
        TAKES_THE_PLACE_OF = "takes the place of", _("takes the place of")
        FOLLOWS = "follows", _("follows")

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="every_relation", related_query_name="relation", verbose_name=_("event")
    )
    kind = models.CharField(_("relation"), max_length=20, choices=Kind)
    other = models.ForeignKey(
        Event, models.CASCADE, related_name="+", related_query_name="relation_to", verbose_name=_("other event")
    )
    note = models.CharField(_("why"), max_length=400, help_text=_("What it rests on; in our own words."))

    objects = models.Manager.from_queryset(EventRelationQuerySet)()
    public: ClassVar[Any] = public_manager(EventRelationQuerySet)

    class Meta:
        ordering: ClassVar = ["event", "kind", "other"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="event_relation_once",
                fields=["event", "kind", "other"],
                violation_error_message=_("This relation is entered already."),
            ),
            models.CheckConstraint(
                name="event_relation_to_another",
                condition=~Q(event=F("other")),
                violation_error_message=_("An event does not relate to itself."),
            ),
            models.CheckConstraint(
                name="event_relation_says_why",
                condition=~Q(note=""),
                violation_error_message=_("Say what the relation rests on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.event.code, self.kind, self.other.code)
