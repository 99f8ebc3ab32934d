"""What can be found of each noun: the one table that the views and the triggers of the index are made from.

A document has a title, aliases, names of what the entry is tied to, a body, and a day to order by. Here stands which
fields fill them. What a field is, its model says: text, a list of names, or a tie to one or many entries of another
noun, which then gives its own title and aliases, if it is published. So no view reads what no trigger watches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from articles.models import (
    NOUNS,
    Agreement,
    Article,
    Attestation,
    Country,
    Discrepancy,
    DiscrepancySide,
    Event,
    Evidence,
    Figure,
    Indicator,
    Organisation,
    Outlet,
    Person,
    Record,
    SourceDocument,
    StatusStep,
    Topic,
)
from articles.models.fields import NamesField

NUMBERS: Final = {model: number for number, model in enumerate(NOUNS)}
"""The number of each noun in the keys of its documents, above the bits of the row."""
ROW_BITS: Final = 40
"""How many bits of a document's key tell the row. So the documents of one noun stand together, in the index, too."""
ROW: Final = (1 << ROW_BITS) - 1
"""The bits of the row."""

MANY: Final = (NUMBERS[Article], NUMBERS[Agreement])
"""The numbers of the nouns of which there may be a million entries: nothing goes through all their documents."""
FEW: Final = len(MANY) << ROW_BITS
"""The first key of the documents of all other nouns: those with very many entries have the lowest numbers."""


def documents_of(number: int, key: str = "id") -> str:
    """Return the condition, in SQL, that a key is that of a document of a noun."""
    return f"{key} BETWEEN {number << ROW_BITS} AND {number << ROW_BITS | ROW}"


TERRITORY: Final = "territory"
"""In place of a field: the names that CLDR has for a country's code."""


@dataclass(frozen=True, slots=True)
class Parts:
    """In place of a field: what the parts of an entry say, those alone that a published article attests, if so told."""

    model: type[models.Model]
    owner: str
    columns: tuple[str, ...]
    subject: str = ""
    """The field of an attestation that points at the part; empty where parts need none."""


Source = str | Parts


@dataclass(frozen=True, slots=True)
class Document:
    """What fills the document of a noun."""

    model: type[Record]
    title: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    body: tuple[Source, ...] = ()
    day: Source = ""

    @property
    def noun(self) -> str:
        return self.model.NOUN

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)


SIDES: Final = Parts(DiscrepancySide, "discrepancy_id", ("says", "as_written"), "side")
EVIDENCE: Final = Parts(Evidence, "discrepancy_id", ("reference", "says"))
LATEST_STEP: Final = Parts(StatusStep, "agreement_id", ("date_earliest",), "step")

DOCUMENTS: Final = (
    Document(
        Article,
        title=("headline", "label"),
        names=("outlet", "authors", "partners", "mentioned", "topics"),
        body=("summary", "author_role"),
        day="date_earliest",
    ),
    Document(Agreement, title=("name",), names=("parties", "organisations", "topics"), body=("note",), day=LATEST_STEP),
    Document(
        Figure,
        title=("name",),
        names=("partners", "organisations", "speaker", "speaking_body", "indicator", "topics"),
        body=("note", "as_written", "counted", "statistics"),
        day="date_earliest",
    ),
    Document(
        Event,
        title=("name",),
        names=("countries", "country", "persons", "organisations", "topics"),
        body=("note", "place", "series"),
        day="date_earliest",
    ),
    Document(
        Discrepancy,
        title=("name",),
        names=("partners", "organisations", "persons", "outlets"),
        body=("note", "right", SIDES, EVIDENCE),
        day="noted_on",
    ),
    Document(Country, title=("name",), aliases=("aliases", TERRITORY)),
    Document(Topic, title=("name",), body=("scope",)),
    Document(Outlet, title=("name",), aliases=("aliases",), names=("country",)),
    Document(Person, title=("name",), aliases=("aliases",), names=("country",), body=("note",)),
    Document(Organisation, title=("name",), aliases=("aliases",), names=("country",)),
    Document(Indicator, title=("name",), body=("definition",)),
    Document(SourceDocument, title=("heading", "label"), names=("publisher",), day="date_earliest"),
)

BY_MODEL: Final = {one.model: one for one in DOCUMENTS}


@dataclass(frozen=True, slots=True)
class Dependency:
    """A table that documents read: a change in one of the columns makes some of them stale.

    `keys` is SQL that yields their keys; `{row}` stands for the changed row.
    """

    table: str
    columns: tuple[str, ...]
    keys: str


def dependencies(document: Document) -> Iterator[Dependency]:
    """Yield every table that the view of a noun reads."""
    own = [document.key, "state", *_own_columns(document)]
    yield Dependency(document.table, tuple(dict.fromkeys(own)), f"SELECT {{row}}.{document.key}")
    for name in document.names:
        yield from _of_related(document, document.model._meta.get_field(name))
    for source in (*document.body, document.day):
        if isinstance(source, Parts):
            yield from _of_parts(source)


def _own_columns(document: Document) -> Iterator[str]:
    for source in (*document.title, *document.aliases, *document.names, *document.body, document.day):
        if isinstance(source, str) and source and source != TERRITORY:
            field: Any = document.model._meta.get_field(source)
            if not field.many_to_many:
                yield field.column


def _of_related(document: Document, field: Any) -> Iterator[Dependency]:
    """Yield the tables that a tie to another noun reads: the table between the two, and the other's own."""
    if not field.is_relation:
        return
    other = BY_MODEL[field.related_model]
    read = (other.key, "state", *_own_columns(Document(other.model, other.title, other.aliases)))
    if field.many_to_many:
        link, own, far = field.m2m_db_table(), field.m2m_column_name(), field.m2m_reverse_name()
        yield Dependency(link, (own, far), f"SELECT {{row}}.{own}")
        yield Dependency(other.table, read, f"SELECT {own} FROM {link} WHERE {far} = {{row}}.{other.key}")
    else:
        keys = f"SELECT {document.key} FROM {document.table} WHERE {field.column} = {{row}}.{other.key}"
        yield Dependency(other.table, read, keys)


def _of_parts(parts: Parts) -> Iterator[Dependency]:
    """Yield the tables that parts read; what an article stands on decides whether it attests them."""
    table, owner = parts.model._meta.db_table, parts.owner
    yield Dependency(table, (owner, "position", *parts.columns), f"SELECT {{row}}.{owner}")
    if not parts.subject:
        return
    subject = f"{parts.subject}_id"
    attestation, article, source = (model._meta.db_table for model in (Attestation, Article, SourceDocument))
    yield Dependency(attestation, (subject, "article_id"), f"SELECT {owner} FROM {table} WHERE id = {{row}}.{subject}")
    by_article = f"SELECT part.{owner} FROM {table} part JOIN {attestation} place ON place.{subject} = part.id"
    yield Dependency(
        article, ("id", "state", "outlet_id", "source_id"), f"{by_article} WHERE place.article_id = {{row}}.id"
    )
    by_stand = f"{by_article} JOIN {article} article ON article.id = place.article_id"
    yield Dependency(Outlet._meta.db_table, ("id", "state"), f"{by_stand} WHERE article.outlet_id = {{row}}.id")
    by_source = f"{by_stand} JOIN {source} source ON source.id = article.source_id"
    yield Dependency(source, ("id", "state", "publisher_id"), f"{by_stand} WHERE article.source_id = {{row}}.id")
    yield Dependency(Outlet._meta.db_table, ("id", "state"), f"{by_source} WHERE source.publisher_id = {{row}}.id")


def is_list(model: type[Record], name: str) -> bool:
    """Say whether a field keeps a list of names."""
    return isinstance(model._meta.get_field(name), NamesField)
