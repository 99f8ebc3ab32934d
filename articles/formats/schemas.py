"""The columns as JSON Schema, and what every answer in JSON is made of."""

from __future__ import annotations

from typing import Any, Final

from articles.formats.columns import COLUMNS, Column, Type
from articles.formats.problems import KINDS
from articles.formats.selection import SEARCH

Schema = dict[str, Any]

_DECIMAL: Final = r"^-?[0-9]+(\.[0-9]+)?$"

_OF_TYPE: Final[dict[Type, Schema]] = {
    Type.STRING: {"type": "string"},
    Type.EDTF: {"type": "string", "description": "EDTF, ISO 8601-2:2019"},
    Type.INTEGER: {"type": "integer"},
    Type.DECIMAL: {"type": "string", "format": "decimal", "pattern": _DECIMAL},
    Type.BOOLEAN: {"type": "boolean"},
    Type.DATE: {"type": "string", "format": "date"},
    Type.TIME: {"type": "string", "format": "date-time"},
    Type.ADDRESS: {"type": "string", "format": "uri"},
    Type.STRINGS: {"type": "array", "items": {"type": "string"}},
    Type.ADDRESSES: {"type": "array", "items": {"type": "string", "format": "uri"}},
}


def object_of(properties: dict[str, Schema]) -> Schema:
    """Return the schema of an object that has all of these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def nullable(schema: Schema) -> Schema:
    widened = schema | {"type": [schema["type"], "null"]}
    return widened | {"enum": [*schema["enum"], None]} if "enum" in schema else widened


def of_columns(columns: tuple[Column, ...]) -> Schema:
    return object_of({column.name: _of_column(column) for column in columns})


def _of_column(column: Column) -> Schema:
    if column.type is Type.OBJECTS:
        schema: Schema = {"type": "array", "items": of_columns(column.parts)}
    else:
        schema = dict(_OF_TYPE[column.type])
        if column.choices:
            schema["enum"] = list(column.choices)
        if schema["type"] != "array" and not column.always:
            schema = nullable(schema)
    unit = f" ({column.unit})" if column.unit else ""
    return schema | {"description": f"{column.description}{unit}"}


_PROVENANCE: Final[dict[str, Schema]] = {
    "data_version": {"type": "string", "description": "Which state of the record this was taken from."},
    "as_of": {"type": ["string", "null"], "format": "date", "description": "Day of the last change of the record."},
    "licence": {"type": "string", "format": "uri"},
}


def all_schemas() -> dict[str, Schema]:
    """Return the schemas by name: each noun, its list, its record, and a problem."""
    schemas = {"problem": _problem()}
    for noun, columns in COLUMNS.items():
        reference = {"$ref": f"#/components/schemas/{noun}"}
        schemas[noun] = of_columns(columns)
        schemas[f"{noun}-list"] = object_of(_PROVENANCE | _PAGE | {"records": {"type": "array", "items": reference}})
        if noun != SEARCH:
            schemas[f"{noun}-record"] = object_of(_PROVENANCE | {"record": reference})
    return schemas


_ADDRESS_OR_NULL: Final[Schema] = {"type": ["string", "null"], "format": "uri"}

_PAGE: Final[dict[str, Schema]] = {
    "title": {"type": "string", "description": "The name of the list."},
    "sentence": {"type": "string", "description": "What the list holds, in one sentence."},
    "count": {"type": "integer", "minimum": 0, "description": "How many records there are on all pages."},
    "page": {"type": "integer", "minimum": 1},
    "pages": {"type": "integer", "minimum": 1},
    "next": _ADDRESS_OR_NULL | {"description": "The next page; null on the last one."},
    "previous": _ADDRESS_OR_NULL | {"description": "The page before; null on the first one."},
    "page_url": {"type": "string", "format": "uri", "description": "The same list as a page for people."},
}


def _problem() -> Schema:
    refused = object_of({name: {"type": "string"} for name in ("parameter", "value", "detail")})
    schema = object_of(
        {
            "type": {"type": "string", "format": "uri", "description": "Where this kind of problem is explained."},
            "title": {"type": "string"},
            "status": {"type": "integer", "enum": sorted({kind.status for kind in KINDS.values()})},
            "detail": {"type": "string"},
            "instance": {"type": "string", "description": "The address that was asked for."},
        }
    )
    schema["properties"]["errors"] = {"type": "array", "items": refused, "description": "Every refused parameter."}
    return schema | {"description": "RFC 9457"}
