"""What staff do to an entry: publish it, withdraw it, delete it. Each validates, writes and says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import (
    Agreement,
    Article,
    Attestation,
    Country,
    Organisation,
    Outlet,
    Record,
    SourceDocument,
    State,
    Topic,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

REASON_LENGTH: int = Record._meta.get_field("withdrawal_reason").max_length or 0
"""How long the reason for a withdrawal may be, in characters."""


# --- what publishing requires -----------------------------------------------------------------------------------


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
    """Return what an entry that is valid in itself lacks around it: sources, topics, published entries to stand on."""
    lacks: list[str] = []
    if isinstance(record, Article):
        lacks += _missing_of_article(record)
    elif isinstance(record, Agreement):
        lacks += _missing_of_agreement(record)
    elif isinstance(record, SourceDocument) and not record.publisher.is_public:
        lacks.append(_("The publisher “%(name)s” is not published.") % {"name": record.publisher})
    elif isinstance(record, Country) and record.kind == Country.Kind.BLOC and not record.members.exists():
        lacks.append(_("A bloc has members."))
    return lacks


def _missing_of_article(article: Article) -> list[str]:
    lacks = []
    if not article.summary:
        lacks.append(_("It has no summary."))
    if not article.topics.exists():
        lacks.append(_("It has no topic."))
    if article.date_basis == "none" and not article.date_note:
        lacks.append(_("It has no date and does not say why."))
    if not article.outlet.is_public:
        lacks.append(_("The outlet “%(name)s” is not published.") % {"name": article.outlet})
    if not (article.source.is_public and article.source.publisher.is_public):
        lacks.append(_("The source document “%(name)s” is not published.") % {"name": article.source})
    return lacks + _unpublished(article.partners, _("partner")) + _unpublished(article.topics, _("topic"))


def _missing_of_agreement(agreement: Agreement) -> list[str]:
    lacks = []
    if not Attestation.public.filter(agreement=agreement).exists():
        lacks.append(_("No published article attests it: enter an attestation."))
    steps = list(agreement.every_step.all())
    if not steps:
        lacks.append(_("It has no status step."))
    lacks += [
        _("No published article attests step %(n)d (%(status)s).") % {"n": step.position, "status": step.status_label}
        for step in steps
        if not Attestation.public.filter(step=step).exists()
    ]
    lacks += [
        _("No published article attests the value “%(value)s”.") % {"value": value.as_written}
        for value in agreement.every_value.all()
        if not Attestation.public.filter(value=value).exists()
    ]
    lacks += _unpublished(agreement.parties, _("party"))
    lacks += _unpublished(agreement.organisations, _("organisation"))
    return lacks + _unpublished(agreement.topics, _("topic"))


def _unpublished(related: models.Manager[Any], role: str) -> list[str]:
    """Name the related entries that the page would silently leave out."""
    return [
        _("The %(role)s “%(name)s” is not published.") % {"role": role, "name": one}
        for one in related.exclude(state=State.PUBLISHED)
    ]


# --- publish and withdraw ---------------------------------------------------------------------------------------


def publish(record: Record, by: AbstractBaseUser | AnonymousUser | None) -> None:
    """Make an entry public. Raises ValidationError with everything that is missing; then nothing is written."""
    with transaction.atomic():
        if record.is_public:
            raise ValidationError(_("It is published already."))
        lacks = missing(record)
        if lacks:
            raise ValidationError(lacks)
        now = timezone.now()
        record.state = State.PUBLISHED
        record.published_at, record.published_by_id = now, by.pk if by else None
        record.withdrawn_at, record.withdrawn_by_id, record.withdrawal_reason = None, None, ""
        record.touch()
        record.save()


def withdraw(record: Record, by: AbstractBaseUser | AnonymousUser | None, reason: str) -> None:
    """Take an entry from the public, for a reason that its address will show.

    Raises ValidationError where there is no reason, or where other public entries stand on it.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Give the reason: the public reads it at the entry's address."))
    if len(reason) > REASON_LENGTH:
        raise ValidationError(_("Give the reason in at most %(n)d characters.") % {"n": REASON_LENGTH})
    with transaction.atomic():
        if not record.is_public:
            raise ValidationError(_("Only a published entry can be withdrawn."))
        left = standing_on(record)
        if left:
            raise ValidationError(left)
        now = timezone.now()
        record.state = State.WITHDRAWN
        record.withdrawn_at, record.withdrawn_by_id = now, by.pk if by else None
        record.withdrawal_reason = reason
        record.touch()
        record.save()


def may_be_deleted(record: Record) -> bool:
    """Say whether an entry may go without a trace: only what was never published, for an address is a promise."""
    return record.state == State.DRAFT and record.published_at is None


# --- what stands on an entry ------------------------------------------------------------------------------------


def standing_on(record: Record) -> list[str]:
    """Return why an entry cannot be withdrawn yet: the public entries that would lose their ground."""
    articles, agreements = _users_of(record)
    reasons = []
    if number := articles.distinct().count():
        reasons.append(
            ngettext(
                "%(n)d published article stands on it: change or withdraw that first.",
                "%(n)d published articles stand on it: change or withdraw those first.",
                number,
            )
            % {"n": number}
        )
    if number := agreements.distinct().count():
        reasons.append(
            ngettext(
                "%(n)d published agreement names it: change or withdraw that first.",
                "%(n)d published agreements name it: change or withdraw those first.",
                number,
            )
            % {"n": number}
        )
    if isinstance(record, Article):
        reasons += [
            _("The agreement “%(name)s” (or a step or value of it) rests on this article alone: change that first.")
            % {"name": agreement}
            for agreement in _attested_only_by(record)
        ]
    return reasons


def _users_of(record: Record) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    """Return the public articles and the public agreements that `missing()` would fault without the entry."""
    articles, agreements = Article.public, Agreement.public
    match record:
        case Outlet():
            return articles.filter(outlet=record) | articles.filter(source__publisher=record), agreements.none()
        case SourceDocument():
            return articles.filter(source=record), agreements.none()
        case Country():
            return articles.filter(partners=record), agreements.filter(parties=record)
        case Topic():
            return articles.filter(topics=record), agreements.filter(topics=record)
        case Organisation():
            return articles.none(), agreements.filter(organisations=record)
    return articles.none(), agreements.none()


def _attested_only_by(article: Article) -> list[Agreement]:
    """Return the public agreements of which the agreement itself, a step or a value would lose its only source."""
    here = Attestation.objects.filter(article=article)
    elsewhere = Attestation.public.exclude(article=article)
    lost: set[int | None] = set()
    for subject, owner in (("agreement", "agreement"), ("step", "step__agreement"), ("value", "value__agreement")):
        kept = elsewhere.exclude(**{subject: None}).values(subject)
        lone = here.exclude(**{subject: None}).exclude(**{f"{subject}__in": kept})
        lost.update(lone.values_list(owner, flat=True))
    return list(Agreement.public.filter(pk__in=lost).order_by("name"))
