from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin
from articles.models import Indicator


@admin.register(Indicator)
class IndicatorAdmin(RecordAdmin[Indicator]):
    list_display = ("name", "state_mark", "flow", "on_one_scale", "modified_on")
    list_filter: ClassVar = ("state", "flow", "on_one_scale")
    search_fields: ClassVar = ("name", "definition", "slug", "code")
    ordering: ClassVar = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    key_fields = ("slug",)
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("name", "slug", "definition", "flow", "on_one_scale"),
                "description": _(
                    "What figures measure: few, clearly apart, each with a definition. Figures of one indicator "
                    "about one partner stand side by side, so they must speak of one thing: demand, needs and "
                    "imports are three. A trade flow is seen from the country that counts."
                ),
            },
        ),
    )
