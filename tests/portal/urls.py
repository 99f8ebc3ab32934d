"""A handful of pages to try the middleware on, beside the admin at its place."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path

from portal.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

TEXT = "Шолу, a press review. " * 100


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEXT)


def short(request: HttpRequest) -> HttpResponse:
    return HttpResponse("short")


def dated(request: HttpRequest) -> HttpResponse:
    return HttpResponse(TEXT, headers={"Last-Modified": "Sat, 31 May 2025 08:00:00 GMT"})


def careless(request: HttpRequest) -> HttpResponse:
    """A public page that does what none should: session, token and cookie."""
    request.session["visits"] = 1
    response = HttpResponse(f"{get_token(request)} {request.user} {TEXT}")
    response.set_cookie("tracked", "1")
    return response


def moved(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect("/page")


def data(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"text": TEXT})


def picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"\x89PNG" * 200, content_type="image/png")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("page", page),
    path("short", short),
    path("dated", dated),
    path("careless", careless),
    path("moved", moved),
    path("data", data),
    path("picture", picture),
    path("missing", missing),
    path("forbidden", forbidden),
    path("suspicious", suspicious),
    path("broken", broken),
    path(settings.ADMIN_PATH, admin.site.urls),
]
