"""Reads the fixture files of the record, Django's JSON with natural keys; names a fault by file, entry and field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import models

from articles.models import (
    AgreementRelation,
    AgreementValue,
    ArticlePartner,
    Attestation,
    Country,
    DiscrepancySide,
    EventOutcome,
    EventParticipant,
    EventRelation,
    EventStep,
    Evidence,
    FigureRelation,
    Office,
    Record,
    StatusStep,
)
from articles.models.attestation import SUBJECTS

FILES: Final = (
    "countries",
    "topics",
    "outlets",
    "organisations",
    "sources",
    "articles",
    "agreements",
    "persons",
    "indicators",
    "figures",
    "events",
    "discrepancies",
)
"""The fixtures, in the order in which they build on one another."""

Key = tuple[Any, ...]
"""A natural key."""

PART_KEYS: Final[dict[type[models.Model], tuple[str, ...]]] = {
    ArticlePartner: ("article", "country"),
    StatusStep: ("agreement", "position"),
    AgreementValue: ("agreement", "position"),
    AgreementRelation: ("agreement", "kind", "other"),
    Office: ("person", "position"),
    FigureRelation: ("figure", "kind", "other"),
    EventStep: ("event", "position"),
    EventParticipant: ("event", "person"),
    EventOutcome: ("event", "agreement"),
    EventRelation: ("event", "kind", "other"),
    DiscrepancySide: ("discrepancy", "position"),
    Evidence: ("discrepancy", "position"),
    Attestation: ("article", "line"),
}
"""What belongs to an entry and goes with it: the fields of its natural key, first the entry it belongs to.

The key of an attestation goes on with what it attests, and belongs to that.
"""


def key_field(noun: type[models.Model]) -> str:
    """Return the field that is the natural key of a noun."""
    if noun is Country:
        return "iso"
    return "slug" if any(field.name == "slug" for field in noun._meta.fields) else "code"


class FixtureError(Exception):
    """A fixture that cannot be loaded: which file, which entry, which field, and what is wrong."""

    def __init__(self, file: str, entry: str, field: str, message: str) -> None:
        where = ", ".join(part for part in (file, entry, field and f"field “{field}”") if part)
        super().__init__(f"{where}: {message}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One object of a fixture, with its place."""

    file: str
    number: int
    model: type[models.Model]
    pk: Any
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        """Which entry it is, as an editor finds it: its number in the file, its noun and its key."""
        names = ("slug", "code", *PART_KEYS.get(self.model, ()))
        keys = (self.pk, *(self.fields.get(name) for name in names))
        return f"entry {self.number} ({self.model._meta.verbose_name} {next((key for key in keys if key), '')})"

    def fault(self, field: str, message: str) -> FixtureError:
        return FixtureError(self.file, self.name, field, message)

    @property
    def subject(self) -> str:
        """Of an attestation: the field that says what it attests."""
        return next((name for name in SUBJECTS if self.fields.get(name)), "")

    @property
    def owner(self) -> str:
        """Of a part: the key of the entry it belongs to. Every natural key of a part begins with it."""
        name = self.subject if self.model is Attestation else PART_KEYS[self.model][0]
        key = self.fields.get(name)
        return str(key[0]) if isinstance(key, list) and key else ""

    @property
    def key(self) -> Key:
        """The natural key, as `natural_key()` of the object gives it. Raises FixtureError where a piece is missing."""
        if self.model is Country:
            return (self.pk,)
        try:
            if issubclass(self.model, Record):
                return (self.fields[key_field(self.model)],)
            key: list[Any] = []
            for name in PART_KEYS[self.model]:
                value = self.fields[name]
                key += value if isinstance(value, list) else [value]
            if self.model is Attestation:
                key += [self.subject, *self.fields[self.subject]]
            hash(tuple(key))
        except KeyError as error:
            raise self.fault(str(error.args[0]), "it is missing.") from error
        except TypeError as error:
            raise self.fault("", "its key cannot be read.") from error
        return tuple(key)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for name, n in Counter(name for name, _value in pairs).items():
        if n > 1:
            raise ValueError(f"the name “{name}” stands twice in one object")
    return dict(pairs)


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of one file. Raises FixtureError where it is not a list of objects of the record."""
    try:
        objects = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_no_twins)
    except FileNotFoundError as error:
        raise FixtureError(path.name, "", "", "the file is missing.") from error
    except (ValueError, RecursionError) as error:
        raise FixtureError(path.name, "", "", f"this is not JSON as the portal reads it: {error}.") from error
    if not isinstance(objects, list):
        raise FixtureError(path.name, "", "", "the file must hold one list of entries.")
    nouns = {model._meta.label_lower: model for model in apps.get_app_config("articles").get_models()}
    for number, one in enumerate(objects, 1):
        yield _entry(path.name, number, one, nouns)


def _entry(file: str, number: int, one: Any, nouns: dict[str, type[models.Model]]) -> Entry:
    place = f"entry {number}"
    if not isinstance(one, dict) or not isinstance(one.get("fields"), dict):
        raise FixtureError(file, place, "fields", "an entry is an object with “model” and “fields”.")
    model = nouns.get(str(one.get("model")))
    if model is None:
        raise FixtureError(file, place, "model", f"“{one.get('model')}” is no noun of the record.")
    if unknown := set(one) - {"model", "pk", "fields"}:
        raise FixtureError(file, place, min(unknown), "an entry has “model”, “fields”, and of a country “pk”.")
    entry = Entry(file, number, model, one.get("pk"), one["fields"])
    known = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)} - {model._meta.pk.name}
    if strange := set(entry.fields) - known:
        raise entry.fault(min(strange), "there is no such field.")
    return entry
