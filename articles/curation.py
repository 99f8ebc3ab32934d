"""What staff do to an entry: publish it, withdraw it, delete it. Each validates, writes and says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.ground import missing, standing_on
from articles.models import Record, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

REASON_LENGTH: int = Record._meta.get_field("withdrawal_reason").max_length or 0
"""How long the reason for a withdrawal may be, in characters."""


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
