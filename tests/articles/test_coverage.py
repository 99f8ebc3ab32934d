"""The overviews: every number is that of the list it leads to, zeros are said, and nothing hidden counts."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.counting import Count
from articles.coverage import (
    FEW,
    MOST_MONTHS,
    Group,
    matrix,
    over_time,
    partners,
    voices,
    voices_by_partner,
    voices_by_topic,
)
from articles.coverage_charts import ColumnRow, column_chart, levels, percent, stacked
from articles.filters import held
from articles.models import Agreement, AgreementRelation, Article, Country, Discrepancy, Event, Outlet, Topic
from articles.partner_map import partner_map
from articles.worldmap import world
from tests.articles.builders import (
    DRAFT,
    WITHDRAWN,
    make_agreement,
    make_article,
    make_country,
    make_discrepancy,
    make_event,
    make_outlet,
    make_topic,
)
from tests.articles.reading import asked, shown
from tests.articles.test_lists import said

pytestmark = pytest.mark.django_db

OVERVIEW, MATRIX, VOICES = "/en/coverage/", "/en/coverage/matrix/", "/en/coverage/voices/"
PAGES = (OVERVIEW, MATRIX, VOICES, f"{VOICES}?by=partner", f"{VOICES}?by=topic", "/en/")


def test_every_number_of_the_matrix_is_that_of_its_list(client: Client) -> None:
    made = matrix(partners())
    assert len(made.topics) == Topic.public.count()
    assert made.total.number == said(client, made.total.url) == Article.public.count()
    for head in made.topics:
        if head.total.number:
            assert said(client, head.total.url) == head.total.number
    for row in made.rows:
        assert len(row.cells) == len(made.topics), "zeros included"
        assert [cell.number for cell in row.cells].count(0) == len(row.cells) - len(row.topics)
        for cell in [row.head.total, *row.cells[::3]]:
            assert bool(cell.number) == bool(cell.url)
            if cell.number:
                assert said(client, cell.url) == cell.number, cell.label


def test_the_matrix_shows_zeros_plainly_and_links_what_there_is(client: Client) -> None:
    text = client.get(MATRIX).content.decode()
    made = matrix(partners())
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    assert len(rows) == len(made.rows) + 2, "a head, a row for each partner, and the totals"
    zeros = sum(cell.number == 0 for row in made.rows for cell in row.cells)
    assert zeros > 50
    table = text[text.index('<table class="matrix"') :]
    links = len(re.findall(r"<td[^>]*>\s*<a ", table))
    assert links + len(re.findall(r"<td[^>]*>\s*0\s*</td>", table)) == (len(made.topics) + 1) * (len(made.rows) + 1)
    assert 'role="region"' in text
    assert 'tabindex="0"' in text


def test_an_article_on_three_topics_stands_in_three_cells_and_counts_once() -> None:
    topics = [make_topic() for _n in range(3)]
    make_country("XX")
    make_article(partners=["XX"], topics=topics)
    row = next(row for row in matrix(partners()).rows if row.head.name == "Land XX")
    assert sum(cell.number for cell in row.cells) == 3
    assert row.head.total.number == 1


def test_the_page_of_the_matrix_lists_the_topics_of_each_partner_for_narrow_screens(client: Client) -> None:
    text = client.get(MATRIX).content.decode()
    lists = text[text.index('class="matrix-lists"') : text.index('class="matrix-region"')]
    for row in matrix(partners()).rows:
        assert (row.head.name in unescape(lists)) == bool(row.topics)


def test_months_are_only_those_that_are_certain(client: Client) -> None:
    Article.objects.all().delete()
    for date in ("2025-05-30", "2025-05", "2025-08-01/2025-08-03", "2025-07-31/2025-08-01", "2025", "[2025..]", ""):
        make_article(date=date)
    time = over_time(held.articles())
    assert [(period.name, period.number) for period in time.periods] == [
        ("May 2025", 2),
        ("June 2025", 0),
        ("July 2025", 0),
        ("August 2025", 1),
    ]
    assert [loose.number for loose in time.loose] == [1, 1, 1, 1]
    assert "no date" in [loose.name for loose in time.loose]
    assert "3 articles between May 2025 and August 2025; the most, 2, in May 2025." in time.sentence
    assert "4 more articles lie in no single month" in time.apart_sentence
    for period in time.periods:
        assert bool(period.url) == bool(period.number)
        if period.number:
            assert said(client, period.url) == period.number
    text = " ".join(client.get(OVERVIEW).content.decode().split())
    assert time.sentence in text
    assert time.apart_sentence in text


def test_a_long_time_is_counted_by_year(client: Client) -> None:
    Article.objects.all().delete()
    for date in ("1991-12-16", "1994", "2025-05", "[2024-12..2025-01]"):
        make_article(date=date)
    time = over_time(held.articles())
    assert time.by_year
    assert len(time.periods) == 35 > MOST_MONTHS // 2
    assert {period.name: period.number for period in time.periods if period.number} == {"1991": 1, "1994": 1, "2025": 1}
    assert time.apart == 1
    for period in time.periods:
        if period.number:
            assert said(client, period.url) == 1


def test_articles_over_time_answer_a_filter_of_the_list(client: Client) -> None:
    time = over_time(held.articles().of("country", "IT"), {"country": "IT"})
    assert time.placed + time.apart == said(client, "/en/articles/?country=IT")
    for period in time.periods:
        if period.number:
            assert said(client, period.url) == period.number


def test_no_dates_draw_no_chart(client: Client) -> None:
    Article.objects.all().delete()
    assert over_time(held.articles()).periods == []
    make_article(date="")
    assert "No article in the record has a date that lies in one month" in client.get(OVERVIEW).content.decode()


def test_shares_count_every_article_once_and_keep_apart_what_is_not_stated(client: Client) -> None:
    make_article(genre="opinion", outlet=make_outlet(country_id="KZ"))
    make_article(genre="opinion", outlet=make_outlet(country_id="JP"))
    make_article(genre="official", outlet=make_outlet(country=make_country("XA", **DRAFT)))
    heard = voices(held.articles())
    number = Article.public.count()
    assert heard.total == sum(share.number for share in heard.genres) == sum(share.number for share in heard.homes)
    assert heard.total == number
    homes = {share.key: share.number for share in heard.homes}
    assert homes["kazakh"] == Article.public.filter(outlet__country="KZ").count()
    assert (
        homes["foreign"]
        == Article.public.filter(outlet__country__state="published").exclude(outlet__country="KZ").count()
    )
    for share in heard.genres:
        if share.number:
            assert said(client, share.url) == share.number
    assert "2 opinion" in heard.sentence or "3 opinion" in heard.sentence


@pytest.mark.parametrize("grouped", [voices_by_partner, voices_by_topic])
def test_who_speaks_about_a_partner_or_on_a_topic_is_that_of_the_list(
    grouped: Callable[[], list[Group]], client: Client
) -> None:
    groups = grouped()
    assert len(groups) > 8
    for group in groups[::3]:
        assert said(client, group.list_url) == group.voices.total
        for share in group.voices.genres:
            if share.number:
                assert said(client, share.url) == share.number


def test_few_articles_say_that_their_shares_say_little(client: Client) -> None:
    make_country("XX")
    for _n in range(FEW - 1):
        make_article(partners=["XX"])
    assert voices(held.articles().of("country", "XX")).few == "9 articles: shares say little"
    make_article(partners=["XX"])
    assert voices(held.articles().of("country", "XX")).few == ""
    text = client.get(f"{VOICES}?by=partner").content.decode()
    enough, few = text.index("10 articles or more"), text.index("Fewer than 10 articles: shares say little")
    assert enough < text.index("Land XX") < few < text.index(">Italy</a>")


def test_who_speaks_names_what_it_does_not_understand(client: Client) -> None:
    for query, named in (("by=moon", "moon"), ("colour=blue", "colour"), ("by=topic&by=partner", "partner")):
        answer = client.get(f"{VOICES}?{query}")
        assert answer.status_code == 200
        told = re.search(r'class="refused.*?</section>', answer.content.decode(), re.DOTALL)
        assert told
        assert named in told[0]
    assert 'class="refused' not in client.get(f"{VOICES}?by=").content.decode()


def test_every_partner_on_the_map_is_named_there_and_in_the_table_with_the_same_numbers(client: Client) -> None:
    text = client.get(OVERVIEW).content.decode()
    drawing = text[text.index('<svg class="map-sheet"') : text.index('<svg class="map-sheet map-close"')]
    table = text[text.index('class="ledger ledger-partners"') :]
    labels = {
        unescape(link): unescape(label)
        for link, label in re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"><g', drawing)
    }
    listed = partners()
    assert len(labels) == len([one for one in listed if not one.is_bloc]) > 10
    for one in listed:
        row = re.search(rf'<a href="{re.escape(one.url)}">.*?</tr>', table, re.DOTALL)
        assert row, one.name
        numbers = re.findall(r">\s*(\d+)\s*<", row[0])
        assert numbers == [str(one.articles), str(one.agreements.rows)], one.name
        assert said(client, one.articles_url) == one.articles
        assert said(client, one.agreements_url) == one.agreements.rows
        if not one.is_bloc:
            assert labels[one.url] == f"{one.name}: {one.held}"


def test_partners_without_a_shape_get_a_dot_and_those_without_a_place_a_name(client: Client) -> None:
    make_article(partners=["VA", make_country("XX").iso, make_country("SG", name="Singapore").iso])
    made = partner_map(partners())
    dots = {place.code for place in made.places if place.dot and not place.path}
    assert dots == {"VA", "SG"}
    assert [one.name for one in made.unplaced] == ["Land XX"]
    assert "Not on the map:" in client.get(OVERVIEW).content.decode()


def test_the_drawing_is_well_formed_small_and_has_each_id_once(client: Client) -> None:
    for address in PAGES:
        text = client.get(address).content.decode()
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), address
        for one in re.findall(r'url\(#([^)]+)\)|<use[^>]* href="#([^"]+)"', text):
            assert "".join(one) in ids, (address, one)
        drawings = re.findall(r"<svg\b.*?</svg>", text, re.DOTALL)
        for drawing in drawings:
            ET.fromstring(drawing)  # noqa: S314  # it is our own
        assert sum(map(len, drawings)) < 80_000, address
        assert "style=" not in text


def test_agreements_that_are_probably_the_same_count_once_beside_the_number(client: Client) -> None:
    make_country("XX")
    by = make_article(partners=["XX"])
    one, two = (make_agreement(by=by, parties=["XX"]) for _n in range(2))
    AgreementRelation.objects.create(
        agreement=one, other=two, kind=AgreementRelation.Kind.PROBABLY_SAME, basis="inferred", note="The same sum."
    )
    held = next(partner for partner in partners() if partner.code == "XX")
    assert held.agreements == Count(2, 1)
    text = " ".join(client.get(OVERVIEW).content.decode().split())
    assert "(1 if the same count once)" in text


@pytest.mark.parametrize("state", [DRAFT, WITHDRAWN])
def test_what_is_not_public_changes_no_overview(state: dict[str, Any], client: Client) -> None:
    topic, country, outlet = Topic.public.first(), Country.public.get(iso="IT"), Outlet.public.first()
    before = [shown(client, address) for address in PAGES]
    hidden = make_article(partners=["IT", make_country("XX", **state).iso], topics=[topic], outlet=outlet, **state)
    make_article(partners=["IT"], topics=[topic], outlet=make_outlet(**state))
    make_agreement(by=hidden, parties=["IT", "DE"])
    make_agreement(by=Article.public.first(), parties=[country.iso], **state)
    visible = Article.public.first()
    visible.topics.add(make_topic(name="Zzhidden", **state))
    visible.partners.add("XX")
    assert [shown(client, address) for address in PAGES] == before


def test_the_number_of_queries_of_an_overview_does_not_grow_with_the_record(client: Client) -> None:
    Article.objects.all().delete()
    Agreement.objects.all().delete()
    topic = Topic.objects.get(slug="energy")

    def grow(n: int) -> None:
        for number in range(n):
            article = make_article(date=f"2025-{number % 12 + 1:02}", partners=["IT", "JP"], topics=[topic])
            make_agreement(by=article, parties=["IT", "KZ"])

    grow(1)
    few = asked(client, PAGES)
    grow(100)
    assert asked(client, PAGES) == few


def test_the_home_page_shows_plans_and_open_discrepancies_of_substance_first(client: Client) -> None:
    Event.objects.all().delete()
    Discrepancy.objects.all().delete()
    by, today = make_article(), timezone.localdate()
    make_event(by=by, name="Zebra to come", status="planned", date=str(today.year + 1))
    make_event(by=by, name="Zebra not heard of again", status="planned", date=str(today.year - 1))
    make_event(by=by, name="Zebra held", status="held", date=str(today.year - 1))
    make_discrepancy(by=by, name="Zebra of form", weight="minor")
    make_discrepancy(by=by, name="Zebra of substance", weight="substantive")
    make_discrepancy(by=by, name="Zebra settled", standing="settled", right="It is so.")
    text = client.get("/en/").content.decode()
    places = [text.index(f"Zebra {name}<") for name in ("to come", "not heard of again", "of substance", "of form")]
    assert places == sorted(places)
    assert "Zebra held" not in text
    assert "Zebra settled" not in text
    assert said(client, "/en/discrepancies/?standing=open") == 2
    assert 'href="/en/discrepancies/?standing=open"' in text
    for when in ("upcoming", "overdue"):
        assert f'href="/en/events/?when={when}"' in text
        assert said(client, f"/en/events/?when={when}") == 1


# --- charts ---------------------------------------------------------------------------------------------------


def test_a_column_twice_as_high_is_twice_as_much() -> None:
    chart = column_chart([ColumnRow("a", 2), ColumnRow("b", 0), ColumnRow("c", 4)])
    assert [column.height for column in chart.columns] == ["3.5em", "0em", "7em"]
    assert [column.number for column in chart.columns] == ["2", "0", "4"]
    assert column_chart([]).columns == []
    many = column_chart([ColumnRow(str(n), n) for n in range(36)])
    assert len([column for column in many.columns if column.label]) == 6
    assert not any(column.number for column in many.columns)


def test_the_parts_of_a_bar_are_the_whole() -> None:
    segments = stacked([("a", 1), ("b", 0), ("c", 3)])
    assert [(one.key, one.start, one.length) for one in segments] == [("a", "0%", "25%"), ("c", "25%", "75%")]
    assert stacked([("a", 0)]) == []


def test_a_share_is_never_rounded_to_nothing_or_to_all() -> None:
    assert [percent(*pair) for pair in ((1, 4), (1, 3), (1, 1000), (999, 1000), (0, 9), (9, 9), (0, 0))] == [
        "25%",
        "33%",
        "<1%",
        ">99%",
        "0%",
        "100%",
        "",
    ]


def test_classes_of_the_map_follow_each_other_without_a_gap() -> None:
    for highest in (*range(60), 1000, 12345):
        classes = levels([0, highest])
        assert len(classes) <= 3
        assert [least for least, _most in classes] == [1, *(most + 1 for _least, most in classes)][: len(classes)]
        assert all(least <= most for least, most in classes)
        assert (classes[-1][1] if classes else 0) == highest


def test_the_map_shades_more_articles_more() -> None:
    made = partner_map(partners())
    ordered = sorted(made.places, key=lambda place: place.partner.articles)
    assert [place.level for place in ordered] == sorted(place.level for place in made.places)
    assert {place.level for place in made.places} <= {level.number for level in made.levels}
    assert made.others.count("M") > 100
    assert world().shapes["IT"] not in made.others
