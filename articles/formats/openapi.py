"""The description of all addresses of data (OpenAPI 3.1), made from the filters, the formats and the columns."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.edition import Edition
from articles.formats import LIST_FORMATS, RECORD_FORMATS, Format
from articles.formats.columns import COLUMNS
from articles.formats.parameters import Parameter, parameters
from articles.formats.problems import MEDIA_TYPE
from articles.formats.schemas import all_schemas
from articles.formats.selection import SEARCH, title_of
from articles.models import NOUNS, Record
from articles.permalinks import PATTERN

Node = dict[str, Any]

_IN_JSON: Final = "json"
"""The suffix whose answers are described down to the last property."""


def description(origin: str, edition: Edition) -> Node:
    """Return the description for a portal at this origin, with the values that the record has now."""
    asked = {noun: parameters(noun) for noun in COLUMNS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sholu",
            "version": edition.version,
            "summary": _("How the world’s press covers Kazakhstan’s foreign relations, as data."),
            "description": _(
                "Every list and every entry, under the same filters as its page. The version is that of the data. "
                "An empty parameter counts as not given. Reading is open to scripts of any origin."
            ),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": origin}],
        "externalDocs": {"url": origin + reverse("articles:data"), "description": _("The same for people")},
        "tags": [{"name": noun, "description": title_of(noun)} for noun in COLUMNS],
        "paths": _paths(asked),
        "components": {
            "schemas": all_schemas(),
            "parameters": {_key(noun, one): _parameter(one) for noun, listed in asked.items() for one in listed}
            | {f"{model.NOUN}-code": _code(model) for model in NOUNS},
            "responses": {name: _refusal(text) for name, text in _REFUSALS.items()} | {"not-modified": _NOT_MODIFIED},
        },
    }


def _key(noun: str, parameter: Parameter) -> str:
    return f"{noun}-{parameter.name}"


def _paths(asked: dict[str, list[Parameter]]) -> Node:
    paths: Node = {}
    for noun in COLUMNS:
        for how in LIST_FORMATS.values():
            if how.suits(noun):
                address = reverse(f"articles:{noun}-data", args=[how.suffix])
                paths[address] = {"get": _list_operation(noun, how, asked[noun])}
        for suffix, record_format in RECORD_FORMATS.items() if noun != SEARCH else ():
            address = f"{reverse(f'articles:{noun}-list')}{{code}}.{suffix}"
            paths[address] = {
                "get": {
                    "operationId": f"{noun}-record-{suffix}",
                    "summary": _("One entry as %(format)s") % {"format": record_format.label},
                    "tags": [noun],
                    "parameters": [{"$ref": f"#/components/parameters/{noun}-code"}],
                    "responses": {
                        "200": _content(record_format.media_type, f"{noun}-record" if suffix == _IN_JSON else ""),
                        **_refusals("304", "404", "405", "410"),
                    },
                }
            }
    return paths


def _list_operation(noun: str, how: Format, asked: list[Parameter]) -> Node:
    listed = [one for one in asked if how.paged or not one.only_paged]
    statuses = ["304", "400", "405", *(["404"] if how.paged else []), *(["422"] if how.suffix == "xlsx" else [])]
    return {
        "operationId": f"{noun}-list-{how.suffix}",
        "summary": _("%(list)s as %(format)s") % {"list": title_of(noun), "format": how.label},
        "description": _("A hundred entries a page.") if how.paged else _("All entries at once."),
        "tags": [noun],
        "parameters": [{"$ref": f"#/components/parameters/{_key(noun, one)}"} for one in listed],
        "responses": {
            "200": _content(how.media_type, f"{noun}-list" if how.suffix == _IN_JSON else ""),
            **_refusals(*statuses),
        },
    }


def _content(media_type: str, schema: str = "") -> Node:
    described: Node = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    headers = {
        "ETag": {"schema": {"type": "string"}, "description": _("Send it back as If-None-Match.")},
        "Data-Version": {"schema": {"type": "string"}, "description": _("Which state of the record this is.")},
        "Link": {
            "schema": {"type": "string"},
            "description": _("Licence, other pages, the same as a page (RFC 8288)."),
        },
    }
    return {"description": _("The data"), "headers": headers, "content": {media_type.partition(";")[0]: described}}


def _refusals(*statuses: str) -> Node:
    names = {"304": "not-modified"}
    return {one: {"$ref": f"#/components/responses/{names.get(one, f'problem-{one}')}"} for one in statuses}


_REFUSALS: Final = {
    "problem-400": "A parameter was refused; “errors” names every one.",
    "problem-404": "There is no such entry, or no such page.",
    "problem-405": "Data is only read.",
    "problem-410": "The entry was withdrawn; “detail” says when and why.",
    "problem-422": "The list has more rows than the format holds.",
}

_NOT_MODIFIED: Final = {"description": "You have this answer already: the ETag that you sent is still right."}


def _code(model: type[Record]) -> Node:
    """Return the parameter of an entry's address, with a code of the record as its example."""
    parameter: Node = {
        "name": "code",
        "in": "path",
        "required": True,
        "description": "The permanent code of the entry.",
        "schema": {"type": "string", "pattern": f"^{PATTERN}$"},
    }
    first = model.public.order_by("pk").first()
    return parameter | {"example": first.code} if first else parameter


def _refusal(text: str) -> Node:
    schema = {"$ref": "#/components/schemas/problem"}
    return {"description": text, "content": {MEDIA_TYPE: {"schema": schema}}}


def _parameter(one: Parameter) -> Node:
    described: Node = {
        "name": one.name,
        "in": "query",
        "required": False,
        "description": str(capfirst(str(one.description))),
        "schema": one.schema,
    }
    if one.repeats:
        described |= {"style": "form", "explode": True}
    if one.example not in ([], ""):
        described["example"] = one.example
    return described
