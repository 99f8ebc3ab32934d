"""Bibliographies: what third-party readers make of them is what the record holds, whatever a value contains."""

import json
import re
from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.citations.bibtex import bibtex
from articles.citations.csl import csl_item
from articles.citations.reference import Name, body
from articles.citations.ris import ris
from articles.filters import FILTERSETS
from articles.models import NOUNS, Article
from tests.articles.builders import DRAFT, WITHDRAWN, make_agreement, make_article, make_event, one_of_each
from tests.articles.test_citations import made

FILTERED = ["article?country=IT&sort=oldest", "agreement?country=IT", "event?country=IT", "figure?topic=energy"]

HOSTILE = [
    'A } { "quoted" \\ 100% of $5 & #1_a ~ ^ end',
    "two\nlines\r\nER  - \r\nTY  - JOUR",
    "@article{evil,\n title={x}}",
    "unbalanced {{{ and }",
    "Қазақстан мен Қырғызстан: «ынтымақтастық»",
    "trailing backslash \\",
    "a\x00b\x1bc\u2028d",
    "A and B, Jr",
]


def body_of(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def address_of(listed: str, suffix: str) -> str:
    noun, _mark, query = listed.partition("?")
    return f"{reverse(f'articles:{noun}-data', args=[suffix])}?{query}"


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    library = parse_string(text)
    assert not library.failed_blocks
    assert not library.comments, "text outside of entries"
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


def read_ris(text: str) -> list[dict[str, Any]]:
    assert all(line.endswith("\r\n") for line in text.splitlines(keepends=True))
    entries: list[dict[str, Any]] = rispy.load(StringIO(text.replace("\r\n", "\n")))
    return entries


CSL_TYPES = {"article-newspaper", "treaty", "document", "dataset", "webpage"}
CSL_TEXTS = {
    *("id", "type", "title", "container-title", "publisher", "genre", "event-place", "URL", "source", "archive"),
    *("archive_location", "language", "keyword", "abstract", "note"),
}


def check_csl(items: Iterable[dict[str, Any]]) -> None:
    """Check what the published schema of CSL data asks of the variables that we use."""
    for item in items:
        assert item["type"] in CSL_TYPES
        assert set(item) <= CSL_TEXTS | {"author", "issued", "accessed"}, item
        assert all(isinstance(item[name], str) and item[name] for name in CSL_TEXTS & set(item))
        for name in item.get("author", []):
            assert set(name) in ({"literal"}, {"family", "given"}, {"family", "given", "suffix"})
        for date in (item.get("issued", {"literal": "none"}), item["accessed"]):
            assert set(date) <= {"date-parts", "season", "circa", "literal"}
            assert ("date-parts" in date) != ("literal" in date)
            assert 1 <= len(date.get("date-parts", [[]])) <= 2
            for part in date.get("date-parts", []):
                assert 1 <= len(part) <= 3
                assert all(type(number) is int for number in part)
            assert date.get("season", 1) in {1, 2, 3, 4}


@pytest.mark.django_db
@pytest.mark.parametrize("listed", [*(model.NOUN for model in NOUNS), *FILTERED])
def test_every_list_is_a_bibliography_of_exactly_its_rows_in_order(listed: str, client: Client) -> None:
    noun = listed.partition("?")[0]
    data = client.get(address_of(listed, "json")).wsgi_request.GET
    filters = FILTERSETS[noun](data, FILTERSETS[noun].start())
    keys = [f"sholu-{row.LETTER}-{row.code}" for row in filters.qs]
    assert keys
    in_bibtex = read_bibtex(body_of(client, address_of(listed, "bib")))
    in_ris = read_ris(body_of(client, address_of(listed, "ris")))
    in_csl = json.loads(body_of(client, address_of(listed, "csl.json")))
    check_csl(in_csl)
    assert list(in_bibtex) == [one["id"] for one in in_ris] == [one["id"] for one in in_csl] == keys
    for one, entry in zip(in_csl, in_bibtex.values(), strict=True):
        assert "data version" in one["note"]
        assert one["archive_location"] in entry["note"]


@pytest.mark.django_db
def test_bibliographies_say_what_they_are_and_have_names_for_files(client: Client) -> None:
    article = Article.public.first()
    types = {
        "bib": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
        "csl.json": "application/vnd.citationstyles.csl+json",
    }
    for suffix, media_type in types.items():
        listed = client.get(reverse("articles:article-data", args=[suffix]))
        single = client.get(reverse("articles:article-record", args=[article.code, suffix]))
        assert listed.headers["Content-Type"].startswith(media_type)
        assert single.headers["Content-Type"].startswith(media_type)
        assert f'.{suffix}"' in listed.headers["Content-Disposition"]
        assert single.headers["Content-Disposition"] == f'attachment; filename="sholu-a-{article.code}.{suffix}"'
        moved = client.get(f"/a/{article.code}.{suffix}")
        assert moved.status_code == 301
        assert moved.headers["Location"].endswith(f"{article.code}.{suffix}")


@pytest.mark.django_db
def test_a_newspaper_article_keeps_outlet_author_and_date_in_every_format(client: Client) -> None:
    def one(suffix: str) -> str:
        return body_of(client, reverse("articles:article-record", args=["kkkjb6", suffix]))

    entry = read_bibtex(one("bib"))["sholu-a-kkkjb6"]
    assert entry["author"] == "Cutler, Robert M."
    assert entry["entrysubtype"] == "newspaper"
    assert entry["journaltitle"] == entry["journal"] == "The Times of Central Asia"
    assert (entry["date"], entry["year"], entry["langid"]) == ("2025-05-30", "2025", "english")
    (found,) = read_ris(one("ris"))
    assert found["type_of_reference"] == "NEWS"
    assert found["authors"] == ["Cutler, Robert M."]
    assert found["secondary_title"] == "The Times of Central Asia"
    assert (found["year"], found["date"]) == ("2025", "2025/05/30/")
    (item,) = json.loads(one("csl.json"))
    assert item["type"] == "article-newspaper"
    assert item["author"] == [{"family": "Cutler", "given": "Robert M."}]
    assert item["container-title"] == "The Times of Central Asia"
    assert item["issued"] == {"date-parts": [[2025, 5, 30]]}


@pytest.mark.django_db
def test_a_treaty_is_a_treaty_and_a_deal_is_a_document(client: Client) -> None:
    by = Article.public.first()
    treaty = make_agreement(by=by, type="treaty", tier="intergovernmental", date="2025-11")
    deal = make_agreement(by=by, type="contract", tier="commercial", date="")
    items, texts = {}, {}
    for one in (treaty, deal):
        address = reverse("articles:agreement-record", args=[one.code, "csl.json"])
        items[one.pk] = json.loads(body_of(client, address))[0]
        texts[one.pk] = body_of(client, address.replace("csl.json", "ris"))
    assert items[treaty.pk]["type"] == "treaty"
    assert items[treaty.pk]["issued"] == {"date-parts": [[2025, 11]]}
    assert items[deal.pk]["type"] == "document"
    assert "issued" not in items[deal.pk]
    assert all(text.startswith("TY  - GOVDOC\r\n") for text in texts.values())
    assert "DA  - 2025/11//\r\n" in texts[treaty.pk]
    assert "DA  - " not in texts[deal.pk]


DATES = {
    "2025-11": ("2025-11", "2025/11//", {"date-parts": [[2025, 11]]}),
    "2026-21": ("2026-21", "2026///Spring", {"date-parts": [[2026]], "season": 1}),
    "1992-09~": ("1992-09~", "1992/09//", {"date-parts": [[1992, 9]], "circa": True}),
    "2025-11-17/2025-11-19": (
        "2025-11-17/2025-11-19",
        "///November 17–19, 2025",
        {"date-parts": [[2025, 11, 17], [2025, 11, 19]]},
    ),
    "[2025-01..2025-04]": ("2025", "2025///", {"date-parts": [[2025]]}),
    "[2025..]": (None, "///2025 or later", {"literal": "2025 or later"}),
    "": (None, None, None),
}


@pytest.mark.parametrize("edtf", DATES)
def test_no_format_makes_a_date_more_exact(edtf: str) -> None:
    in_bibtex, in_ris, in_csl = DATES[edtf]
    reference = made(date=type(made().date)(edtf))
    assert next(iter(read_bibtex(bibtex(reference)).values())).get("date") == in_bibtex
    assert rispy.loads(ris(reference).replace("\r\n", "\n"))[0].get("date") == in_ris
    assert csl_item(reference).get("issued") == in_csl


@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_in_a_value_breaks_out_of_its_field(value: str) -> None:
    names = (Name(value, value), body(value))
    reference = made(title=value, outlet=value, authors=names, abstract=value, topics=(value, "x, y"), original=value)
    text = bibtex(reference)
    assert list(read_bibtex(text)) == ["sholu-a-bcdfgh"]
    for line in text.splitlines()[1:-2]:
        depth = 0
        for sign in line.partition(" = ")[2].removesuffix(","):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0, line
        assert depth == 0, line
    lines = ris(reference).split("\r\n")
    assert [line[:6] for line in lines if line.startswith(("TY", "ER"))] == ["TY  - ", "ER  - "]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert not any(sign in line for line in lines for sign in "\n\r\x00\x1b\u2028")
    check_csl([json.loads(json.dumps(csl_item(reference)))])


def test_bibtex_escapes_every_special_sign_and_keeps_letters() -> None:
    text = bibtex(made(title="& % $ # _ { } ~ ^ \\ Қ", topics=("a, b", "c")))
    assert (
        r"title = {{\& \% \$ \# \_ \textbraceleft{} \textbraceright{} \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{} Қ}}"
    ) in text
    assert "keywords = {{a, b}, c}" in text
    assert "author = {{Sample Agency} and Cutler, Robert M.}" in bibtex(
        made(authors=(body("Sample Agency"), Name("Cutler", "Robert M.")))
    )
    assert "author = {{Sample Agency}}" in bibtex(made(authors=(body("Sample Agency"),)))


@pytest.mark.django_db
def test_hidden_entries_are_in_no_bibliography_feed_or_calendar(client: Client) -> None:
    drafts, gone = one_of_each("Zzdraft", DRAFT), one_of_each("Zzgone", WITHDRAWN)
    for model in NOUNS:
        for suffix in ("bib", "atom", *(("ics",) if model.NOUN == "event" else ())):
            text = body_of(client, reverse(f"articles:{model.NOUN}-data", args=[suffix])).lower()
            assert "zzdraft" not in text, (model.NOUN, suffix)
            assert "zzgone" not in text, (model.NOUN, suffix)
    for records, status in ((drafts, 404), (gone, 410)):
        for record in records:
            address = reverse(f"articles:{record.NOUN}-record", args=[record.code, "bib"])
            assert client.get(address).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ["article", "agreement", "event"])
def test_a_bibliography_takes_as_many_queries_for_few_rows_as_for_many(noun: str, client: Client) -> None:
    by = make_article(headline="The one that attests")
    makers: dict[str, Callable[[], object]] = {
        "article": lambda: make_article(outlet=by.outlet, source=by.source, authors=["A. B"], partners=["IT"]),
        "agreement": lambda: make_agreement(by=by, parties=["IT", "KZ"]),
        "event": lambda: make_event(by=by, countries=["IT"]),
    }
    make = makers[noun]
    address = reverse(f"articles:{noun}-data", args=["bib"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            body_of(client, address)
        return len(captured)

    make()
    few = queries()
    for _n in range(10):
        make()
    assert queries() == few
