from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DATE_FIELDS, DATE_HELP, RecordAdmin
from articles.models import SourceDocument


@admin.register(SourceDocument)
class SourceDocumentAdmin(RecordAdmin[SourceDocument]):
    list_display = ("title_shown", "state_mark", "kind", "publisher", "date_words", "file_name", "modified_on")
    list_select_related: ClassVar = ("publisher",)
    list_filter: ClassVar = ("state", "kind", ("publisher", admin.RelatedOnlyFieldListFilter), "date_basis")
    search_fields: ClassVar = ("heading", "label", "file_name", "publisher__name", "code")
    autocomplete_fields: ClassVar = ("publisher",)
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("kind", "publisher", "heading", "label", ("language", "file_name")),
                "description": _(
                    "What we have read: a digest of several articles, or a single article. Lines are counted in the "
                    "text file, so the file must not change once attestations point into it."
                ),
            },
        ),
        (_("Date"), {"fields": DATE_FIELDS, "description": DATE_HELP}),
    )

    @admin.display(description=_("title or label"), ordering="heading")
    def title_shown(self, source: SourceDocument) -> str:
        return source.title if source.has_heading else f"[{source.title}]"
