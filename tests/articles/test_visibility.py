"""A draft or withdrawn entry shows nowhere: on no page, list, count, sitemap or redirect."""

import itertools
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import NOUNS
from tests.articles.builders import DRAFT, WITHDRAWN, one_of_each

pytestmark = pytest.mark.django_db

SAMPLE = 12
"""Of the links that filter a list, one in so many is followed."""

LINK = re.compile(r'href="([^"]+)"')
TEXTS = ("home", "about", "method", "legend", "accessibility", "styleguide")


def crawl(client: Client, *, most: int = 2000) -> dict[str, str]:
    """Return every page reachable by links, with its text; of the links that filter a list, a sample, one step deep."""
    filtered = itertools.count()
    start = [reverse(f"articles:{name}") for name in (*TEXTS, *(f"{model.NOUN}-list" for model in NOUNS))]
    waiting = [*start, "/sitemap.xml", "/robots.txt"]
    pages: dict[str, str] = {}
    while waiting and len(pages) < most:
        address = waiting.pop()
        if address in pages:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, (answer.status_code, address)
        assert not answer.cookies
        pages[address] = text = answer.content.decode()
        if "?" in address:
            continue
        for found in LINK.findall(text):
            link = unescape(found).partition("#")[0]
            if link.startswith("?"):
                if next(filtered) % SAMPLE:
                    continue
                link = address + link
            if link.startswith("http://testserver"):
                link = link.removeprefix("http://testserver")
                if re.fullmatch(r"/[a-z]/\w+", link):
                    assert client.get(link).status_code == 301, link
                    continue
            if link.startswith("/en/") and link not in pages:
                waiting.append(link)
    return pages


def test_every_internal_link_answers_and_no_page_loads_from_elsewhere(client: Client) -> None:
    pages = crawl(client)
    assert len(pages) > 250
    for address, text in pages.items():
        loaded = re.findall(r'(?:src|srcset|action|poster)="([^"]+)"|<link[^>]+href="([^"]+)"[^>]*>', text)
        for one in {part for pair in loaded for part in pair if part}:
            assert one.startswith(("/", "http://testserver/")), (address, one)


def test_drafts_and_withdrawn_entries_show_nowhere(client: Client) -> None:
    before = crawl(client)
    drafts, gone = one_of_each("Zzdraft", DRAFT), one_of_each("Zzgone", WITHDRAWN)
    after = crawl(client)
    assert set(before) == set(after), set(before) ^ set(after)
    for address, text in after.items():
        assert "zzdraft" not in text.lower(), address
        assert "zzgone" not in text.lower(), address
        assert before[address] == text, address
    for records, expected in ((drafts, 404), (gone, 410)):
        for record in records:
            assert client.get(record.url).status_code == expected
            assert client.get(record.permalink).status_code == expected
    for query in ("country=XA", "country=XB", "topic=zzdraft-subject", "outlet=zzgone-gazette"):
        text = client.get(f"{reverse('articles:article-list')}?{query}").content.decode()
        assert 'class="refused' in text, query
