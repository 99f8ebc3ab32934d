"""What machines read of a page: reference managers, sites that show a link, search engines; never more than readers."""

import json
import re
from collections import defaultdict
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from articles.edition import edition
from articles.models import NOUNS, Article, Country
from tests.articles.builders import (
    DRAFT,
    WITHDRAWN,
    make_agreement,
    make_article,
    make_discrepancy,
    make_event,
    make_figure,
    make_outlet,
    make_side,
    make_source,
)

pytestmark = pytest.mark.django_db

ORIGIN = "http://testserver"
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def tags(client: Client, address: str) -> dict[str, list[str]]:
    """Return the tags of a page's head, each with all its values."""
    found = defaultdict(list)
    for name, content in META.findall(client.get(address).content.decode()):
        found[name].append(unescape(content))
    return found


def graph(client: Client, address: str) -> dict[str, Any]:
    """Return the one block of JSON-LD of a page."""
    blocks = DATA.findall(client.get(address).content.decode())
    assert len(blocks) == 1, address
    read: dict[str, Any] = json.loads(blocks[0])
    assert read["@context"] == "https://schema.org"
    return read


def thing(client: Client, record: Any) -> dict[str, Any]:
    entity: dict[str, Any] = graph(client, record.url).get("mainEntity", {})
    return entity


# --- reference managers ---------------------------------------------------------------------------------------------

ZOTERO_TYPES = {"newspaperArticle", "document", "dataset", "webpage", "journalArticle"}


def zotero(found: dict[str, list[str]]) -> dict[str, Any]:
    """Read the tags of a page by the rules of Zotero's translator for embedded metadata."""
    kind, extra = (found["z:itemType"] or [""])[0], []
    if found["citation_journal_title"] or not kind:
        kind = "journalArticle"
    if kind not in ZOTERO_TYPES:
        kind, extra = "document", [f"Type: {kind}"]
    return {
        "type": kind,
        "title": found["citation_title"][0],
        "creators": found["citation_author"],
        "publication": (found["DC.source"] or found["og:site_name"])[0],
        "date": (found["citation_publication_date"] + found["citation_date"] or [""])[-1],
        "abstract": "".join(found["citation_abstract"]),
        "extra": [*extra, *found["DC.description"]],
    }


def test_zotero_saves_an_article_as_that_of_its_newspaper(client: Client) -> None:
    digest = make_source(kind="digest", publisher=make_outlet(name="The Digest"))
    article = make_article(
        headline="Neighbours & “friends”",
        outlet=make_outlet(name="The Paper"),
        source=digest,
        authors=["Fabio Indeo", "Ada van der Berg"],
        date="2025-05-30",
    )
    saved = zotero(tags(client, article.url))
    assert (saved["type"], saved["publication"]) == ("newspaperArticle", "The Paper")
    assert saved["title"] == "Neighbours & “friends”"
    assert saved["creators"] == ["Fabio Indeo", "van der Berg, Ada"]
    assert saved["date"] == "2025/05/30"
    assert saved["abstract"] == article.summary
    assert saved["extra"] == []


def test_every_article_of_the_record_is_saved_with_outlet_author_and_date(client: Client) -> None:
    for article in Article.public.all().with_names():
        found = tags(client, article.url)
        saved = zotero(found)
        assert (saved["type"], saved["publication"]) == ("newspaperArticle", article.outlet.name)
        assert len(saved["creators"]) == len(article.authors)
        assert saved["date"][:4] in {"", article.date_edtf.strip("[")[:4]}
        assert found["citation_public_url"] == [f"{ORIGIN}{article.permalink}"]
        assert not found["citation_journal_title"]


@pytest.mark.parametrize(
    ("edtf", "day", "month"),
    [
        ("2025-05-30", "2025/05/30", ""),
        ("2025-05", "2025", "2025/05"),
        ("2025", "2025", ""),
        ("[2025-01..2025-04]", "2025", ""),
        ("2025-11-17/2025-11-19", "2025", "2025/11"),
        ("2024/2025", "", ""),
        ("[2025..]", "", ""),
        ("", "", ""),
    ],
)
def test_no_tag_is_more_precise_than_the_date(edtf: str, day: str, month: str, client: Client) -> None:
    found = tags(client, make_article(date=edtf).url)
    assert found["citation_publication_date"] == [day] * bool(day)
    assert found["citation_date"] == [month] * bool(month)
    assert bool(found["article:published_time"]) == (edtf == "2025-05-30")


def test_zotero_saves_a_treaty_as_a_document_with_its_type_and_other_agreements_as_documents(client: Client) -> None:
    report = make_article()
    treaty = zotero(tags(client, make_agreement(by=report, type="treaty", name="Treaty of Friends").url))
    assert (treaty["type"], treaty["extra"]) == ("document", ["Type: treaty"])
    assert treaty["title"] == "Treaty of Friends"
    memorandum = zotero(tags(client, make_agreement(by=report, type="memorandum").url))
    assert (memorandum["type"], memorandum["extra"]) == ("document", [])


# --- sharing --------------------------------------------------------------------------------------------------------


def test_a_shared_link_shows_the_card_of_the_entry(client: Client) -> None:
    article = Article.public.first()
    found = tags(client, article.url)
    assert found["og:image"] == [f"{ORIGIN}/en/articles/{article.code}.png"]
    assert (found["og:image:width"], found["og:image:height"]) == (["1200"], ["630"])
    assert article.title in found["og:image:alt"][0]
    assert found["twitter:card"] == ["summary_large_image"]
    assert found["og:url"] == [f"{ORIGIN}{article.url}"]
    assert found["og:title"] == [article.title]


@pytest.mark.parametrize("address", ["/en/", "/en/articles/?country=IT", "/en/about/", "/en/topics/", "/en/coverage/"])
def test_every_page_says_once_what_it_is(address: str, client: Client) -> None:
    found = tags(client, address)
    for name in ("og:title", "og:url", "og:image", "og:type", "og:site_name"):
        assert len(found[name]) == 1, name
        assert found[name][0], name
    text = client.get(address).content.decode()
    assert f'<link rel="alternate" hreflang="en" href="{ORIGIN}{address}">' in text
    assert f'<link rel="alternate" hreflang="x-default" href="{ORIGIN}{address}">' in text


def test_the_language_neutral_address_stands_for_all_languages_of_an_entry(client: Client) -> None:
    article = Article.public.first()
    text = client.get(article.url).content.decode()
    assert f'<link rel="alternate" hreflang="x-default" href="{ORIGIN}{article.permalink}">' in text


# --- schema.org -----------------------------------------------------------------------------------------------------

REQUIRED = {
    "NewsArticle": {"name", "publisher", "inLanguage"},
    "Legislation": {"name", "legislationType"},
    "CreativeWork": {"name"},
    "Observation": {"name", "value", "variableMeasured", "measurementQualifier"},
    "Event": {"name", "subjectOf"},
    "ClaimReview": {"claimReviewed", "itemReviewed", "author", "url", "datePublished"},
    "Country": {"name", "identifier"},
    "DefinedTerm": {"name", "termCode"},
    "Organization": {"name"},
    "NewsMediaOrganization": {"name"},
    "Person": {"name"},
}


@pytest.mark.parametrize("model", NOUNS)
def test_the_page_of_an_entry_says_what_it_is_about_and_where_it_stands(model: Any, client: Client) -> None:
    for record in model.public.order_by("pk")[:3]:
        page = graph(client, record.url)
        assert page["@type"] == "WebPage"
        assert page["url"] == f"{ORIGIN}{record.url}"
        assert page["version"] == edition().version
        way = page["breadcrumb"]["itemListElement"]
        assert [step["position"] for step in way] == [1, 2, 3]
        assert (way[0]["item"], way[2]["item"]) == (f"{ORIGIN}/en/", page["url"])
        entity = page.get("mainEntity")
        if entity is None:
            assert record.is_open
            continue
        assert entity["@id"] == f"{ORIGIN}{record.permalink}"
        kind = entity["@type"].replace("Analysis", "").replace("Opinion", "")
        assert set(entity) >= REQUIRED.get(kind, {"name"}), kind
        assert None not in entity.values()


def test_an_article_is_the_outlets_and_not_ours(client: Client) -> None:
    article = make_article(
        outlet=make_outlet(name="The Paper", kind="newspaper"),
        source=make_source(kind="digest"),
        genre="opinion",
        original_url="https://paper.example/story",
        authors=["Ada Byron"],
        date="2025-05",
    )
    told = thing(client, article)
    assert told["@type"] == "OpinionNewsArticle"
    assert told["url"] == "https://paper.example/story"
    assert (told["publisher"]["@type"], told["publisher"]["name"]) == ("NewsMediaOrganization", "The Paper")
    assert told["author"] == [{"@type": "Person", "name": "Ada Byron"}]
    assert told["datePublished"] == "2025-05"
    assert told["isPartOf"]["@type"] == "CreativeWork"


def test_what_we_infer_is_not_told_as_fact(client: Client) -> None:
    article = make_article(date="2025-05-30", date_basis="inferred", date_note="The speech was then.")
    assert "datePublished" not in thing(client, article)
    assert "headline" not in thing(client, make_article(headline="", label="A label"))


def test_an_agreement_is_law_only_where_it_is_a_treaty_and_in_force_only_where_a_source_says_so(client: Client) -> None:
    report = make_article()
    signed = thing(client, make_agreement(by=report, type="treaty", status="signed", date="2025-05-30"))
    assert (signed["@type"], signed["legislationDate"]) == ("Legislation", "2025-05-30")
    assert "legislationLegalForce" not in signed
    in_force = thing(client, make_agreement(by=report, type="convention", status="in force"))
    assert in_force["legislationLegalForce"] == "https://schema.org/InForce"
    for more in ({"type": "memorandum"}, {"type": "treaty", "binding": "not binding"}, {"tier": "commercial"}):
        assert thing(client, make_agreement(by=report, **more))["@type"] == "CreativeWork"


@pytest.mark.parametrize(
    ("qualifier", "bound"),
    [("", "value"), ("over", "minValue"), ("at least", "minValue"), ("up to", "maxValue"), ("nearly", "maxValue")],
)
def test_a_figure_is_bounded_as_its_source_bounds_it(qualifier: str, bound: str, client: Client) -> None:
    told = thing(client, make_figure(by=make_article(), qualifier=qualifier, meaning="potential"))
    numbers = {name: told["value"][name] for name in ("value", "minValue", "maxValue") if name in told["value"]}
    assert numbers == {bound: 5_000_000_000}
    assert told["value"]["unitText"] == "USD"
    assert told["measurementQualifier"] == "potential"


def test_an_approximate_figure_has_words_and_no_number(client: Client) -> None:
    value = thing(client, make_figure(by=make_article(), qualifier="about"))["value"]
    assert value["name"] == "about US$5 billion"
    assert not {"value", "minValue", "maxValue"} & set(value)


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2025-11-17/2025-11-19", "2025-11-17", "2025-11-19"),
        ("2025-11-17", "2025-11-17", None),
        ("2026", "2026", None),
        ("[2025-01..2025-04]", None, None),
        ("2025-05~", None, None),
        ("", None, None),
    ],
)
def test_an_event_starts_no_more_precisely_than_is_known(
    edtf: str, start: str | None, end: str | None, client: Client
) -> None:
    told = thing(client, make_event(by=make_article(), date=edtf))
    assert (told.get("startDate"), told.get("endDate")) == (start, end)


def test_the_status_of_an_event_is_the_last_that_was_said(client: Client) -> None:
    report = make_article()
    for status, expected in (
        ("postponed", "EventPostponed"),
        ("cancelled", "EventCancelled"),
        ("held", "EventScheduled"),
    ):
        told = thing(client, make_event(by=report, status=status))
        assert told["eventStatus"] == f"https://schema.org/{expected}"
    for unsure in ("proposed", "superseded", ""):
        assert "eventStatus" not in thing(client, make_event(by=report, status=unsure))


def test_only_a_settled_discrepancy_reviews_claims(client: Client) -> None:
    report = make_article(headline="What it said")
    settled = make_discrepancy(by=report, standing="settled", right="It was the second.")
    make_side(settled, by=report, says="It was the first.")
    told = thing(client, settled)
    assert told["@type"] == "ClaimReview"
    assert told["reviewBody"] == "It was the second."
    assert [claim["@type"] for claim in told["itemReviewed"]] == ["Claim", "Claim"]
    assert told["itemReviewed"][1]["appearance"][0]["name"] == "What it said"
    assert thing(client, make_discrepancy(by=report)) == {}


def test_lists_home_and_data_say_what_they_hold(client: Client) -> None:
    listed = graph(client, "/en/articles/?country=IT")
    assert listed["@type"] == "CollectionPage"
    items = listed["mainEntity"]
    assert items["numberOfItems"] == len(items["itemListElement"]) == Article.public.filter(partners="IT").count()
    home = graph(client, "/en/")["mainEntity"]
    assert home["@type"] == "WebSite"
    assert home["potentialAction"]["target"]["urlTemplate"] == f"{ORIGIN}/en/search/?q={{search_term_string}}"
    data = graph(client, "/en/data/")["mainEntity"]
    assert data["@type"] == "Dataset"
    assert data["version"] == edition().version
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["distribution"][0]["contentUrl"] == f"{ORIGIN}/en/data/sholu.zip"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/(\d{4}-\d\d-\d\d|\.\.)", data["temporalCoverage"])


def test_no_text_of_an_entry_can_end_the_block_it_stands_in(client: Client) -> None:
    evil = '</script><script>alert(1)</script><!-- & "'
    article = make_article(headline=evil)
    assert thing(client, article)["headline"] == evil
    assert "<script>alert" not in client.get(article.url).content.decode()


def test_what_readers_may_not_see_stands_in_no_head(client: Client) -> None:
    report = Article.public.first()
    for state in (DRAFT, WITHDRAWN):
        hidden = make_article(headline="Zzhidden headline", **state)
        agreement = make_agreement(by=report, parties=["IT"])
        agreement.parties.add(Country.objects.create(iso=f"X{state['state'][0].upper()}", name="Zzland", **state))
        for record in (agreement, make_event(by=report), make_figure(by=report)):
            field = record.NOUN
            record.every_attestation.create(article=hidden, paragraph=1, line=99)
            text = client.get(record.url).content.decode()
            assert "Zzhidden" not in text, field
            assert "Zzland" not in text, field
        Country.objects.filter(name="Zzland").update(name=f"Zzland {state['state']}")


# --- oEmbed ---------------------------------------------------------------------------------------------------------


def test_an_address_pasted_elsewhere_becomes_a_link_with_the_card(client: Client) -> None:
    article = Article.public.first()
    discovery = re.search(
        r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)">',
        client.get(article.url).content.decode(),
    )
    assert discovery
    for address in (unescape(discovery[1]), f"/en/oembed.json?url={quote(f'{ORIGIN}{article.permalink}')}"):
        told = client.get(address).json()
        assert (told["version"], told["type"], told["title"]) == ("1.0", "link", article.title)
        assert told["thumbnail_url"] == f"{ORIGIN}/en/articles/{article.code}.png"
    small = client.get(f"{unescape(discovery[1])}&maxwidth=400").json()
    assert "thumbnail_url" not in small


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?url=", 400),
        ("?url=nonsense", 404),
        ("?url=http://testserver/en/about/", 404),
        ("?url=http://elsewhere.example/a/mk2x38", 404),
        ("?url=http://testserver/a/zzzzzz", 404),
        ("?url=http://%5B", 404),
        ("?url=http://testserver/a/mk2x38&format=xml", 404),
    ],
)
def test_what_is_no_entry_of_ours_is_refused_readably(query: str, status: int, client: Client) -> None:
    answer = client.get(f"/en/oembed.json{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_a_withdrawn_entry_cannot_be_embedded(client: Client) -> None:
    gone = make_article(**WITHDRAWN)
    assert client.get(f"/en/oembed.json?url={ORIGIN}{gone.permalink}").status_code == 410


def test_the_humans_are_named_with_the_state_of_their_work(client: Client) -> None:
    answer = client.get("/humans.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert edition().version in answer.content.decode()
