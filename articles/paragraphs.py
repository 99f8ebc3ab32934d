"""What an article attests, paragraph by paragraph: the way back from a source to everything that rests on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.concerns import Known, concerning_parts
from articles.counting import count_once
from articles.models import (
    Agreement,
    AgreementRelation,
    Article,
    Attestation,
    Discrepancy,
    Event,
    Figure,
    Office,
    Person,
)
from articles.models.base import seen
from articles.models.dated import ShownDate
from articles.presentation import AgreementRow, Link, ShownValue, agreement_row, shown_value
from articles.presentation_events import EventRow, event_row
from articles.presentation_figures import FigureRow, figure_row

SUBJECT_NOUNS = {
    "agreement": "agreement",
    "step": "agreement",
    "value": "agreement",
    "relation": "agreement",
    "figure": "figure",
    "event": "event",
    "event_step": "event",
    "office": "person",
    "side": "discrepancy",
}
"""Which noun's entry an attestation leads back to, by its subject."""

NOUNS = ("agreement", "event", "figure", "person", "discrepancy")
"""The order of entries inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether a discrepancy is open or settled, and of which kind it is."""

    open: bool
    standing_label: str
    kind_label: str


Row = AgreementRow | FigureRow | EventRow | Settled | None
"""What more is known of the entry that a paragraph attests."""


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A status that the paragraph reports of an agreement or an event."""

    status: str
    status_label: str
    date: ShownDate | None
    rung: int = 0
    ended: bool = False
    discrepancies: list[Link] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """An entry of the record that a paragraph attests, with what it says of it; once in each paragraph."""

    noun: str
    title: str
    url: str
    row: Row
    discrepancies: list[Link]
    steps: list[ShownStep] = field(default_factory=list)
    values: list[ShownValue] = field(default_factory=list)
    relations: list[tuple[str, Link]] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paragraph:
    number: int
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Attested:
    """Everything an article attests, and how much it is."""

    paragraphs: list[Paragraph]
    totals: list[str]
    discrepancies: list[Link]
    """Those that concern the article itself."""


def attested_by(article: Article, today: dt.date) -> Attested:
    """Return what readers may see of what the article attests, in a fixed number of queries."""
    places = list(
        Attestation.public.filter(article=article)
        .select_related("step", "value", "event_step", "office__country", "office__organisation", "side")
        .order_by("paragraph", "line", "pk")
    )
    relations = _public_relations(places)
    keyed = [(place, noun, key) for place in places for noun, key in [_entry_key(place, relations)] if key is not None]
    keys: dict[str, set[int]] = {noun: {key for _place, own, key in keyed if own == noun} for noun in NOUNS}
    agreements = Agreement.public.filter(pk__in=keys["agreement"])
    events = Event.public.filter(pk__in=keys["event"])
    figures = Figure.public.filter(pk__in=keys["figure"])
    entries: dict[str, dict[int, Any]] = {
        "agreement": _by_key(agreements.with_standing().with_names()),
        "event": _by_key(events.with_standing().with_names()),
        "figure": _by_key(figures.with_names()),
        "person": _by_key(Person.public.filter(pk__in=keys["person"])),
        "discrepancy": _by_key(Discrepancy.public.filter(pk__in=keys["discrepancy"])),
    }
    known = concerning_parts(
        {
            "articles": [article.pk],
            "agreements": entries["agreement"],
            "steps": [place.step_id for place in places if place.step_id],
            "values": [place.value_id for place in places if place.value_id],
            "figures": entries["figure"],
            "events": entries["event"],
            "persons": entries["person"],
        }
    )
    paragraphs: dict[int, dict[tuple[str, int], Entry]] = {}
    for place, noun, key in keyed:
        if key not in entries[noun]:
            continue
        listed = paragraphs.setdefault(place.paragraph, {})
        if (noun, key) not in listed:
            listed[noun, key] = _entry(noun, entries[noun][key], known, today)
        _add(listed[noun, key], place, relations, known)
    return Attested(
        paragraphs=[
            Paragraph(number, sorted(listed.values(), key=lambda entry: NOUNS.index(entry.noun)))
            for number, listed in sorted(paragraphs.items())
        ],
        totals=_totals(agreements, events, figures, {noun: len(found) for noun, found in entries.items()}),
        discrepancies=known["articles"].get(article.pk, []),
    )


def _by_key(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}


def _public_relations(places: list[Attestation]) -> dict[int, AgreementRelation]:
    keys = [place.relation_id for place in places if place.relation_id]
    return _by_key(AgreementRelation.public.filter(pk__in=keys).select_related("other"))


def _entry_key(place: Attestation, relations: dict[int, AgreementRelation]) -> tuple[str, int | None]:
    """Return the noun and the key of the entry that an attestation leads back to; no key where readers see none."""
    subject = place.subject
    noun = SUBJECT_NOUNS[subject]
    match subject:
        case "relation":
            relation = relations.get(place.relation_id or 0)
            return noun, relation.agreement_id if relation else None
        case "step" | "value":
            return noun, getattr(place, subject).agreement_id
        case "event_step":
            return noun, getattr(place, subject).event_id
        case "office":
            return noun, getattr(place, subject).person_id
        case "side":
            return noun, getattr(place, subject).discrepancy_id
    return noun, getattr(place, f"{subject}_id")


def _entry(noun: str, record: Any, known: dict[str, Known], today: dt.date) -> Entry:
    rows: dict[str, Callable[[Any], Row]] = {
        "agreement": agreement_row,
        "event": lambda event: event_row(event, today),
        "figure": figure_row,
        "discrepancy": lambda one: Settled(one.is_open, one.get_standing_display(), one.get_kind_display()),
        "person": lambda _person: None,
    }
    discrepancies = known.get(f"{noun}s", {}).get(record.pk, [])
    return Entry(noun, record.title, record.url, rows[noun](record), discrepancies)


def _add(entry: Entry, place: Attestation, relations: dict[int, AgreementRelation], known: dict[str, Known]) -> None:
    """Add to an entry what one place says of it."""
    match place.subject:
        case "step" if place.step:
            step = place.step
            marks = known["steps"].get(step.pk, [])
            _once(entry.steps, ShownStep(step.status, step.status_label, _given(step), step.rung, step.ended, marks))
        case "event_step" if place.event_step:
            said = place.event_step
            _once(entry.steps, ShownStep(said.status, said.status_label, _given(said)))
        case "value" if place.value:
            shown = shown_value(place.value)
            marks = known["values"].get(place.value.pk, [])
            _once(entry.values, ShownValue(shown.text, shown.meaning, discrepancies=marks))
        case "relation":
            relation = relations[place.relation_id or 0]
            _once(entry.relations, (relation.get_kind_display(), Link(relation.other.title, relation.other.url)))
        case "office" if place.office:
            _once(entry.offices, _office_text(place.office))
        case "side" if place.side:
            _once(entry.sides, place.side.says)
    if place.note:
        _once(entry.notes, place.note)


def _once(listed: list[Any], new: Any) -> None:
    if new not in listed:
        listed.append(new)


def _given(dated: Any) -> ShownDate | None:
    """Return the date of a step; none where the source gives none."""
    return dated.date if dated.date_edtf else None


def _office_text(office: Office) -> str:
    country, organisation = seen(office.country), seen(office.organisation)
    return ", ".join(
        part
        for part in (office.title, country.title if country else "", organisation.title if organisation else "")
        if part
    )


def _totals(
    agreements: models.QuerySet[Any], events: models.QuerySet[Any], figures: models.QuerySet[Any], held: dict[str, int]
) -> list[str]:
    """Say how much there is of each noun; what is probably the same counts once, and the words say so."""

    def counted(model: type[models.Model], rows: models.QuerySet[Any], words: str) -> str:
        number = held[model._meta.model_name or ""]
        return words % {"n": number} + count_once(model, rows, number).if_once if number else ""

    n = held["agreement"]
    said = [counted(Agreement, agreements, ngettext("%(n)d agreement or plan", "%(n)d agreements and plans", n))]
    said.append(counted(Event, events, ngettext("%(n)d event", "%(n)d events", held["event"])))
    said.append(counted(Figure, figures, ngettext("%(n)d figure", "%(n)d figures", held["figure"])))
    n = held["person"]
    said.append(ngettext("%(n)d person", "%(n)d persons", n) % {"n": n} if n else "")
    n = held["discrepancy"]
    said.append(ngettext("%(n)d side of a discrepancy", "sides of %(n)d discrepancies", n) % {"n": n} if n else "")
    return [words for words in said if words] or [_("Nothing in the record rests on this article yet.")]
