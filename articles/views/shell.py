"""What every page of the portal is given besides its own content."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.edition import edition
from articles.metadata import Place, page_head, record_head
from articles.models import Record
from articles.views.shared import origin_of


def page(
    request: HttpRequest,
    template: str,
    section: str,
    context: dict[str, Any],
    *,
    canonical: str = "",
    record: Record | None = None,
) -> HttpResponse:
    """Render a page in the shell. `canonical` is its address without decoration; the request's path unless given.

    `record` is the entry whose page it is. A context that has the edition already spares the shell to ask for it.
    """
    origin = origin_of(request)
    place = Place(request.build_absolute_uri(canonical or request.path), origin, context.get("edition") or edition())
    shell: dict[str, Any] = {
        "edition": place.edition,
        "section": section,
        "canonical_url": place.address,
    }
    if not context.get("noindex"):
        shell["head"] = record_head(record, place) if record else page_head(place, section, context)
    return render(request, template, {**shell, **context})
