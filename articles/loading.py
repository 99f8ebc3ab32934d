"""Loads the record from its fixtures: everything or nothing, twice without change, never over what staff have edited.

`loaddata` reads the same files. This loader adds what that has not: it names the fault, it validates every entry as
the admin would, and it decides entry by entry whether the fixture or the database is newer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import Error, connection, models, transaction

from articles import ground
from articles.fixtures import FILES, PART_KEYS, Entry, Key, key_field, read
from articles.models import NOUNS, Attestation, Country, Record
from articles.models.attestation import SUBJECTS
from articles.search import schema

DERIVED: Final = ("date_earliest", "date_latest", "date_precision", "date_rank", "value")
"""Fields that follow from others where no form shows them: a fixture in which they disagree is refused."""

AT_A_TIME: Final = 500
"""How many keys one query asks for."""

_RELATED: Final = {"other", "country", "person", "agreement", "article", "event", "figure", "discrepancy"}


def _read_by_key(part: type[models.Model]) -> list[str]:
    """Return what to fetch with the rows of a part, so that their natural keys need no further query."""
    if part is not Attestation:
        return [name for name in PART_KEYS[part] if name in _RELATED]
    names = ["article"]
    for subject in SUBJECTS:
        target: Any = Attestation._meta.get_field(subject).related_model
        names += [f"{subject}__{name}" for name in PART_KEYS.get(target, ()) if name in _RELATED] or [subject]
    return names


@dataclass(slots=True)
class Outcome:
    """How many objects were added, changed, removed, found equal, and kept as staff have edited them."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    kept: int = 0
    by_noun: Counter[str] = field(default_factory=Counter)

    @property
    def wrote(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def _referred(entries: Iterable[Entry]) -> dict[type[models.Model], set[str]]:
    """Return the natural keys of the entries that fixtures hold or refer to, by noun.

    What is no key is left out: it is named when the entry that has it is loaded.
    """
    keys: defaultdict[type[models.Model], set[str]] = defaultdict(set)
    for entry in entries:
        if issubclass(entry.model, Record):
            own = entry.pk if entry.model is Country else entry.fields.get(key_field(entry.model))
            keys[entry.model].update([own] if isinstance(own, str) else [])
        for name, value in entry.fields.items():
            target: Any = entry.model._meta.get_field(name)
            if target.is_relation and isinstance(value, list):
                owner = _owner_of(target.related_model)
                keys[owner].update(key[0] for key in (value if target.many_to_many else [value]) if _is_key(key))
    return keys


def _is_key(key: Any) -> bool:
    return isinstance(key, list) and bool(key) and isinstance(key[0], str)


def _owner_of(model: type[models.Model]) -> type[models.Model]:
    """Return the noun that a part belongs to; a noun belongs to itself."""
    if model not in PART_KEYS:
        return model
    field: Any = model._meta.get_field(PART_KEYS[model][0])
    owner: type[models.Model] = field.related_model
    return owner


class _Stored:
    """What the database holds before the load of all that the fixtures hold or refer to, by natural key.

    The rest, of which there may be a million entries, is not read.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.rows: dict[tuple[type[models.Model], Key], models.Model] = {}
        self._keys: defaultdict[type[models.Model], list[Any]] = defaultdict(list)
        referred = _referred(entries)
        for model in NOUNS:
            self._remember(model, key_field(model), sorted(referred[model]))
        for part in PART_KEYS:
            for owner in SUBJECTS if part is Attestation else PART_KEYS[part][:1]:
                field: Any = part._meta.get_field(owner)
                self._remember(part, owner, self._keys[field.related_model])

    def _remember(self, model: type[models.Model], name: str, keys: Sequence[Any]) -> None:
        """Remember the rows that have one of some keys in a field."""
        rows = model._default_manager.select_related(*(_read_by_key(model) if model in PART_KEYS else ()))
        for start in range(0, len(keys), AT_A_TIME):
            some: Iterable[Any] = rows.filter(**{f"{name}__in": keys[start : start + AT_A_TIME]})
            for row in some:
                self.rows[model, tuple(row.natural_key())] = row
                self._keys[model].append(row.pk)

    def find(self, entry: Entry, name: str, model: Any, key: Any) -> Any:
        """Return the primary key of what a field refers to. Raises FixtureError where it is not there."""
        try:
            return self.rows[model, tuple(key)].pk
        except (KeyError, TypeError) as error:
            raise entry.fault(name, f"there is no {model._meta.verbose_name} {key}.") from error


class _Loader:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self.stored = _Stored(entries)
        self.outcome = Outcome()
        self.seen: set[tuple[type[models.Model], Key]] = set()
        self.codes: set[str] = set()
        self.loaded: set[str] = set()
        self.kept: set[str] = set()
        self.records: list[tuple[Entry, Record]] = []

    def load(self, entry: Entry) -> None:
        if entry.model in PART_KEYS and entry.owner in self.kept:
            self.outcome.kept += 1
            return
        place = (entry.model, entry.key)
        if place in self.seen:
            raise entry.fault("", "it stands twice in the fixtures.")
        self.seen.add(place)
        stored = self.stored.rows.get(place)
        row, many = self._build(entry)
        if isinstance(row, Record):
            if self._is_kept(entry, row, stored):
                return
            self.records.append((entry, row))
        if stored is not None:
            row.pk, row._state.adding = stored.pk, False
        if stored is None:
            self.outcome.added += 1
        elif _differs(row, many, stored):
            self.outcome.changed += 1
        else:
            self.outcome.same += 1
            return
        _write(entry, row, many)
        self.stored.rows[place] = row

    def _is_kept(self, entry: Entry, row: Record, stored: Any) -> bool:
        """Say whether the database has an entry of staff's own making, newer than the fixture."""
        if row.code in self.codes:
            raise entry.fault("code", f"the permanent code “{row.code}” stands twice in the fixtures.")
        self.codes.add(row.code)
        self.loaded.add(entry.key[0])
        self.outcome.by_noun[row.NOUN] += 1
        if stored is None:
            return False
        if stored.code != row.code:
            raise entry.fault("code", f"the database has the permanent code “{stored.code}” for this entry.")
        if stored.modified_at > row.modified_at:
            self.kept.add(entry.key[0])
            self.outcome.kept += 1
            return True
        return False

    def _build(self, entry: Entry) -> tuple[models.Model, dict[str, set[Any]]]:
        """Return the object an entry describes, and the keys of its relations to many."""
        row = entry.model() if entry.pk is None else entry.model(pk=entry.pk)
        many: dict[str, set[Any]] = {}
        for name, value in entry.fields.items():
            target: Any = entry.model._meta.get_field(name)
            if isinstance(target, models.ManyToManyField):
                if not isinstance(value, list):
                    raise entry.fault(name, "write a list of keys.")
                many[name] = {self.stored.find(entry, name, target.related_model, key) for key in value}
            elif isinstance(target, models.ForeignKey):
                found = None if value is None else self.stored.find(entry, name, target.related_model, value)
                setattr(row, target.attname, found)
            else:
                try:
                    setattr(row, name, target.to_python(value))
                except ValidationError as error:
                    raise entry.fault(name, " ".join(error.messages)) from error
        return row, many

    def finish(self) -> None:
        """Drop the parts that the fixtures no longer have, and check what being public requires."""
        for (model, key), row in self.stored.rows.items():
            if model in PART_KEYS and (model, key) not in self.seen and _owner(row) in self.loaded - self.kept:
                self.outcome.removed += bool(row.delete()[0])
        if not self.outcome.wrote:
            return
        lacking = ground.lacking([row for _entry, row in self.records if row.is_public])
        for entry, row in self.records:
            if lacks := lacking.get(row):
                raise entry.fault("state", f"it cannot be published: {' '.join(lacks)}")


def _owner(row: Any) -> str:
    """Return the key of the entry that a part belongs to."""
    if isinstance(row, Attestation):
        row = getattr(row, row.subject)
        if isinstance(row, Record):
            return row.natural_key()[0]
    owner: Record = getattr(row, PART_KEYS[type(row)][0])
    return owner.natural_key()[0]


def _differs(row: models.Model, many: dict[str, set[Any]], stored: models.Model) -> bool:
    names = [one.attname for one in row._meta.concrete_fields]
    return any(getattr(row, name) != getattr(stored, name) for name in names) or any(
        keys != set(getattr(stored, name).values_list("pk", flat=True)) for name, keys in many.items()
    )


def _write(entry: Entry, row: models.Model, many: dict[str, set[Any]]) -> None:
    derived = [one.attname for one in row._meta.concrete_fields if one.name in DERIVED and not one.editable]
    given = {name: getattr(row, name) for name in derived}
    try:
        # What a field refers to has been found already: to look again would take a query for each.
        found = {one.name for one in row._meta.concrete_fields if one.is_relation}
        row.full_clean(exclude=found, validate_unique=False, validate_constraints=False)
        _check_derived(entry, row, given)
        new = row._state.adding
        with transaction.atomic():
            row.save()
            for name, keys in many.items():
                if keys or not new:
                    getattr(row, name).set(keys)
    except ValidationError as error:
        raise _named(entry, error) from error
    except Error as error:
        # The database has refused it; Django's own validation says which rule it breaks, in words.
        try:
            row.full_clean()
        except ValidationError as reason:
            raise _named(entry, reason) from error
        raise entry.fault("", f"the database refuses it: {error}") from error


def _check_derived(entry: Entry, row: models.Model, given: dict[str, Any]) -> None:
    for name, said in given.items():
        if getattr(row, name) != said:
            raise entry.fault(name, f"from the other fields follows {getattr(row, name)}, the fixture says {said}.")


def _named(entry: Entry, error: ValidationError) -> Exception:
    faults = error.message_dict
    name = min(faults)
    return entry.fault("" if name == "__all__" else name, " ".join(faults[name]))


def load(folder: Path) -> Outcome:
    """Load all fixtures of a folder in one transaction.

    An entry that staff have changed since the fixture was written stays as it is, with all its parts.
    Raises FixtureError for the first fault; then nothing is written.
    """
    entries = [entry for name in FILES for entry in read(folder / f"{name}.json")]
    with transaction.atomic(), schema.deferred(connection):
        loader = _Loader(entries)
        for entry in entries:
            loader.load(entry)
        loader.finish()
    return loader.outcome
