"""The portal over real HTTP: gunicorn, collected static files, production settings."""

import gzip
import json
import re
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from tests.serving import Answer, Portal

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def stylesheet(portal: Portal) -> str:
    """The served address of the admin's style sheet, hash and all."""
    manifest = Path(portal.environment["SHOLU_DATA_DIR"]) / "static-manifest" / "staticfiles.json"
    name: str = json.loads(manifest.read_text())["paths"]["admin/css/base.css"]
    return f"/static/{name}"


def assert_guarded(answer: Answer) -> None:
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer.headers["permissions-policy"]


@pytest.mark.parametrize(
    ("target", "method", "headers", "status"),
    [
        ("/healthz", "GET", {}, 200),
        ("/readyz", "GET", {}, 200),
        ("/admin/login/", "GET", {}, 200),
        ("/admin/", "GET", {}, 302),
        ("/no-such-page", "GET", {}, 404),
        ("/%00", "GET", {}, 400),
        ("/healthz", "GET", {"Host": "evil.example"}, 400),
        ("/healthz", "DELETE", {}, 405),
        ("/admin/login/", "POST", {}, 403),
        ("/static/nothing.css", "GET", {}, 404),
    ],
)
def test_every_answer_is_guarded(
    portal: Portal, target: str, method: str, headers: dict[str, str], status: int
) -> None:
    answer = portal.ask(target, method, **headers)
    assert answer.status == status
    assert_guarded(answer)


def test_static_files_are_immutable_and_compressed(portal: Portal) -> None:
    address = stylesheet(portal)
    plain = portal.ask(address)
    assert plain.status == 200
    assert_guarded(plain)
    assert "immutable" in plain.headers["cache-control"]
    assert "access-control-allow-origin" not in plain.headers
    assert "content-encoding" not in plain.headers

    zipped = portal.ask(address, accept_encoding="gzip")
    assert (zipped.headers["content-encoding"], gzip.decompress(zipped.body)) == ("gzip", plain.body)
    best = portal.ask(address, accept_encoding="gzip, br")
    assert (best.headers["content-encoding"], brotli.decompress(best.body)) == ("br", plain.body)
    refused = portal.ask(address, accept_encoding="gzip;q=0, br;q=0")
    assert "content-encoding" not in refused.headers
    assert "Accept-Encoding" in best.headers["vary"]


def test_static_files_are_validated(portal: Portal) -> None:
    address = stylesheet(portal)
    first = portal.ask(address, accept_encoding="br")
    assert first.headers["etag"].startswith("W/")
    again = portal.ask(address, accept_encoding="br", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    for name in ("etag", "vary", "cache-control"):
        assert again.headers[name] == first.headers[name]
    assert portal.ask(address, if_modified_since=first.headers["last-modified"]).status == 304


def test_the_manifest_is_not_served(portal: Portal) -> None:
    assert portal.ask("/static/staticfiles.json").status == 404


def test_head_is_get_without_a_body(portal: Portal) -> None:
    for target in ("/healthz", "/no-such-page", stylesheet(portal)):
        for encoding in ("identity", "br"):
            get, head = (portal.ask(target, method, accept_encoding=encoding) for method in ("GET", "HEAD"))
            assert head.body == b""
            assert (head.status, _steady(head)) == (get.status, _steady(get))
            assert int(get.headers["content-length"]) == len(get.body)


def _steady(answer: Answer) -> dict[str, str]:
    """The headers without those that tell the second of the answer."""
    return {name: value for name, value in answer.headers.items() if name not in ("date", "expires")}


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=; csrftoken=\xff; a=b=c;;;\r\n\r\n",
        b"GET /%zz%ff%fe%c0%ae HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /healthz?%00=%ff&&&=%zz&a=\xf0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /healthz?" + b"a&" * 3000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 20000 + b"\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 200 + b"\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost:port\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n\r\n",
        b'GET /healthz HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: "\\\xff,W/\r\nIf-Range: x\r\n\r\n',
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ;q=,gzip;q=x;;br;q=\xff\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nAccept-Language: \xff;q=9,*;q=-1\r\n\r\n",
        b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"BREW /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03",
    ],
    ids=lambda raw: repr(raw[:60]),
)
def test_nonsense_is_never_our_fault(portal: Portal, raw: bytes) -> None:
    answer = portal.send(raw)
    status = re.match(rb"HTTP/1\.1 ([0-9]{3}) ", answer)
    assert status is None or status[1] < b"500", answer[:300]
    assert b"Set-Cookie" not in answer


def test_the_secret_is_kept_to_its_owner(portal: Portal) -> None:
    secret = Path(portal.environment["SHOLU_DATA_DIR"]) / "secret_key"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert len(secret.read_text().strip()) >= 50
    assert secret.read_text().strip() != settings.SECRET_KEY


def test_a_client_that_falls_silent_loses_its_thread(portal: Portal) -> None:
    """Eight half requests take every thread; five seconds later the next reader is answered."""
    with ExitStack() as clients:
        for _ in range(8):
            client = clients.enter_context(socket.create_connection(("127.0.0.1", portal.port)))
            client.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert portal.ask("/healthz").status == 200
    assert "Traceback" not in (Path(portal.environment["SHOLU_DATA_DIR"]) / "gunicorn.log").read_text()


def test_the_log_has_one_line_for_each_request_and_says_nothing_of_the_reader(portal: Portal) -> None:
    answer = portal.ask("/en/nowhere%0AGET%20/forged?q=a-private-question", user_agent="a-telling-browser")
    log, lines, deadline = "", list[str](), time.monotonic() + 10
    while not lines and time.monotonic() < deadline:  # it is written when the answer has been sent
        log = (Path(portal.environment["SHOLU_DATA_DIR"]) / "gunicorn.log").read_text()
        lines = [line for line in log.splitlines() if "forged" in line]
    (line,) = lines
    assert re.fullmatch(rf"GET /en/nowhere\\nGET /forged {answer.status} {len(answer.body)} \d+ms", line)
    assert "private" not in log
    assert "telling" not in log


def test_a_query_of_ten_thousand_characters_reaches_the_page(portal: Portal) -> None:
    answer = portal.ask("/en/articles/?q=" + "%D2%9B" * 10_000)
    assert answer.status == 200
    assert b"This value is too long." in answer.body
