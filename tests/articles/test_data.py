"""Lists and entries as data: the rows that the page counts, in every format; refusals that programs can read."""

import csv
import json
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.filters import FILTERSETS
from articles.formats import LIST_FORMATS, PAGE_SIZE, RECORD_FORMATS, workbook
from articles.formats.cells import defused
from articles.formats.columns import COLUMNS, Column, Type, plain
from articles.formats.fetching import with_everything
from articles.models import NOUNS, Agreement, Article, Country
from tests.articles.builders import (
    DRAFT,
    WITHDRAWN,
    make_agreement,
    make_article,
    make_discrepancy,
    make_event,
    make_figure,
    make_outlet,
    one_of_each,
    public_of_each,
)
from tests.articles.test_lists import said

pytestmark = pytest.mark.django_db

LISTS = {model.NOUN: reverse(f"articles:{model.NOUN}-list") for model in NOUNS}
PROBLEM = "application/problem+json"


def body(answer: Any) -> bytes:
    """Return what an answer holds; Django's client closes a stream at its end, and leaves the database open."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def address(noun: str, suffix: str, query: str = "") -> str:
    return reverse(f"articles:{noun}-data", args=[suffix]) + (f"?{query}" if query else "")


def json_of(client: Client, noun: str, query: str = "") -> dict[str, Any]:
    answer = client.get(address(noun, "json", query))
    assert answer.status_code == 200, answer.content
    read: dict[str, Any] = answer.json()
    return read


def csv_of(client: Client, noun: str, query: str = "") -> list[dict[str, str]]:
    text = body(client.get(address(noun, "csv", query))).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def sheet_of(client: Client, noun: str, query: str = "") -> list[tuple[Any, ...]]:
    """Return the rows of the first sheet, the header first."""
    book = openpyxl.load_workbook(BytesIO(body(client.get(address(noun, "xlsx", query)))), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


def all_columns(columns: tuple[Column, ...]) -> Iterator[Column]:
    for column in columns:
        yield column
        yield from all_columns(column.parts)


# --- rows ---------------------------------------------------------------------------------------------------------

FILTERS = [
    ("article", "country=IT"),
    ("article", "country=IT&country=EU&topic=energy"),
    ("article", "from=2025-11&to=2025-11&dates=certain"),
    ("article", "q=summit"),
    ("agreement", "country=IT&status=signed"),
    ("figure", "country=IT&meaning=potential&sort=oldest"),
    ("event", "when=past&year=2025"),
    ("discrepancy", "standing=settled"),
]


@pytest.mark.parametrize(("noun", "query"), FILTERS)
def test_a_filtered_list_has_exactly_the_rows_that_its_page_counts(noun: str, query: str, client: Client) -> None:
    counted = said(client, f"{LISTS[noun]}?{query}")
    pages = json_of(client, noun, query)
    codes = [record["code"] for record in pages["records"]]
    assert pages["count"] == counted == len(codes) > 0
    assert [row["code"] for row in csv_of(client, noun, query)] == codes
    assert [row[0] for row in sheet_of(client, noun, query)[1:]] == codes


@pytest.mark.parametrize("noun", COLUMNS)
def test_the_columns_are_those_described_in_every_format(noun: str, client: Client) -> None:
    names = [column.name for column in COLUMNS[noun]]
    records = json_of(client, noun)["records"]
    assert records
    assert all(list(record) == names for record in records)
    assert list(csv_of(client, noun)[0]) == names
    assert list(sheet_of(client, noun)[0]) == names


def test_every_column_has_one_name_and_a_description() -> None:
    for columns in COLUMNS.values():
        assert len({column.name for column in columns}) == len(columns)
        for column in all_columns(columns):
            assert str(column.description).endswith(".")
            assert re.fullmatch(r"[a-z][a-z_]*", column.name)
            assert bool(column.parts) == (column.type is Type.OBJECTS)


def test_pages_follow_one_another_and_end(client: Client) -> None:
    author = make_article(partners=["IT"])
    for _number in range(PAGE_SIZE):
        make_agreement(by=author, parties=["IT", "KZ"])
    step: str | None = address("agreement", "json", "country=IT")
    codes: list[str] = []
    page: dict[str, Any] = {}
    while step:
        answer = client.get(step)
        page = answer.json()
        codes += [record["code"] for record in page["records"]]
        links = {relation: link for link, relation in re.findall(r'<([^>]+)>; rel="(\w+)"', answer["Link"])}
        assert (links.get("next"), links.get("prev")) == (page["next"], page["previous"])
        assert {"first", "last"} <= set(links)
        step = page["next"]
    assert len(codes) == len(set(codes)) == page["count"] > PAGE_SIZE
    assert page["page"] == page["pages"]


def test_a_list_takes_the_same_number_of_queries_however_long_it_is(client: Client) -> None:
    client.get(address("agreement", "csv"))
    author = make_article(partners=["IT"])
    counted = []
    for more in (1, 40):
        for _number in range(more):
            make_agreement(by=author, parties=["IT", "KZ"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            body(client.get(address("agreement", "csv", "country=IT")))
        counted.append(len(queries))
    assert counted[0] == counted[1] < 40


def test_a_search_is_data_like_a_list(client: Client) -> None:
    query = "q=Eni&kind=agreement&kind=organisation"
    counted = said(client, f"/en/search/?{query}")
    found = json_of(client, "search", query)
    assert found["count"] == counted == len(found["records"]) > 1
    assert {record["kind"] for record in found["records"]} == {"agreement", "organisation"}
    assert [row["code"] for row in csv_of(client, "search", query)] == [one["code"] for one in found["records"]]
    assert json_of(client, "search", "q=-")["count"] == 0


# --- values -------------------------------------------------------------------------------------------------------


def test_numbers_and_dates_are_as_exact_as_their_source_and_no_more(client: Client) -> None:
    article = make_article(partners=["IT"], date="2025-11")
    written = {"amount": "13.50", "scale": 0, "measure": "percent", "currency": "", "as_written": "13.50%"}
    figure = make_figure(by=article, date="[2024-03..2024-06]", partners=["IT"], **written)
    large = make_figure(by=article, amount="14.5", scale=9, as_written="14.5 billion")
    records = {record["code"]: record for record in json_of(client, "figure")["records"]}
    record = records[figure.code]
    assert (record["amount"], record["value"]) == ("13.50", "13.5")
    assert (record["date"], record["date_earliest"], record["date_latest"]) == (
        "[2024-03..2024-06]", "2024-03-01", "2024-06-30",
    )  # fmt: skip
    assert record["attestations"][0]["article"] == article.code
    assert records[large.code]["value"] == "14500000000"
    rows = {row["code"]: row for row in csv_of(client, "figure")}
    assert rows[large.code]["value"] == "14500000000"
    assert rows[figure.code]["date"] == "[2024-03..2024-06]"
    header, *sheet = sheet_of(client, "figure")
    values = {row[0]: row[header.index("value")] for row in sheet}
    assert values[figure.code] == 13.5
    assert values[large.code] == 14_500_000_000


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-cmd", "@x", "\t=1", "\r=1", "＝1+1", "'=1", "''@x"])
def test_texts_that_a_spreadsheet_would_run_are_defused_and_can_be_had_back(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3.2 %", "-1,200.50", "2025-11", "..2025", "'s-Hertogenbosch", "a=b", ""])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_formulas_in_the_record_are_text_in_a_spreadsheet(client: Client) -> None:
    make_article(headline='=HYPERLINK("http://x.example","a, b")', label="", authors=["@evil"], partners=["IT"])
    row = next(one for one in csv_of(client, "article") if "HYPERLINK" in one["title"])
    assert row["title"] == '\'=HYPERLINK("http://x.example","a, b")'
    assert row["authors"] == "'@evil"
    book = openpyxl.load_workbook(BytesIO(body(client.get(address("article", "xlsx")))))
    cells = [cell for line in book.worksheets[0].iter_rows() for cell in line]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)


def test_a_workbook_says_what_it_holds_and_equal_data_gives_equal_files(client: Client) -> None:
    one, two = (body(client.get(address("topic", "xlsx"))) for _ in range(2))
    assert one == two
    book = openpyxl.load_workbook(BytesIO(one))
    assert book.worksheets[0].freeze_panes == "A2"
    about = "\n".join(str(cell.value) for line in book["About"].iter_rows() for cell in line)
    assert json_of(client, "topic")["data_version"] in about
    assert "creativecommons.org" in about
    assert "iptc_code" in about


def test_a_workbook_that_cannot_hold_all_rows_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    answer = client.get(address("topic", "xlsx"))
    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)


def test_hidden_parts_and_entries_are_in_no_column() -> None:
    def everything() -> dict[str, str]:
        return {noun: json.dumps(list(_records(noun))) for noun in LISTS}

    public_of_each()
    before = everything()
    for mark, state in (("Zzdraft", DRAFT), ("Zzgone", WITHDRAWN)):
        one_of_each(mark, state)
    for noun, text in everything().items():
        assert "zzdraft" not in text.lower(), noun
        assert "zzgone" not in text.lower(), noun
        assert text == before[noun], noun


def _records(noun: str) -> Iterator[dict[str, Any]]:
    for row in with_everything(noun, FILTERSETS[noun].start().order_by("pk")):
        yield plain(COLUMNS[noun], row, "")


def test_a_discrepancy_is_named_where_it_concerns_a_value(client: Client) -> None:
    article = make_article(partners=["IT"])
    agreement = make_agreement(by=article, parties=["IT", "KZ"])
    discrepancy = make_discrepancy(by=article, steps=[agreement.every_step.get()])
    records = {record["code"]: record for record in json_of(client, "agreement", "country=IT")["records"]}
    assert records[agreement.code]["discrepancies"] == [f"http://testserver{discrepancy.url}"]
    event = make_event(by=article, countries=["IT"], agreements=[agreement])
    of_event = client.get(reverse("articles:event-record", args=[event.code, "json"])).json()["record"]
    assert of_event["outcomes"][0]["code"] == agreement.code


# --- refusals -----------------------------------------------------------------------------------------------------

REFUSED = [
    ("country=XX&colour=blue", {"country", "colour"}),
    ("page=0&sort=upwards", {"page", "sort"}),
    ("page=1&page=2", {"page"}),
    ("from=2025-13&to=2025-02-30&dates=maybe", {"from", "to", "dates"}),
    ("q=" + "a" * 201, {"q"}),
    ("&".join(f"country={n}" for n in range(51)), {"country"}),
]


@pytest.mark.parametrize(("query", "named"), REFUSED)
def test_every_parameter_that_is_not_understood_is_named(query: str, named: set[str], client: Client) -> None:
    answer = client.get(address("article", "json", query))
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert told["type"] == "http://testserver/en/data/#problem-parameter"
    assert told["status"] == 400
    assert {error["parameter"] for error in told["errors"]} == named
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(address("article", "csv", query)).status_code == 400


def test_a_format_that_is_whole_has_no_pages(client: Client) -> None:
    assert client.get(address("article", "csv", "page=1")).status_code == 400


@pytest.mark.parametrize("query", ["country=", "q=&sort=&from=", "page="])
def test_an_empty_value_counts_as_not_given(query: str, client: Client) -> None:
    assert json_of(client, "article", query)["count"] == Article.public.count()


def test_a_range_that_ends_before_it_begins_holds_nothing(client: Client) -> None:
    query = "from=2025-09&to=2025-03"
    make_article(date="2025", partners=["IT"])
    assert json_of(client, "article", query)["count"] == 0
    page = client.get(f"{LISTS['article']}?{query}").content.decode()
    assert "before the beginning of the range" in page


def test_what_there_is_not_is_refused_with_the_right_status(client: Client) -> None:
    gone = make_article(headline="Zz", **WITHDRAWN)
    draft = make_article(headline="Zz", **DRAFT)
    expected = {
        address("article", "json", "page=99"): (404, "page"),
        "/en/articles.pdf": (404, "format"),
        "/en/articles/222222.json": (404, "unknown"),
        "/en/articles/x/y.json": (404, "unknown"),
        "/en/articles/%00%0a.json": (404, "unknown"),
        f"/en/articles/{draft.code}.json": (404, "unknown"),
        f"/en/articles/{gone.code}.json": (410, "withdrawn"),
        f"/a/{gone.code}.json": (410, "withdrawn"),
        "/q/222222.json": (404, "unknown"),
    }
    for asked, (status, kind) in expected.items():
        answer = client.get(asked)
        assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM), asked
        assert answer.json()["type"].endswith(f"#problem-{kind}"), asked
        if status == 410:
            assert gone.withdrawal_reason in answer.json()["detail"]


def test_other_writings_of_an_address_redirect_once(client: Client) -> None:
    article = Article.public.all()[0]
    here = f"/en/articles/{article.code}.json"
    for asked, target in {
        "/en/articles.JSON?country=IT": "/en/articles.json?country=IT",
        "/en/articles.json/": "/en/articles.json",
        f"/en/articles/{article.code.upper()}.JSON/": here,
        f"/a/{article.code}.json": here,
    }.items():
        answer = client.get(asked)
        assert (answer.status_code, answer["Location"]) == (301, target)
    assert client.get(here).json()["record"]["code"] == article.code


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_data_is_only_read(method: str, client: Client) -> None:
    for asked in (address("topic", "json"), "/en/topics/222222.json", reverse("articles:openapi")):
        answer = client.generic(method, asked)
        assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


# --- delivery -----------------------------------------------------------------------------------------------------


def test_scripts_of_other_origins_may_read_data_and_nothing_else(client: Client) -> None:
    preflight = client.options(address("topic", "json"), headers={"Origin": "https://x.example"})
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    answer = client.get(address("topic", "json"))
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    page = client.get(LISTS["topic"])
    assert not page.has_header("Access-Control-Allow-Origin")
    assert page["Cross-Origin-Resource-Policy"] == "same-origin"
    assert client.options(LISTS["topic"]).status_code == 405


@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx"])
def test_what_a_client_has_already_is_answered_without_reading_a_row(suffix: str, client: Client) -> None:
    asked = address("article", suffix, "country=IT")
    first = client.get(asked)
    body(first)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(asked, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert len(queries) == 1
    for header in ("ETag", "Vary", "Cache-Control"):
        assert again[header] == first[header]
    make_outlet()
    changed = client.get(asked, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert body(changed)


@pytest.mark.parametrize("suffix", LIST_FORMATS)
def test_every_format_says_what_it_is_and_a_head_request_reads_it_not(suffix: str, client: Client) -> None:
    noun = "event" if suffix == "ics" else "article"
    answer, head = client.get(address(noun, suffix)), client.head(address(noun, suffix))
    assert body(answer)
    assert answer["Content-Type"].partition(";")[0] == LIST_FORMATS[suffix].media_type.partition(";")[0]
    assert answer["Data-Version"] == json_of(client, noun)["data_version"]
    assert 'rel="license"' in answer["Link"]
    assert (head.status_code, body(head)) == (200, b"")
    assert head["ETag"] == answer["ETag"]


@pytest.mark.parametrize("suffix", RECORD_FORMATS)
def test_an_entry_of_every_noun_is_to_be_had_in_every_format(suffix: str, client: Client) -> None:
    for model in NOUNS if suffix == "json" else (Agreement, Country):
        record = model.public.all()[0]
        answer = client.get(reverse(f"articles:{model.NOUN}-record", args=[record.code, suffix]))
        assert answer.status_code == 200
        assert body(answer)


def test_pages_lead_to_their_data(client: Client) -> None:
    listed = client.get(f"{LISTS['article']}?country=IT&page=1").content.decode()
    article = Article.public.all()[0]
    shown = client.get(article.url).content.decode()
    for text, links in (
        (listed, [address("article", "csv", "country=IT"), address("article", "feed.json", "country=IT")]),
        (shown, [f"/en/articles/{article.code}.json", f"/en/articles/{article.code}.bib"]),
    ):
        for link in links:
            assert re.search(rf'<link rel="alternate" type="[^"]+" href="{re.escape(link)}"', text), link
            assert re.search(rf'<a href="{re.escape(link)}"', text), link
    assert f"{said(client, LISTS['article'] + '?country=IT')} rows" in listed


def test_a_stream_is_not_held_in_memory(client: Client) -> None:
    answer: HttpResponseBase = client.get(address("article", "csv"), headers={"Accept-Encoding": "gzip"})
    assert answer.streaming
    assert answer["Content-Encoding"] == "gzip"
    assert not answer.has_header("Content-Length")


def test_json_is_json(client: Client) -> None:
    assert json.loads(client.get(address("person", "json")).content)["records"][0]["offices"]


def test_a_stream_that_nobody_reads_to_its_end_holds_up_nothing(client: Client) -> None:
    client.get(address("agreement", "csv"))
    before = said(client, "/en/articles/")
    make_article(partners=["IT"])
    assert said(client, "/en/articles/") == before + 1
