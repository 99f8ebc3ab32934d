from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin
from articles.models import Outlet


@admin.register(Outlet)
class OutletAdmin(RecordAdmin[Outlet]):
    list_display = ("name", "state_mark", "kind", "country", "modified_on")
    list_select_related: ClassVar = ("country",)
    list_filter: ClassVar = ("state", "kind", ("country", admin.RelatedOnlyFieldListFilter))
    search_fields: ClassVar = ("name", "aliases", "slug", "code")
    ordering: ClassVar = ("name",)
    autocomplete_fields: ClassVar = ("country",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    key_fields = ("slug",)
    help_texts: ClassVar = {
        "aliases": _("The spellings the sources use, one per line."),
        "languages": _("Codes (ISO 639-1) of what we have read, such as en; one per line."),
    }
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("name", "slug", "aliases", "kind", "country", "languages", "ownership"),
                "description": _(
                    "One entry for one publisher, under one name: Trend, Trend.az and Trend News Agency are aliases. "
                    "Kind, home country and ownership only where a source or the name itself says so."
                ),
            },
        ),
    )
