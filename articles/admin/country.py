from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin
from articles.models import Country


@admin.register(Country)
class CountryAdmin(RecordAdmin[Country]):
    list_display = ("name", "state_mark", "iso", "kind", "modified_on")
    list_filter: ClassVar = ("state", "kind")
    search_fields: ClassVar = ("name", "iso", "aliases", "code")
    ordering: ClassVar = ("name",)
    autocomplete_fields: ClassVar = ("members",)
    help_texts: ClassVar = {"aliases": _("Other spellings in the sources, one per line.")}
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("iso", "kind", "name", "aliases", "members"),
                "description": _(
                    "A bloc can be a partner but is no country. Of its members, enter those that the record has. "
                    "The names in Kazakh and Russian come from CLDR by the code."
                ),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Country | None = None) -> tuple[str, ...]:
        """The code is the key of the entry: to change it would make a second one."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if obj is None else (*fixed, "iso")
