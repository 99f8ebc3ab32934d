"""Finds the entry behind a permanent code, or what stands in its place."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.formats import date_format

from articles import permalinks
from articles.models import NOUNS, Record, State

BY_LETTER: Final = {model.LETTER: model for model in NOUNS}
"""The nouns by the letters of their permanent addresses."""


def look_up(model: type[Record], code: str) -> Record:
    """Return the entry with this code, public or withdrawn. Raises Http404 where there is neither."""
    wanted = permalinks.normalise(code)
    if wanted is None:
        raise Http404
    record: Record | None = model.public.filter(code=wanted).first()
    record = record or model._default_manager.filter(code=wanted, state=State.WITHDRAWN).first()
    if record is None:
        raise Http404
    return record


def find(model: type[Record], code: str) -> Record | HttpResponse:
    """Return the public entry with this code, or the tombstone of a withdrawn one. Raises Http404 otherwise."""
    record = look_up(model, code)
    return record if record.is_public else tombstone(record)


def tombstone(record: Record) -> HttpResponse:
    """Answer 410 with when and why the entry was withdrawn; nothing of its content."""
    context = {
        "reason": record.withdrawal_reason,
        "withdrawn_on": date_format(record.withdrawn_at, "j F Y") if record.withdrawn_at else "",
        "code": f"{record.LETTER}/{record.code}",
    }
    return HttpResponse(render_to_string("410.html", context), status=410)
