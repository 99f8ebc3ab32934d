"""Visibility of what carries its own sources: a part known only from a draft must not show."""

from __future__ import annotations

from django.db.models import Exists, OuterRef


def attested(subject: str) -> Exists:
    """Say that a published article attests the row; `subject` is the field of Attestation that points at it."""
    from .attestation import Attestation  # noqa: PLC0415  # it imports this module

    return Exists(Attestation.public.filter(**{subject: OuterRef("pk")}))
