"""Visibility of what carries its own sources: a part known only from a draft must not show."""

from __future__ import annotations

from functools import cache
from typing import Any

from .composed import HasAny


@cache
def attested(subject: str) -> HasAny:
    """Say that a published article attests the row; `subject` is the field of Attestation that points at it."""

    def rows(key: Any) -> Any:
        from .attestation import Attestation  # noqa: PLC0415  # it imports this module

        return Attestation.public.filter(**{subject: key})

    return HasAny(f"attested_{subject}", rows)
