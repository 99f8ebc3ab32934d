"""A draft or withdrawn entry shows nowhere: on no page, list, count, sitemap or redirect."""

import itertools
import re
import zlib
from collections.abc import Collection
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import NOUNS, Country
from tests.articles.builders import DRAFT, WITHDRAWN, one_of_each, public_of_each, public_one

pytestmark = pytest.mark.django_db

SAMPLE = 12
"""Of the links that filter a list, one in so many is followed."""

DATA_FILES = 6
"""How many files of data an entry or a list has beside its page: of these so many fewer are followed."""

LINK = re.compile(r'href="([^"]+)"')
ENTRY = re.compile(r"/\w+/\w+/(\w{6})[/.]")
PERMALINK = re.compile(r"/[a-z]/\w+(\.[a-z.]+)?")
TEXTS = ("home", "about", "method", "legend", "accessibility", "styleguide")


def links(address: str, text: str) -> list[str]:
    """Return where the links of a page lead, inside the portal."""
    found = [unescape(link).partition("#")[0] for link in LINK.findall(text)]
    full = [address + link if link.startswith("?") else link.removeprefix("http://testserver") for link in found]
    return [link for link in full if link.startswith("/") and not link.startswith("/static/")]


def told(answer: Any) -> str:
    """Return everything that an answer says: page, stream or archive, with whatever lies in it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return str(content, "utf-8", "replace")


def crawl(client: Client, one_in: int = 1, always: Collection[str] = ()) -> dict[str, str]:
    """Return every page reachable by links, with its text; of the addresses that filter a list, a sample.

    Of the entries' pages one in so many is followed, the same on every crawl, and those of `always`.
    """
    names = [*TEXTS, *(f"{model.NOUN}-list" for model in NOUNS)]
    waiting = [*(reverse(f"articles:{name}") for name in names), "/sitemap.xml", "/robots.txt"]
    filtered = {False: itertools.count(), True: itertools.count()}
    pages: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        is_data = "." in address
        files = DATA_FILES if is_data else 1
        if address in pages or ("?" in address and next(filtered[is_data]) % (SAMPLE * files)):
            continue
        entry = ENTRY.match(address)
        if entry and entry[1] not in always and zlib.crc32(entry[1].encode()) % (one_in * files):
            continue
        answer = client.get(address)
        assert answer.status_code == (301 if PERMALINK.fullmatch(address) else 200), address
        assert not answer.cookies
        pages[address] = text = told(answer)
        if "?" not in address:
            waiting += [link for link in links(address, text) if link not in pages]
    return pages


@pytest.mark.long
def test_every_internal_link_answers_and_no_page_loads_from_elsewhere(client: Client) -> None:
    # Links do not depend on the database: on the second one a smaller part will do.
    pages = crawl(client, one_in=2 if connection.vendor == "sqlite" else 16)
    assert len(pages) > 250
    for address, text in pages.items():
        if "<html" not in text:
            continue
        loaded = re.findall(r'(?:src|srcset|action|poster)="([^"]+)"|<link[^>]+href="([^"]+)"[^>]*>', text)
        for one in {part for pair in loaded for part in pair if part}:
            target = urljoin(f"http://testserver{address}", one)
            assert target.startswith("http://testserver/"), (address, one)


@pytest.mark.long
def test_drafts_and_withdrawn_entries_show_nowhere(client: Client) -> None:
    public_of_each()
    tied = {public_one(model).code for model in NOUNS} | {Country.objects.get(iso=iso).code for iso in ("IT", "EU")}
    one_in = 10 if connection.vendor == "sqlite" else 40
    told(client.get(reverse("articles:dataset")))  # the Data page tells its size once it has been made
    before = crawl(client, one_in=one_in, always=tied)
    drafts, gone = one_of_each("Zzdraft", DRAFT), one_of_each("Zzgone", WITHDRAWN)
    after = crawl(client, one_in=one_in, always=tied)
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
