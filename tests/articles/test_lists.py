"""Lists: exact counts, honest sentences, nothing swallowed."""

import re
from html import unescape
from itertools import combinations

import pytest
from django.test import Client
from django.urls import reverse

from articles.filters import AgreementFilterSet, ArticleFilterSet, RecordFilterSet
from articles.models import Article, Country, SourceDocument, Topic
from tests.articles.builders import make_agreement, make_article, make_outlet, make_source
from tests.articles.reading import asked

pytestmark = pytest.mark.django_db

ARTICLES, AGREEMENTS = "/en/articles/", "/en/agreements/"
COUNTED = re.compile(r'<a class="facet-count" href="([^"]+)"[^>]*>(\d+)</a>')
SAID = re.compile(r'<p class="said"[^>]*><b>(\d+) ')


def said(client: Client, address: str) -> int:
    """Return how many entries the sentence over a list says there are."""
    answer = client.get(address)
    assert answer.status_code == 200
    found = SAID.search(answer.content.decode())
    assert found, address
    return int(found[1])


def counted(client: Client, address: str) -> list[tuple[str, int]]:
    """Return the link and the count of every value in the rail."""
    text = client.get(address).content.decode()
    path = address.partition("?")[0]
    return [(path + unescape(link), int(n)) for link, n in COUNTED.findall(text)]


@pytest.mark.parametrize("filters", [ArticleFilterSet, AgreementFilterSet])
def test_two_values_of_a_facet_widen_and_two_facets_narrow(filters: type[RecordFilterSet], client: Client) -> None:
    start = reverse(f"articles:{'article' if filters is ArticleFilterSet else 'agreement'}-list")
    everything = said(client, start)
    for one, two in combinations(["country=IT", "country=EU", "topic=energy", "topic=diplomacy"], 2):
        a, b, both = (said(client, f"{start}?{query}") for query in (one, two, f"{one}&{two}"))
        if one.partition("=")[0] == two.partition("=")[0]:
            assert max(a, b) <= both <= min(a + b, everything)
        else:
            assert both <= min(a, b)


BAD = [
    ("country=XX", "XX"),
    ("country=it", "it"),
    ("from=2025-13", "2025-13"),
    ("to=2025-02-30", "2025-02-30"),
    ("from=2025-05&to=2024", "2024"),
    ("page=abc", "abc"),
    ("page=0", "page"),
    ("page=99999999999999999999999999", "page"),
    ("page=-1", "-1"),
    ("page=1.5", "1.5"),
    ("sort=upwards", "upwards"),
    ("dates=maybe", "maybe"),
    ("year=10000000000000000000000000", "1000000000"),
    ("topic=%00energy", "topic"),
    ("q=" + "a" * 10_000, "aaaa"),
    ("colour=blue", "colour"),
    ("page=1&page=2", "page"),
    ("q=one&q=two", "two"),
    ("country=%F0%28%8C%28", "country"),
]


@pytest.mark.parametrize(("query", "named"), BAD)
def test_what_is_not_understood_is_named_and_the_rest_still_works(query: str, named: str, client: Client) -> None:
    answer = client.get(f"{ARTICLES}?topic=energy&{query}")
    text = answer.content.decode()
    assert answer.status_code == 200
    told = re.search(r'class="refused.*?</(?:div|section|aside)>', text, re.DOTALL)
    assert told, "the reader is not told"
    assert named in told[0]
    if "topic" not in query and not query.startswith("q=one"):
        assert said(client, f"{ARTICLES}?topic=energy&{query}") <= said(client, f"{ARTICLES}?topic=energy")
        assert "Energy" in text


@pytest.mark.parametrize("query", ["q=&from=&to=&sort=", "q=%00", "q=uranium%00%07", "q=-", 'q="', "q=OR", "q=(((*^"])
def test_empty_parameters_and_whatever_is_typed_are_no_fault(query: str, client: Client) -> None:
    text = client.get(f"{ARTICLES}?{query}").content.decode()
    assert "refused" not in re.sub(r"<link[^>]*>", "", text)


def test_nothing_a_reader_sends_comes_back_as_markup(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    for name in ("q", "country", "from", "page", "sort", evil):
        text = client.get(ARTICLES, {name: evil}).content.decode()
        assert "<script>alert" not in text


def test_a_date_filter_says_what_is_certain_and_what_is_possible(client: Client) -> None:
    Article.objects.all().delete()
    make_article(date="2025-11-25", headline="Exact")
    make_article(date="2025-11", headline="Coarse")
    make_article(date="[2025..]", headline="Open")
    make_article(date="", headline="Undated")
    text = client.get(f"{ARTICLES}?from=2025-11-20&to=2025-11-30").content.decode()
    assert said(client, f"{ARTICLES}?from=2025-11-20&to=2025-11-30") == 3
    assert "2 of them only possibly" in " ".join(text.split())
    assert said(client, f"{ARTICLES}?from=2025-11-20&to=2025-11-30&dates=certain") == 1
    assert said(client, f"{ARTICLES}?from=2025-11&to=2025-11&dates=certain") == 2
    assert said(client, f"{ARTICLES}?from=2026") == 1
    assert said(client, f"{ARTICLES}?year=none") == 2


def test_a_coarse_date_follows_the_exact_ones_of_its_period(client: Client) -> None:
    Article.objects.all().delete()
    for date in ("2025-10-31", "2025-11", "2025-11-01", "2025-11-30", "2025", "2025-12-01", ""):
        make_article(date=date)
    newest = [one.date_edtf for one in Article.public.all().newest_first()]
    oldest = [one.date_edtf for one in Article.public.all().oldest_first()]
    assert newest == ["2025-12-01", "2025-11-30", "2025-11-01", "2025-11", "2025-10-31", "2025", ""]
    assert oldest == ["2025-10-31", "2025-11-01", "2025-11-30", "2025-11", "2025-12-01", "2025", ""]


def test_the_text_box_finds_headlines_outlets_names_and_topics(client: Client) -> None:
    for words in ("nexus", "Diplomat", "trend.az", "Cutler", "италия", "Kyrgyz Republic", "Hydrogen"):
        assert said(client, f"{ARTICLES}?q={words}") >= 1, words
    assert said(client, f"{ARTICLES}?q=nowhere-to-be-found") == 0
    assert "Nothing in the record" in client.get(f"{ARTICLES}?q=nowhere-to-be-found").content.decode()
    assert said(client, f"{AGREEMENTS}?q=Eni wind") >= 1


def test_paging_and_sorting_keep_the_filter(client: Client) -> None:
    text = client.get(f"{AGREEMENTS}?country=IT&sort=title").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following
    assert unescape(following[1]) == "?country=IT&sort=title&page=2"
    assert said(client, AGREEMENTS + unescape(following[1])) == said(client, f"{AGREEMENTS}?country=IT")


def test_the_number_of_queries_does_not_grow_with_the_record(client: Client) -> None:
    filters = ("", "?country=IT", "?country=IT&topic=energy&q=a")
    addresses = [ARTICLES + "?from=2024", *(address + given for address in (ARTICLES, AGREEMENTS) for given in filters)]
    _grow(30)
    few = asked(client, addresses)
    _grow(60)
    assert asked(client, addresses) == few


def test_the_number_of_queries_of_the_other_pages_is_fixed_too(client: Client) -> None:
    names = ("country-list", "topic-list", "outlet-list", "organisation-list", "source-list")
    most = {reverse(f"articles:{name}"): 20 for name in names}
    # A dossier shows eight nouns with their parts, their sources and their marks; each is asked for once.
    most |= {
        reverse("articles:home"): 60,
        Country.public.get(iso="IT").url: 75,
        Topic.public.get(slug="energy").url: 25,
    }
    few = asked(client, most)
    assert all(few[address] <= most[address] for address in most), few
    _grow(40)
    many = asked(client, most)
    assert all(many[address] <= few[address] for address in most), (few, many)


def _grow(n: int) -> None:
    """Add n articles on Italy and energy, each with an agreement."""
    energy = Topic.objects.get(slug="energy")
    shown = Article.public.select_related("outlet").first()
    for _number in range(n):
        article = make_article(partners=["IT"], topics=[energy], outlet=shown.outlet)
        agreement = make_agreement(by=article, parties=["IT", "KZ"])
        agreement.topics.add(energy)


def test_source_documents_stand_on_pages_digests_first(client: Client) -> None:
    paper = make_outlet(name="The Zephyr")
    for n in range(60):
        make_source(publisher=paper, label=f"Page {n}", kind="digest" if n == 0 else "article")
    number = SourceDocument.public.count()
    listed = []
    for n in range(-(-number // 25)):
        text = client.get(f"/en/sources/?page={n + 1}").content.decode()
        listed += re.findall(r'<p class="directory-name"><a href="([^"]+)"', text)
        assert ("Single articles" in text, 'aria-label="Pages"' in text) == (True, True)
    assert sorted(listed) == sorted(one.url for one in SourceDocument.public.all())
    kinds = {one.url: one.kind for one in SourceDocument.public.all()}
    assert [kinds[url] for url in listed] == sorted(kinds.values(), reverse=True)
    assert "This list has" in unescape(client.get("/en/sources/?page=99").content.decode())


def test_an_outlet_names_its_newest_documents_and_leads_to_the_others(client: Client) -> None:
    paper = make_outlet(name="The Zephyr")
    for n in range(9):
        make_source(publisher=paper, label=f"Page {n}")
    text = client.get(paper.url).content.decode()
    assert len(re.findall(r">\[?Page \d", text)) == 6
    way = re.search(r'href="(/en/sources/[^"]+)">3 more: search the sources<', text)
    assert way
    found = client.get(unescape(way[1])).content.decode()
    assert all(f"[Page {n}]" in found for n in range(9))
