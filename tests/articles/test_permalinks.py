"""The address of an entry is a promise: one canonical page, one redirect to it, a tombstone when it is gone."""

import pytest
from django.test import Client

from articles import permalinks
from articles.models import NOUNS, Article, Record
from tests.articles.builders import DRAFT, WITHDRAWN, make_article, make_topic

pytestmark = pytest.mark.django_db


def test_a_code_has_no_vowels_and_no_look_alikes() -> None:
    assert not set(permalinks.ALPHABET) & set("aeiouyl01")
    code = permalinks.mint()
    assert len(code) == permalinks.LENGTH
    assert permalinks.normalise(code.upper()) == code
    assert permalinks.normalise("aeiou0") is None


@pytest.mark.parametrize("model", NOUNS)
def test_every_other_writing_of_an_address_leads_to_the_canonical_one_in_one_step(
    model: type[Record], client: Client
) -> None:
    record: Record = model.public.first()
    assert client.get(record.url).status_code == 200
    head, code, slug = record.url.rstrip("/").rsplit("/", 2)
    others = [
        record.permalink,
        record.permalink + "/",
        f"/{model.LETTER}/{code.upper()}",
        f"{head}/{code}",
        f"{head}/{code}/",
        f"{head}/{code}/{slug}",
        f"{head}/{code}/another-name/",
        f"{head}/{code.upper()}/{slug.upper()}/",
        f"{head}/{code}/name with blanks",
        f"{head}/{code}//",
    ]
    for address in others:
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (301, record.url), address


def test_a_withdrawn_entry_answers_410_and_says_why(client: Client) -> None:
    gone = make_article(headline="Gone", **WITHDRAWN)
    for address in (gone.url, gone.permalink, f"/en/articles/{gone.code}/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "It was entered twice." in answer.content.decode()
        assert "Gone" not in answer.content.decode()


def test_a_draft_is_not_there(client: Client) -> None:
    draft = make_topic(**DRAFT)
    assert client.get(draft.url).status_code == 404
    assert client.get(draft.permalink).status_code == 404


def test_a_renamed_entry_keeps_its_old_address(client: Client) -> None:
    article = Article.public.exclude(headline="").first()
    old = article.url
    Article.objects.filter(pk=article.pk).update(headline="An entirely new name")
    answer = client.get(old)
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/an-entirely-new-name/")


@pytest.mark.parametrize("address", ["/a/", "/a/aeiou0", "/q/222222", "/a/2222222", "/en/articles/-/x/", "/a/%00"])
def test_what_is_no_address_is_a_404_or_400(address: str, client: Client) -> None:
    assert client.get(address).status_code in (400, 404)
