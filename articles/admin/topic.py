from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.base import RecordAdmin
from articles.models import Topic


@admin.register(Topic)
class TopicAdmin(RecordAdmin[Topic]):
    list_display = ("name", "state_mark", "slug", "iptc_label", "iptc_code", "modified_on")
    list_filter: ClassVar = ("state",)
    search_fields: ClassVar = ("name", "slug", "scope", "iptc_label", "code")
    ordering: ClassVar = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    key_fields = ("slug",)
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("name", "slug", "scope", ("iptc_code", "iptc_label")),
                "description": _(
                    "Few topics, clearly apart: a new one only where no other covers the matter. Each maps to the "
                    "nearest active term of the IPTC Media Topics, so that others can read our data."
                ),
            },
        ),
    )
