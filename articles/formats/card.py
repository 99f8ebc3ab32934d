"""The card of an entry as PNG: what it says comes from the entry, how it looks from articles.cards."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.cards import Wording, draw
from articles.edition import Edition
from articles.formats.base import RecordFormat
from articles.models import HOME, Status
from articles.models.dated import ShownDate
from articles.presentation import agreement_row, last_step
from articles.presentation_events import place_text, standing_of
from articles.presentation_figures import figure_row
from articles.software import software

KEPT: Final = 24 * 60 * 60
"""How long a card that nobody asks for is kept, in seconds."""


def render(record: Any, origin: str, edition: Edition) -> HttpResponse:
    """Return the card of an entry. One and the same wording is drawn once for all who ask."""
    wording = Wording(**{"title": record.title, "address": _address(record, origin)} | _HOW[record.NOUN](record))
    key = f"card-{blake2b(f'{software()}{wording}'.encode(), digest_size=16).hexdigest()}"
    png = cache.get(key)
    if png is None:
        png = draw(wording)
        cache.set(key, png, KEPT)
    return HttpResponse(png, content_type=CARD.media_type)


CARD: Final = RecordFormat("png", "image/png", _("Card (PNG)"), render)


def _address(record: Any, origin: str) -> str:
    return f"{urlsplit(origin).netloc}{record.permalink}"


def _when(date: ShownDate) -> str:
    return _("%(date)s (inferred)") % {"date": date.text} if date.inferred else date.text


def _filled(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def _via(digest: str) -> str:
    return _("via digest: %(digest)s") % {"digest": digest} if digest else ""


def _article(article: Any) -> dict[str, Any]:
    return {
        "kind": capfirst(article.genre_label),
        "title": article.title if article.has_headline else f"[{article.title}]",
        "facts": _filled(article.outlet.title, _when(article.date)),
        "mark": _via(article.via),
    }


def _agreement(agreement: Any) -> dict[str, Any]:
    row = agreement_row(agreement)
    step = last_step(agreement)
    stated = step is not None and step.status != Status.NOT_STATED
    status = row.status_label if stated else _("status not stated")
    return {
        "kind": capfirst(row.type_label or _("agreement")),
        "facts": _filled(row.parties, status, _when(row.since) if row.since else ""),
        "stress": ", ".join(f"{value.text} ({value.meaning})" for value in row.values[:1]),
    }


def _figure(figure: Any) -> dict[str, Any]:
    row = figure_row(figure)
    return {
        "kind": _("Figure"),
        "facts": _filled(row.meaning_label, _when(row.period), row.outlet, _via(row.via)),
        "stress": row.text,
    }


def _event(event: Any) -> dict[str, Any]:
    step = standing_of(event)
    return {
        "kind": _("Event") if event.kind == event.Kind.OTHER else capfirst(event.get_kind_display()),
        "facts": _filled(_when(event.date), place_text(event), step.status_label if step else ""),
    }


def _discrepancy(discrepancy: Any) -> dict[str, Any]:
    return {
        "kind": _("Discrepancy"),
        "facts": _filled(discrepancy.get_kind_display(), discrepancy.get_standing_display()),
    }


def _country(country: Any) -> dict[str, Any]:
    names = _("%(name)s and Kazakhstan") % {"name": country.title}
    return {"kind": _("Dossier"), "title": country.title if country.iso == HOME else names}


def _source(source: Any) -> dict[str, Any]:
    return {
        "kind": capfirst(source.get_kind_display()),
        "title": source.title if source.has_heading else f"[{source.title}]",
        "facts": _filled(source.publisher.title, _when(source.date)),
    }


def _other(record: Any) -> dict[str, Any]:
    return {"kind": capfirst(record._meta.verbose_name)}


_HOW: dict[str, Callable[[Any], dict[str, Any]]] = {
    "article": _article,
    "agreement": _agreement,
    "figure": _figure,
    "event": _event,
    "discrepancy": _discrepancy,
    "country": _country,
    "source": _source,
    **dict.fromkeys(("topic", "outlet", "person", "organisation", "indicator"), _other),
}
