"""What another site shows when one of its authors pastes the address of an entry (oEmbed 1.0)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from articles.formats.problems import Refusal
from articles.metadata.sharing import CARD_SIZE
from articles.models import NOUNS, Record
from articles.query import Problem
from articles.views.data import found, open_to_programs
from articles.views.finding import BY_LETTER
from articles.views.shared import origin_of

_BY_VIEW = {f"articles:{model.NOUN}-detail": model for model in NOUNS}


@open_to_programs
def oembed(request: HttpRequest) -> HttpResponse:
    """Describe the entry at `url` as a link with its card; `maxwidth` and `maxheight` may forbid the card."""
    address = request.GET.get("url", "")
    if not address:
        refusal = Problem("url", address, _("Give the address of an entry."))
        raise Refusal("parameter", _("A part of the address was not understood."), [refusal])
    if (wanted := request.GET.get("format", "json")) != "json":
        raise Refusal("format", _("Entries are described in json, not in %s.") % wanted[:20])
    origin = origin_of(request)
    record = _entry(address, request.get_host())
    told = {
        "version": "1.0",
        "type": "link",
        "title": record.title,
        "url": f"{origin}{record.url}",
        "provider_name": "Sholu",
        "provider_url": f"{origin}{reverse('articles:home')}",
        "cache_age": 3600,
    }
    if _fits(request):
        image = f"{origin}{reverse(f'articles:{record.NOUN}-record', args=[record.code, 'png'])}"
        told |= {"thumbnail_url": image, "thumbnail_width": CARD_SIZE[0], "thumbnail_height": CARD_SIZE[1]}
    return JsonResponse(told)


def _entry(address: str, host: str) -> Record:
    """Return the public entry at an address of ours, its page or its permanent one. Raises Refusal."""
    try:
        parts = urlsplit(address)
        match = resolve(parts.path) if parts.hostname and parts.netloc == host else None
    except (ValueError, Resolver404):
        match = None
    model = None
    if match is not None:
        model = _BY_VIEW.get(match.view_name) or BY_LETTER.get(match.kwargs.get("letter", ""))
    if match is None or model is None:
        raise Refusal("unknown", _("This is not the address of an entry of ours."))
    return found(model, match.kwargs["code"])


def _fits(request: HttpRequest) -> bool:
    """Say whether the card is no larger than asked for; what is no number asks for nothing."""
    limits = zip(("maxwidth", "maxheight"), CARD_SIZE, strict=True)
    asked = [(request.GET.get(name, ""), size) for name, size in limits]
    return all(not limit.isdecimal() or int(limit[:9]) >= size for limit, size in asked)
