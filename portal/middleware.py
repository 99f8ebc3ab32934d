"""How answers leave the portal: their headers, their encoding, and what public pages never do.

The why of each, and of their order, is in docs/decisions/0002-http.md.
"""

import gzip
import re
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from hashlib import blake2b
from typing import cast

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from articles.changes.state import MARK, one_state
from portal.errors import error_page, method_not_allowed

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PUBLIC_CACHING = "public, max-age=0, must-revalidate, s-maxage=1"
STAFF_CACHING = "private, no-store"
READING_METHODS = ["GET", "HEAD"]

_STACK = "sholu.stack"
_SHOWS_THE_RECORD = "articles."
"""The package whose views do: to the others the database may be closed."""

_streams = threading.local()

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]")
_COMPRESSIBLE = re.compile(r"text/|application/(?:[a-z.-]+\+)?(?:json|xml|javascript)\b|image/svg\+xml")
_SMALLEST_WORTH_COMPRESSING = 200
_ENOUGH_TO_SEND = 16_384
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


class SecurityHeaders:
    """Puts settings.SECURITY_HEADERS on every answer: pages, errors, redirects and static files.

    It stands outermost, so that an answer made by any other middleware (a refused Host, say) has them too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in settings.SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Delivery:
    """Validators, 304 and compression for whatever the inside answers, in the order that HTTP asks for.

    - Every ETag is weak: one page in three encodings is the same page, not the same bytes.
    - Vary and ETag are set before the condition is evaluated, so a 304 carries those of the 200.
    - Accept-Encoding is read with its weights, and handed on to WhiteNoise as a list of what is welcome.
    - A stream is compressed chunk by chunk: it never lies in memory whole, and its first bytes leave at once.
    - Answers with ``no-store`` get neither: staff forms hold secrets, which compression would give away.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        welcome = welcome_encodings(request.headers.get("Accept-Encoding", ""))
        request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(welcome)
        response = self.get_response(request)

        etag = response.headers.get("ETag", "")
        if etag.startswith('"'):
            response.headers["ETag"] = f"W/{etag}"
        if "no-store" in _items(response, "Cache-Control"):
            return response

        compressible = _is_compressible(response)
        if compressible:
            patch_vary_headers(response, ["Accept-Encoding"])
        if response.status_code == 200 and request.method in READING_METHODS:
            _set_etag(response)
            answer = _conditional(request, response)
            if answer is not response:
                if response.streaming:
                    response.close()  # WhiteNoise has opened the file
                return answer
        if compressible and welcome:
            _compress(response, welcome[0])
        return response


class PublicPages:
    """Public pages are only read, carry no cookie either way, and are cached alike.

    Everything outside the admin is public. The cookies of a request are forgotten before a session or a
    token could be looked for, so no public page can depend on one, and none needs Vary: Cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_staff_address(request):
            response = self.get_response(request)
            response.headers["Cache-Control"] = STAFF_CACHING
            return response

        request.COOKIES = {}
        nonsense = _CONTROL_CHARACTERS.search(request.path_info) and not is_data_address(request)
        response = error_page(400) if nonsense else self.get_response(request)
        response.cookies.clear()
        _forget_cookies_in_vary(response)
        response.headers.setdefault("Cache-Control", PUBLIC_CACHING if response.status_code < 400 else "no-store")
        return response

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """Answer 405 before the CSRF middleware answers 403; an unknown address has been a 404 by now.

        Addresses of data answer every method themselves: OPTIONS to scripts of other origins, 405 as a problem.
        """
        if request.method in READING_METHODS or is_staff_address(request):
            return None
        if getattr(view[0], "answers_programs", False):
            return None
        return method_not_allowed(READING_METHODS)


class OneState:
    """Lets a page of the record see one state of it from its first query to its last, and notes which it was.

    A stream is made while it is sent: it goes on seeing its state until it is closed, or until its thread answers
    somebody else.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        close_unread_stream()
        with ExitStack() as stack:
            request.META[_STACK] = stack
            response = self.get_response(request)
            if response.streaming:
                _streams.last = stack.pop_all()
                response._resource_closers.append(_streams.last.close)  # type: ignore[attr-defined]
            return response

    def process_view(self, request: HttpRequest, *view: object) -> None:
        """Look at one state from here on: what is refused before has asked the database nothing."""
        if request.method not in READING_METHODS or is_staff_address(request):
            return
        if getattr(view[0], "__module__", "").startswith(_SHOWS_THE_RECORD):
            request.META[MARK] = request.META[_STACK].enter_context(one_state())


def close_unread_stream() -> None:
    """Leave the state that this thread's last stream still sees, if nobody has read it to its end."""
    getattr(_streams, "last", ExitStack()).close()


def is_staff_address(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}")


def is_data_address(request: HttpRequest) -> bool:
    """Say whether the address leads to a view that answers programs, and refuses in a form they can read."""
    try:
        return getattr(resolve(request.path_info).func, "answers_programs", False)
    except Resolver404:
        return False


def welcome_encodings(header: str) -> list[str]:
    """The encodings we have that the client prefers to none, best first (RFC 9110, 12.5.3).

    Brotli goes before gzip when both weigh the same. ``*`` stands for what is not named; weight 0 forbids.
    """
    weights: dict[str, float] = {}
    for item in header.lower().split(","):
        name, _, parameters = item.partition(";")
        key, _, value = parameters.strip().partition("=")
        if not parameters.strip():
            weight = 1.0
        elif key.strip() == "q" and _QUALITY.fullmatch(value.strip()):
            weight = float(value)
        else:
            continue
        weights[name.strip().removeprefix("x-")] = weight
    anything = weights.get("*", 0.0)
    plain = weights.get("identity", 0.0)
    offers = [(weights.get(name, anything), name) for name in ("br", "gzip")]
    return [name for weight, name in sorted(offers, key=lambda offer: -offer[0]) if weight > 0 and weight >= plain]


def _items(response: HttpResponseBase, header: str) -> list[str]:
    return [item.strip() for item in response.headers.get(header, "").split(",") if item.strip()]


def _is_compressible(response: HttpResponseBase) -> bool:
    if response.has_header("Content-Encoding") or not _COMPRESSIBLE.match(response.headers.get("Content-Type", "")):
        return False
    if isinstance(response, HttpResponse):
        return len(response.content) >= _SMALLEST_WORTH_COMPRESSING
    return not response.has_header("Content-Length")  # WhiteNoise says how long its files are


def _set_etag(response: HttpResponseBase) -> None:
    if isinstance(response, HttpResponse) and not response.has_header("ETag"):
        response.headers["ETag"] = f'W/"{blake2b(response.content, digest_size=16).hexdigest()}"'


def _conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response itself, or the 304 or 412 that the request's conditions ask for."""
    modified = response.headers.get("Last-Modified")
    answer = get_conditional_response(
        request,
        etag=response.headers.get("ETag"),
        last_modified=parse_http_date_safe(modified) if modified else None,
        response=cast("HttpResponse", response),  # of which only the headers are read
    )
    return answer or response


def _compress(response: HttpResponseBase, encoding: str) -> None:
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = compressed(cast("Iterator[bytes]", response.streaming_content), encoding)
        response.headers["Content-Encoding"] = encoding
    elif isinstance(response, HttpResponse):
        _compress_whole(response, encoding)


def compressed(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Compress a stream as it is made: its first chunk leaves at once, the others when enough have gathered.

    Less thoroughly than a page: a tenth to a fifth more bytes, but a long export is not half made of compressing it.
    """
    if encoding == "br":
        brotli_compressor = brotli.Compressor(mode=brotli.MODE_TEXT, quality=2)
        process, flush, finish = brotli_compressor.process, brotli_compressor.flush, brotli_compressor.finish
    else:
        gzip_compressor = zlib.compressobj(4, wbits=31)  # 31: with the header and the checksum of gzip
        process, finish = gzip_compressor.compress, gzip_compressor.flush
        flush = partial(gzip_compressor.flush, zlib.Z_SYNC_FLUSH)
    gathered = _ENOUGH_TO_SEND
    for chunk in chunks:
        gathered += len(chunk)
        part = process(chunk)
        if gathered >= _ENOUGH_TO_SEND:
            part += flush()
            gathered = 0
        if part:
            yield part
    yield finish()


def _compress_whole(response: HttpResponse, encoding: str) -> None:
    if encoding == "br":
        content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=5)
    else:
        content = gzip.compress(response.content, compresslevel=6, mtime=0)
    if len(content) < len(response.content):
        response.content = content
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(content))


def _forget_cookies_in_vary(response: HttpResponseBase) -> None:
    names = [name for name in _items(response, "Vary") if name.lower() != "cookie"]
    if names:
        response.headers["Vary"] = ", ".join(names)
    elif response.has_header("Vary"):
        del response.headers["Vary"]
