"""Rows inside an entry's form, of whatever noun: as a table, as a stack, in an order of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.forms import EntryForm, OnePageAtATime
from articles.models import Record

if TYPE_CHECKING:
    PartFormSet = BaseInlineFormSet[Any, Any, Any]
    _Table = admin.TabularInline[Any, Any]
    _Stack = admin.StackedInline[Any, Any]
else:
    PartFormSet = BaseInlineFormSet
    _Table = admin.TabularInline
    _Stack = admin.StackedInline


class PartInline(OnePageAtATime):
    """Rows of whatever shape, fetched with what they point at: the name of a row is made of it."""

    model: type[models.Model]
    form: Any = EntryForm
    extra = 0
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> Any:
        keys = [field.name for field in self.model._meta.fields if isinstance(field, models.ForeignKey)]
        return super().get_queryset(request).select_related(*keys)


class TableInline(PartInline, _Table):
    """Short rows, one below the other."""


class StackInline(PartInline, _Stack):
    """Longer rows, each a small form."""


class RelationInline(StackInline):
    """How an entry stands to others of its noun."""

    fields: ClassVar[Any] = ("kind", "other", "note")
    autocomplete_fields = ("other",)
    verbose_name_plural = _("relations to others of its kind, with the reason")


class NamedFormSet(PartFormSet):
    """Rows whose parent has no accessor to them (`related_name="+"`): Django would name their fields after it."""

    @classmethod
    def get_default_prefix(cls) -> str:
        return str(cls.model._meta.model_name)  # type: ignore[union-attr]


# --- rows in an order -------------------------------------------------------------------------------------------


class PositionForm(EntryForm[Any]):
    """A row with a place in an order; left empty, it is the next."""

    next_position = 1
    _alone = False
    # Rows may change places with each other: the formset looks at all of them together.
    unchecked = frozenset({"position"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        if self.instance.pk is None:
            self.initial["position"] = None

    def clean_position(self) -> int:
        position: int | None = self.cleaned_data["position"]
        if position == 0:
            raise ValidationError(_("The order counts from 1."))
        return position or self.next_position

    def _post_clean(self) -> None:
        self._alone = True
        super()._post_clean()
        self._alone = False

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the position out when the row is checked alone, and in when the formset compares its rows."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions | self.unchecked if self._alone else exclusions


class OrderedFormSet(PartFormSet):
    """Rows that are unique by position: they may change places in one go."""

    FAR = 20_000

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.next_position = self._last_position() + 1 + i - self.initial_form_count()
        return form

    def _last_position(self) -> int:
        if self.instance.pk is None:
            return 0
        if not hasattr(self, "_last"):
            self._last: int = self.get_queryset().aggregate(last=Max("position"))["last"] or 0
        return self._last

    def save(self, commit: bool = True) -> Any:
        """Save the rows; those that move leave their places first, so that no two meet on the way."""
        moving = [
            form.instance.pk
            for form in self.initial_forms
            if form in self.deleted_forms or "position" in form.changed_data
        ]
        for place, pk in enumerate(moving):
            self.get_queryset().filter(pk=pk).update(position=self.FAR + place)
        return super().save(commit)


class OrderedInline(StackInline):
    """Longer rows that stand in an order."""

    form = PositionForm
    formset = OrderedFormSet
    ordering = ("position",)
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    rows_when_new: ClassVar[int] = 0
    """How many empty rows the form of a new entry begins with."""

    def get_extra(self, request: HttpRequest, obj: Record | None = None, **kwargs: Any) -> int:
        return self.rows_when_new if obj is None else 0
