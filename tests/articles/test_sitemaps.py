"""Search engines are told every public address, in files as small as they ask for."""

import re

import pytest
from django.test import Client

from articles import sitemaps
from articles.models import NOUNS, Article
from tests.articles.builders import DRAFT, WITHDRAWN, make_agreement, make_article, make_source

pytestmark = pytest.mark.django_db


def told(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [
        found.removeprefix("http://testserver") for found in re.findall(r"<loc>([^<]+)</loc>", answer.content.decode())
    ]


def test_a_small_record_has_one_file_with_every_public_address(client: Client) -> None:
    shown = make_article()
    hidden = [make_article(**DRAFT), make_article(**WITHDRAWN), make_agreement(by=shown, **DRAFT), make_source(**DRAFT)]
    addresses = told(client, "/sitemap.xml")
    assert len(addresses) == len(set(addresses))
    assert set(addresses) >= {shown.url, "/en/", "/en/articles/"} | {one.url for m in NOUNS for one in m.public.all()}
    assert not {one.url for one in hidden} & set(addresses)


def test_a_large_one_has_a_file_that_leads_to_the_others(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told(client, "/sitemap.xml")
    monkeypatch.setattr(sitemaps, "MOST", len(whole) - 1)
    assert "/sitemap-agreement.xml" in told(client, "/sitemap.xml")
    monkeypatch.setattr(sitemaps, "MOST", len(whole))
    monkeypatch.setattr(sitemaps.RecordSitemap, "limit", 40)
    files = told(client, "/sitemap.xml")
    assert "/sitemap-agreement.xml?p=2" in files
    parts = [told(client, file) for file in files]
    assert all(len(part) > 0 for part in parts)
    assert sorted(address for part in parts for address in part) == sorted(whole)
    newest = max(Article.public.values_list("modified_at", flat=True)).isoformat()
    assert f"/sitemap-article.xml</loc><lastmod>{newest}</lastmod>" in client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert client.get("/sitemap-article.xml?p=9999").status_code == 404
