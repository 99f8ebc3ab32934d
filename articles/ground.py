"""What an entry stands on: what it needs before the public may see it, and what would fall without it.

One table says which published entries each noun names. Publishing looks along it, withdrawing looks back along it,
so that what is asked of an entry on its way in is what protects the others on their way out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.attestable import ATTESTABLE
from articles.models import (
    Agreement,
    Article,
    Attestation,
    Country,
    Discrepancy,
    Event,
    Figure,
    Person,
    Record,
    SourceDocument,
    State,
)
from articles.models.discrepancy import CONCERNS

NAMED: Final[dict[type[Record], tuple[str, ...]]] = {
    SourceDocument: ("publisher",),
    Article: ("outlet", "source", "partners", "topics"),
    Agreement: ("parties", "organisations", "topics"),
    Person: ("country", "articles", "office__country", "office__organisation"),
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
    Discrepancy: (
        "partners",
        *(f"{name}__agreement" if name in {"steps", "values"} else name for name in CONCERNS),
    ),
}
"""What of each noun must be public while it is, as queries write it: a page would leave it out in silence."""


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


def lacking(records: Iterable[Record]) -> dict[Record, list[str]]:
    """Return what each of many entries lacks around it, as `without_ground()`; asks once for all entries of a noun."""
    nouns: dict[type[Record], list[Record]] = {}
    for record in records:
        nouns.setdefault(type(record), []).append(record)
    found: dict[Record, list[str]] = {}
    for model, entries in nouns.items():
        suspects = _suspects(model, [record.pk for record in entries])
        for record in entries:
            lacks = without_ground(record) if record.pk in suspects else _lacks_of_its_own(record)
            if lacks:
                found[record] = lacks
    return found


def _suspects(model: type[Record], keys: list[Any]) -> set[Any]:
    """Return the keys of the entries that name something hidden, or that lack an attestation."""
    rows = model._default_manager.filter(pk__in=keys)
    hidden = [State.DRAFT, State.WITHDRAWN]
    suspects: set[Any] = set()
    for name in NAMED.get(model, ()):
        suspects.update(rows.filter(**{f"{name}__state__in": hidden}).values_list("pk", flat=True))
    for one in ATTESTABLE.get(model, ()):
        if one.needed:
            told = Attestation.public.exclude(**{one.subject: None}).values(one.subject)
            untold = one.model._default_manager.exclude(pk__in=told)
            way = {"pk__in": untold.values(str(model._meta.model_name)) if one.accessor else untold.values("pk")}
            suspects.update(rows.filter(**way).values_list("pk", flat=True))
    return suspects


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
    for one in ATTESTABLE.get(type(record), ()):
        attested = Attestation.public.exclude(**{one.subject: None})
        if not one.needed:
            continue
        if one.accessor:
            lacks += [
                _("No published article attests %(part)s.") % {"part": one.called(part)}
                for part in one.parts(record).exclude(pk__in=attested.values(one.subject))
            ]
        elif not attested.filter(**{one.subject: record}).exists():
            lacks.append(_("No published article attests it: enter an attestation."))
    return lacks


def _target(model: type[models.Model], name: str) -> type[Record]:
    """Return the noun that a field of NAMED leads to, by way of a part where it has two names."""
    target: Any = model
    for step in name.split("__"):
        target = target._meta.get_field(step).related_model
    return cast("type[Record]", target)


def _named(record: Record, name: str) -> models.QuerySet[Any]:
    """Return the entries that a field of NAMED leads to."""
    keys = type(record)._default_manager.filter(pk=record.pk).values(name)
    return _target(type(record), name)._default_manager.filter(pk__in=keys)


def _unpublished(record: Record) -> list[str]:
    """Name the related entries that the page would silently leave out."""
    lacks = [
        _("The %(role)s “%(name)s” is not published.") % {"role": one._meta.verbose_name, "name": one}
        for name in NAMED.get(type(record), ())
        for one in _named(record, name).exclude(state=State.PUBLISHED)
    ]
    return list(dict.fromkeys(lacks))


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
        fields = [name for name in names if _target(model, name) is type(record)]
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
    for noun, several in ATTESTABLE.items():
        owners: set[Any] = set()
        for one in several:
            if one.needed:
                kept = elsewhere.exclude(**{one.subject: None}).values(one.subject)
                lone = here.exclude(**{one.subject: None}).exclude(**{f"{one.subject}__in": kept})
                owners.update(lone.values_list(one.path(noun), flat=True))
        lost += noun.public.filter(pk__in=owners)
    return sorted(lost, key=str)
