"""Headers, caching, compression and method rules, on the pages of tests/portal/urls.py."""

import gzip

import brotli
import pytest
from django.test import Client

from portal.middleware import PUBLIC_CACHING, welcome_encodings
from tests.portal.urls import TEXT

pytestmark = pytest.mark.urls("tests.portal.urls")


@pytest.mark.parametrize(
    ("header", "welcome"),
    [
        ("", []),
        ("gzip", ["gzip"]),
        ("x-gzip", ["gzip"]),
        ("gzip, deflate, br, zstd", ["br", "gzip"]),
        ("gzip;q=0", []),
        ("gzip;q=0, br", ["br"]),
        ("gzip;q=0.0, *", ["br"]),
        ("gzip;q=1.0, br;q=0.5", ["gzip", "br"]),
        ("GZIP ; Q=0.8 , BR;q=0.9", ["br", "gzip"]),
        ("*", ["br", "gzip"]),
        ("*;q=0", []),
        ("identity", []),
        ("identity, gzip;q=0.5", []),
        ("identity;q=0.5, gzip", ["gzip"]),
        ("identity;q=0", []),
        ("gzip;q=2, br;q=nan, ;;;", []),
        ("gzip;level=9", []),
    ],
)
def test_weights_of_accept_encoding(header: str, welcome: list[str]) -> None:
    assert welcome_encodings(header) == welcome


def test_a_page_is_compressed_as_asked(client: Client) -> None:
    best = client.get("/page", headers={"Accept-Encoding": "gzip, br"})
    assert best["Content-Encoding"] == "br"
    assert brotli.decompress(best.content).decode() == TEXT
    assert best["Content-Length"] == str(len(best.content))
    zipped = client.get("/page", headers={"Accept-Encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content).decode() == TEXT
    plain = client.get("/page", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain
    assert plain.content.decode() == TEXT
    assert {best["Vary"], zipped["Vary"], plain["Vary"]} == {"Accept-Language, Accept-Encoding"}


@pytest.mark.parametrize("target", ["/short", "/picture"])
def test_what_would_not_shrink_is_left_alone(client: Client, target: str) -> None:
    response = client.get(target, headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in response


def test_json_is_compressed(client: Client) -> None:
    assert client.get("/data", headers={"Accept-Encoding": "br"})["Content-Encoding"] == "br"


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_not_modified_repeats_the_headers_of_the_page(client: Client, encoding: str) -> None:
    first = client.get("/page", headers={"Accept-Encoding": encoding})
    assert first["ETag"].startswith('W/"')
    again = client.get("/page", headers={"Accept-Encoding": encoding, "If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("ETag", "Vary", "Cache-Control"):
        assert again[name] == first[name]
    assert "Content-Security-Policy" in again
    other = client.get("/page", headers={"Accept-Encoding": encoding, "If-None-Match": 'W/"other"'})
    assert other.status_code == 200


def test_a_dated_page_can_be_asked_by_date(client: Client) -> None:
    date = "Sat, 31 May 2025 08:00:00 GMT"
    assert client.get("/dated", headers={"If-Modified-Since": date}).status_code == 304
    assert client.get("/dated", headers={"If-Modified-Since": "Fri, 30 May 2025 08:00:00 GMT"}).status_code == 200
    assert client.get("/dated", headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_head_has_the_headers_of_get(client: Client) -> None:
    for encoding in ("", "br"):
        get, head = (ask("/page", headers={"Accept-Encoding": encoding}) for ask in (client.get, client.head))
        assert head.content == b""
        assert dict(head.items()) == dict(get.items())


@pytest.mark.parametrize("target", ["/page", "/short", "/moved"])
def test_public_answers_may_be_cached(client: Client, target: str) -> None:
    assert client.get(target)["Cache-Control"] == PUBLIC_CACHING


@pytest.mark.parametrize(("target", "status"), [("/missing", 404), ("/forbidden", 403), ("/suspicious", 400)])
def test_error_pages_are_guarded_and_not_cached(client: Client, target: str, status: int) -> None:
    response = client.get(target)
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_crash_is_answered_with_a_guarded_page(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/broken")
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert b"ZeroDivisionError" not in response.content


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_public_pages_are_only_read(method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.generic(method, "/page", data="x=1")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response["Cache-Control"] == "no-store"
    assert strict.generic(method, "/no-such-page").status_code == 404


def test_public_pages_know_no_cookies(client: Client) -> None:
    """Not even a page that asks for them gets one across, and no query is made for a session."""
    for name in ("sessionid", "csrftoken", "messages", "django_language"):
        client.cookies[name] = "?"
    for target in ("/page", "/missing"):
        response = client.get(target)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db
def test_even_a_careless_page_sets_no_cookie(client: Client) -> None:
    response = client.get("/careless")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response["Vary"]


@pytest.mark.django_db
def test_the_admin_is_private_and_uncompressed(client: Client) -> None:
    response = client.get("/admin/login/", headers={"Accept-Encoding": "br"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "Content-Encoding" not in response
    assert "ETag" not in response
    assert "Cookie" in response["Vary"]
    assert response.cookies["csrftoken"]["path"] == "/admin/"
    assert response.cookies["csrftoken"]["httponly"]


@pytest.mark.parametrize("target", ["/%00", "/page%00", "/page%0a", "/%7f", "/en/%01/"])
def test_control_characters_in_a_path_are_a_bad_request(client: Client, target: str) -> None:
    assert client.get(target).status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "localhost:x", "a b", "", "[::", "localhost@evil"])
def test_a_strange_host_is_a_guarded_bad_request(client: Client, host: str) -> None:
    response = client.get("/page", headers={"Host": host})
    assert response.status_code == 400
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_too_many_fields_are_a_bad_request(client: Client) -> None:
    def read_them() -> int:
        return client.get("/page?" + "a=1&" * 2000).status_code

    assert read_them() in (200, 400)


class TestTls:
    """With SHOLU_TLS=1 behind a proxy."""

    @pytest.fixture(autouse=True)
    def _tls(self, settings: object) -> None:
        for name, value in {"SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 3600}.items():
            setattr(settings, name, value)

    def test_plain_http_is_sent_to_https(self, client: Client) -> None:
        response = client.get("/page")
        assert (response.status_code, response["Location"]) == (301, "https://testserver/page")
        assert "default-src 'none'" in response["Content-Security-Policy"]

    def test_https_is_remembered(self, client: Client) -> None:
        assert "max-age=3600" in client.get("/page", secure=True)["Strict-Transport-Security"]

    def test_a_strange_host_is_not_redirected_to(self, client: Client) -> None:
        response = client.get("/page", headers={"Host": "evil.example"})
        assert response.status_code == 400
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
