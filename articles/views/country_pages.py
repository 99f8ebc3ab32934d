"""The dossier of a country or bloc, its briefing sheet, and two partners side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import query
from articles.dossier import SHEET, dossier
from articles.edition import edition
from articles.filters.base import messages
from articles.footnotes import Footnotes
from articles.models import HOME, Country
from articles.side_by_side import side_by_side
from articles.views.finding import find
from articles.views.shared import Context, filtered
from articles.views.shell import page


def _named(request: HttpRequest, country: Country) -> Context:
    return {
        "name": country.title,
        "iso": country.iso,
        "kind_label": country.get_kind_display(),
        "is_bloc": country.kind == Country.Kind.BLOC,
        "is_home": country.iso == HOME,
        "names": [{"lang": lang, "name": country.name_in(lang)} for lang in ("kk", "ru")],
        "aliases": country.aliases,
        "url": country.url,
        "briefing_url": f"{country.url}briefing/",
        "permalink": request.build_absolute_uri(country.permalink),
        "lists": {
            noun: filtered(noun, "country", country.iso)
            for noun in ("article", "agreement", "figure", "event", "discrepancy")
        },
    }


def country_context(request: HttpRequest, country: Country) -> Context:
    about: Any = dossier(country, timezone.localdate())
    return {
        "country": _named(request, country),
        **{name: getattr(about, name) for name in about.__slots__},
        "shown_figures": sum(len(shelf.rows) for shelf in about.shelves),
    }


def compare(request: HttpRequest) -> HttpResponse:
    """Show two partners side by side: `?country=IT&country=JP`. Names what it does not understand, like a list."""
    partners = {one.iso: one for one in Country.public.partners().order_by("name")}
    asked = query.read(request.GET, ["country"], messages())
    for iso in list(asked.values.get("country", [])):
        if iso not in partners:
            asked.refuse("country", iso, _("The record has no such partner."))
    for iso in asked.values.get("country", [])[2:]:
        asked.refuse("country", iso, _("Two partners stand side by side, no more."))
    chosen = [partners[iso] for iso in asked.values.get("country", [])]
    names = _(" and ").join(one.title for one in chosen)
    context = {
        "page_title": _("%(names)s side by side") % {"names": names} if chosen[1:] else _("Two partners side by side"),
        "problems": asked.problems,
        "choices": [
            [{"iso": one.iso, "name": one.title, "chosen": chosen[n : n + 1] == [one]} for one in partners.values()]
            for n in (0, 1)
        ],
        "beside": side_by_side(chosen) if chosen[1:] else None,
    }
    here = reverse("articles:compare")
    return page(request, "articles/compare.html", "countries", context, canonical=here + asked.link().removeprefix("."))


def briefing(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    """Show the dossier as a sheet for paper: everything with numbered notes, no navigation needed."""
    found = find(Country, code)
    if isinstance(found, HttpResponse):
        return found
    address = f"{found.url}briefing/"
    if request.path != address:
        return HttpResponsePermanentRedirect(address)
    about: Any = dossier(cast(Country, found), timezone.localdate(), SHEET)
    notes = Footnotes(request.build_absolute_uri)

    def noted(rows: Iterable[Any]) -> list[Context]:
        return [{"row": row, "notes": notes.refer(row.attestations)} for row in rows]

    context = {
        "country": _named(request, cast(Country, found)),
        "about": about,
        "edition": about.edition,
        "page_title": _("Briefing sheet: %(name)s and Kazakhstan") % {"name": found.title},
        "plans": {"upcoming": noted(about.plans.upcoming), "overdue": noted(about.plans.overdue)},
        "rungs": [{"rung": rung, "rows": noted(rung.rows)} for rung in about.agreements_by_rung],
        "shelves": [{"shelf": shelf, "rows": noted(shelf.rows)} for shelf in about.shelves],
        "timeline": noted(about.timeline),
        "discrepancies": [
            {
                "row": row,
                "sides": [{"side": side, "notes": notes.refer(side.attestations)} for side in row.sides],
            }
            for row in about.discrepancies
        ],
        "notes": notes.notes,
        "printed_on": timezone.localdate(),
    }
    return page(request, "articles/briefing.html", "countries", context, canonical=address)


def edition_css(request: HttpRequest) -> HttpResponse:
    """Put the data version at the foot of every printed sheet (CSS Paged Media, margin boxes).

    A page cannot say it: what repeats on every sheet must come from a stylesheet, and no page carries styles inline.
    """
    now = edition()
    foot = f"Sholu · data version {now.version} · {request.get_host()}"
    sheet = f'@page {{ @bottom-left {{ content: "{foot}"; font: 7.5pt sans-serif; white-space: nowrap; }} }}\n'
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")
