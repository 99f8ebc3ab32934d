"""Entries with everything that their columns show: only what readers may see, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from django.db import models

from articles.concerns import Known, concerning, concerning_parts
from articles.models import (
    CONCERNS,
    Agreement,
    AgreementRelation,
    AgreementValue,
    Article,
    Attestation,
    Country,
    Discrepancy,
    EventOutcome,
    EventParticipant,
    EventRelation,
    EventStep,
    FigureRelation,
    Office,
    Person,
    State,
    StatusStep,
)
from articles.models.base import prefetched
from articles.plain_entries import Entries, by_key, entries, mentioned, name, parts, stand_on_sources, tie

CHUNK: Final = 1000
"""How many rows are in memory at a time."""

Rows = Any


def _places() -> models.Prefetch[Any, Any, Any]:
    rows = Attestation.public.all().with_names().order_by("article", "line")
    return prefetched("every_attestation", rows, "public_attestations")


def _relations(model: Any) -> models.Prefetch[Any, Any, Any]:
    return prefetched("every_relation", model.public.select_related("other"), "public_relations")


def _figures(rows: Rows) -> Rows:
    agreement = prefetched("agreement", Agreement.public.all(), "public_agreement")
    return rows.with_names().prefetch_related(agreement, _relations(FigureRelation))


def _events(rows: Rows) -> Rows:
    present = EventParticipant.objects.filter(person__in=Person.public.values("pk")).select_related("person")
    outcomes = EventOutcome.objects.filter(agreement__in=Agreement.public.values("pk")).select_related("agreement")
    return rows.with_names(EventStep.public.order_by("position").prefetch_related(_places())).prefetch_related(
        _places(),
        _relations(EventRelation),
        prefetched("every_participant", present.order_by("position", "pk"), "public_participants"),
        prefetched("every_outcome", outcomes.order_by("agreement__name", "pk"), "public_outcomes"),
    )


def _discrepancies(rows: Rows) -> Rows:
    def public(field: str) -> Rows:
        model: Any = Discrepancy._meta.get_field(field).related_model
        entries = model.public.all()
        if field in ("steps", "values"):
            return (
                entries.filter(agreement__state=State.PUBLISHED).select_related("agreement").order_by("position", "pk")
            )
        return entries.order_by("pk")

    return rows.with_names().prefetch_related(
        "every_evidence", *(prefetched(field, public(field), f"public_{field}") for field in CONCERNS)
    )


def _countries(rows: Rows) -> Rows:
    return rows.with_names().prefetch_related(prefetched("members", Country.public.all(), "public_members"))


def _persons(rows: Rows) -> Rows:
    offices = Office.public.order_by("position").select_related("country", "organisation").prefetch_related(_places())
    return rows.with_names().prefetch_related(
        prefetched("every_office", offices, "public_offices"),
        prefetched("articles", Article.public.all().order_by("pk"), "public_articles"),
    )


_FETCHED: Final[dict[str, Callable[[Rows], Rows]]] = {
    "figure": _figures,
    "event": _events,
    "discrepancy": _discrepancies,
    "country": _countries,
    "person": _persons,
}


def _fill_articles(articles: Entries) -> None:
    stand_on_sources(articles)
    name(articles, Article.partners, "public_partners")
    name(articles, Article.mentioned, "public_mentioned")
    name(articles, Article.topics, "public_topics")


def _fill_agreements(agreements: Entries) -> None:
    name(agreements, Agreement.parties, "public_parties")
    name(agreements, Agreement.organisations, "public_organisations")
    name(agreements, Agreement.topics, "public_topics")
    steps = parts(agreements, StatusStep.public.order_by("position"), "agreement", "public_steps")
    values = parts(agreements, AgreementValue.public.order_by("position"), "agreement", "public_values")
    relations = parts(agreements, AgreementRelation.public, "agreement", "public_relations").values()
    tie(relations, "other", mentioned(Agreement, (one.other_id for one in relations)))
    said = Attestation.public.order_by("article", "line")
    attested = {"agreement": agreements, "step": steps, "value": values}.items()
    places = [place for one in attested for place in parts(one[1], said, one[0], "public_attestations").values()]
    articles = mentioned(Article, (place.article_id for place in places))
    stand_on_sources(articles)
    tie(places, "article", articles)


_FILLED: Final[dict[str, Callable[[Entries], None]]] = {"article": _fill_articles, "agreement": _fill_agreements}
"""The nouns of which there may be a million entries: these are made from plain values, and filled chunk by chunk."""


def with_everything(noun: str, rows: Rows) -> Iterator[Any]:
    """Yield the rows of a noun with names, parts, sources and the discrepancies that concern them, in chunks."""
    fill = _FILLED.get(noun)
    if fill:
        found = entries(rows, CHUNK)
    else:
        fetched = _FETCHED[noun](rows) if noun in _FETCHED else rows.with_names()
        found = fetched.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        if fill:
            fill(by_key(chunk))
        yield from _marked(noun, chunk)


def _marked(noun: str, entries: list[Any]) -> Iterable[Any]:
    """Note on each entry the discrepancies that concern it or a part of it."""
    known: Known = {}
    if noun == "agreement":
        known = _of_agreements(entries)
    elif (field := f"{noun}s") in CONCERNS:
        known = concerning(field, [entry.pk for entry in entries])
    for entry in entries:
        entry.public_discrepancies = list(dict.fromkeys(link.url for link in known.get(entry.pk, [])))
    return entries


def _of_agreements(agreements: list[Any]) -> Known:
    steps = {step.pk: agreement.pk for agreement in agreements for step in agreement.public_steps}
    values = {value.pk: agreement.pk for agreement in agreements for value in agreement.public_values}
    parts = concerning_parts({"agreements": [one.pk for one in agreements], "steps": steps, "values": values})
    known: Known = parts["agreements"]
    for field, owners in (("steps", steps), ("values", values)):
        for key, links in parts[field].items():
            known.setdefault(owners[key], []).extend(links)
    return known
