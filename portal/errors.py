"""Answers when something is wrong. None of them needs the database, the session or a context processor.

Each renders the template named after its status; when even that fails (a broken template, a broken
catalogue), a page written here takes its place, so that an error is never answered by a second error.
"""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import get_template
from django.utils.html import escape

logger = logging.getLogger(__name__)

PLAIN = {
    400: ("This request was not understood", "The address or the request has a part that cannot be read."),
    403: ("This is not open to you", "Log in with an account that may do this."),
    404: ("There is no such page", "Check the address, or start from the first page."),
    405: ("Pages here are only read", "This address answers GET and HEAD requests."),
    410: ("This entry was withdrawn", "Its address stays reserved and is not given to another entry."),
    429: ("Too many attempts", "Wait a quarter of an hour before you log in again."),
    500: ("Something went wrong on our side", "It has been logged. Please try again in a moment."),
}


def error_page(status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """The error page of this status, from its template or, failing that, from PLAIN."""
    try:
        html = get_template(f"{status}.html").render({"status": status, **(context or {})})
    except Exception:
        logger.exception("The template %s.html cannot be rendered", status)
        title, text = PLAIN[status]
        html = (
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            f"<title>{escape(title)} · Sholu</title>"
            f'<meta name="viewport" content="width=device-width"><h1>{escape(title)}</h1><p>{escape(text)}</p>'
            '<p><a href="/">Sholu</a></p></html>'
        )
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(500)


def method_not_allowed(permitted: list[str]) -> HttpResponse:
    response = HttpResponseNotAllowed(permitted)
    response.content = error_page(405).content
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A staff form came without its token: most often the page was left open for long."""
    return error_page(403)


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """Too many wrong passwords."""
    answer = error_page(429)
    answer.headers["Retry-After"] = "900"
    return answer
