"""Forms of the admin: every rule of the database is checked before the database has to refuse."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.curation import REASON_LENGTH
from articles.models import Record

M = TypeVar("M", bound=models.Model)

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm
    _BaseModelAdmin = BaseModelAdmin[Any]
else:
    _BaseModelAdmin = BaseModelAdmin

    class _ModelForm(forms.ModelForm):
        def __class_getitem__(cls, item):
            return cls


class EntryForm(_ModelForm[M]):
    """A model form that checks the constraints of the whole entry.

    Django leaves out constraints on fields that the form does not show; ours speak of the state and of the bounds
    of a date, which no form shows, and a form that let them pass would end in an error of the database.
    """

    refusals: ClassVar[list[str]] = []
    """Why the entry that this form held was not kept; see RecordAdmin.changeform_view."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for sentence in self.refusals:
            self.add_error(None, sentence)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        try:
            self.instance.validate_constraints(exclude=set(self.errors) | self.unchecked)
        except ValidationError as error:
            for sentence in error.messages:
                if sentence not in self.non_field_errors():
                    self.add_error(None, sentence)

    unchecked: ClassVar[frozenset[str]] = frozenset()
    """Fields whose constraints are checked elsewhere."""


class OnePerLine(forms.CharField):
    """A list of names, typed one on a line."""

    def __init__(self, *, encoder: object = None, decoder: object = None, **kwargs: Any) -> None:
        # A JSONField hands over how it would write JSON: here nobody has to.
        kwargs |= {"widget": forms.Textarea({"rows": 3, "cols": 40}), "show_hidden_initial": False}
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [name for line in str(value or "").splitlines() if (name := line.strip())]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(list(initial or []) != self.to_python(data))


class PlainDecimal(forms.DecimalField):
    """A number without the zeros that the database keeps behind it: 8.4, not 8.4000."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class Paragraph(forms.CharField):
    """A text too long for a line, and too short for several: typed in a box, kept without breaks."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"widget": forms.Textarea({"rows": 3, "cols": 80})})

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").split())


LONG = 500
"""From how many characters on a text is typed in a box."""


class OnePageAtATime(_BaseModelAdmin):
    """Fields as they are comfortable to type in.

    Related entries can be added and looked at beside a field, but not changed or deleted from there.
    """

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if type(db_field) is models.CharField and (db_field.max_length or 0) >= LONG:
            kwargs["form_class"] = Paragraph
        elif isinstance(db_field, models.DecimalField):
            kwargs["form_class"] = PlainDecimal
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field


class WithdrawForm(forms.Form):
    """Why an entry leaves the public pages."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 3, "cols": 80}),
        help_text=Record._meta.get_field("withdrawal_reason").help_text,
    )
