"""Where readers are offered a citation: on every entry and on every list, which tells later what has changed."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import cited
from articles.edition import edition
from articles.models import NOUNS, Article, Figure
from articles.query import MAX_LENGTH
from tests.articles.builders import make_article

pytestmark = pytest.mark.django_db

ARTICLES = "/en/articles/"
SAID = re.compile(r'<p class="note since-cited"[^>]*>(.*?)</p>')


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def said(client: Client, address: str) -> str:
    found = SAID.search(page(client, address))
    return found[1] if found else ""


@pytest.mark.parametrize("model", NOUNS)
def test_every_entry_says_how_it_is_cited(model: Any, client: Client) -> None:
    entry = model.public.order_by("pk").first()
    text = page(client, entry.url)
    address = f"http://testserver/{model.LETTER}/{entry.code}"
    for style in ("apa", "chicago"):
        found = re.search(rf'<p class="cite-text" id="cite-{style}"[^>]*>(.*?)</p>', text, re.DOTALL)
        assert found
        assert address in found[1]
        assert edition().version in found[1]
        assert f'data-copy="cite-{style}"' in text
    for suffix in ("bib", "ris", "csl.json"):
        file = reverse(f"articles:{model.NOUN}-record", args=[entry.code, suffix])
        assert f'<a href="{file}" download>' in text
        assert client.get(file).status_code == 200
    assert f'<a href="{address}" rel="bookmark">' in text
    assert "Accessed on" in text


def test_figures_side_by_side_are_cited_too(client: Client) -> None:
    figure = Figure.public.filter(partners="IT").select_related("indicator").first()
    address = f"{figure.indicator.url}IT/"
    text = page(client, address)
    assert f"{figure.indicator.name}: Italy [Figures side by side]" in text
    assert f"http://testserver{address}" in text
    assert f"/en/figures.bib?indicator={figure.indicator.slug}&country=IT" in text


@pytest.mark.parametrize("model", NOUNS)
def test_every_list_says_how_it_is_cited_and_what_its_files_hold(model: Any, client: Client) -> None:
    address = reverse(f"articles:{model.NOUN}-list")
    text = page(client, address)
    written = f"{address}?cited={model.public.count()}.{edition().version}"
    assert text.count(f"http://testserver{written}") >= 3
    assert f'href="{reverse(f"articles:{model.NOUN}-data", args=["bib"])}"' in text
    assert said(client, written).endswith("Nothing has changed since.")


def test_a_cited_list_says_what_has_changed_since(client: Client) -> None:
    text = page(client, f"{ARTICLES}?topic=energy&country=IT&country=EU&page=1")
    address = re.search(r"http://testserver(/en/articles/\?\S+?&cited=[\w.-]+?)\.?<", text)
    assert address
    assert address[1].startswith("/en/articles/?country=EU&country=IT&topic=energy&cited="), "one order, no page"
    then = Article.public.filter(partners__in=["IT", "EU"], topics__slug="energy").distinct().count()
    assert said(client, address[1]).startswith(f"Cited with {then} records, as of ")
    assert said(client, address[1]).endswith("Nothing has changed since.")
    make_article(partners=["JP"])
    assert said(client, address[1]).endswith("There are as many now; the record has changed since.")
    energy = Article.public.filter(topics__slug="energy").first()
    assert energy
    make_article(partners=["IT"], topics=[energy.topics.get(slug="energy")])
    assert said(client, address[1]).endswith(f"There are {then + 1} now.")


def test_links_from_a_cited_list_do_without_the_citation(client: Client) -> None:
    text = page(client, f"{ARTICLES}?country=IT&cited=4.2026-11-22.1a2b3c4d5e6f")
    assert '<link rel="canonical" href="http://testserver/en/articles/?country=IT">' in text
    left = re.findall(r'(?:href|value)="[^"]*cited=([^"]*)"', text)
    assert all(one.endswith(edition().version) for one in left), "only the citation of now"
    assert client.get("/en/articles.csv?country=IT&cited=4.2026-11-22.1a2b3c4d5e6f").status_code == 200


BAD = [
    "4",
    "x",
    "4.2026-13-01.1a2b3c4d5e6f",
    "4.2026-11-22.1A2B3C4D5E6F",
    "-1.2026-11-22.1a2b3c4d5e6f",
    "٤.2026",
    "%00",
]


@pytest.mark.parametrize("value", [*BAD, "9" * MAX_LENGTH])
def test_what_is_no_citation_is_refused_by_name(value: str, client: Client) -> None:
    text = page(client, f"{ARTICLES}?country=IT&cited={value}")
    refused = re.search(r'class="refused".*?</section>', text, re.DOTALL)
    assert refused
    assert "cited" in refused[0]
    assert not SAID.search(text)
    assert client.get(f"/en/articles.json?cited={value}").status_code == 400


def test_a_citation_reads_back_as_it_was_written() -> None:
    for text in ("0.empty.000000000000", "12.2026-11-22.1a2b3c4d5e6f"):
        read = cited.read(text)
        assert read
        assert str(read) == text
    assert cited.read("4.2026-11-22.1a2b3c4d5e6f\n") is None


def test_references_of_rows_stand_in_lists_of_articles_and_on_no_page_of_an_entry(client: Client) -> None:
    listed = client.get(ARTICLES).content.decode()
    spans = re.findall(r'<span class="Z3988" title="([^"]+)"></span>', listed)
    assert len(spans) == Article.public.count()
    assert all("&amp;rft.source=" in span and "rft.type=newspaperArticle" in span for span in spans)
    assert "Z3988" not in page(client, Article.public.first().url)
