"""What an entry stands on: what it needs before the public may see it, and what would fall without it.

One table says which published entries each noun names. Publishing looks along it, withdrawing looks back along it,
so that what is asked of an entry on its way in is what protects the others on their way out.
"""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import (
    Agreement,
    Article,
    Attestation,
    Country,
    Discrepancy,
    Event,
    Figure,
    Office,
    Person,
    Record,
    SourceDocument,
)
from articles.models.discrepancy import CONCERNS

NAMED: Final[dict[type[Record], tuple[str, ...]]] = {
    SourceDocument: ("publisher",),
    Article: ("outlet", "source", "partners", "topics"),
    Agreement: ("parties", "organisations", "topics"),
    Person: ("country", "articles"),
    Figure: (
        "indicator",
        "reporter",
        "speaker",
        "speaking_body",
        "agreement",
        "partners",
        "organisations",
        "topics",
    ),
    Event: ("country", "countries", "organisations", "persons", "agreements", "topics"),
    Discrepancy: ("partners", *(name for name in CONCERNS if name not in {"steps", "values"})),
}
"""The fields of each noun whose entries must be public while it is: a page would leave them out in silence."""

ITSELF: Final[dict[type[Record], str]] = {Agreement: "agreement", Figure: "figure", Event: "event"}
"""The nouns that a published article must attest, with the field of Attestation that points at them."""

PARTS: Final[dict[type[Record], tuple[tuple[str, str, Any], ...]]] = {
    Agreement: (
        ("every_step", "step", gettext_lazy("step %(n)d (%(what)s)")),
        ("every_value", "value", gettext_lazy("the value “%(what)s”")),
    ),
    Event: (("every_step", "event_step", gettext_lazy("step %(n)d (%(what)s)")),),
    Person: (("every_office", "office", gettext_lazy("the office “%(what)s”")),),
    Discrepancy: (("every_side", "side", gettext_lazy("side %(n)d (%(what)s)")),),
}
"""The parts of each noun that a published article must attest: accessor, field of Attestation, and its name."""


def missing(record: Record) -> list[str]:
    """Return what an entry lacks before the public may see it, one sentence each; empty when nothing is missing.

    Checks the saved entry with its relations, so that it holds for the admin, the loader and every other way in.
    """
    lacks: list[str] = []
    try:
        record.full_clean()
    except ValidationError as error:
        for name, texts in error.message_dict.items():
            label = (
                "" if name == NON_FIELD_ERRORS else f"{getattr(record._meta.get_field(name), 'verbose_name', name)}: "
            )
            lacks.append(label + " ".join(texts))
    return lacks + without_ground(record)


def without_ground(record: Record) -> list[str]:
    """Return what an entry that is valid in itself lacks around it: sources, parts, published entries to stand on."""
    return _lacks_of_its_own(record) + _unattested(record) + _unpublished(record)


def _lacks_of_its_own(record: Record) -> list[str]:
    match record:
        case Article():
            return _lacks_of_article(record)
        case Discrepancy():
            return _lacks_of_discrepancy(record)
        case Agreement() | Event() if not record.every_step.exists():
            return [_("It has no status step.")]
        case Figure(date_basis="none", date_note=""):
            return [_("It has no period and does not say why.")]
        case Country(kind="bloc") if not record.members.exists():
            return [_("A bloc has members.")]
    return []


def _lacks_of_article(article: Article) -> list[str]:
    lacks = []
    if not article.summary:
        lacks.append(_("It has no summary."))
    if not article.topics.exists():
        lacks.append(_("It has no topic."))
    if article.date_basis == "none" and not article.date_note:
        lacks.append(_("It has no date and does not say why."))
    if not article.source.publisher.is_public:
        lacks.append(_("The source document “%(name)s” is not published.") % {"name": article.source})
    return lacks


def _lacks_of_discrepancy(discrepancy: Discrepancy) -> list[str]:
    lacks = []
    if not discrepancy.every_side.exists():
        lacks.append(_("It has no side: say what each source says."))
    if not discrepancy.note:
        lacks.append(_("It has no editor’s note."))
    if not any(getattr(discrepancy, name).exists() for name in CONCERNS):
        lacks.append(_("It concerns nothing: name the entries that readers should see it at."))
    if not discrepancy.is_open and not discrepancy.every_evidence.exists():
        lacks.append(_("It is settled without evidence."))
    return lacks


def _unattested(record: Record) -> list[str]:
    lacks = []
    subject = ITSELF.get(type(record))
    if subject and not Attestation.public.filter(**{subject: record}).exists():
        lacks.append(_("No published article attests it: enter an attestation."))
    for accessor, part, name in PARTS.get(type(record), ()):
        attested = Attestation.public.exclude(**{part: None}).values(part)
        lacks += [
            _("No published article attests %(part)s.")
            % {"part": str(name) % {"n": one.position, "what": _in_words(one)}}
            for one in getattr(record, accessor).exclude(pk__in=attested).order_by("position")
        ]
    return lacks


def _in_words(part: Any) -> str:
    """Return a part in the words an editor knows it by: the status, the sum or words as written, the office."""
    if isinstance(part, Office):
        return part.title
    return str(getattr(part, "status_label", "") or part.as_written or part.says)


def _named(record: Record, name: str) -> list[Record]:
    value: Any = getattr(record, name)
    if isinstance(record._meta.get_field(name), models.ManyToManyField):
        return list(value.all())
    return [] if value is None else [value]


def _unpublished(record: Record) -> list[str]:
    """Name the related entries that the page would silently leave out."""
    return [
        _("The %(role)s “%(name)s” is not published.") % {"role": one._meta.verbose_name, "name": one}
        for name in NAMED.get(type(record), ())
        for one in _named(record, name)
        if not one.is_public
    ]


# --- what stands on an entry ------------------------------------------------------------------------------------


def standing_on(record: Record) -> list[str]:
    """Return why an entry cannot be withdrawn yet: the public entries that would lose their ground."""
    reasons = []
    for model, number in _users_of(record):
        names = {"n": number, "noun": model._meta.verbose_name, "nouns": model._meta.verbose_name_plural}
        reasons.append(
            ngettext(
                "%(n)d published %(noun)s stands on it: change or withdraw that first.",
                "%(n)d published %(nouns)s stand on it: change or withdraw those first.",
                number,
            )
            % names
        )
    if isinstance(record, Article):
        reasons += [
            _("The %(noun)s “%(name)s” (or a part of it) rests on this article alone: change that first.")
            % {"noun": one._meta.verbose_name, "name": one}
            for one in _attested_only_by(record)
        ]
    return reasons


def _users_of(record: Record) -> list[tuple[type[Record], int]]:
    """Return how many public entries of each noun `missing()` would fault without the entry."""
    users = []
    for model, names in NAMED.items():
        fields = [name for name in names if model._meta.get_field(name).related_model is type(record)]
        keys: set[Any] = set()
        for name in fields:
            keys.update(model.public.filter(**{name: record}).values_list("pk", flat=True))
        if keys:
            users.append((model, len(keys)))
    return users


def _attested_only_by(article: Article) -> list[Record]:
    """Return the public entries of which the entry itself or a part would lose its only source."""
    here = Attestation.objects.filter(article=article)
    elsewhere = Attestation.public.exclude(article=article)
    lost: list[Record] = []
    for model in dict.fromkeys([*ITSELF, *PARTS]):
        owners: set[Any] = set()
        itself = [(ITSELF[model], ITSELF[model])] if model in ITSELF else []
        parts = [(part, f"{part}__{model._meta.model_name}") for _accessor, part, _name in PARTS.get(model, ())]
        for subject, owner in itself + parts:
            kept = elsewhere.exclude(**{subject: None}).values(subject)
            lone = here.exclude(**{subject: None}).exclude(**{f"{subject}__in": kept})
            owners.update(lone.values_list(owner, flat=True))
        lost += model.public.filter(pk__in=owners)
    return sorted(lost, key=str)
