"""An answer that was made once is sent again as long as it is true, and no longer."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError

from articles.changes.state import MARK, Mark
from portal import repeats
from portal.repeats import Repeats

PUBLIC = [("Content-Type", "text/html"), ("Cache-Control", "public, max-age=0"), ("ETag", 'W/"a"')]


class Portal:
    """Stands for Django: answers with a number that grows, and with the headers it is told to."""

    def __init__(self) -> None:
        self.made = 0
        self.closed = 0
        self.status = "200 OK"
        self.headers = PUBLIC
        self.mark = Mark(1, 1)
        self.chunks: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.made += 1
        environ[MARK] = self.mark
        start_response(self.status, list(self.headers))
        return Body(self)


class Body:
    def __init__(self, portal: Portal) -> None:
        self.portal = portal

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"made ", str(self.portal.made).encode(), *self.portal.chunks])

    def close(self) -> None:
        self.portal.closed += 1


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    portal = Portal()
    monkeypatch.setattr(repeats, "newest", lambda: portal.mark)
    monkeypatch.setattr(repeats, "SECONDS", 0)
    monkeypatch.setattr(repeats, "close_old_connections", lambda: None)
    cache.clear()
    yield portal
    cache.clear()


def ask(app: Repeats, path: str = "/en/", query: str = "", method: str = "GET", **headers: str) -> tuple[str, bytes]:
    """Return status and body."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        **headers,
    }
    told: list[str] = []
    body = app(environ, lambda status, _headers: told.append(status))
    content = b"".join(body)
    close = getattr(body, "close", None)
    if close:
        close()
    return told[0], content


def test_who_asks_again_gets_the_same_from_any_process_until_the_record_changes(portal: Portal) -> None:
    one, other = Repeats(portal), Repeats(portal)
    assert ask(one) == ask(one) == ask(other) == ("200 OK", b"made 1")
    portal.mark = Mark(2, 7)
    assert ask(one) == ask(other) == ("200 OK", b"made 2")
    portal.mark = Mark(2, 8)  # another history that is as long
    assert ask(one) == ("200 OK", b"made 3")
    assert portal.closed == portal.made


def test_an_answer_belongs_to_the_state_it_was_made_from(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it was made the record has changed: it is kept as one of the state before."""
    app = Repeats(portal)
    monkeypatch.setattr(repeats, "newest", lambda: Mark(2, 2))
    assert ask(app) == ("200 OK", b"made 1")
    assert ask(app) == ("200 OK", b"made 2")


def test_an_answer_that_took_long_takes_no_process_back(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """It began before a change that the process has seen since."""
    app = Repeats(portal)
    portal.mark = Mark(2, 2)
    new = ask(app)
    monkeypatch.setattr(repeats, "SECONDS", 60)
    portal.mark = Mark(1, 1)
    ask(app, query="slow")
    assert ask(app) == new


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"path": "/en/"}, {"path": "/en/about/"}),
        ({"query": "page=1"}, {"query": "page=2"}),
        ({"HTTP_HOST": "localhost"}, {"HTTP_HOST": "127.0.0.1"}),
        ({"wsgi.url_scheme": "http"}, {"wsgi.url_scheme": "https"}),
        ({"HTTP_ACCEPT_ENCODING": "gzip"}, {"HTTP_ACCEPT_ENCODING": "gzip, br"}),
    ],
)
def test_other_questions_have_other_answers(portal: Portal, first: dict[str, str], second: dict[str, str]) -> None:
    app = Repeats(portal)
    assert ask(app, **first) != ask(app, **second)


def test_ways_to_accept_the_same_encoding_share_an_answer(portal: Portal) -> None:
    app = Repeats(portal)
    assert ask(app, HTTP_ACCEPT_ENCODING="gzip, deflate, br, zstd") == ask(app, HTTP_ACCEPT_ENCODING="br;q=1.0, gzip")


def test_the_next_day_has_other_pages(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Repeats(portal)
    before = ask(app)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: dt.date(2040, 1, 1))
    assert ask(app) != before


@pytest.mark.parametrize(
    "headers",
    [
        [("Cache-Control", "no-store")],
        [("Cache-Control", "no-cache")],
        [("Cache-Control", "private")],
        [],
        [*PUBLIC, ("Set-Cookie", "a=b")],
        [*PUBLIC, ("Vary", "Accept-Encoding, Accept-Language")],
    ],
)
def test_what_is_not_for_all_is_made_for_each(portal: Portal, headers: list[tuple[str, str]]) -> None:
    portal.headers = headers
    app = Repeats(portal)
    assert ask(app) != ask(app)


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "500 Internal Server Error"])
def test_only_pages_are_kept(portal: Portal, status: str) -> None:
    portal.status = status
    app = Repeats(portal)
    assert ask(app) != ask(app)


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "POST"},
        {"path": "/admin/"},
        {"path": "/static/a.css"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"HTTP_IF_MATCH": '"a"'},
        {"HTTP_IF_MODIFIED_SINCE": "Sun, 22 Nov 2026 10:00:00 GMT"},
        {"query": "q=" + "a" * 3000},
    ],
)
def test_what_is_asked_otherwise_is_left_to_django(portal: Portal, asked: dict[str, str]) -> None:
    app = Repeats(portal)
    assert ask(app, **asked) != ask(app, **asked)


def test_what_has_no_state_is_not_kept(portal: Portal) -> None:
    portal.mark = None  # type: ignore[assignment]
    app = Repeats(portal)
    assert ask(app) != ask(app)


def test_a_long_answer_passes_through(portal: Portal) -> None:
    portal.chunks = [b"x" * (repeats.LARGEST // 2)] * 3
    app = Repeats(portal)
    assert len(ask(app)[1]) > repeats.LARGEST
    assert ask(app)[1].startswith(b"made 2")
    assert portal.closed == 2


def test_a_process_keeps_no_more_than_it_has_room_for(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "ROOM", 20)
    app = Repeats(portal)
    for number in range(9):
        ask(app, query=f"page={number}")
    assert app.bytes_kept <= 20
    assert ask(app, query="page=0") == ("200 OK", b"made 1")  # from what all processes share


def test_who_has_it_already_is_told_so(portal: Portal) -> None:
    app = Repeats(portal)
    ask(app)
    assert ask(app, HTTP_IF_NONE_MATCH='"b", "a"') == ("304 Not Modified", b"")
    assert ask(app, HTTP_IF_NONE_MATCH="*") == ("304 Not Modified", b"")
    assert ask(app, HTTP_IF_NONE_MATCH='W/"b"') == ("200 OK", b"made 1")
    assert ask(app, method="HEAD") == ("200 OK", b"")
    assert portal.made == 1


def test_without_a_database_everything_is_left_to_django(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Mark:
        raise OperationalError

    monkeypatch.setattr(repeats, "newest", gone)
    assert ask(Repeats(portal)) == ("200 OK", b"made 1")


def test_a_cache_that_fails_is_done_without(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fails(name: str, *_more: object) -> None:
        asked.append(name)
        raise ConnectionError

    monkeypatch.setattr(cache, "get", fails)
    monkeypatch.setattr(cache, "set", fails)
    app = Repeats(portal)
    assert ask(app) == ask(app) == ("200 OK", b"made 1")
    assert len(asked) == 1
