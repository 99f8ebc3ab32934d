"""What the admin pages of every noun share: how an entry is kept, refused, shown and described."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import ground
from articles.admin.forms import EntryForm, OnePageAtATime, OnePerLine
from articles.admin.publishing import PublishingAdmin
from articles.models import Dated, Record
from articles.models.fields import NamesField

R = TypeVar("R", bound=Record)

REFUSALS = "articles.admin.refusals"
"""The key of a request's META under which a second look at a form finds why the first was not kept."""

DATE_FIELDS = ("date_edtf", "date_basis", "date_note", "date_reading")
DATE_HELP = _(
    "Never more precise than the source: where it names a month, the date is the month. Choose “inferred” where you "
    "conclude the date, and say from what; choose “no date” where nothing allows a conclusion, and say so."
)


class RecordAdmin(OnePageAtATime, PublishingAdmin[R]):
    """The admin of a noun. Entries are drafts until they are published, and stay fit to be published from then on."""

    form: type[forms.ModelForm[Any]] = EntryForm
    formfield_overrides: ClassVar = {
        NamesField: {"form_class": OnePerLine},
        models.URLField: {"assume_scheme": "https"},
    }
    help_texts: ClassVar[dict[str, Any]] = {}
    """Help that differs from the model's, where a form asks in another way than the loader."""
    key_fields: ClassVar[tuple[str, ...]] = ()
    """Fields that addresses and filters are made of: they stay once an entry has been public."""
    ordering: ClassVar[tuple[str, ...]] = ("-modified_at",)
    list_per_page: ClassVar = 50
    save_on_top: ClassVar = False

    # --- what a form shows --------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: R | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        names = ["state_mark", "permalink_shown", "history_shown"]
        if not obj.is_public:
            names.insert(1, "wanting")
        return [(_("State"), {"fields": names}), *fieldsets]

    def get_readonly_fields(self, request: HttpRequest, obj: R | None = None) -> tuple[str, ...]:
        fixed = self.key_fields if obj is not None and obj.published_at else ()
        shown = ("state_mark", "wanting", "permalink_shown", "history_shown", "date_reading")
        return (*super().get_readonly_fields(request, obj), *fixed, *shown)

    def get_prepopulated_fields(self, request: HttpRequest, obj: R | None = None) -> dict[str, Any]:
        return {} if obj is not None else super().get_prepopulated_fields(request, obj)

    @admin.display(description=_("state"), ordering="state")
    def state_mark(self, record: Record) -> SafeString:
        return format_html('<span class="state state-{}">{}</span>', record.state, record.get_state_display())

    @admin.display(description=_("still missing"))
    def wanting(self, record: Record) -> str | SafeString:
        """Everything that publishing would ask for."""
        lacks = ground.missing(record)
        if not lacks:
            return gettext("Nothing: it can be published.")
        return format_html(
            '<ul class="wanting">{}</ul>', format_html_join("", "<li>{}</li>", ((one,) for one in lacks))
        )

    @admin.display(description=_("permanent address"))
    def permalink_shown(self, record: Record) -> str:
        return record.permalink

    @admin.display(description=_("history"))
    def history_shown(self, record: Record) -> str:
        facts = [
            (_("published %(when)s by %(who)s"), record.published_at, record.published_by),
            (_("withdrawn %(when)s by %(who)s"), record.withdrawn_at, record.withdrawn_by),
        ]
        told = [
            str(text) % {"when": date_format(when, "j F Y, H:i"), "who": who or _("the loader")}
            for text, when, who in facts
            if when
        ]
        if record.withdrawal_reason:
            told.append(gettext("reason: %s") % record.withdrawal_reason)
        told.append(gettext("last modified %s") % date_format(record.modified_at, "j F Y, H:i"))
        return "; ".join(told)

    @admin.display(description=_("read as"))
    def date_reading(self, record: Any) -> str:
        """The date in words, with the days it can mean."""
        if not isinstance(record, Dated) or not record.date_edtf:
            return gettext("no date")
        first, last = record.date_earliest, record.date_latest
        bounds = f"{first.isoformat() if first else '…'} – {last.isoformat() if last else '…'}"
        return f"{record.date.text} ({bounds})"

    @admin.display(description=_("date"), ordering="date_earliest")
    def date_words(self, record: Any) -> str:
        text: str = record.date.text
        return gettext("%s (inferred)") % text if record.date.inferred else text

    @admin.display(description=_("last modified"), ordering="modified_at")
    def modified_on(self, record: Record) -> str:
        return date_format(record.modified_at, "j M Y")

    # --- how an entry is kept -----------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: R | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[R]]:
        form = super().get_form(request, obj, change, help_texts=self.help_texts, **kwargs)
        refusals = request.META.get(REFUSALS)
        return type(form.__name__, (form,), {"refusals": refusals}) if refusals else form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Keep what is entered, whole or not at all.

        Some rules can only be checked when the entry and its parts are in the database. Where they refuse it, the
        transaction is undone and the form comes back with everything as typed and the reasons above.
        """
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.META[REFUSALS] = refusal.messages
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Save the parts, date the change, and refuse a published entry that could not be published so."""
        super().save_related(request, form, formsets, change)
        record = self._again(form.instance)
        parts_changed = any(one.new_objects or one.changed_objects or one.deleted_objects for one in formsets)
        if not change or form.has_changed() or parts_changed:
            record.touch()
            form.instance.modified_at = record.modified_at
            record.save(update_fields=["modified_at"])
        if record.is_public and (lacks := ground.missing(record)):
            raise ValidationError([gettext("A published entry must stay complete. Nothing has been saved:"), *lacks])
