from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.attestations import AttestationInline
from articles.admin.base import DATE_FIELDS, RecordAdmin
from articles.admin.parts import RelationInline
from articles.models import Figure, FigureRelation


class FigureRelationInline(RelationInline):
    model = FigureRelation
    fk_name = "figure"


@admin.register(Figure)
class FigureAdmin(RecordAdmin[Figure]):
    list_display = ("name", "state_mark", "as_written", "meaning", "date_words", "modified_on")
    list_filter: ClassVar = (
        "state",
        "meaning",
        "measure",
        "date_basis",
        ("partners", RelatedOnlyFieldListFilter),
        ("topics", RelatedOnlyFieldListFilter),
        ("reporter", RelatedOnlyFieldListFilter),
        ("indicator", RelatedOnlyFieldListFilter),
    )
    search_fields: ClassVar = ("name", "as_written", "note", "code", "indicator__name", "speaker__name")
    autocomplete_fields: ClassVar = (
        "indicator",
        "reporter",
        "speaker",
        "speaking_body",
        "partners",
        "organisations",
        "topics",
        "agreement",
    )
    inlines: ClassVar = (FigureRelationInline, AttestationInline)
    help_texts: ClassVar = {
        "qualifier": _(
            "Only the limit that the source sets. “In words” where it has no digits: half, the largest. One of the "
            "top three is rank 3, “among the top”."
        ),
        "amount": _("8, for “8 billion”."),
        "meaning": _(
            "Never surer than the text. What might come is potential, what two sides aim at is a target, a plant "
            "still to be built is announced. These never share a scale."
        ),
        "as_written": _("The number and its limit in the source’s own few words: “over US$8 billion”."),
    }
    fieldsets: ClassVar = (
        (
            _("What is measured"),
            {
                "fields": ("name", "indicator", "note"),
                "description": _(
                    "One entry for one number that one article gives in one place. Where two articles give the same "
                    "number, enter both and relate them as “probably the same as”: they stand side by side, and count "
                    "once. The indicator says what is measured: a new one only where no other means the same."
                ),
            },
        ),
        (
            _("The number, as the source has it"),
            {
                "fields": (
                    "as_written",
                    "qualifier",
                    ("amount", "scale"),
                    ("measure", "currency", "counted"),
                    "base_value",
                    "meaning",
                ),
                "description": _(
                    "“Over 30” stays over 30, and “nearly half” stays nearly half. Nothing is rounded, added up or "
                    "worked out."
                ),
            },
        ),
        (
            _("Conversion that the source gives"),
            {
                "fields": (("converted_amount", "converted_scale", "converted_currency"), "converted_as_written"),
                "description": _(
                    "Only where the article itself prints the sum in a second currency; then amount, currency and "
                    "wording, all three. We convert nothing."
                ),
            },
        ),
        (
            _("Period"),
            {
                "fields": DATE_FIELDS,
                "description": _(
                    "The time that the value speaks of, not the day of the article. No surer than the source: “last "
                    "year” in an article of May 2025 is 2024, inferred, and says so. Where the text speaks in the "
                    "present, there is no period, and the note says that."
                ),
            },
        ),
        (
            _("Who says it, and who counted"),
            {
                "fields": ("speaker", "speaking_body", "reporter", "statistics"),
                "description": _(
                    "Two different things. Said by: the person or body to whom the text gives it; empty where the "
                    "article says it in its own voice. Whose statistics: only where the source names whose side "
                    "counted. What one country counts as exports, the other does not count as the same imports."
                ),
            },
        ),
        (
            _("Whom and what it is about"),
            {
                "fields": ("partners", "organisations", "topics", "agreement"),
                "description": _(
                    "The partners to whom the text ties the number; some have none. At the end, the table of "
                    "attestations: the article, the paragraph and the line that give it."
                ),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Figure | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "base_value")

    @admin.display(description=_("in base units"))
    def base_value(self, figure: Any) -> str:
        """The value that sorting and charts use."""
        if figure.value is None:
            return gettext("after saving")
        unit = figure.currency or figure.counted or figure.get_measure_display()
        return f"{number_format(figure.value.normalize(), use_l10n=True, force_grouping=True)} {unit}"
