"""Lists and entries as data, beside their pages: `/en/articles.csv?country=IT`, `/en/articles/<code>.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from articles.edition import edition
from articles.formats import LICENCE, LIST_FORMATS, RECORD_FORMATS, Format, RecordFormat, Selection
from articles.formats.fetching import with_everything
from articles.formats.found import selection_of
from articles.formats.openapi import description
from articles.formats.problems import Refusal, problem
from articles.formats.validators import etag_of, is_fresh, not_modified
from articles.models import Record
from articles.query import Problem
from articles.views.finding import BY_LETTER, look_up
from articles.views.shared import origin_of

METHODS: Final = ("GET", "HEAD", "OPTIONS")

View = Callable[..., HttpResponseBase]


def open_to_programs(view: View) -> View:
    """Make a view answer every method itself, refuse in problems, and be readable from any origin."""

    @csrf_exempt  # nothing here changes anything: a POST is answered with 405, not with a page about tokens
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = _preflight()
        elif request.method not in METHODS:
            response = refused(request, Refusal("method", _("This address answers %s.") % ", ".join(METHODS)))
        else:
            try:
                response = view(request, *args, **kwargs)
            except Refusal as refusal:
                response = refused(request, refusal)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = (
            "Allow, Content-Disposition, Data-Version, ETag, Link, Sholu-Left-Out"
        )
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        patch_vary_headers(response, ["Accept-Encoding"])  # of the 304 as of the 200
        return response

    answer.answers_programs = True  # type: ignore[attr-defined]  # read by portal.middleware.PublicPages
    return answer


def _preflight() -> HttpResponse:
    """Tell a browser what another origin's script may ask (the Fetch standard's CORS protocol)."""
    allowed = ", ".join(METHODS)
    return HttpResponse(
        status=204,
        headers={
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": "If-None-Match, Range, Content-Type",
            "Access-Control-Max-Age": "86400",
        },
    )


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    response = problem(
        refusal,
        data_page=request.build_absolute_uri(reverse("articles:data")),
        instance=request.build_absolute_uri(),
    )
    if refusal.kind == "method":
        response.headers["Allow"] = ", ".join(METHODS)
    return response


def _delivered(request: HttpRequest, response: HttpResponseBase, version: str, links: list[Link]) -> HttpResponseBase:
    """Say what every answer with data says of itself: its licence, its columns, its version, its neighbours."""
    described = [Link(LICENCE, "license"), Link(request.build_absolute_uri(reverse("articles:data")), "describedby")]
    response.headers["Link"] = ", ".join(str(link) for link in [*links, *described])
    response.headers["Data-Version"] = version
    if request.method == "HEAD" and isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()  # no row is read for nobody
    return response


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the Link header (RFC 8288)."""

    address: str
    relation: str

    def __str__(self) -> str:
        return f'<{self.address}>; rel="{self.relation}"'


def _neighbours(selection: Selection, how: Format, page: int) -> list[Link]:
    """Return where the list stands as a page and, of a paged format, where its other pages are."""
    links = [Link(selection.page_address, "alternate")]
    if not how.paged:
        return links
    places = {"first": 1, "prev": page - 1, "next": page + 1, "last": selection.pages}
    return links + [
        Link(selection.address(how.suffix, number), relation)
        for relation, number in places.items()
        if 1 <= number <= selection.pages
    ]


def list_data(noun: str) -> View:
    """Return the view of a noun's list as data: the suffix says in which format."""

    @open_to_programs
    def view(request: HttpRequest, suffix: str) -> HttpResponseBase:
        canonical = reverse(f"articles:{noun}-data", args=[suffix.lower()])
        if request.path != canonical:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{canonical}?{query}" if query else canonical)
        how = LIST_FORMATS.get(suffix)
        if how is None or not how.suits(noun):
            offered = ", ".join(one.suffix for one in LIST_FORMATS.values() if one.suits(noun))
            raise Refusal("format", _("This list is offered as %s.") % offered)
        now = edition()
        tag = etag_of(now.version, request.build_absolute_uri())
        if is_fresh(request, tag):
            return not_modified(tag)
        selection = selection_of(noun, request.GET, origin_of(request), now)
        page = _page(selection, paged=how.paged)
        response = how.render(selection, page)
        response.headers["ETag"] = tag
        return _delivered(request, response, now.version, _neighbours(selection, how, page))

    view.__name__ = f"{noun}_data"
    return view


def _page(selection: Selection, *, paged: bool) -> int:
    """Return the number of the page that was asked for. Raises Refusal if any parameter was not understood."""
    problems = list(selection.filters.query.problems)
    wanted = selection.filters.query.values.get("page", ["1"])
    if not paged and "page" in selection.filters.query.values:
        problems += [Problem("page", one, _("This format is whole: it has no pages.")) for one in wanted]
    for value in wanted if paged else []:
        if not re.fullmatch(r"[1-9][0-9]*", value):
            problems.append(Problem("page", value, _("Pages are counted 1, 2, 3.")))
    problems += [Problem("page", one, _("Only one value at a time.")) for one in wanted[1:] if paged]
    if problems:
        raise Refusal("parameter", _("A part of the address was not understood."), problems)
    if not paged:
        return 1
    number = int(wanted[0][:18])
    if number > selection.pages:
        raise Refusal("page", _("The last page is %(n)d.") % {"n": selection.pages})
    return number


def record_data(model: type[Record]) -> View:
    """Return the view of a noun's entries as data."""

    @open_to_programs
    def view(request: HttpRequest, code: str, suffix: str) -> HttpResponseBase:
        record = found(model, code)
        canonical = reverse(f"articles:{model.NOUN}-record", args=[record.code, suffix.lower()])
        how = _record_format(suffix)
        if request.path != canonical:
            return HttpResponsePermanentRedirect(canonical)
        now = edition()
        tag = etag_of(now.version, request.build_absolute_uri())
        if is_fresh(request, tag):
            return not_modified(tag)
        fetched = next(with_everything(model.NOUN, model.public.filter(pk=record.pk)))
        response = how.render(fetched, origin_of(request), now)
        response.headers["ETag"] = tag
        return _delivered(request, response, now.version, [Link(origin_of(request) + record.url, "alternate")])

    view.__name__ = f"{model.NOUN}_record_data"
    return view


def found(model: type[Record], code: str) -> Record:
    """Return the public entry with this code. Raises Refusal where there is none, or where it was withdrawn."""
    try:
        record = look_up(model, code)
    except Http404:
        raise Refusal("unknown", _("No entry of this kind has this code.")) from None
    if record.is_public:
        return record
    withdrawn_on = date_format(record.withdrawn_at, "Y-m-d") if record.withdrawn_at else ""
    words = {"date": withdrawn_on, "reason": record.withdrawal_reason}
    raise Refusal("withdrawn", _("Withdrawn on %(date)s: %(reason)s") % words)


def _record_format(suffix: str) -> RecordFormat:
    how = RECORD_FORMATS.get(suffix.lower())
    if how is None:
        raise Refusal("format", _("An entry is offered as %s.") % ", ".join(RECORD_FORMATS))
    return how


@open_to_programs
def permalink_data(request: HttpRequest, letter: str, code: str, suffix: str) -> HttpResponseBase:
    """Redirect the language-neutral address of an entry's data to that under the language."""
    model = BY_LETTER.get(letter)
    if model is None:
        raise Refusal("unknown", _("No entry of this kind has this code."))
    record, how = found(model, code), _record_format(suffix)
    response = HttpResponsePermanentRedirect(reverse(f"articles:{model.NOUN}-record", args=[record.code, how.suffix]))
    response.headers["Cache-Control"] = "no-cache"
    return response


@open_to_programs
def openapi(request: HttpRequest) -> HttpResponseBase:
    """Describe all addresses of data, with the values that their parameters may have now."""
    now = edition()
    tag = etag_of(now.version, request.build_absolute_uri())
    if is_fresh(request, tag):
        return not_modified(tag)
    response = HttpResponse(
        json.dumps(description(origin_of(request), now), ensure_ascii=False), content_type="application/json"
    )
    response.headers["ETag"] = tag
    return _delivered(request, response, now.version, [])
