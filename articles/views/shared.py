"""What the pages of several nouns are made with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import (
    Attestation,
    Record,
)

MOST_ROWS = 25
"""How many articles or agreements a record's page lists before it points to the filtered list."""

Context = dict[str, Any]


def origin_of(request: HttpRequest) -> str:
    """Return the scheme and host that the reader uses, which absolute addresses begin with."""
    return f"{request.scheme}://{request.get_host()}"


def attestations() -> Any:
    """Return what readers may see of the attestations, with the names a page shows."""
    return Attestation.public.all().with_names().order_by("article", "line")


def history(record: Record) -> list[Context]:
    """Return when the entry was published and last modified, in words."""
    steps = [(record.published_at, _("published"))]
    if record.modified_at != record.published_at:
        steps.append((record.modified_at, _("last modified")))
    return [{"date": date_format(when, "j F Y"), "text": text} for when, text in steps if when]


def filtered(noun: str, parameter: str, value: str) -> str:
    """Return the address of a noun's list, filtered by one value."""
    return f"{reverse(f'articles:{noun}-list')}?{parameter}={value}"
