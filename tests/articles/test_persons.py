"""Persons and organisations: what the record ties to them, and nothing that is not public."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Country, Organisation, Person
from tests.articles.builders import (
    DRAFT,
    WITHDRAWN,
    make_article,
    make_discrepancy,
    make_event,
    make_figure,
    make_office,
    make_organisation,
    make_person,
)
from tests.articles.reading import asked, shown

pytestmark = pytest.mark.django_db

PERSONS = "/en/persons/"


@pytest.fixture
def article() -> Article:
    """An article of the public record."""
    found: Article = Article.public.first()
    return found


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def grow(article: Article, person: Person, works: Organisation, n: int) -> None:
    """Tie n of everything to a person and to an organisation, each with a discrepancy."""
    for _number in range(n):
        event = make_event(by=article, persons=[person], organisations=[works], countries=["IT"])
        figure = make_figure(by=article, speaker=person)
        figure.organisations.add(works)
        make_office(person, "Head", by=article, organisation=works, country_id="IT", date="2025")
        person.articles.add(make_article(partners=["IT"]))
        make_discrepancy(by=article, persons=[person], organisations=[works], events=[event])


def test_persons_stand_under_their_countries_with_office_and_numbers(client: Client, article: Article) -> None:
    person = make_person(name="Zarina Person", country=Country.objects.get(iso="IT"))
    nowhere = make_person(name="Zeno Person")
    make_office(person, "Deputy Minister of Pears", by=article)
    make_office(person, "Minister of Pears", by=article)
    make_event(by=article, persons=[person])
    make_event(by=article, persons=[person])
    make_figure(by=article, speaker=person)
    text = text_of(client, PERSONS)
    entry = text[text.index("Zarina Person") :]
    entry = entry[: entry.index("</li>")]
    for words in ("1 figure, 2 events", "Minister of Pears"):
        assert words in entry, words
    assert "Deputy" not in entry
    assert text.index(">Italy<") < text.index("Zarina Person") < text.index("No country given")
    assert text.index("No country given") < text.index(nowhere.url)


def test_the_page_of_a_person_shows_all_that_is_tied_to_it(client: Client, article: Article) -> None:
    person = make_person(name="Zarina Person", aliases=["Zareena Persson"])
    works = make_organisation(name="Pear Works")
    make_office(person, "Chair of pears", by=article, organisation=works, date="2024")
    event = make_event(by=article, name="Talks on pears", persons=[person])
    event.every_participant.update(office="Chair", role="host")
    make_figure(by=article, name="Pears in crates", speaker=person)
    written = make_article(headline="An essay on pears")
    person.articles.add(written)
    make_discrepancy(by=article, name="Two spellings of pears", persons=[person])
    text = text_of(client, person.url)
    expected = ["Zareena Persson", "Chair of pears", "Pear Works", "2024", "Talks on pears", "Chair; host"]
    expected += ["Pears in crates", "An essay on pears", "Two spellings of pears", f"{article.url}#p2"]
    for words in expected:
        assert words in text, words
    assert client.get(person.permalink).headers["Location"] == person.url


def test_the_page_of_an_organisation_shows_all_that_is_tied_to_it(client: Client, article: Article) -> None:
    person, works = make_person(name="Zarina Person"), make_organisation(name="Pear Works")
    make_office(person, "Chair of pears", by=article, organisation=works)
    make_event(by=article, name="Talks on pears", organisations=[works])
    make_figure(by=article, name="Pears it says", speaking_body=works)
    make_figure(by=article, name="Pears of it").organisations.add(works)
    make_discrepancy(by=article, name="Two names for pears", organisations=[works])
    text = text_of(client, works.url)
    expected = ("Chair of pears", person.url, "Talks on pears", "Pears it says", "Pears of it", "Two names for pears")
    for words in (*expected, "2 figures"):
        assert words in text, words


@pytest.mark.parametrize("state", [DRAFT, WITHDRAWN])
def test_what_is_not_public_shows_on_no_page_of_a_person_or_organisation(
    state: dict[str, Any], client: Client, article: Article
) -> None:
    person, works = make_person(), make_organisation()
    make_office(person, "Head", by=article, organisation=works)
    pages = [PERSONS, person.url, works.url]
    before = [shown(client, page) for page in pages]

    hidden_article = make_article(headline="Zz headline", **state)
    make_office(person, "Zz office", by=hidden_article, organisation=works)
    make_event(by=article, name="Zz talks", persons=[person], organisations=[works], **state)
    make_event(by=hidden_article, name="Zz rumour", persons=[person], organisations=[works])
    make_figure(by=article, name="Zz figure", speaker=person, **state).organisations.add(works)
    make_figure(by=hidden_article, name="Zz unattested", speaker=person).organisations.add(works)
    person.articles.add(hidden_article)
    make_discrepancy(by=article, name="Zz conflict", persons=[person], organisations=[works], **state)
    stranger = make_person(name="Zz Person", **state)
    make_office(stranger, "Zz chair", by=article, organisation=works)
    assert [shown(client, page) for page in pages] == before


@pytest.mark.parametrize("state", [DRAFT, WITHDRAWN])
def test_an_office_at_a_hidden_body_of_a_hidden_country_keeps_only_its_title(
    state: dict[str, Any], client: Client, article: Article
) -> None:
    land = Country.objects.create(iso="XA", name="Zzland", **state)
    person = make_person(country=land)
    make_office(person, "Head", by=article, organisation=make_organisation(name="Zz Works", **state), country=land)
    for page in (PERSONS, person.url):
        text = text_of(client, page)
        assert "Zz" not in text
        assert "Head" in text


def test_the_number_of_queries_of_the_pages_is_fixed(client: Client, article: Article) -> None:
    person, works = make_person(country=Country.objects.get(iso="IT")), make_organisation()
    pages = [PERSONS, person.url, works.url]
    grow(article, person, works, 1)
    few = asked(client, pages)
    grow(article, person, works, 40)
    for _number in range(40):
        make_office(make_person(country=Country.objects.get(iso="JP")), "Head", by=article)
    assert asked(client, pages) == few
