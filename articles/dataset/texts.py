"""The texts that come with the tables: what they are, what each column says, what may be done with them."""

from __future__ import annotations

from collections.abc import Iterable

from articles.dataset.description import CC_BY, DESCRIPTION, KEYS, TITLE, File
from articles.edition import Edition
from articles.formats.columns import COLUMNS, Column
from articles.permalinks import PLURALS


def readme(files: list[File], edition: Edition, origin: str) -> str:
    rows = "\n".join(f"| {PLURALS[one.noun]} | {one.rows} |" for one in files if one.suffix == "csv")
    return f"""# {TITLE}

{DESCRIPTION}

- Data version: {edition.version} (the day of the last change, and a fingerprint of the state of the record)
- Home: {origin}/en/data/
- Licence: {CC_BY["title"]} (CC BY 4.0), see LICENSE.md

| Table | Rows |
|---|---|
{rows}

## What is where

- `csv/`: one table of each noun, UTF-8 without a byte order mark. Lists stand in one cell, separated by “; ”. An
  apostrophe stands before a text that a spreadsheet would take for a formula.
- `json/`: the same rows as arrays of objects; lists and parts are arrays, numbers with a point are strings, so that
  no digit is lost.
- `datapackage.json`: a Data Package with the schema of every table (https://specs.frictionlessdata.io/). To check
  all of it: `frictionless validate datapackage.json`
- `CODEBOOK.md`: what each column says.
- `CHECKSUMS.sha256`: `sha256sum --check CHECKSUMS.sha256`

## Before you count

- Amounts of different meaning (potential, announced, signed) are never to be added.
- Some agreements, figures and events are probably the same, told twice: the column `relations` says which.
- Dates are EDTF (ISO 8601-2): `2025-11` is a month, `[2025-01..2025-04]` is one unknown day in that time.
- Where sources err or disagree, the column `discrepancies` leads to what we found.

## How to cite

Sholu. Kazakhstan’s foreign relations, as the press records them [data set,
version {edition.version}]. {origin}/en/data/
"""


def licence() -> str:
    return f"""# Licence

Summaries, labels, notes and the arrangement of the data are Sholu’s, under the {CC_BY["title"]}
licence (CC BY 4.0): {CC_BY["path"]}

You may copy, change and pass on the data for any purpose, if you name Sholu with the data version, link to the
licence and say what you have changed.

Headlines and quoted words belong to their publishers.
"""


def codebook(edition: Edition) -> str:
    """Return what every column says, table by table."""
    parts = [f"# Codebook\n\nData version {edition.version}. Empty cells (null in JSON): the record does not say.\n"]
    for noun, plural in PLURALS.items():
        keys = KEYS.get(noun, {})
        lines = [f"## {plural}", "", "| Column | Type | What it says |", "|---|---|---|"]
        lines += [_line(column, keys.get(column.name)) for column in COLUMNS[noun]]
        parts.append("\n".join(lines) + "\n")
        parts += [_parts(column) for column in COLUMNS[noun] if column.parts]
    return "\n".join(parts)


def _line(column: Column, key: tuple[str, str] | None = None) -> str:
    said = [str(column.description)]
    if column.unit:
        said.append(f"Unit: {column.unit}.")
    if column.choices:
        said.append(f"One of: {', '.join(column.choices)}.")
    if key:
        said.append(f"A value of the column `{key[1]}` of {PLURALS[key[0]]}.")
    return f"| `{column.name}` | {column.type} | {' '.join(said).replace('|', '¦')} |"


def _parts(column: Column) -> str:
    lines = [f"### Parts of `{column.name}`, in JSON", "", "| Name | Type | What it says |", "|---|---|---|"]
    return "\n".join([*lines, *(_line(part) for part in column.parts)]) + "\n"


def checksums(sums: Iterable[tuple[str, str]]) -> str:
    """Return a list that `sha256sum --check` reads, from pairs of path and sum."""
    return "".join(f"{digest}  {path}\n" for path, digest in sums)
