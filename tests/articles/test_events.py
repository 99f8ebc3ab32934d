"""The calendar: what is ahead, what is overdue, and that no draft shows in it."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.filters import EventFilterSet
from articles.models import Article, Country, Event, EventRelation, Organisation, Topic
from articles.presentation_events import event_row, headings
from articles.tracker import plans
from tests.articles.builders import (
    DRAFT,
    WITHDRAWN,
    attest,
    make_agreement,
    make_article,
    make_discrepancy,
    make_event,
    make_event_step,
    make_organisation,
    make_person,
    make_topic,
)
from tests.articles.reading import asked, shown
from tests.articles.test_lists import counted, said

pytestmark = pytest.mark.django_db

EVENTS = "/en/events/"
TODAY = dt.date(2025, 6, 15)


@pytest.fixture
def article() -> Article:
    """An article of the public record."""
    found: Article = Article.public.first()
    return found


@pytest.fixture
def alone(article: Article) -> Article:
    """An article, in a record without any event."""
    Event.objects.all().delete()
    return article


def page_of(client: Client, event: Event) -> str:
    answer = client.get(event.url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# --- the list -------------------------------------------------------------------------------------------------


def test_the_three_parts_above_the_rows_say_the_numbers_of_the_facet(client: Client, alone: Article) -> None:
    day = timezone.localdate()
    for shift, status in ((-9, "planned"), (-9, "held"), (-8, "held"), (9, "planned"), (9, "proposed"), (9, "planned")):
        make_event(by=alone, status=status, date=(day + dt.timedelta(days=shift)).isoformat())
    text = client.get(EVENTS).content.decode()
    strip = re.search(r'<nav class="when-strip".*?</nav>', text, re.DOTALL)
    assert strip
    parts = re.findall(r'href="([^"]+)"[^>]*><b>(\d+)</b>', strip[0])
    assert parts == [("?when=upcoming", "3"), ("?when=overdue", "1"), ("?when=past", "2")]
    assert said(client, f"{EVENTS}?when=upcoming&when=overdue") == 4


def test_two_values_of_a_facet_widen_and_two_facets_narrow(client: Client, article: Article) -> None:
    populate(article, 8)
    everything = said(client, EVENTS)
    queries = ("country=IT", "country=EU", "country=IT&country=EU")
    italy, eu, both = (said(client, f"{EVENTS}?{query}") for query in queries)
    assert max(italy, eu) <= both <= min(italy + eu, everything)
    assert said(client, f"{EVENTS}?country=IT&status=held") <= italy


def test_a_country_is_counted_once_where_it_hosts_and_takes_part(client: Client, alone: Article) -> None:
    italy = Country.objects.get(iso="IT")
    make_event(by=alone, country=italy, countries=["IT", "KZ"])
    make_event(by=alone, country=italy, countries=["EU"])
    make_event(by=alone, countries=["IT"])
    make_event(by=alone, countries=["KZ"])
    assert (f"{EVENTS}?country=IT", 3) in counted(client, EVENTS)
    assert said(client, f"{EVENTS}?country=IT") == 3
    assert not any("country=KZ" in link for link, _n in counted(client, EVENTS))


BAD = [
    ("country=XX", "XX"),
    ("country=KZ", "KZ"),
    ("when=soon", "soon"),
    ("status=signed", "signed"),
    ("kind=party", "party"),
    ("person=nobody", "nobody"),
    ("organisation=%00", "organisation"),
    ("year=20255", "20255"),
    ("from=2025-13", "2025-13"),
    ("from=2025-05&to=2024", "2024"),
    ("dates=maybe", "maybe"),
    ("sort=title", "title"),
    ("page=abc", "abc"),
    ("q=" + "a" * 10_000, "aaaa"),
    ("colour=blue", "colour"),
    ("tier=commercial", "tier"),
]


@pytest.mark.parametrize(("query", "named"), BAD)
def test_what_is_not_understood_is_named_and_the_rest_still_works(
    query: str, named: str, client: Client, article: Article
) -> None:
    answer = client.get(f"{EVENTS}?country=IT&{query}")
    text = answer.content.decode()
    assert answer.status_code == 200
    told = re.search(r'class="refused.*?</section>', text, re.DOTALL)
    assert told, "the reader is not told"
    assert named in told[0]
    if not query.startswith("country"):
        assert "Italy" in text


def test_nothing_a_reader_sends_comes_back_as_markup(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    for name in ("q", "when", "person", "from", "page", "sort", evil):
        assert "<script>alert" not in client.get(EVENTS, {name: evil}).content.decode()


def test_a_date_filter_says_what_is_certain_and_what_is_possible(client: Client, alone: Article) -> None:
    for date in ("2025-11-25", "2025-11", "[2025..]", ""):
        make_event(by=alone, date=date)
    assert said(client, f"{EVENTS}?from=2025-11-20&to=2025-11-30") == 3
    text = client.get(f"{EVENTS}?from=2025-11-20&to=2025-11-30").content.decode()
    assert "2 of them only possibly" in " ".join(text.split())
    assert said(client, f"{EVENTS}?from=2025-11-20&to=2025-11-30&dates=certain") == 1


def test_the_text_box_finds_titles_places_persons_and_organisations(client: Client, alone: Article) -> None:
    person = make_person(name="Zarina Person", aliases=["Zareena"])
    works = make_organisation(name="Quarry Works")
    make_event(
        by=alone,
        name="A meeting on apples",
        place="Turkistan",
        series="Orchard days",
        countries=["IT"],
        persons=[person],
        organisations=[works],
    )
    for words in ("apples", "turkistan", "zareena", "Zarina", "quarry", "orchard", "италия", "apples Zarina"):
        assert said(client, f"{EVENTS}?q={words}") == 1, words
    assert said(client, f"{EVENTS}?q=pears") == 0
    assert "Nothing in the record" in client.get(f"{EVENTS}?q=pears").content.decode()


# --- years and months -------------------------------------------------------------------------------------------

DATES = [
    "2027",
    "2026-01-02",
    "2025-12",
    "2025-11-29/2025-12-02",
    "2025-11-17/2025-11-19",
    "2025-11-01",
    "2025-11",
    "2025-05-31",
    "[2025-05-30..2025-12-31]",
    "2025-05-30",
    "2025-05",
    "2025-21",
    "2025-03-04",
    "2025-01-09",
    "[2025-01..2025-04]",
    "2025",
    "2024/2025",
    "[2013..]",
    "[..2012]",
    "",
]


def headed(client: Client, address: str) -> list[tuple[str, str, list[str]]]:
    """Return the headings of the calendar with the dates that stand under each."""
    text = client.get(address).content.decode()
    pieces = re.findall(r'class="(year-head|year-part|event-date)"[^>]*>(.*?)</(?:h2|h3|p)>', text, re.DOTALL)
    found: list[tuple[str, str, list[str]]] = []
    year = ""
    for name, inner in pieces:
        seen = re.sub(r'<span class="visually-hidden">.*?</span>', "", inner, flags=re.DOTALL)
        words = unescape(re.sub(r"<[^>]+>", "", seen)).strip()
        if name == "year-head":
            year = words
            found.append((year, "", []))
        elif name == "year-part":
            if not found[-1][2]:
                found.pop()
            found.append((year, words, []))
        else:
            found[-1][2].append(words)
    return found


def test_events_stand_under_their_year_and_month_and_coarse_dates_after_exact_ones(
    client: Client, alone: Article
) -> None:
    for date in DATES:
        make_event(by=alone, date=date)
    assert headed(client, EVENTS) == [
        ("2027", "Month not known", ["2027"]),
        ("2026", "January", ["2 January 2026"]),
        ("2025", "December", ["December 2025"]),
        (
            "2025",
            "November",
            ["29 November – 2 December 2025", "17–19 November 2025", "1 November 2025", "November 2025"],
        ),
        ("2025", "May", ["31 May 2025", "30 May 2025", "30 May – 31 December 2025", "May 2025"]),
        ("2025", "March", ["4 March 2025"]),
        ("2025", "Spring 2025", ["spring 2025"]),
        ("2025", "January", ["9 January 2025"]),
        ("2025", "Month not known", ["2025"]),
        ("2025", "January–April 2025", ["January–April 2025"]),
        ("2024–2025", "", ["2024–2025"]),
        ("2013 or later", "", ["2013 or later"]),
        ("No year known", "", ["2012 or earlier"]),
        ("No date", "", ["no date"]),
    ]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_no_heading_comes_twice(sort: str, client: Client, alone: Article) -> None:
    for date in DATES:
        make_event(by=alone, date=date)
    found = [(year, part) for year, part, _dates in headed(client, f"{EVENTS}?sort={sort}")]
    assert len(found) == len(set(found))


def test_a_span_stands_in_the_month_of_the_day_by_which_the_list_is_ordered() -> None:
    event = Event()
    event.set_date("2025-11-29/2025-12-02")
    assert headings(event) == ("2025", "November")
    assert headings(event, oldest_first=True) == ("2025", "December")


# --- today ------------------------------------------------------------------------------------------------------

WHEN = [
    ("planned", "2025-06-14", "overdue"),
    ("planned", "2025-06-15", "upcoming"),
    ("planned", "2025-06", "upcoming"),
    ("planned", "2025-05", "overdue"),
    ("proposed", "2024", "overdue"),
    ("proposed", "[2025..]", "upcoming"),
    ("planned", "", "upcoming"),
    ("held", "2025-06-14", "past"),
    ("held", "", "past"),
    ("cancelled", "2025-06-14", "past"),
    ("cancelled", "2025-06-16", ""),
    ("postponed", "2025-05", "past"),
    ("", "2024", "past"),
    ("", "", ""),
]


@pytest.mark.parametrize(("status", "date", "expected"), WHEN)
def test_upcoming_overdue_and_past_are_told_by_the_day_that_is_given(
    status: str, date: str, expected: str, alone: Article
) -> None:
    made = make_event(by=alone, status=status, date=date)
    rows: Any = Event.public.with_standing()
    for name in ("upcoming", "overdue", "past"):
        assert list(getattr(rows, name)(TODAY)) == ([made] if name == expected else []), name
    row = event_row(rows.with_names().get(), TODAY)
    assert (row.upcoming, row.overdue) == (expected == "upcoming", expected == "overdue")
    facet = next(
        one for one in EventFilterSet(QueryDict(""), EventFilterSet.start(), TODAY).facets if one.name == "when"
    )
    assert [value.value for value in facet.values] == ([expected] if expected else [])


def test_the_tracker_gives_the_soonest_plans_and_the_latest_overdue_ones(alone: Article) -> None:
    for date in ("2025-06-20", "2025-06", "2026", "2025-08-01", "[2025..]"):
        make_event(by=alone, status="planned", date=date, name=date, countries=["IT"])
    for date in ("2025-04", "2025-06-01", "2024"):
        make_event(by=alone, status="proposed", date=date, name=date, countries=["JP"])
    make_event(by=alone, status="held", date="2025-06-20")
    found = plans(TODAY, most=3)
    assert [row.title for row in found.upcoming] == ["2025-06-20", "2025-06", "2025-08-01"]
    assert [row.title for row in found.overdue] == ["2025-06-01", "2025-04", "2024"]
    assert (found.upcoming_count.rows, found.overdue_count.rows) == (5, 3)
    assert found.upcoming[0].attestations, "a plan has no source"
    of_japan = plans(TODAY, Country.objects.get(iso="JP"))
    assert (len(of_japan.upcoming), len(of_japan.overdue)) == (0, 3)


def test_the_number_of_queries_of_the_tracker_is_fixed(
    alone: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_event(by=alone, status="planned", date="2026")
    make_event(by=alone, status="planned", date="2024")
    with CaptureQueriesContext(connection) as few:
        plans(TODAY)
    for _number in range(20):
        make_event(by=alone, status="planned", date="2026", countries=["IT", "JP"])
        make_event(by=alone, status="planned", date="2024", countries=["IT", "JP"])
    with django_assert_num_queries(len(few)):
        plans(TODAY)


# --- the page ---------------------------------------------------------------------------------------------------


def test_an_overdue_plan_says_so_and_what_is_still_ahead_does_not(client: Client, alone: Article) -> None:
    passed = make_event(by=alone, status="planned", date="2024-05")
    ahead = make_event(by=alone, status="proposed", date="2999")
    between = make_event(by=alone, status="planned", date="[2024-05..2024-07]")
    held = make_event(by=alone, status="held", date="")

    def says(event: Event) -> str:
        found = re.search(r'<p class="stands-now">(.*?)</p>', page_of(client, event))
        assert found
        return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())

    assert says(passed) == "Announced for May 2024; the record holds no outcome."
    assert says(ahead) == "Proposed for 2999."
    assert says(between) == "Announced for some time within May–July 2024; the record holds no outcome."
    assert says(held) == "Held; no source gives the date."


def test_a_page_shows_each_step_with_its_source_and_the_paragraph(client: Client, alone: Article) -> None:
    event = make_event(by=alone, status="planned", date="2025-05")
    other = make_article(headline="A later report")
    make_event_step(event, "held", by=other, date="2025-05-30", note="It was short.")
    text = page_of(client, event)
    assert text.index(">planned<") < text.index("It was short.")
    assert f"{other.url}#p2" in text
    assert f"{alone.url}#p2" in text
    assert "A later report" in text


def test_a_page_says_what_became_of_agreements_there_and_who_was_there(client: Client, alone: Article) -> None:
    accord = make_agreement(by=alone, name="An accord on pears")
    person = make_person(name="Zarina Person")
    event = make_event(by=alone, agreements=[accord], persons=[person])
    event.every_participant.update(office="Minister of Pears", role="signatory")
    text = page_of(client, event)
    for words in ("signed there", "An accord on pears", "Zarina Person", "Minister of Pears", "signatory", person.url):
        assert words in text, words
    back = client.get(accord.url).content.decode()
    assert "signed there" in back
    assert event.url in back


def test_the_neighbours_in_a_series_follow_date_then_number(client: Client, alone: Article) -> None:
    third = make_event(by=alone, series="Pear days", date="2025", series_number=3, name="Third")
    second = make_event(by=alone, series="Pear days", date="2025", series_number=2, name="Second")
    first = make_event(by=alone, series="Pear days", date="2024-05-01", name="First")
    make_event(by=alone, series="Pear days", date="2025", series_number=1, name="Hidden", **DRAFT)
    make_event(by=alone, series="Apple days", date="2024-06", name="Another")

    def neighbours(event: Event) -> list[str]:
        text = page_of(client, event)
        found = [re.search(rf'rel="{rel}">([^<]+)<', text) for rel in ("prev", "next")]
        return [match[1] if match else "" for match in found]

    assert neighbours(first) == ["", "Second"]
    assert neighbours(second) == ["First", "Third"]
    assert neighbours(third) == ["Second", ""]
    assert "3 events of it" in page_of(client, second)


def test_a_tie_between_events_shows_on_both_pages(client: Client, alone: Article) -> None:
    one, two = make_event(by=alone, name="The plan"), make_event(by=alone, name="The meeting")
    EventRelation.objects.create(event=two, kind="takes the place of", other=one, note="The same talks, moved.")
    hidden = make_event(by=alone, name="Zzhidden", **DRAFT)
    EventRelation.objects.create(event=one, kind="follows", other=hidden, note="Zzhidden too.")
    assert "takes the place of" in page_of(client, two)
    text = page_of(client, one)
    assert "its place is taken by" in text
    assert "The same talks, moved." in text
    assert "Zzhidden" not in text


def test_an_event_has_a_citation_and_a_permanent_address(client: Client, alone: Article) -> None:
    event = make_event(by=alone, name="A day", place="Oral", date="2025-05-30")
    text = page_of(client, event)
    address = f"http://testserver/e/{event.code}"
    assert "A day [Meeting; Oral; held]. (2025, May 30). Reported by SpecialEurasia, as summarised by Kazinform" in text
    assert f" from {address}<" in text
    answer = client.get(event.permalink)
    assert (answer.status_code, answer.headers["Location"]) == (301, event.url)


def test_what_disagrees_is_marked_in_the_list_and_on_the_page(client: Client, alone: Article) -> None:
    event = make_event(by=alone)
    found = make_discrepancy(by=alone, name="Two places for one summit", events=[event])
    for text in (page_of(client, event), client.get(EVENTS).content.decode()):
        assert found.url in text
        assert "Two places for one summit" in text


# --- what must not show -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [DRAFT, WITHDRAWN])
def test_nothing_that_is_not_public_shows_on_the_page_of_an_event(
    state: dict[str, Any], client: Client, alone: Article
) -> None:
    hidden_article = make_article(headline="Zz headline", **state)
    land = Country.objects.create(iso="XA", name="Zzland", **state)
    event = make_event(by=alone, status="planned", countries=["IT"], name="Public talks")
    before = (page_of(client, event), client.get(EVENTS).content)
    Event.objects.filter(pk=event.pk).update(country=land)
    event.countries.add(land)
    event.organisations.add(make_organisation(name="Zz Works", **state))
    event.topics.add(make_topic(name="Zz subject", **state))
    event.persons.add(make_person(name="Zz Person", **state))
    event.agreements.add(make_agreement(by=alone, name="Zz accord", **state), through_defaults={"how": "signed"})
    event.agreements.add(make_agreement(by=hidden_article, name="Zz unattested"), through_defaults={"how": "signed"})
    make_event_step(event, "cancelled", by=hidden_article, note="Zz step")
    attest(hidden_article, event=event, note="Zz note")
    attest(hidden_article, event_step=event.every_step.get(position=1), note="Zz note")
    assert (page_of(client, event), client.get(EVENTS).content) == before


@pytest.mark.parametrize("state", [DRAFT, WITHDRAWN])
def test_an_event_that_is_not_public_shows_nowhere(state: dict[str, Any], client: Client, article: Article) -> None:
    person, works, topic = make_person(), make_organisation(), Topic.public.first()
    accord = make_agreement(by=article, parties=["IT"])
    many: dict[str, Any] = {"persons": [person], "organisations": [works], "topics": [topic], "agreements": [accord]}
    many["countries"] = ["IT"]
    make_event(by=article, **many)
    pages = [EVENTS, "/en/persons/", "/en/", person.url, works.url, accord.url, Country.objects.get(iso="IT").url]
    before = {page: shown(client, page) for page in pages}
    hidden = make_event(by=article, name="Zz talks", status="planned", date="2031", **many, **state)
    unattested = make_event(by=make_article(**state), name="Zz rumour", status="planned", date="2032", **many)
    for page in pages:
        assert shown(client, page) == before[page], page
    assert client.get(hidden.url).status_code == (404 if state is DRAFT else 410)
    assert client.get(unattested.url).status_code == 404
    assert 'class="refused' in client.get(f"{EVENTS}?year=2031").content.decode()
    found = plans(TODAY)
    assert not [row for row in [*found.upcoming, *found.overdue] if row.title.startswith("Zz")]


# --- how much it asks of the database -----------------------------------------------------------------------------


def test_the_number_of_queries_of_the_list_does_not_grow_with_the_record(client: Client, article: Article) -> None:
    queries = ("", "?country=IT&when=past&q=a", "?person=nobody&sort=oldest&from=2020")
    populate(article, 30)
    few = asked(client, [EVENTS + query for query in queries])
    populate(article, 70)
    assert asked(client, few) == few


def test_the_number_of_queries_of_a_page_does_not_grow_with_what_it_shows(client: Client, alone: Article) -> None:
    event = make_event(by=alone, series="Pear days", status="planned")

    def grow(n: int) -> None:
        for number in range(n):
            other = make_event(by=alone, series="Pear days", date=f"20{10 + number % 15}")
            EventRelation.objects.create(event=event, kind="follows", other=other, note="Later.")
            event.persons.add(make_person())
            event.organisations.add(make_organisation())
            event.agreements.add(make_agreement(by=alone, parties=["IT"]), through_defaults={"how": "signed"})
            make_event_step(event, "planned", by=alone, date="2030")
            attest(alone, event=event)

    grow(1)
    few = asked(client, [event.url])
    grow(30)
    assert asked(client, few) == few


def populate(article: Article, n: int) -> None:
    """Add n events of all kinds and statuses, with everything a row or a facet may ask for."""
    persons = [make_person() for _number in range(3)]
    works = Organisation.public.first()
    subject = Topic.public.first()
    statuses = ("held", "planned", "proposed", "postponed", "cancelled", "superseded", "held", "")
    dates = ("2025-05-30", "2024", "[2025-01..2025-04]", "2031-05", "", "2019-11-01/2019-11-03")
    hosts = [Country.objects.get(iso=iso) for iso in ("IT", "KZ")]
    for number in range(n):
        make_event(
            by=article,
            kind=Event.Kind.values[number % len(Event.Kind.values)],
            status=statuses[number % len(statuses)],
            date=dates[number % len(dates)],
            country=hosts[number % 2],
            countries=[["IT", "KZ"], ["EU"], ["JP", "IT"], []][number % 4],
            persons=persons[: number % 4],
            organisations=[works] if number % 3 else [],
            topics=[subject] if number % 2 else [],
        )
