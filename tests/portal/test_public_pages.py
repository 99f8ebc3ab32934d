"""What holds for every public page, seen on one of each kind over real HTTP."""

import re

import pytest

from portal.middleware import PUBLIC_CACHING
from tests.serving import Portal

SINGLE = ["/en/", "/en/about/", "/en/method/", "/en/legend/", "/en/accessibility/", "/en/style-guide/"]
LISTS = ["articles", "agreements", "countries", "topics", "outlets"]


@pytest.fixture(scope="module")
def pages(portal: Portal) -> list[str]:
    """Every single page, every list, and the first entry of each list."""
    found = list(SINGLE)
    for name in LISTS:
        overview = f"/en/{name}/"
        entries = re.findall(rf'href="({overview}[a-z0-9]+/[^"?#]*)"', portal.ask(overview).body.decode())
        assert entries, overview
        found += [overview, f"{overview}?page=1&nonsense=%00", entries[0]]
    return found


def test_each_is_cacheable_and_validated_and_cookieless(portal: Portal, pages: list[str]) -> None:
    for page in pages:
        answer = portal.ask(page, accept_encoding="br", cookie="sessionid=x; csrftoken=x")
        assert answer.status == 200, page
        assert answer.headers["content-encoding"] == "br", page
        assert "set-cookie" not in answer.headers, page
        assert answer.headers["vary"] == "Accept-Encoding", page
        assert answer.headers["cache-control"] == PUBLIC_CACHING, page
        assert answer.headers["content-language"] == "en", page
        again = portal.ask(page, accept_encoding="br", if_none_match=answer.headers["etag"])
        assert again.status == 304, page
        for name in ("etag", "vary", "cache-control", "content-security-policy"):
            assert again.headers[name] == answer.headers[name], page


def test_each_loads_nothing_from_elsewhere_and_runs_nothing_inline(portal: Portal, pages: list[str]) -> None:
    for page in pages:
        html = portal.ask(page).body.decode()
        sources = re.findall(r'<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc="([^"]*)"', html)
        sources += re.findall(r'<link\b[^>]*rel="(?:stylesheet|preload|icon|modulepreload)"[^>]*href="([^"]*)"', html)
        assert [source for source in sources if not source.startswith("/static/")] == [], page
        assert re.findall(r"<style\b|\sstyle=|\son[a-z]+=\"", html) == [], page
        scripts = re.findall(r"<script\b(?![^>]*(?:\bsrc=|application/ld\+json))[^>]*>", html)
        assert scripts == [], page


def test_the_front_door_leads_to_a_language(portal: Portal) -> None:
    answer = portal.ask("/", accept_language="kk, en;q=0.5")
    assert (answer.status, answer.headers["location"]) == (302, "/en/")
    assert "Accept-Language" in answer.headers["vary"]
    assert "Cookie" not in answer.headers["vary"]


def test_an_error_page_is_guarded_and_not_cached(portal: Portal) -> None:
    for page, status in [("/en/nothing/", 404), ("/en/articles/%00/", 400), ("/a/zzzz", 404)]:
        answer = portal.ask(page)
        assert answer.status == status, page
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
