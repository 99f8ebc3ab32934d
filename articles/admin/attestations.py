"""Which place in which article says it: one table for an agreement and all its steps, values and relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.forms import EntryForm, OnePageAtATime
from articles.admin.parts import AgreementTable, ArticlePart, NamedFormSet, PartFormSet
from articles.models import Agreement, AgreementValue, Article, Attestation, StatusStep
from articles.models.attestation import SUBJECTS

NEW_PLACES = 3
"""For how many steps and values that are entered in the same go the table offers a place."""

Choices = list[tuple[str, str]]


def subject_label(attestation: Attestation) -> str:
    """Say in a few words what an attestation is about."""
    if attestation.step:
        return gettext("step %(n)d: %(status)s") % {
            "n": attestation.step.position,
            "status": attestation.step.status_label,
        }
    if attestation.value:
        return gettext("value: %s") % attestation.value.as_written
    if attestation.relation:
        return _relation_label(attestation.relation)
    return gettext("the agreement itself")


def _relation_label(relation: Any) -> str:
    return gettext("relation: %(kind)s %(other)s") % {"kind": relation.get_kind_display(), "other": relation.other}


def subjects_of(agreement: Agreement) -> Choices:
    """Return what a place can attest in this agreement, parts entered in the same go included.

    What is saved is named by its key, so that a row goes on to mean the same step when steps change places; what
    is new has only its position.
    """
    steps = list(agreement.every_step.order_by("position")) if agreement.pk else []
    values = list(agreement.every_value.order_by("position")) if agreement.pk else []
    relations = list(agreement.every_relation.select_related("other")) if agreement.pk else []
    saved: Choices = [("agreement", gettext("the agreement itself"))]
    saved += [
        (f"step:{one.pk}", gettext("step %(n)d: %(status)s") % {"n": one.position, "status": one.status_label})
        for one in steps
    ]
    saved += [(f"value:{one.pk}", gettext("value: %s") % one.as_written) for one in values]
    saved += [(f"relation:{one.pk}", _relation_label(one)) for one in relations]
    return [
        *saved,
        *((f"new-step:{n}", gettext("new step, in place %d") % n) for n in _places(steps)),
        *((f"new-value:{n}", gettext("new value, in place %d") % n) for n in _places(values)),
    ]


def _places(parts: Sequence[StatusStep | AgreementValue]) -> range:
    """Return the places that a new part may take: between the others, or after them."""
    return range(1, max((one.position for one in parts), default=0) + NEW_PLACES + 1)


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
    """All attestations of an agreement and of its parts."""

    def __init__(self, data: Any = None, files: Any = None, instance: Any = None, **kwargs: Any) -> None:
        self.instance: Agreement = instance or Agreement()
        self.save_as_new = kwargs.pop("save_as_new", False)
        self.fk = None  # several fields tie a row to the agreement, none of them alone
        self.unique_fields: set[str] = set()
        rows = kwargs.pop("queryset", None)
        rows = Attestation.objects.all() if rows is None else rows
        if self.instance.pk is None:
            rows = rows.none()
        else:
            tied = Q(agreement=self.instance)
            for part in ("step", "value", "relation"):
                tied |= Q(**{f"{part}__agreement": self.instance})
            rows = rows.filter(tied).select_related("article", "step", "value", "relation__other").order_by("pk")
        self.subjects = subjects_of(self.instance)
        BaseModelFormSet.__init__(self, data, files, queryset=rows, **kwargs)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        return BaseModelFormSet._construct_form(self, i, **kwargs)  # type: ignore[attr-defined]

    def add_fields(self, form: Any, index: int | None) -> None:
        BaseModelFormSet.add_fields(self, form, index)
        form.fields["attests"].choices = [("", "---------"), *self.subjects]
        if form.instance.pk:
            subject = form.instance.subject
            key = getattr(form.instance, f"{subject}_id")
            form.initial["attests"] = subject if subject == "agreement" else f"{subject}:{key}"

    def save_new(self, form: Any, commit: bool = True) -> Any:
        self._tie(form)
        return BaseModelFormSet.save_new(self, form, commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        self._tie(form)
        return BaseModelFormSet.save_existing(self, form, obj, commit)

    def _tie(self, form: Any) -> None:
        """Tie a row to what it attests, now that everything is saved; raise ValidationError where it cannot be."""
        attestation: Attestation = form.instance
        kind, _colon, key = form.cleaned_data["attests"].partition(":")
        if kind == "agreement":
            attestation.agreement = self.instance
        elif kind == "new-step":
            attestation.step = self.instance.every_step.filter(position=key).first()
        elif kind == "new-value":
            attestation.value = self.instance.every_value.filter(position=key).first()
        try:
            attestation.full_clean()
        except ValidationError as error:
            label = dict(self.subjects).get(form.cleaned_data["attests"], "")
            place = gettext("Attestation of “%(what)s”, line %(line)s:") % {"what": label, "line": attestation.line}
            raise ValidationError([f"{place} {' '.join(error.messages)}"]) from error


class AttestationInline(OnePageAtATime, AgreementTable):
    """The places that attest an agreement and its parts."""

    model = Attestation
    form = AttestationForm
    formset = AttestationFormSet
    extra = 1
    fields = ("attests", "article", "paragraph", "line", "note")
    autocomplete_fields = ("article",)
    verbose_name_plural = _("attestations: which article says it, and where")

    @staticmethod
    def attests(attestation: Attestation) -> str:
        """For those who may only look."""
        return subject_label(attestation)


class AttestedInline(ArticlePart):
    """What an article attests; entered at the agreements, shown at the article."""

    model = Attestation
    formset = NamedFormSet
    fields = readonly_fields = ("of", "attests", "paragraph", "line", "note")
    extra = 0
    can_delete = False
    verbose_name_plural = _("what this article attests (entered at the agreement)")

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "agreement", "step__agreement", "value__agreement", "relation__agreement", "relation__other"
            )
        )

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    @staticmethod
    def of(attestation: Attestation) -> SafeString:
        subject = getattr(attestation, attestation.subject)
        agreement = subject if isinstance(subject, Agreement) else subject.agreement
        address = reverse("admin:articles_agreement_change", args=[agreement.pk])
        return format_html('<a href="{}">{}</a>', address, agreement)

    @staticmethod
    def attests(attestation: Attestation) -> str:
        return subject_label(attestation)
