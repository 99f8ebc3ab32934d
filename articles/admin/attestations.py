"""Which place in which article says it: one table for an entry and all those of its parts that articles attest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.forms import EntryForm
from articles.admin.parts import NamedFormSet, PartFormSet, TableInline
from articles.attestable import ATTESTABLE, BY_SUBJECT, Attestable, called, entry_of
from articles.models import Article, Attestation, Record
from articles.models.attestation import SUBJECTS

NEW_PLACES = 3
"""For how many parts that are entered in the same go the table offers a place."""

NEW = "new-"
"""Before the name of a subject that has no key yet, only a position."""

Choices = list[tuple[str, str]]


def subjects_of(entry: Record) -> Choices:
    """Return what a place can attest in this entry, parts entered in the same go included.

    What is saved is named by its key, so that a row goes on to mean the same step when steps change places; what
    is new has only its position.
    """
    saved: Choices = []
    new: Choices = []
    for one in ATTESTABLE[type(entry)]:
        if not one.accessor:
            saved.append((one.subject, one.called(entry)))
            continue
        parts = list(one.parts(entry)) if entry.pk else []
        saved += [(f"{one.subject}:{part.pk}", one.called(part)) for part in parts]
        if one.new:
            new += [(f"{NEW}{one.subject}:{n}", str(one.new) % n) for n in _places(parts)]
    return saved + new


def _places(parts: Sequence[Any]) -> range:
    """Return the places that a new part may take: between the others, or after them."""
    return range(1, max((part.position for part in parts), default=0) + NEW_PLACES + 1)


class AttestationForm(EntryForm[Attestation]):
    attests = forms.ChoiceField(label=_("what it attests"), choices=())

    class Meta:
        model = Attestation
        fields: ClassVar = ["article", "paragraph", "line", "note"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, _colon, key = self.cleaned_data.get("attests", "").partition(":")
        for subject in SUBJECTS:
            setattr(self.instance, f"{subject}_id", int(key) if kind == subject and key else None)
        return cleaned

    # Before the parts are saved an attestation may concern nothing yet: the formset checks it whole.
    unchecked = frozenset(SUBJECTS)


class AttestationFormSet(PartFormSet):
    """All attestations of an entry and of its parts."""

    def __init__(self, data: Any = None, files: Any = None, instance: Any = None, **kwargs: Any) -> None:
        self.instance: Record = instance
        self.save_as_new = kwargs.pop("save_as_new", False)
        self.fk = None  # several fields tie a row to the entry, none of them alone
        self.unique_fields: set[str] = set()
        self.kinds = ATTESTABLE[type(instance)]
        self.subjects = subjects_of(instance)
        rows = self._rows(kwargs.pop("queryset"))
        BaseModelFormSet.__init__(self, data, files, queryset=rows, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        return "every_attestation"

    def _rows(self, rows: QuerySet[Attestation]) -> QuerySet[Attestation]:
        """Keep the attestations of the entry and of its parts, with what their names are made of."""
        if self.instance.pk is None:
            return rows.none()
        noun = type(self.instance)
        tied = Q(*((one.path(noun), self.instance) for one in self.kinds), _connector=Q.OR)
        return rows.filter(tied).select_related("article", *_fetched(self.kinds)).order_by("pk")

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        return BaseModelFormSet._construct_form(self, i, **kwargs)  # type: ignore[attr-defined]

    def add_fields(self, form: Any, index: int | None) -> None:
        BaseModelFormSet.add_fields(self, form, index)
        field = form.fields["attests"]
        if len(self.subjects) == 1:  # nothing to choose
            field.choices, field.initial = self.subjects, self.subjects[0][0]
        else:
            field.choices = [("", "---------"), *self.subjects]
        if form.instance.pk:
            subject = form.instance.subject
            key = f":{getattr(form.instance, f'{subject}_id')}" if BY_SUBJECT[subject][1].accessor else ""
            form.initial["attests"] = f"{subject}{key}"

    def save_new(self, form: Any, commit: bool = True) -> Any:
        self._tie(form)
        return BaseModelFormSet.save_new(self, form, commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        self._tie(form)
        return BaseModelFormSet.save_existing(self, form, obj, commit)

    def _tie(self, form: Any) -> None:
        """Tie a row to what it attests, now that everything is saved; raise ValidationError where it cannot be."""
        attestation: Attestation = form.instance
        chosen = form.cleaned_data["attests"]
        kind, _colon, key = chosen.partition(":")
        if not key:
            setattr(attestation, kind, self.instance)
        elif kind.startswith(NEW):
            subject = kind.removeprefix(NEW)
            parts = BY_SUBJECT[subject][1].parts(self.instance)
            setattr(attestation, subject, parts.filter(position=key).first())
        try:
            attestation.full_clean()
        except ValidationError as error:
            names = {"what": dict(self.subjects).get(chosen, ""), "line": attestation.line}
            place = gettext("Attestation of “%(what)s”, line %(line)s:") % names
            raise ValidationError([f"{place} {' '.join(error.messages)}"]) from error


def _fetched(kinds: Sequence[Attestable]) -> Iterator[str]:
    """Yield what to fetch with an attestation, so that what it attests can be named."""
    for one in kinds:
        yield one.subject
        for name in one.fetch:
            yield f"{one.subject}__{name}"


class AttestationInline(TableInline):
    """The places that attest an entry and its parts. It stands last: what it attests is saved before it."""

    model = Attestation
    form = AttestationForm
    formset = AttestationFormSet
    extra = 1
    fields = ("attests", "article", "paragraph", "line", "note")
    autocomplete_fields = ("article",)
    verbose_name_plural = _("attestations: which article says it, and where")

    def __init__(self, parent_model: Any, admin_site: admin.AdminSite) -> None:
        # Django asks for one field that ties the rows to the form's entry. Of some nouns articles attest the parts
        # alone: then it is given that of a part, and the formset ties each row to what it belongs to.
        first = ATTESTABLE[parent_model][0]
        self.fk_name = first.subject
        super().__init__(first.model, admin_site)

    @admin.display(description=_("what it attests"))
    def attests(self, attestation: Attestation) -> str:
        """For those who may only look."""
        return called(attestation)


class AttestedInline(TableInline):
    """What an article attests; entered at the entries, shown at the article."""

    model = Attestation
    formset = NamedFormSet
    fields = readonly_fields = ("of", "attests", "paragraph", "line", "note")
    can_delete = False
    verbose_name_plural = _("what this article attests (entered at the entries)")

    def get_queryset(self, request: HttpRequest) -> Any:
        owners = [one.path(noun) for noun, several in ATTESTABLE.items() for one in several if one.accessor]
        words = [name for several in ATTESTABLE.values() for name in _fetched(several)]
        return super().get_queryset(request).select_related(*owners, *words)

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    @admin.display(description=_("entry"))
    def of(self, attestation: Attestation) -> SafeString:
        entry = entry_of(attestation)
        address = reverse(f"admin:articles_{entry._meta.model_name}_change", args=[entry.pk])
        return format_html('<a href="{}">{}</a>', address, entry)

    @admin.display(description=_("what it attests"))
    def attests(self, attestation: Attestation) -> str:
        return called(attestation)
