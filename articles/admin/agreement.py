from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from articles.admin.attestations import AttestationInline
from articles.admin.base import RecordAdmin
from articles.admin.parts import OrderedInline, RelationInline
from articles.models import Agreement, AgreementRelation, AgreementValue, Status, StatusStep

if TYPE_CHECKING:
    _PartAdmin = admin.ModelAdmin[Any]
else:
    _PartAdmin = admin.ModelAdmin


class StepInline(OrderedInline):
    model = StatusStep
    fields = (("position", "status"), ("date_edtf", "date_basis"), "date_note", "note")
    rows_when_new = 1


class ValueInline(OrderedInline):
    model = AgreementValue
    fields = (("position", "qualifier", "amount", "currency"), ("meaning", "as_written"), "note")


class AgreementRelationInline(RelationInline):
    model = AgreementRelation
    fk_name = "agreement"
    fields = ("kind", "other", "basis", "note")


class FoundByTyping(_PartAdmin):
    """Parts that another noun's form finds by typing. They have no pages: the form of the agreement is theirs."""

    ordering: ClassVar = ("agreement__name", "position")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("agreement")

    def get_urls(self) -> list[URLPattern]:
        return []

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(StatusStep)
class StepsFound(FoundByTyping):
    search_fields: ClassVar = ("agreement__name", "agreement__code", "status")


@admin.register(AgreementValue)
class ValuesFound(FoundByTyping):
    search_fields: ClassVar = ("agreement__name", "agreement__code", "as_written", "meaning")


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin[Agreement]):
    list_display = ("name", "state_mark", "type", "tier", "stands", "binding", "modified_on")
    list_filter: ClassVar = (
        "state",
        "tier",
        "type",
        "binding",
        "parties",
        "topics",
        "organisations",
    )
    search_fields: ClassVar = ("name", "note", "code", "organisations__name")
    autocomplete_fields: ClassVar = ("parties", "organisations", "topics")
    inlines: ClassVar = (StepInline, ValueInline, AgreementRelationInline, AttestationInline)
    fieldsets: ClassVar = (
        (
            _("What it is"),
            {
                "fields": ("name", "named_by_us", ("type", "tier", "binding"), "note"),
                "description": _(
                    "One entry for one thing, however many articles tell of it. Where two may be the same, enter both "
                    "and relate them as “probably the same as”. Whether it binds is what a source says of it, never "
                    "what its title suggests."
                ),
            },
        ),
        (
            _("Who and what about"),
            {
                "fields": ("parties", "organisations", "topics"),
                "description": _("Of a proposal: who proposes and who is addressed."),
            },
        ),
        (
            _("How to enter its history, values and sources"),
            {
                "fields": (),
                "description": _(
                    "A step for every status that a source tells of, oldest first, each with its own date: proposed, "
                    "announced and signed are never the same. A value says what it means, and is written as the source "
                    "writes it. Then, in the table at the end, tie the agreement and each step and value to the "
                    "article and the paragraph that says it: what no published article attests is not shown."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Add the status of the last step, attested or not: staff see what is entered."""
        last = StatusStep.objects.filter(agreement=OuterRef("pk")).order_by("-position")
        return super().get_queryset(request).annotate(last_status=Subquery(last.values("status")[:1]))

    @admin.display(description=_("last step"))
    def stands(self, agreement: Any) -> str:
        return str(Status(agreement.last_status).label) if agreement.last_status else "–"
