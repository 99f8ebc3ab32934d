"""What every page of the portal is given besides its own content."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.edition import edition


def page(
    request: HttpRequest, template: str, section: str, context: dict[str, Any], *, canonical: str = ""
) -> HttpResponse:
    """Render a page in the shell. `canonical` is its address without decoration; the request's path unless given.

    A context that has the edition already spares the shell to ask for it.
    """
    shell = {
        "edition": context.get("edition") or edition(),
        "section": section,
        "site_origin": f"{request.scheme}://{request.get_host()}",
        "canonical_url": request.build_absolute_uri(canonical or request.path),
    }
    return render(request, template, {**shell, **context})
