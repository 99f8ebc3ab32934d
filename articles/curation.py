"""What staff do to an entry: publish it, withdraw it. Each validates, writes and says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Agreement, Article, Attestation, Country, Outlet, Record, SourceDocument, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def missing(record: Record) -> list[str]:
    """Return what an entry lacks before the public may see it, one sentence each; empty when nothing is missing.

    Checks the saved entry with its relations, so that it holds for the admin, the loader and every other way in.
    """
    lacks: list[str] = []
    try:
        record.full_clean()
    except ValidationError as error:
        lacks += [
            f"{_label(record, name)}: {' '.join(texts)}" if name != "__all__" else " ".join(texts)
            for name, texts in error.message_dict.items()
        ]
    if isinstance(record, Article):
        lacks += _missing_of_article(record)
    elif isinstance(record, Agreement):
        lacks += _missing_of_agreement(record)
    elif isinstance(record, SourceDocument) and not record.publisher.is_public:
        lacks.append(_("The publisher “%(name)s” is not published.") % {"name": record.publisher})
    elif isinstance(record, Country) and record.kind == Country.Kind.BLOC and not record.members.exists():
        lacks.append(_("A bloc has members."))
    return lacks


def _label(record: Record, field: str) -> str:
    return str(getattr(record._meta.get_field(field), "verbose_name", field))


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
    return lacks


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
    return lacks


def publish(record: Record, by: AbstractBaseUser | None) -> None:
    """Make an entry public. Raises ValidationError with everything that is missing; then nothing is written."""
    with transaction.atomic():
        lacks = missing(record)
        if lacks:
            raise ValidationError(lacks)
        now = timezone.now()
        record.state = State.PUBLISHED
        record.published_at, record.published_by_id = now, by.pk if by else None
        record.withdrawn_at, record.withdrawn_by_id, record.withdrawal_reason = None, None, ""
        record.modified_at = now
        record.save()


def withdraw(record: Record, by: AbstractBaseUser | None, reason: str) -> None:
    """Take an entry from the public, for a reason that its address will show.

    Raises ValidationError where there is no reason, or where other public entries stand on it.
    """
    if not reason.strip():
        raise ValidationError(_("Give the reason: the public reads it at the entry's address."))
    with transaction.atomic():
        left = standing_on(record)
        if left:
            raise ValidationError(left)
        now = timezone.now()
        record.state = State.WITHDRAWN
        record.withdrawn_at, record.withdrawn_by_id = now, by.pk if by else None
        record.withdrawal_reason = reason.strip()
        record.modified_at = now
        record.save()


def standing_on(record: Record) -> list[str]:
    """Return why an entry cannot be withdrawn yet: the public entries that would lose their ground."""
    articles = Article.public.none()
    if isinstance(record, Outlet):
        articles = Article.public.filter(outlet=record) | Article.public.filter(source__publisher=record)
    elif isinstance(record, SourceDocument):
        articles = Article.public.filter(source=record)
    number = articles.distinct().count()
    reasons = []
    if number:
        reasons.append(
            ngettext(
                "%(n)d published article stands on it: withdraw that first.",
                "%(n)d published articles stand on it: withdraw those first.",
                number,
            )
            % {"n": number}
        )
    if isinstance(record, Article):
        others = Attestation.public.exclude(article=record).exclude(agreement=None).values("agreement")
        only_here = Agreement.public.filter(attestation__article=record).exclude(pk__in=others).distinct()
        reasons += [
            _("The agreement “%(name)s” is attested by this article alone: withdraw it first.") % {"name": agreement}
            for agreement in only_here
        ]
    return reasons
