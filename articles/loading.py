"""Loads the record from its fixtures: everything or nothing, twice without change, never over what staff have edited.

The files are Django fixtures with natural keys (`loaddata` reads them too). This loader adds what `loaddata` has not:
it names the file, the entry and the field of a fault; it validates every entry as the admin would; and it decides
entry by entry whether the fixture or the database is newer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer
from django.db import Error, models, transaction

from articles import curation
from articles.models import (
    Agreement,
    AgreementRelation,
    AgreementValue,
    Article,
    ArticlePartner,
    Attestation,
    Dated,
    Record,
    StatusStep,
)

FILES: Final = ("countries", "topics", "outlets", "organisations", "sources", "articles", "agreements")
"""The fixtures, in the order in which they build on one another."""

PARTS: Final[tuple[type[models.Model], ...]] = (
    ArticlePartner,
    StatusStep,
    AgreementValue,
    AgreementRelation,
    Attestation,
)
"""What belongs to an article or an agreement and goes with it."""

DERIVED: Final = ("date_earliest", "date_latest", "date_precision", "date_rank")


class FixtureError(Exception):
    """A fixture that cannot be loaded: which file, which entry, which field, and what is wrong."""

    def __init__(self, file: str, entry: str, field_name: str, message: str) -> None:
        where = ", ".join(part for part in (file, entry, field_name and f"field “{field_name}”") if part)
        super().__init__(f"{where}: {message}")


@dataclass(slots=True)
class Entry:
    """One object of a fixture, with its place."""

    file: str
    number: int
    model: type[models.Model]
    data: dict[str, Any]

    @property
    def name(self) -> str:
        """Say which entry it is, as an editor finds it: its number in the file, its noun and its key."""
        fields = self.data.get("fields", {})
        keys = (
            self.data.get("pk"),
            fields.get("slug"),
            fields.get("code"),
            fields.get("agreement"),
            fields.get("article"),
        )
        key = next((key for key in keys if key), "")
        return f"entry {self.number} ({self.model._meta.verbose_name} {key})"

    def fault(self, field_name: str, message: str) -> FixtureError:
        return FixtureError(self.file, self.name, field_name, message)


@dataclass(slots=True)
class Outcome:
    """How many entries were added, changed, found equal, and kept as staff have edited them."""

    added: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    removed: int = 0
    by_noun: Counter[str] = field(default_factory=Counter)


# --- reading --------------------------------------------------------------------------------------------------


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = Counter(name for name, _value in pairs)
    twins = [name for name, n in names.items() if n > 1]
    if twins:
        raise ValueError(f"the name “{twins[0]}” stands twice in one object")
    return dict(pairs)


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of one file. Raises FixtureError where the file is not a list of known objects."""
    allowed = {
        f"articles.{model.__name__.lower()}": model for model in (*apps.get_app_config("articles").get_models(),)
    }
    try:
        entries = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_no_twins)
    except FileNotFoundError as error:
        raise FixtureError(path.name, "", "", "the file is missing.") from error
    except (ValueError, RecursionError) as error:
        raise FixtureError(path.name, "", "", f"this is not JSON as the portal reads it: {error}.") from error
    if not isinstance(entries, list):
        raise FixtureError(path.name, "", "", "the file must hold one list of entries.")
    for number, data in enumerate(entries, 1):
        entry = f"entry {number}"
        if not isinstance(data, dict) or not isinstance(data.get("fields"), dict):
            raise FixtureError(path.name, entry, "fields", "an entry is an object with “model” and “fields”.")
        if data.get("model") not in allowed:
            raise FixtureError(path.name, entry, "model", f"“{data.get('model')}” is no noun of the record.")
        if unknown := set(data) - {"model", "pk", "fields"}:
            raise FixtureError(path.name, entry, min(unknown), "an entry has “model”, “fields”, and of a country “pk”.")
        model = allowed[data["model"]]
        known = {one.name for one in (*model._meta.fields, *model._meta.many_to_many)}
        one = Entry(path.name, number, model, data)
        if strange := set(data["fields"]) - known:
            raise one.fault(min(strange), "there is no such field.")
        yield one


def _deserialize(entry: Entry) -> DeserializedObject:
    for name, value in entry.data["fields"].items():
        target = entry.model._meta.get_field(name)
        if isinstance(target, models.ManyToManyField) and not isinstance(value, list):
            raise entry.fault(name, "write a list of keys.")
    try:
        found: DeserializedObject = next(iter(Deserializer([entry.data])))
    except (DeserializationError, ObjectDoesNotExist, ValidationError, ValueError, TypeError) as error:
        cause = error.__cause__ or error
        raise entry.fault(_field_at_fault(entry), f"{cause}") from error
    return found


def _field_at_fault(entry: Entry) -> str:
    """Find the field that cannot be read, by reading the references one by one."""
    for name, value in entry.data["fields"].items():
        target: Any = entry.model._meta.get_field(name)
        if isinstance(target, models.ForeignKey | models.ManyToManyField) and value is not None:
            keys = value if isinstance(target, models.ManyToManyField) else [value]
            related: Any = target.related_model
            for key in keys:
                rows = related._default_manager
                try:
                    rows.get_by_natural_key(*key) if isinstance(key, list) else rows.get(pk=key)
                except (ObjectDoesNotExist, ValueError, TypeError, ValidationError):
                    return f"{name}: {json.dumps(key, ensure_ascii=False)}"
        elif not isinstance(target, models.ManyToManyField):
            try:
                target.to_python(value)
            except (ValidationError, ValueError, TypeError):
                return str(name)
    return ""


# --- writing ---------------------------------------------------------------------------------------------------


def _owner(row: models.Model) -> Record:
    """Return the article or agreement that a part belongs to: who edited it last decides for the part."""
    if isinstance(row, Attestation):
        return row.agreement or getattr(row, row.subject).agreement
    owner: Record = getattr(row, "agreement", None) or row.article  # type: ignore[attr-defined]
    return owner


def _differs(found: DeserializedObject, stored: models.Model) -> bool:
    row = found.object
    names = [one.attname for one in row._meta.concrete_fields if not one.primary_key]
    if any(getattr(row, name) != getattr(stored, name) for name in names):
        return True
    return any(
        {getattr(one, "pk", one) for one in values} != set(getattr(stored, name).values_list("pk", flat=True))
        for name, values in (found.m2m_data or {}).items()
    )


def _validate(entry: Entry, row: models.Model) -> None:
    given = {name: getattr(row, name, None) for name in DERIVED}
    try:
        row.clean_fields()
        given = {name: getattr(row, name, None) for name in DERIVED}
        row.full_clean()
    except ValidationError as error:
        faults = error.message_dict
        name = min(faults)
        raise entry.fault("" if name == "__all__" else name, " ".join(faults[name])) from error
    if isinstance(row, Dated):
        for name in DERIVED:
            if getattr(row, name) != given[name]:
                message = f"“{row.date_edtf}” gives {getattr(row, name)}, the fixture says {given[name]}."
                raise entry.fault(name, message)


class _Loader:
    def __init__(self) -> None:
        self.outcome = Outcome()
        self.owned_by_staff: set[tuple[type[Record], Any]] = set()
        self.codes: set[tuple[type[Record], str]] = set()
        self.updated: list[Record] = []
        self.seen: dict[type[models.Model], set[Any]] = {model: set() for model in PARTS}
        self.records: list[tuple[Entry, Record]] = []

    def load(self, entry: Entry) -> None:
        found = _deserialize(entry)
        row = found.object
        stored: Any = type(row)._default_manager.filter(pk=row.pk).first() if row.pk is not None else None
        for one in row._meta.concrete_fields:
            if not one.primary_key and one.name in entry.data["fields"]:
                self._convert(entry, row, one)
        if isinstance(row, Record):
            self._load_record(entry, found, row, stored)
        else:
            self._load_part(entry, found, row, stored)

    @staticmethod
    def _convert(entry: Entry, row: models.Model, one: models.Field[Any, Any]) -> None:
        """Give the row its values as the database would, so that they can be compared."""
        if isinstance(one, models.ForeignKey):
            return
        try:
            setattr(row, one.attname, one.to_python(getattr(row, one.attname)))
        except ValidationError as error:
            raise entry.fault(one.name, " ".join(error.messages)) from error

    def _load_record(self, entry: Entry, found: DeserializedObject, row: Record, stored: Record | None) -> None:
        key = (type(row), row.code)
        if key in self.codes:
            raise entry.fault("code", f"the permanent code “{row.code}” stands twice in the fixtures.")
        self.codes.add(key)
        self.records.append((entry, row))
        self.outcome.by_noun[row.NOUN] += 1
        if stored is not None:
            if stored.code != row.code:
                raise entry.fault("code", f"the database has the permanent code “{stored.code}” for this entry.")
            if stored.modified_at > row.modified_at:
                self.owned_by_staff.add((type(row), row.pk))
                self.outcome.kept += 1
                return
        self._write(entry, found, stored)
        self.updated.append(row)

    def _load_part(self, entry: Entry, found: DeserializedObject, row: models.Model, stored: Any) -> None:
        owner = _owner(row)
        if (type(owner), owner.pk) in self.owned_by_staff:
            self.outcome.kept += 1
            return
        self._write(entry, found, stored)
        if row.pk in self.seen[type(row)]:
            raise entry.fault("", "the file has this entry twice.")
        self.seen[type(row)].add(row.pk)

    def _write(self, entry: Entry, found: DeserializedObject, stored: Any) -> None:
        row = found.object
        row._state.adding = stored is None
        if stored is None:
            self.outcome.added += 1
        elif _differs(found, stored):
            self.outcome.changed += 1
        else:
            self.outcome.same += 1
            return
        _validate(entry, row)
        try:
            found.save()
        except Error as error:
            raise entry.fault("", f"the database refuses it: {error}") from error

    def finish(self) -> None:
        """Drop the parts that the fixtures no longer have, and check what being public requires."""
        for row in self.updated:
            if isinstance(row, Article | Agreement):
                self._drop_missing_parts(row)
        for entry, row in self.records:
            if row.is_public and (type(row), row.pk) not in self.owned_by_staff and self._changed():
                row.refresh_from_db()
                lacks = curation.missing(row)
                if lacks:
                    raise entry.fault("state", f"it cannot be published: {' '.join(lacks)}")

    def _changed(self) -> bool:
        return bool(self.outcome.added or self.outcome.changed or self.outcome.removed)

    def _drop_missing_parts(self, row: Article | Agreement) -> None:
        if isinstance(row, Article):
            parts: list[models.QuerySet[Any]] = [ArticlePartner.objects.filter(article=row)]
        else:
            parts = [
                Attestation.objects.filter(agreement=row),
                Attestation.objects.filter(step__agreement=row),
                Attestation.objects.filter(value__agreement=row),
                Attestation.objects.filter(relation__agreement=row),
                StatusStep.objects.filter(agreement=row),
                AgreementValue.objects.filter(agreement=row),
                AgreementRelation.objects.filter(agreement=row),
            ]
        for rows in parts:
            kept = self.seen[rows.model]
            gone = [pk for pk in rows.values_list("pk", flat=True) if pk not in kept]
            if gone:
                rows.filter(pk__in=gone).delete()
                self.outcome.removed += len(gone)


def load(folder: Path) -> Outcome:
    """Load all fixtures of a folder in one transaction.

    An entry that staff have changed since the fixture was written stays as it is, with all its parts.
    Raises FixtureError for the first fault; then nothing is written.
    """
    entries = [entry for name in FILES for entry in read(folder / f"{name}.json")]
    loader = _Loader()
    with transaction.atomic():
        for entry in entries:
            loader.load(entry)
        loader.finish()
    return loader.outcome
