from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.attestations import AttestationInline
from articles.admin.base import RecordAdmin
from articles.admin.parts import OrderedInline
from articles.models import Office, Person


class OfficeInline(OrderedInline):
    model = Office
    fields = (("position", "title"), ("country", "organisation"), ("date_edtf", "date_basis"), "date_note", "note")
    autocomplete_fields = ("country", "organisation")
    rows_when_new = 1


@admin.register(Person)
class PersonAdmin(RecordAdmin[Person]):
    list_display = ("name", "state_mark", "last_office", "country", "modified_on")
    list_select_related: ClassVar = ("country",)
    list_filter: ClassVar = ("state", ("country", RelatedOnlyFieldListFilter))
    search_fields: ClassVar = ("name", "aliases", "slug", "code")
    ordering: ClassVar = ("name",)
    autocomplete_fields: ClassVar = ("country", "articles")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    key_fields = ("slug",)
    help_texts: ClassVar = {"aliases": _("Other spellings in the sources, one per line; a surname alone is none.")}
    inlines: ClassVar = (OfficeInline, AttestationInline)
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("name", "slug", "aliases", "country", "articles", "note"),
                "description": _(
                    "Those who take part in an event, announce one, say a figure, or write an article. One entry for "
                    "one person, under the fullest name that the texts give. What is known from elsewhere stays away."
                ),
            },
        ),
        (
            _("How to enter offices and sources"),
            {
                "fields": (),
                "description": _(
                    "An office is worded as the text words it, even where that is odd: then the note says so. Its date "
                    "is the time for which a text attests it, mostly that of the article, and never a term of office. "
                    "In the table at the end, tie each office to the article and the paragraph that gives it: what no "
                    "published article attests is not shown."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """Add the last office, attested or not: staff see what is entered."""
        last = Office.objects.filter(person=OuterRef("pk")).order_by("-position")
        return super().get_queryset(request).annotate(last_title=Subquery(last.values("title")[:1]))

    @admin.display(description=_("last office"), empty_value="–")
    def last_office(self, person: Any) -> str | None:
        title: str | None = person.last_title
        return title
