"""The search: strangers find what they mean, on both databases alike; nothing hidden is found or offered."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from articles.filters import FILTERSETS, RecordFilterSet, SearchFilterSet
from articles.models import NOUNS, Article, Topic
from tests.articles.builders import (
    DRAFT,
    SUMMARY,
    WITHDRAWN,
    make_agreement,
    make_article,
    make_event,
    make_person,
    make_topic,
    one_of_each,
)
from tests.articles.reading import asked
from tests.articles.search_queries import QUERIES
from tests.articles.test_lists import said

pytestmark = pytest.mark.django_db

SEARCH = "/en/search/"
MODELS: dict[str, Any] = {model.NOUN: model for model in NOUNS}
OFFERED = re.compile(r'<p class="did-you-mean">(.*?)</p>', re.DOTALL)


def under(filters: type[RecordFilterSet], query: str) -> Any:
    return filters(QueryDict(query.removeprefix(".").removeprefix("?")), filters.start())


def found(text: str, number: int = 3) -> list[tuple[str, str]]:
    """Return kind and title of the first entries that a text finds."""
    asked = QueryDict(mutable=True)
    asked["q"] = text
    hits = SearchFilterSet(asked, SearchFilterSet.start()).qs[:number]
    return [(hit.noun, MODELS[hit.noun].objects.get(pk=hit.pk).title) for hit in hits]


@pytest.mark.parametrize(("text", "noun", "title"), QUERIES, ids=[text for text, _noun, _title in QUERIES])
def test_a_stranger_finds_it_among_the_first_three(text: str, noun: str, title: str) -> None:
    first = found(text)
    assert [one for one in first if one[0] == noun and one[1].startswith(title)], first


def page(client: Client, text: str, path: str = SEARCH, **more: str) -> str:
    answer = client.get(path, {"q": text, **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tokayef", "Tokayev"),
        ("Uzbekstan", "Uzbekistan"),
        ("uranum", "uranium"),
        ("agrement", "agreement"),
        ("Mirzioyev", "Mirziyoyev"),
        ("Kashgan", "Kashagan"),
        ("transcaspian", "trans caspian"),
        ("Tokayef Melonni", "Tokayev Melonni"),
        ('uranum -"middle corridor"', 'uranium -"middle corridor"'),
        ("boxing hydrogen", "boxing OR hydrogen"),
    ],
)
def test_a_near_miss_is_answered_with_what_was_meant(typed: str, meant: str, client: Client) -> None:
    offered = OFFERED.search(page(client, typed))
    assert offered
    links = {unescape(name): unescape(link) for link, name in re.findall(r'<a href="([^"]+)">(.*?)</a>', offered[1])}
    assert meant in links
    assert said(client, SEARCH + links[meant]) > 0


def test_a_list_offers_what_was_meant_within_its_filter(client: Client) -> None:
    text = page(client, "Melloni presiden", "/en/events/", country="IT")
    offered = OFFERED.search(text)
    assert offered
    assert 'href="?country=IT&amp;q=Melloni+president"' in offered[1]


HOSTILE = [
    '"', "''", "-", "--", "OR", "OR OR", "|", "a OR", "-a", '-"a b"', "NEAR(a b)", "NEAR/2", "a* ^b", "title:italy",
    "{a b}", "a & !b", "a <-> b", "(((", ")))", "\\", "%", "_", "'; DROP TABLE", "\0", "\x07uranium\x1b", "🙂", "漢字",
    "\u202e", "İ", "ß", "a" * 200, "a " * 100, '"' * 200, "-" * 200, "OR " * 66, " ".join(map(str, range(60))),
    "<script>alert(1)</script>", "{{ 7*7 }}", "$1", "?q=1", "é̂̃", "\ud800",
]  # fmt: skip


def test_whatever_is_typed_is_answered_with_a_page(client: Client) -> None:
    for text in HOSTILE:
        typed = text.encode("utf-8", "replace").decode()
        assert "<script>alert" not in page(client, typed)
        assert page(client, typed, "/en/persons/")
    for path in ("/en/articles/", "/en/countries/", "/en/sources/", "/en/figures/"):
        for text in HOSTILE[::8]:
            assert page(client, text.encode("utf-8", "replace").decode(), path)


def test_what_is_typed_without_a_word_finds_nothing_and_is_no_fault(client: Client) -> None:
    for path in (SEARCH, "/en/articles/"):
        assert said(client, f"{path}?q=%22!%22") == 0
    assert "refused" not in page(client, "a" * 200)
    assert 'class="refused' in page(client, "a" * 201)


def test_nothing_is_offered_where_little_of_what_was_typed_would_be_left(client: Client) -> None:
    text = client.get("/en/search/?q=zzzz").content.decode()
    assert "Did you mean" not in text
    assert "Nothing in the record answers" in text
    assert "Take it away" not in text, "there is nothing to take"
    assert 'href="/en/search.atom?q=zzzz"' in text, "but something may come"


def test_results_stay_out_of_search_engines_and_the_way_to_ask_does_not(client: Client) -> None:
    robots = 'name="robots" content="noindex"'
    assert robots in client.get("/en/search/?q=EPCA").content.decode()
    assert robots not in client.get("/en/search/").content.decode()


def test_hits_are_marked_and_markup_is_not(client: Client) -> None:
    make_article(headline="Fish & <b>uranium</b>")
    text = page(client, "uranium")
    assert "Fish &amp; &lt;b&gt;<mark>uranium</mark>&lt;/b&gt;" in text
    assert page(client, "Тоқаев").count("<mark>Tokayev</mark>") > 3


def test_a_hit_says_the_name_it_is_found_by_once(client: Client) -> None:
    in_english, in_russian = (page(client, name, kind="person") for name in ("Italy", "Италия"))
    assert "<mark>Italy</mark>" in in_english
    assert "Names:" not in in_english
    assert "Names: <mark>Италия</mark>" in in_russian
    at_home = page(client, "Kazakhstan", kind="organisation")
    assert "<mark>Kazakhstan</mark>" in at_home
    assert "Names:" not in at_home, "other names of the same country"


@pytest.mark.parametrize(
    "query", ["q=Italy", "q=agreement+OR+uranium&kind=agreement&kind=event", "country=EE", "q=gas&topic=energy"]
)
def test_the_counts_beside_the_facets_are_what_their_links_lead_to(query: str) -> None:
    for facet in under(SearchFilterSet, query).facets:
        for value in facet.values:
            assert under(SearchFilterSet, value.only_url).qs.count() == value.count, (facet.name, value)


@pytest.mark.parametrize("noun", FILTERSETS)
def test_the_search_and_the_list_of_a_kind_find_the_same(noun: str) -> None:
    filters = FILTERSETS[noun]
    for text in ("italy", "tokayev OR energy", "Каз -oil", '"central asia"'):
        everywhere = under(SearchFilterSet, f"q={text}&kind={noun}").qs
        listed = under(filters, f"q={text}").qs
        assert everywhere.count() == listed.count()
        assert {hit.pk for hit in everywhere[:500]} == {row.pk for row in listed}


def test_pages_count_and_both_orders_hold_the_same(client: Client) -> None:
    for sort in ("relevance", "newest"):
        asked = under(SearchFilterSet, f"q=italy&sort={sort}").qs
        number = asked.count()
        hits = [hit for start in range(0, number + 25, 25) for hit in asked[start : start + 25]]
        assert len(hits) == len(set(hits)) == number > 50
    assert "1 to 25 of" in page(client, "italy")
    assert 'class="refused' in page(client, "italy", page="99")


@pytest.mark.parametrize("state", [DRAFT, WITHDRAWN], ids=["draft", "withdrawn"])
def test_what_is_hidden_is_neither_found_nor_offered(state: dict[str, Any], client: Client) -> None:
    one_of_each("Zzhidden", state)
    shown = make_person(name="Zzhiddem Shown")
    for plural in ("search", "articles", "agreements", "figures", "events", "persons", "countries", "topics"):
        assert "zzhidden" not in page(client, "zzhidde", f"/en/{plural}/").lower()
    assert found("Zzhidden", 50) == []
    assert found("zzhiddem") == [("person", shown.title)]


def test_an_entry_hidden_later_is_found_no_more_and_not_offered(client: Client) -> None:
    article = make_article(headline="Zzquark speaks")
    assert found("zzquark") == [("article", "Zzquark speaks")]
    assert "Zzquark" in OFFERED.search(page(client, "Zzquarck"))[1]  # type: ignore[index]
    Article.objects.filter(pk=article.pk).update(**WITHDRAWN)
    assert found("zzquark") == []
    assert not OFFERED.search(page(client, "Zzquarck"))


def test_the_number_of_queries_does_not_grow_with_the_record(client: Client) -> None:
    queries = ("q=italy", "q=headline+OR+event&country=IT&sort=newest", "topic=energy", "q=zzqqxx")
    addresses = [f"{SEARCH}?{query}" for query in queries]
    _grow(30)
    few = asked(client, addresses)
    assert max(few.values()) < 45
    _grow(60)
    many = asked(client, addresses)
    assert all(many[address] <= few[address] for address in addresses), (few, many)


def _grow(number: int) -> None:
    energy = Topic.objects.get(slug="energy")
    outlet = Article.public.select_related("outlet").first().outlet
    for _one in range(number):
        article = make_article(partners=["IT"], topics=[energy], outlet=outlet)
        make_agreement(by=article, parties=["IT", "KZ"]).topics.add(energy)
        make_event(by=article)


@pytest.mark.parametrize(
    ("path", "text", "number", "shown"),
    [
        ("countries", "Turkey", 1, "Türkiye"),
        ("topics", "faiths", 1, "Religion"),
        ("outlets", "trend.az", 1, "Trend News Agency"),
        ("persons", "Тоқаев", 1, "Kassym-Jomart Tokayev"),
        ("organisations", "KPO", 1, "Karachaganak Petroleum Operating BV"),
        ("indicators", "uranium", 2, "uranium needs"),
        ("sources", "digest", 1, "The Astana Times"),
    ],
)
def test_a_directory_shows_what_its_text_box_finds(
    path: str, text: str, number: int, shown: str, client: Client
) -> None:
    html = page(client, text, f"/en/{path}/")
    assert html.count('class="directory-name"') == number
    assert shown in html
    assert 'class="refused' in page(client, text, f"/en/{path}/", colour="blue")
    nothing = page(client, "zzqqxx", f"/en/{path}/")
    assert "Nothing in the record answers" in nothing
    assert 'class="directory-name"' not in nothing


def test_the_page_explains_itself_and_its_examples_find_something(client: Client) -> None:
    text = client.get(SEARCH).content.decode()
    examples = re.findall(r'<dt><a href="([^"]+)"', text)
    assert len(examples) == 3
    assert all(said(client, unescape(example)) > 0 for example in examples)
    assert 'class="refused' in client.get(SEARCH, {"colour": "blue"}).content.decode()


def test_every_page_leads_to_the_search_and_browsers_can_add_it(client: Client) -> None:
    for address in ("/en/articles/", "/en/about/", "/en/nowhere/"):
        text = client.get(address).content.decode()
        assert re.search(r'<form[^>]+action="/en/search/"', text)
        assert 'type="application/opensearchdescription+xml" href="/opensearch.xml"' in text
    described = client.get("/opensearch.xml")
    assert described.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    assert 'template="http://testserver/en/search/?q={searchTerms}"' in described.content.decode()


def test_of_very_many_articles_those_named_so_come_first_and_none_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.filters.search.WEIGHED", 6)
    said = [
        make_article(summary=f"{SUMMARY} zephyr", date=date)
        for date in ("2025-01-01", "2024", "", "2024-03", "2025-01-01", "2023-05-05", "2022") * 3
    ]
    titled = [make_article(headline=f"Zephyr {n}", date=f"20{n}-01-01") for n in (10, 11, 12)]
    agreement = make_agreement(by=said[0], name="The zephyr pact")
    for sort in ("relevance", "newest"):
        listed = SearchFilterSet(QueryDict(f"q=zephyr&sort={sort}"), SearchFilterSet.start())
        number = listed.qs.count()
        assert number == len(said) + len(titled) + 1
        hits = [hit for start in range(0, number + 4, 4) for hit in listed.qs[start : start + 4]]
        assert {(hit.noun, hit.pk) for hit in hits} == {
            ("agreement", agreement.pk),
            *(("article", article.pk) for article in (*said, *titled)),
        }
        assert len(hits) == number
        if sort == "relevance":
            assert {hit.pk for hit in hits[:4]} == {agreement.pk, *(article.pk for article in titled)}
        else:
            days = [Article.objects.get(pk=hit.pk).date_earliest for hit in hits if hit.noun == "article"]
            known = [day for day in days if day]
            assert known == sorted(known, reverse=True)
            assert days[len(known) :] == [None] * 3


def test_words_in_very_many_titles_tell_none_from_another_but_who_is_called_so_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("articles.filters.search.WEIGHED", 2)
    monkeypatch.setattr("articles.filters.search.TITLED", 3)
    called = make_article(headline="Zephyr", date="2001")
    others = [make_article(headline=f"Zephyr {n}", date=f"20{n}-01-01") for n in (10, 11, 12, 13)]
    listed = SearchFilterSet(QueryDict("q=zephyr"), SearchFilterSet.start())
    assert [hit.pk for hit in listed.qs[:5]] == [called.pk, *(article.pk for article in reversed(others))]


def test_of_common_words_it_counts_only_where_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.filters.search.COMMON", 3)
    often = make_article(summary=f"{SUMMARY} zephyr zephyr zephyr zephyr", date="2001")
    said = [make_article(summary=f"{SUMMARY} zephyr", date=f"20{n}-01-01") for n in (10, 12)]
    titled = [make_article(headline=f"The Zephyr {n}", date=f"20{n}-01-01") for n in (11, 13)]
    topic = make_topic(name="Far from the zephyr")
    beginning, called = make_article(headline="Zephyr again", date="2002"), make_article(headline="Zephyr", date="2001")
    hits = SearchFilterSet(QueryDict("q=zephyr"), SearchFilterSet.start()).qs[:25]
    order: list[Any] = [called, beginning, topic, *reversed(titled), *reversed(said), often]
    assert [hit.pk for hit in hits] == [one.pk for one in order]
