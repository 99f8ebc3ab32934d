"""Which discrepancies concern an entry, or one of its parts: what the marks beside values are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import F, Value

from articles.keys import Among
from articles.models import Agreement, Discrepancy
from articles.presentation import AgreementRow, Link, last_step

Known = dict[int, list[Link]]
"""The discrepancies by the key of what they concern; nothing for what none concerns."""


def _rows(field: str, keys: Iterable[int]) -> Any:
    """Return the ties of public discrepancies to the entries, as plain values."""
    relation: Any = Discrepancy._meta.get_field(field)
    target = relation.m2m_reverse_field_name()
    return (
        relation.remote_field.through._default_manager.order_by()
        .filter(**{f"{target}__in": Among(keys)}, discrepancy__in=Discrepancy.public.values("pk"))
        .values_list(
            Value(field),
            F(f"{target}_id"),
            F("discrepancy__weight"),
            F("discrepancy__name"),
            F("discrepancy__code"),
        )
    )


def concerning_parts(wanted: Mapping[str, Iterable[int]]) -> dict[str, Known]:
    """Return the discrepancies that concern entries of several kinds, in one query: keys by field of CONCERNS.

    What is of substance stands before what is of form.
    """
    known: dict[str, Known] = {field: {} for field in wanted}
    parts = [_rows(field, keys) for field, keys in wanted.items()]
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    for field, key, _weight, name, code in sorted(
        rows, key=lambda row: (row[2] != Discrepancy.Weight.SUBSTANTIVE, row[3], row[4])
    ):
        known[field].setdefault(key, []).append(Link(name, Discrepancy(name=name, code=code).url))
    return known


def concerning(field: str, keys: Iterable[int]) -> Known:
    """Return the discrepancies that concern each entry; `field` is one of models.CONCERNS. One query."""
    return concerning_parts({field: keys})[field]


def marked(field: str, entries: Iterable[Any], show: Callable[[Any], Any]) -> list[Any]:
    """Show each entry of one kind with the discrepancies that concern it. One query besides those of the entries."""
    listed = list(entries)
    if field == "agreements":
        return _marked_agreements(listed, show)
    known = concerning(field, [entry.pk for entry in listed])
    return [replace(show(entry), discrepancies=known.get(entry.pk, [])) for entry in listed]


def _marked_agreements(agreements: list[Agreement], show: Callable[[Agreement], AgreementRow]) -> list[AgreementRow]:
    """Show agreements with a mark beside the very value or status that a discrepancy concerns, where a row has it."""
    steps = {step.pk: agreement.pk for agreement in agreements for step in agreement.public_steps}
    values = {value.pk: agreement.pk for agreement in agreements for value in agreement.public_values}
    known = concerning_parts({"agreements": [one.pk for one in agreements], "steps": steps, "values": values})
    rows = []
    for agreement in agreements:
        row = show(agreement)
        last = last_step(agreement)
        status = known["steps"].get(last.pk, []) if last else []
        shown = [known["values"].get(value.pk, []) for value in agreement.public_values]
        beside = {link.url for links in (status, *shown) for link in links}
        # Steps of the past stand in no row: what concerns them is marked beside the title.
        past = [link for step in agreement.public_steps[:-1] for link in known["steps"].get(step.pk, [])]
        title = {link.url: link for link in known["agreements"].get(agreement.pk, []) + past if link.url not in beside}
        rows.append(
            replace(
                row,
                discrepancies=list(title.values()),
                status_discrepancies=status,
                values=[replace(value, discrepancies=links) for value, links in zip(row.values, shown, strict=True)],
            )
        )
    return rows
