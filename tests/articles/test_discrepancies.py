"""Discrepancies: both sides stand side by side, and a mark stands beside every value concerned."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.filters.discrepancies import CONCERNED, DiscrepancyFilterSet
from articles.models import (
    CONCERNS,
    Agreement,
    AgreementValue,
    Article,
    Attestation,
    Discrepancy,
    Event,
    Figure,
    Office,
    Organisation,
    Outlet,
    Person,
    SourceDocument,
)
from tests.articles.builders import (
    DRAFT,
    WITHDRAWN,
    attest,
    make_agreement,
    make_article,
    make_discrepancy,
    make_event,
    make_event_step,
    make_evidence,
    make_figure,
    make_indicator,
    make_organisation,
    make_person,
    make_side,
    make_step,
)
from tests.articles.reading import asked
from tests.articles.test_lists import counted, said

pytestmark = pytest.mark.django_db

LIST = "/en/discrepancies/"
OWNERS = {
    "step": "agreement",
    "value": "agreement",
    "relation": "agreement",
    "event_step": "event",
    "office": "person",
    "side": "discrepancy",
}
"""Which entry the parts belong to that have attestations of their own."""

PLACE = re.compile(r'href="(/en/articles/[^"#]+)#p(\d+)"')
PARAGRAPH = re.compile(r'<li class="paragraph" id="p(\d+)">(.*?)(?=<li class="paragraph"|</ol>)', re.DOTALL)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def paragraphs(text: str) -> dict[str, str]:
    """Return what stands under each paragraph on the page of an article."""
    return dict(PARAGRAPH.findall(text))


def some(number: int) -> list[Discrepancy]:
    """Make discrepancies of every kind, weight and standing, about several partners, with sides in several outlets."""
    kinds, articles = Discrepancy.Kind.values, [make_article(partners=["IT"]) for _number in range(3)]
    agreement = make_agreement(by=articles[0], parties=["IT", "KZ"])
    figure, person, organisation = make_figure(by=articles[0]), make_person(), make_organisation()
    concerned: list[dict[str, list[Any]]] = [
        {"articles": [articles[0]]},
        {"agreements": [agreement], "steps": [agreement.every_step.get()]},
        {"steps": [agreement.every_step.get()], "figures": [figure]},
        {"persons": [person], "organisations": [organisation]},
    ]
    made = []
    for n in range(number):
        settled = n % 3 == 0
        discrepancy = make_discrepancy(
            by=articles[n % 3],
            kind=kinds[n % len(kinds)],
            weight=Discrepancy.Weight.values[n % 2],
            standing="settled" if settled else "open",
            right="The second." if settled else "",
            partners=[["IT"], ["EU", "AZ"], []][n % 3],
            **concerned[n % 4],
        )
        make_side(discrepancy, by=articles[(n + n % 2) % 3])
        made.append(discrepancy)
    return made


# --- the list -------------------------------------------------------------------------------------------------


def test_the_list_has_a_facet_for_what_readers_ask(client: Client) -> None:
    some(18)
    first = counted(client, LIST)
    assert {link.partition("?")[2].partition("=")[0] for link, _n in first} == {
        "standing",
        "kind",
        "weight",
        "country",
        "outlet",
        "concerns",
    }


def test_everything_a_discrepancy_may_concern_is_in_the_facet() -> None:
    assert {field for _label, fields in CONCERNED.values() for field in fields} == set(CONCERNS)


def test_the_order_is_by_weight_unless_another_is_asked_for(client: Client) -> None:
    Discrepancy.objects.all().delete()
    by = make_article()
    make_discrepancy(by=by, name="Aa of form", weight="minor", noted_on="2026-03-01")
    make_discrepancy(by=by, name="Bb settled", standing="settled", right="The first.", noted_on="2026-02-01")
    make_discrepancy(by=by, name="Cc open", noted_on="2026-01-01")
    titles = re.compile(r'class="dispute-title"><a[^>]*>(.*?)</a>')
    for query, expected in (
        ("", ["Cc open", "Bb settled", "Aa of form"]),
        ("?sort=newest", ["Aa of form", "Bb settled", "Cc open"]),
        ("?sort=title", ["Aa of form", "Bb settled", "Cc open"]),
    ):
        assert titles.findall(page(client, LIST + query)) == expected, query


def test_the_text_box_finds_titles_sides_notes_evidence_and_partners(client: Client) -> None:
    one = make_discrepancy(by=make_article(), name="Xylophones", note="Zithers remain.", partners=["IT"])
    make_side(one, by=make_article(), says="There were nine theremins.", as_written="ocarinas")
    make_evidence(one, reference="Yearbook of Balalaikas", says="It lists kazoos.")
    for word in ("xylophones", "zithers", "theremins", "ocarinas", "balalaikas", "kazoos", "xylophones италия"):
        assert said(client, f"{LIST}?q={word}") == 1, word
    assert "Nothing in the record" in page(client, f"{LIST}?q=nowhere-to-be-found")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("kind=feud", "feud"),
        ("standing=%00", "standing"),
        ("concerns=steps", "steps"),
        ("outlet=no-such-outlet", "no-such-outlet"),
        ("country=it", "it"),
        ("sort=oldest", "oldest"),
        ("page=0", "page"),
        ("colour=blue", "colour"),
        ("q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&q=two", "two"),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_still_works(query: str, named: str, client: Client) -> None:
    some(2)
    text = page(client, f"{LIST}?weight=substantive&{query}")
    told = re.search(r'class="refused.*?</(?:div|section|aside)>', text, re.DOTALL)
    assert told, "the reader is not told"
    assert named in told[0]
    assert "<script>alert" not in text


# --- both sides -----------------------------------------------------------------------------------------------


def test_the_page_shows_both_sides_their_places_and_what_is_right(client: Client) -> None:
    one, two = make_article(headline="First report"), make_article(headline="Second report")
    discrepancy = make_discrepancy(by=one, standing="settled", right="It was nine.", note="A note.", partners=["IT"])
    make_side(discrepancy, by=two, says="It was nine, the second says.", as_written="nine of them")
    make_evidence(discrepancy, reference="The register", address="https://register.example/list", says="Lists nine.")
    make_evidence(discrepancy, reference="Its own table", outside=False)
    text = page(client, discrepancy.url)
    for article in (one, two):
        assert re.search(rf'href="{article.url}#p2">{article.headline}</a>', text)
        assert article.outlet.name in text
    assert text.index("It was number 1.") < text.index("It was nine, the second says.")
    assert "“nine of them”" in text
    assert '<a href="https://register.example/list" rel="external noopener">https://register.example/list</a>' in text
    evidence = re.findall(r'<p class="evidence-head">.*?</p>', text, re.DOTALL)
    assert [("outside the sources" in head) for head in evidence] == [True, False]
    for words in ("settled", "It was nine.", "A note.", "noted by us on 15 January 2026", discrepancy.permalink):
        assert words in text, words


def test_an_open_discrepancy_says_that_nothing_settles_it(client: Client) -> None:
    text = page(client, make_discrepancy(by=make_article()).url)
    assert "nothing that we have read settles it" in text


def test_a_side_shows_only_where_a_published_article_attests_it(client: Client) -> None:
    shown = make_article()
    discrepancy = make_discrepancy(by=shown)
    for state in (DRAFT, WITHDRAWN):
        make_side(discrepancy, by=make_article(headline="Hidden report", **state), says="A hidden side.")
    hidden = make_discrepancy(by=make_article(**DRAFT), name="Attested by drafts alone", articles=[shown])
    for address in (discrepancy.url, LIST, f"{LIST}?q=hidden", shown.url):
        text = page(client, address)
        assert "hidden side" not in text.lower(), address
        assert "Hidden report" not in text, address
        assert "drafts alone" not in text, address
    assert said(client, f"{LIST}?q=hidden+side") == 0
    assert client.get(hidden.url).status_code == 404


def test_what_it_concerns_is_named_and_counted_only_where_readers_may_see_it(client: Client) -> None:
    shown = make_article()
    draft = make_figure(by=shown, name="A figure in draft", **DRAFT)
    accord = make_agreement(by=shown, name="An accord in draft", **DRAFT)
    Discrepancy.objects.all().delete()
    one = make_discrepancy(by=shown, figures=[draft], steps=[accord.every_step.get()], agreements=[accord])
    text = page(client, one.url)
    assert "in draft" not in text
    assert not [link for link, _n in counted(client, LIST) if "concerns=" in link]
    assert said(client, f"{LIST}?concerns=figures") == 0


# --- marks ----------------------------------------------------------------------------------------------------


def mark_of(discrepancy: Discrepancy) -> str:
    return f'<a href="{discrepancy.url}" title="Disagrees: {discrepancy.name}">'


def test_a_mark_stands_beside_an_article_in_lists_and_its_page_says_how_many(client: Client) -> None:
    article = make_article(partners=["IT"], headline="A single report")
    one = make_discrepancy(by=article)
    source, outlet = article.source, article.outlet
    for address in (f"{reverse('articles:article-list')}?q=single", source.url, outlet.url, article.url):
        assert mark_of(one) in page(client, address), address
    assert "1 discrepancy concerns this article" in page(client, article.url)
    make_discrepancy(by=article)
    assert "2 discrepancies concern this article" in page(client, article.url)


def test_more_than_three_stand_as_a_number_that_leads_to_all(client: Client) -> None:
    article = make_article(headline="A single report")
    for _number in range(4):
        make_discrepancy(by=article)
    text = page(client, f"{reverse('articles:article-list')}?q=single")
    assert f'href="{article.url}#discrepancies"' in text
    assert "4 discrepancies concern this" in text
    assert 'id="discrepancies"' in page(client, article.url)


def test_a_mark_stands_beside_the_very_step_or_value_of_an_agreement(client: Client) -> None:
    by = make_article()
    agreement = make_agreement(by=by, name="Single accord", status="announced", parties=["IT", "KZ"])
    last = make_step(agreement, "signed", by=by, date="2025-05-30")
    value = AgreementValue.objects.create(
        agreement=agreement, amount=8, currency="USD", meaning="signed", as_written="$8"
    )
    attest(by, value=value)
    of_step = make_discrepancy(by=by, steps=[last])
    of_value = make_discrepancy(by=by, values=[value])
    of_title = make_discrepancy(by=by, agreements=[agreement])
    row = page(client, f"{reverse('articles:agreement-list')}?q=single")
    for place, one in (
        ('class="marked">', of_title),
        ('class="agreement-since">', of_step),
        ('class="agreement-values"', of_value),
    ):
        part = row[row.index(place) :]
        assert (
            mark_of(one)
            in part[: part.index("</ul>" if "values" in place else "</div>" if "marked" in place else "</p>")]
        )
    text = page(client, agreement.url)
    step = text[text.index('id="step-2"') :]
    assert mark_of(of_step) in step[: step.index("</li>")]
    shown = text[text.index('id="value-1"') :]
    assert mark_of(of_value) in shown[: shown.index("</li>")]
    assert mark_of(of_title) in text
    assert "3 discrepancies concern this agreement" in text
    for one, anchor in ((of_step, "#step-2"), (of_value, "#value-1"), (of_title, '"')):
        assert f"{agreement.url}{anchor}" in page(client, one.url)


@pytest.mark.parametrize("field", ["figures", "events", "persons", "organisations", "outlets", "sources"])
def test_a_mark_stands_on_the_page_of_everything_else_it_concerns(field: str, client: Client) -> None:
    by = make_article()
    make: dict[str, Callable[[], Any]] = {
        "figures": lambda: make_figure(by=by, name="Single figure"),
        "events": lambda: make_event(by=by, name="Single encounter", countries=["IT", "KZ"]),
        "persons": make_person,
        "organisations": make_organisation,
        "outlets": lambda: by.outlet,
        "sources": lambda: by.source,
    }
    entry = make[field]()
    one = make_discrepancy(by=by, **{field: [entry]})
    assert f'href="{one.url}"' in page(client, entry.url)
    assert f'href="{entry.url}"' in page(client, one.url)
    if field in ("figures", "events"):
        address = reverse(f"articles:{entry.NOUN}-list")
        assert mark_of(one) in page(client, f"{address}?q=single")


@pytest.mark.parametrize("state", [DRAFT, WITHDRAWN])
def test_a_hidden_discrepancy_marks_nothing(state: dict[str, Any], client: Client) -> None:
    by = make_article(headline="A single report")
    agreement = make_agreement(by=by)
    agreements = reverse("articles:agreement-list")
    addresses = [by.url, agreement.url, reverse("articles:article-list"), agreements, reverse("articles:home"), LIST]
    before = [page(client, address) for address in addresses]
    make_discrepancy(
        by=by, name="Not to be seen", articles=[by], agreements=[agreement], steps=[agreement.every_step.get()], **state
    )
    assert [page(client, address) for address in addresses] == before


# --- the way to a paragraph, and back -------------------------------------------------------------------------


def test_the_links_to_a_paragraph_find_it_and_it_leads_back(client: Client) -> None:
    """Of the pages, one in eight: the links of all are made from the attestations, which the next test reads."""
    some(4)
    articles = {article.url: paragraphs(page(client, article.url)) for article in Article.public.all()}
    for noun in (Agreement, Figure, Event, Person, Discrepancy, Organisation):
        met = 0
        for record in noun.public.order_by("-pk")[::8]:
            for address, number in set(PLACE.findall(page(client, record.url))):
                assert number in articles[address], (record.url, address, number)
                met += f'href="{record.url}"' in articles[address][number]
        assert met or noun is Organisation, noun  # its page lists what others attest


def test_every_public_attestation_has_its_paragraph(client: Client) -> None:
    some(4)
    for article in Article.public.all():
        listed = paragraphs(page(client, article.url))
        for one in Attestation.public.filter(article=article).select_related(
            "agreement",
            "step__agreement",
            "value__agreement",
            "relation__agreement",
            "figure",
            "event",
            "event_step__event",
            "office__person",
            "side__discrepancy",
        ):
            subject = getattr(one, one.subject)
            entry = getattr(subject, OWNERS.get(one.subject, ""), subject)
            assert f'href="{entry.url}"' in listed[str(one.paragraph)], (article.url, one.paragraph, entry)


def test_a_paragraph_names_each_entry_once_with_all_it_says_of_it(client: Client) -> None:
    by = make_article()
    agreement = make_agreement(by=by, status="signed", date="2025-05-30", parties=["IT"])
    value = AgreementValue.objects.create(
        agreement=agreement, amount=8, currency="USD", meaning="signed", as_written="$8"
    )
    attest(by, value=value, note="In passing.")
    event = make_event(by=by, status="planned", date="2026-05", name="Encounter in Rome")
    make_event_step(event, "postponed", by=by)
    figure = make_figure(by=by)
    person = make_person()
    office = Office.objects.create(person=person, position=1, title="Envoy", country_id="IT")
    attest(by, office=office)
    discrepancy = make_discrepancy(by=by)
    listed = paragraphs(page(client, by.url))
    assert list(listed) == ["2"]
    for record in (agreement, event, figure, person, discrepancy):
        assert listed["2"].count(f'<p class="attested-title"><a href="{record.url}"') == 1, record
    words = unescape(re.sub(r"<[^>]+>", " ", listed["2"]))
    for said_here in (
        "signed",
        "30 May 2025",
        "US$8",
        "In passing.",
        "planned",
        "postponed",
        "US$5 billion",
        "Envoy, Italy",
        "It was number 1.",
    ):
        assert said_here in words, said_here


def test_an_article_says_when_nothing_rests_on_it_yet(client: Client) -> None:
    assert "Nothing in the record rests on this article yet" in page(client, make_article().url)


# --- as many as there may be ----------------------------------------------------------------------------------


def _grow(n: int, by: Article) -> None:
    """Tie n discrepancies to one article, and to n agreements, figures, events and persons that it attests."""
    indicator = make_indicator()
    for _number in range(n):
        agreement = make_agreement(by=by, parties=["IT", "KZ"])
        person = make_person()
        attest(by, office=Office.objects.create(person=person, position=1, title="Envoy"))
        one = make_discrepancy(
            by=by,
            partners=["IT"],
            articles=[by],
            agreements=[agreement],
            steps=[agreement.every_step.get()],
            figures=[make_figure(by=by, indicator=indicator, partners=["IT"])],
            events=[make_event(by=by, countries=["IT", "KZ"])],
            persons=[person],
            outlets=[by.outlet],
            sources=[by.source],
        )
        make_evidence(one)


def test_the_number_of_queries_is_the_same_with_one_and_with_many(client: Client) -> None:
    by = make_article(partners=["IT"])
    _grow(1, by)
    one, agreement = Discrepancy.objects.latest("pk"), Agreement.objects.latest("pk")
    addresses = [LIST, *(reverse(f"articles:{noun}-list") for noun in ("article", "agreement", "figure", "event"))]
    addresses += [one.url, by.url, agreement.url, by.outlet.url, by.source.url]
    few = asked(client, addresses)
    _grow(50, by)
    for n in range(50):
        make_side(one, by=by, says=f"Side {n}.")
        attest(by, agreement=agreement)
    assert asked(client, addresses) == few


@pytest.mark.parametrize("query", ["", "?country=IT&concerns=agreements&q=a&kind=contradiction"])
def test_the_list_asks_little(query: str, client: Client) -> None:
    some(9)
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST + query)
    assert len(queries) <= 24


def test_the_filters_refuse_nothing_that_the_facets_offer() -> None:
    some(18)
    filters = DiscrepancyFilterSet(QueryDict(), DiscrepancyFilterSet.start())
    offered = {facet.name: [value.value for value in facet.values] for facet in filters.facets}
    query = QueryDict(urlencode(offered, doseq=True))
    assert not DiscrepancyFilterSet(query, DiscrepancyFilterSet.start()).query.problems
    assert Outlet.public.exists()
    assert SourceDocument.public.exists()
