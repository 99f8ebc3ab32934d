from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.attestations import AttestationInline
from articles.admin.base import RecordAdmin
from articles.admin.parts import OrderedInline
from articles.models import CONCERNS, Discrepancy, DiscrepancySide, Evidence


class SideInline(OrderedInline):
    model = DiscrepancySide
    fields = (("position", "as_written"), "says")
    rows_when_new = 2
    verbose_name_plural = _("sides: what each source says, in our words")


class EvidenceInline(OrderedInline):
    model = Evidence
    fields = (("position", "outside"), "reference", "address", "says")
    verbose_name_plural = _("evidence: what shows which side is right")


@admin.register(Discrepancy)
class DiscrepancyAdmin(RecordAdmin[Discrepancy]):
    list_display = ("name", "state_mark", "kind", "standing", "weight", "noted_on", "modified_on")
    list_filter: ClassVar = (
        "state",
        "standing",
        "kind",
        "weight",
        ("partners", RelatedOnlyFieldListFilter),
        ("outlets", RelatedOnlyFieldListFilter),
    )
    search_fields: ClassVar = ("name", "note", "right", "code", "side__says", "side__as_written")
    autocomplete_fields: ClassVar = ("partners", *CONCERNS)
    inlines: ClassVar = (SideInline, EvidenceInline, AttestationInline)
    help_texts: ClassVar = {
        "steps": _("Found by the title of their agreement."),
        "values": _("Found by the title of their agreement, or as written."),
        "partners": _("Under which countries and blocs readers find it in the list and in dossiers."),
    }
    fieldsets: ClassVar = (
        (
            _("What disagrees"),
            {
                "fields": ("name", ("kind", "weight"), ("standing", "noted_on"), "note", "right"),
                "description": _(
                    "Where a source is wrong, where two disagree, or where a text can be read in two ways. Exact and "
                    "fair: the note must survive the outlet’s own lawyer. Say what the text says and what we found, "
                    "never why, and never what it says of the writer. Say what is right only where evidence shows it; "
                    "what we cannot know stays open."
                ),
            },
        ),
        (
            _("What it concerns"),
            {
                "fields": ("partners", *CONCERNS),
                "description": _(
                    "Readers see the mark ≠ beside everything named here, and beside nothing else. Name the very "
                    "thing, the value or the step rather than its agreement; and the articles that say it, so that "
                    "their pages tell."
                ),
            },
        ),
        (
            _("How to enter sides, evidence and sources"),
            {
                "fields": (),
                "description": _(
                    "A side for each thing said, in our words, neutrally; the few words of the source only where the "
                    "wording matters. Evidence names who published what and when, and what it shows. It may come from "
                    "outside the sources, here and nowhere else, and is then marked as outside. In the table at the "
                    "end, tie each side to the article and the paragraph that says it."
                ),
            },
        ),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"noted_on": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A step or a value is named after its agreement: fetch that with it."""
        if db_field.name in {"steps", "values"}:
            kwargs["queryset"] = db_field.related_model._default_manager.select_related("agreement")
        return super().formfield_for_manytomany(db_field, request, **kwargs)
