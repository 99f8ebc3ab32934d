"""Addresses outside the record: what browsers ask for unasked, and where to report a weakness."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from portal.errors import error_page

GOOD_FOR: Final = timedelta(days=90)
"""How long what security.txt says may be believed (RFC 9116 advises less than a year)."""


@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Pages name their icon; the admin and bookmarks ask for it here."""
    return HttpResponseRedirect(static("img/favicon.ico"))


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness (RFC 9116). Without a contact there is nothing to say, and no such file."""
    if not settings.SECURITY_CONTACT:
        return error_page(404)
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {today + GOOD_FOR:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
