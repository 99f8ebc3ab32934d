from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin
from articles.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(RecordAdmin[Organisation]):
    list_display = ("name", "state_mark", "kind", "country", "modified_on")
    list_select_related: ClassVar = ("country",)
    list_filter: ClassVar = ("state", "kind", ("country", admin.RelatedOnlyFieldListFilter))
    search_fields: ClassVar = ("name", "aliases", "slug", "code")
    ordering: ClassVar = ("name",)
    autocomplete_fields: ClassVar = ("country",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    key_fields = ("slug",)
    help_texts: ClassVar = {"aliases": _("The spellings the sources use, one per line.")}
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("name", "slug", "aliases", "kind", "country"),
                "description": _(
                    "A company, ministry, fund or other body that is part of an agreement, under one name for all "
                    "spellings. The home country only where a source says it."
                ),
            },
        ),
    )
