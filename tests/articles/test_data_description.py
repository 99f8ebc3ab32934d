"""The description of the data addresses and the Data page: made from what they describe, and true."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from articles.dates import EdtfError, parse_bound
from articles.formats import LIST_FORMATS
from articles.formats.columns import COLUMNS
from articles.formats.parameters import BOUND, parameters
from articles.formats.problems import KINDS
from articles.formats.schemas import all_schemas
from tests.articles.test_data import address, body

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    read: dict[str, Any] = client.get(reverse("articles:openapi")).json()
    return read


def test_the_description_is_valid_and_names_every_address(described: dict[str, Any]) -> None:
    validate(described)
    offered = {address(noun, how.suffix) for noun in COLUMNS for how in LIST_FORMATS.values() if how.suits(noun)}
    assert offered <= set(described["paths"])
    assert described["paths"]["/en/articles/{code}.json"]["get"]["parameters"]


@pytest.mark.parametrize("noun", COLUMNS)
def test_answers_are_as_their_schemas_say(noun: str, client: Client) -> None:
    definitions = {"components": {"schemas": all_schemas()}}
    validator = Draft202012Validator({"$ref": f"#/components/schemas/{noun}-list"} | definitions)
    validator.validate(client.get(address(noun, "json")).json())


def test_a_problem_is_as_its_schema_says(client: Client) -> None:
    validator = Draft202012Validator(all_schemas()["problem"])
    validator.validate(client.get(address("article", "json", "country=XX")).json())
    validator.validate(client.get("/en/articles/222222.json").json())


def test_every_value_that_the_description_offers_is_understood(client: Client) -> None:
    for noun in COLUMNS:
        asked = []
        for one in parameters(noun):
            schema = one.schema.get("items", one.schema)
            values = schema.get("enum", [one.example])
            asked += [(one.name, value) for value in (values if one.repeats else values[:1])[:5]]
        query = {name: [value for other, value in asked if other == name] for name, _value in asked}
        assert client.get(address(noun, "json"), query).status_code == 200, (noun, query)


def _is_read(text: str) -> bool:
    try:
        parse_bound(text, end=False)
    except EdtfError:
        return False
    return True


def test_the_pattern_of_dates_admits_exactly_those_that_are_read() -> None:
    day = dt.date(1999, 12, 1)
    samples = [(day + dt.timedelta(days=n)).isoformat() for n in range(1600)]
    samples += ["0000", "0001", "9999", "2025", "2025-00", "2025-13", "2025-02-29", "1900-02-29", "2000-02-29"]
    samples += ["0004-02-29", "0000-02-29", "2025-04-31", "2025-6", "25", "2025-01-1", "２０２５", "2025-01-01 "]
    for text in samples:
        assert bool(re.fullmatch(BOUND.removesuffix("$"), text)) == _is_read(text), text


def test_the_data_page_shows_every_column_format_parameter_and_problem(client: Client) -> None:
    text = unescape(client.get(reverse("articles:data")).content.decode())
    for noun, columns in COLUMNS.items():
        for column in columns:
            assert f"<code>{column.name}</code>" in text
            assert str(column.description) in text
        for parameter in parameters(noun):
            assert f"<code>{parameter.name}</code>" in text
    for how in LIST_FORMATS.values():
        assert f"<code>.{how.suffix}</code>" in text
    for kind in KINDS:
        assert f'id="problem-{kind}"' in text


def test_the_examples_on_the_data_page_run(client: Client) -> None:
    text = unescape(client.get(reverse("articles:data")).content.decode())
    lines = re.findall(r'curl --location --output (\S+) "http://testserver([^"]+)"', text)
    assert len(lines) >= 3
    for file, path in lines:
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        assert body(answer), file
        assert path in text.replace(f"http://testserver{path}", "")
