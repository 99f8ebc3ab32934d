"""The admin: one module per noun, over a base that they share."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin import (
    agreement,
    article,
    country,
    discrepancy,
    event,
    figure,
    indicator,
    organisation,
    outlet,
    person,
    source,
    topic,
)

__all__ = [
    "agreement",
    "article",
    "country",
    "discrepancy",
    "event",
    "figure",
    "indicator",
    "organisation",
    "outlet",
    "person",
    "source",
    "topic",
]

admin.site.site_title = _("Sholu: curation")
admin.site.site_header = _("Sholu")
