"""Feeds and the calendar: complete, stable, and without a day that no source gives."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import feedparser
import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from articles.citations.days import known_days
from articles.filters import FILTERSETS
from articles.models import NOUNS, Article, Event
from tests.articles.builders import make_article, make_event

pytestmark = pytest.mark.django_db

ATOM, FEED = "/en/articles.atom", "/en/articles.feed.json"
ORIGIN = "http://testserver"


def atom(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    return read


def json_feed(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/feed+json"
    return json.loads(answer.content)


def calendar(client: Client, query: str = "") -> tuple[Any, Any]:
    answer: Any = client.get(f"/en/events.ics{query}")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    text: bytes = b"".join(answer.streaming_content)
    assert all(line.endswith(b"\r\n") and len(line) <= 77 for line in text.splitlines(keepends=True))
    return icalendar.Calendar.from_ical(text), answer


def link(links: Any, relation: str) -> str:
    return next((one["href"] for one in links if one["rel"] == relation), "")


@pytest.mark.parametrize("model", NOUNS)
def test_every_list_has_both_feeds_with_its_rows_in_its_order(model: Any, client: Client) -> None:
    filters = FILTERSETS[model.NOUN](client.get(ATOM).wsgi_request.GET, FILTERSETS[model.NOUN].start())
    permalinks = [f"{ORIGIN}{row.permalink}" for row in filters.qs[:100]]
    read = atom(client, reverse(f"articles:{model.NOUN}-data", args=["atom"]))
    fed = json_feed(client, reverse(f"articles:{model.NOUN}-data", args=["feed.json"]))
    assert [entry.id for entry in read.entries] == permalinks == [item["id"] for item in fed["items"]]
    for entry, item in zip(read.entries, fed["items"], strict=True):
        assert entry.title == item["title"]
        assert entry.updated_parsed
        assert item["content_text"]
        assert link(entry.links, "alternate") == item["url"] != entry.id
        assert entry.author == ", ".join(author["name"] for author in item["authors"]) or len(item["authors"]) > 1
        assert ("published" in entry) == ("date_published" in item)
    assert fed["version"] == "https://jsonfeed.org/version/1.1"
    assert fed["_sholu"]["about"]
    assert "Data version" in read.feed.subtitle


def test_a_feed_says_what_it_is_and_where_the_list_stands(client: Client) -> None:
    read = atom(client, f"{ATOM}?country=IT&topic=energy")
    assert read.feed.id == f"{ORIGIN}{ATOM}?country=IT&topic=energy" == link(read.feed.links, "self")
    assert link(read.feed.links, "alternate") == f"{ORIGIN}/en/articles/?country=IT&topic=energy"
    assert "creativecommons" in link(read.feed.links, "license")
    assert read.feed.rights
    assert read.feed.author == "Sholu"
    assert read.feed.updated_parsed
    fed = json_feed(client, f"{FEED}?country=IT")
    assert fed["feed_url"] == f"{ORIGIN}{FEED}?country=IT"
    assert fed["home_page_url"] == f"{ORIGIN}/en/articles/?country=IT"


def test_a_citation_in_the_address_leaves_no_trace_in_a_feed(client: Client) -> None:
    cited = atom(client, f"{ATOM}?country=IT&cited=4.2026-11-22.1a2b3c4d5e6f")
    assert cited.feed.id == f"{ORIGIN}{ATOM}?country=IT"


def atom_pages(client: Client) -> Iterator[Any]:
    address = ATOM
    while address:
        read = atom(client, address)
        yield read
        address = link(read.feed.links, "next").removeprefix(ORIGIN)


def test_pages_lead_from_first_to_last_and_hold_every_entry_once(client: Client) -> None:
    with patch("articles.formats.selection.PAGE_SIZE", 4):
        pages = list(atom_pages(client))
        fed, address = [], FEED
        while address:
            page = json_feed(client, address)
            fed += [item["id"] for item in page["items"]]
            address = page.get("next_url", "").removeprefix(ORIGIN)
    ids = [entry.id for page in pages for entry in page.entries]
    assert len(pages) == -(-Article.public.count() // 4) > 2
    assert len(ids) == len(set(ids)) == Article.public.count()
    assert fed == ids
    for page in pages:
        assert link(page.feed.links, "first") == f"{ORIGIN}{ATOM}"
        assert link(page.feed.links, "last") == f"{ORIGIN}{ATOM}?page={len(pages)}"
    assert not link(pages[0].feed.links, "previous")
    assert link(pages[1].feed.links, "previous") == f"{ORIGIN}{ATOM}"
    assert len({page.feed.id for page in pages}) == 1


def test_a_day_of_publication_is_given_only_where_it_is_known(client: Client) -> None:
    coarse = ["2025-05", "2025", "2026-21", "2025-05-30~", "2025-05-30?", "2025-05-30/2025-06-01", "[2025..]", ""]
    for date in ["2025-05-30", *coarse]:
        make_article(headline=f"Zz dated “{date}”", date=date)
    entries = {one.title: one.get("published") for one in atom(client, ATOM).entries}
    items = {one["title"]: one for one in json_feed(client, FEED)["items"]}
    assert entries["Zz dated “2025-05-30”"].startswith("2025-05-30T00:00:00")
    assert items["Zz dated “2025-05-30”"]["date_published"] == entries["Zz dated “2025-05-30”"]
    for date in coarse:
        title = f"Zz dated “{date}”"
        assert entries[title] is None
        assert "date_published" not in items[title]
        assert items[title]["_sholu"]["date_edtf"] == (date or None)


def test_agreements_and_events_are_never_said_to_be_published_on_their_own_days(client: Client) -> None:
    for noun in ("agreements", "events", "countries"):
        assert not any("published" in entry for entry in atom(client, f"/en/{noun}.atom").entries)


def test_a_feed_is_well_formed_whatever_a_headline_holds(client: Client) -> None:
    make_article(headline="A <b>&amp; \x0b\x1b\ufffe]]> “end”", authors=["X & <Y>"])
    entry = next(one for one in atom(client, ATOM).entries if "end" in one.title)
    assert "“end”" in entry.title


def test_an_original_is_linked_where_its_address_is_known(client: Client) -> None:
    make_article(headline="Zzlinked", original_url="https://times.example/1")
    entry = next(one for one in atom(client, ATOM).entries if one.title == "Zzlinked")
    item = next(one for one in json_feed(client, FEED)["items"] if one["title"] == "Zzlinked")
    assert link(entry.links, "via") == item["external_url"] == "https://times.example/1"


# --- the calendar ---------------------------------------------------------------------------------------------


def test_the_calendar_holds_what_has_days_and_counts_what_has_none(client: Client) -> None:
    read, answer = calendar(client)
    dated = [one for one in Event.public.all() if known_days(one.date_edtf)]
    left_out = Event.public.count() - len(dated)
    events = {str(one["uid"]): one for one in read.walk("VEVENT")}
    assert set(events) == {f"e-{one.code}@sholu" for one in dated}
    assert answer.headers["Sholu-Left-Out"] == str(left_out)
    for name in ("X-WR-CALDESC", "DESCRIPTION"):
        assert f"Left out, because no source gives their day: {left_out}." in str(read[name])
    assert read["VERSION"] == "2.0"
    assert "Sholu" in read["PRODID"]
    assert read["NAME"]
    assert read["REFRESH-INTERVAL"].dt == dt.timedelta(days=1)
    for one in events.values():
        assert one["TRANSP"] == "TRANSPARENT"
        assert one["DTSTAMP"].dt.tzinfo
        assert one["LAST-MODIFIED"]
        assert one["URL"].startswith(f"{ORIGIN}/en/events/")
        assert type(one["DTSTART"].dt) is dt.date


def test_a_span_ends_on_the_day_after_its_last_and_coarse_dates_are_left_out(client: Client) -> None:
    spans = {
        "2025-11-17/2025-11-19": ("2025-11-17", "2025-11-20"),
        "2025-12-31": ("2025-12-31", "2026-01-01"),
        **dict.fromkeys(["2025-11", "2025-11-17~", "2025-11/2025-12", "2025-11-17/..", "[2025-11-17..2025-11-19]", ""]),
    }
    by = Article.public.first()
    made = {make_event(by=by, date=date, name="Zz, semicolon; back\\slash").code: date for date in spans}
    found = {}
    for one in calendar(client)[0].walk("VEVENT"):
        if (code := one["UID"][2:8]) in made:
            assert str(one["SUMMARY"]) == "Zz, semicolon; back\\slash"
            found[made[code]] = (one["DTSTART"].dt.isoformat(), one["DTEND"].dt.isoformat())
    assert found == {date: span for date, span in spans.items() if span}


def test_the_calendar_is_never_more_certain_than_the_source(client: Client) -> None:
    expected = {
        "held": "CONFIRMED",
        "planned": "TENTATIVE",
        "proposed": "TENTATIVE",
        "postponed": "CANCELLED",
        "cancelled": "CANCELLED",
        "superseded": "CANCELLED",
    }
    by = Article.public.first()
    made = {make_event(by=by, status=standing).code: standing for standing in expected}
    found = {
        made[code]: one["STATUS"] for one in calendar(client)[0].walk("VEVENT") if (code := one["UID"][2:8]) in made
    }
    assert found == expected


def test_the_calendar_obeys_the_filter_and_only_events_have_one(client: Client) -> None:
    everything, _answer = calendar(client)
    some, _answer = calendar(client, "?country=EE")
    assert 0 < len(some.walk("VEVENT")) < len(everything.walk("VEVENT"))
    assert client.get("/en/articles.ics").status_code == 404
    assert client.get("/en/events.ics?country=XX").status_code == 400
