from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.attestations import AttestationInline
from articles.admin.base import DATE_FIELDS, RecordAdmin
from articles.admin.parts import OrderedInline, RelationInline, TableInline
from articles.models import Event, EventOutcome, EventParticipant, EventRelation, EventStatus, EventStep


class EventStepInline(OrderedInline):
    model = EventStep
    fields = (("position", "status"), ("date_edtf", "date_basis"), "date_note", "note")
    rows_when_new = 1


class ParticipantInline(TableInline):
    model = EventParticipant
    fields = ("position", "person", "office", "role")
    ordering = ("position", "pk")
    autocomplete_fields = ("person",)
    verbose_name_plural = _("participants: persons, in the office and the role that the text gives them there")


class OutcomeInline(TableInline):
    model = EventOutcome
    fields = ("agreement", "how")
    autocomplete_fields = ("agreement",)
    verbose_name_plural = _("outcomes: what became of an agreement there, no more than the text says")


class EventRelationInline(RelationInline):
    model = EventRelation
    fk_name = "event"


@admin.register(Event)
class EventAdmin(RecordAdmin[Event]):
    list_display = ("name", "state_mark", "kind", "date_words", "stands", "place", "modified_on")
    list_filter: ClassVar = (
        "state",
        "kind",
        ("countries", RelatedOnlyFieldListFilter),
        ("country", RelatedOnlyFieldListFilter),
        ("topics", RelatedOnlyFieldListFilter),
        "date_basis",
    )
    search_fields: ClassVar = ("name", "place", "series", "note", "code", "persons__name")
    autocomplete_fields: ClassVar = ("country", "countries", "organisations", "topics")
    inlines: ClassVar = (EventStepInline, ParticipantInline, OutcomeInline, EventRelationInline, AttestationInline)
    fieldsets: ClassVar = (
        (
            _("What it is"),
            {
                "fields": ("name", "kind", "note"),
                "description": _(
                    "One entry for one happening, however many articles tell of it. A meeting during a visit has an "
                    "entry of its own where the text says what was talked about. Where two entries may be the same "
                    "happening, keep both and relate them as “probably the same as”."
                ),
            },
        ),
        (
            _("When"),
            {
                "fields": DATE_FIELDS,
                "description": _(
                    "When it took place or is to take place, as last known. Never more precise than the source: "
                    "“in spring” is a season. Earlier dates stand in the steps below."
                ),
            },
        ),
        (
            _("Where, and who takes part"),
            {
                "fields": ("place", "country", "countries", "organisations", "topics"),
                "description": _(
                    "Countries and blocs that take part, Kazakhstan included; the members of a bloc only where the "
                    "text names them. Persons stand below, with their office."
                ),
            },
        ),
        (
            _("Series"),
            {
                "fields": (("series", "series_number"),),
                "description": _(
                    "Where the record has or expects more than one of a kind. Numbered only as a source counts."
                ),
            },
        ),
        (
            _("How to enter its steps, outcomes and sources"),
            {
                "fields": (),
                "description": _(
                    "A step for everything that was said of it, oldest first: proposed, planned, postponed, held, "
                    "each with the date for which it was then announced. A plan stays planned until an article tells "
                    "more, even where the day has passed: that it took place is never concluded. Then, in the table "
                    "at the end, tie the event and each step to the article and the paragraph that says it."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Add the status of the last step, attested or not: staff see what is entered."""
        last = EventStep.objects.filter(event=OuterRef("pk")).order_by("-position")
        return super().get_queryset(request).annotate(last_status=Subquery(last.values("status")[:1]))

    @admin.display(description=_("last step"))
    def stands(self, event: Any) -> str:
        return str(EventStatus(event.last_status).label) if event.last_status else "–"
