"""Columns that several nouns share."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.dates import Precision
from articles.formats.columns.base import Column, Type
from articles.models import Basis
from articles.models.base import seen
from articles.numerals import digits_after_point

Words = str | Promise


def text(name: str, description: Words, value: Callable[[Any], Any] | None = None) -> Column:
    """Return a column of text; it shows the attribute of its own name unless told otherwise."""
    return Column(name, description, Type.STRING, value or (lambda row: getattr(row, name)))


def choice(name: str, description: Words, choices: Any, value: Callable[[Any], Any] | None = None) -> Column:
    """Return a column whose values are of a closed list."""
    words = tuple(str(one) for one in choices if one != "")
    return Column(name, description, Type.STRING, value or (lambda row: getattr(row, name)), choices=words)


def texts(name: str, description: Words, value: Callable[[Any], Any]) -> Column:
    return Column(name, description, Type.STRINGS, value)


def address(name: str, description: Words, value: Callable[[Any], Any]) -> Column:
    return Column(name, description, Type.ADDRESS, value)


def objects(
    name: str, description: Words, value: Callable[[Any], Any], parts: tuple[Column, ...], text: Callable[[Any], str]
) -> Column:
    return Column(name, description, Type.OBJECTS, value, parts=parts, text=text)


def named(name: str, description: Words, value: Callable[[Any], Any]) -> Column:
    """Return a column with the name of an entry of another noun, if readers may see that."""
    return text(name, description, lambda row: entry.title if (entry := seen(value(row))) else "")


def coded(name: str, description: Words, value: Callable[[Any], Any] = lambda row: row.country) -> Column:
    """Return a column with the code of a country, if readers may see that."""
    return text(name, description, lambda row: country.iso if (country := seen(value(row))) else "")


def title_by(description: Words, of_source: Callable[[Any], bool]) -> Column:
    """Return the column that says whose title it is."""
    return choice("title_by", description, ("source", "us"), lambda row: "source" if of_source(row) else "us")


def exactly(number: Decimal | None, as_written: str = "") -> Decimal | None:
    """Return a number with as many digits behind the point as its source writes."""
    if number is None:
        return None
    return number.quantize(Decimal(1).scaleb(-digits_after_point(number, as_written)))


IDENTITY = (
    Column(
        "code",
        _("Permanent code: minted once, never given to another entry."),
        Type.STRING,
        lambda row: row.code,
        always=True,
    ),
    Column("title", _("What the entry is called."), Type.STRING, lambda row: row.title, always=True),
    Column(
        "permalink",
        _("Permanent address, without a language: cite this one."),
        Type.ADDRESS,
        lambda row: row.permalink,
        always=True,
    ),
    Column("url", _("Address of the page in this language."), Type.ADDRESS, lambda row: row.url, always=True),
)

MODIFIED = Column(
    "modified",
    _("When the entry or a part of it last changed (RFC 3339)."),
    Type.TIME,
    lambda row: row.modified_at,
    unit="UTC",
    always=True,
)

DISCREPANCIES = Column(
    "discrepancies",
    _("Pages of the discrepancies that concern the entry or a part of it: where sources err or disagree."),
    Type.ADDRESSES,
    lambda row: row.public_discrepancies,
)


NOTE = text("note", _("In our own words."))


def dated(said_of: Words) -> tuple[Column, ...]:
    """Return the columns of a date that is as precise as its source: `said_of` tells what happened then."""
    return (
        Column("date", said_of, Type.EDTF, lambda row: row.date_edtf),
        Column("date_earliest", _("First day that the date can mean."), Type.DATE, lambda row: row.date_earliest),
        Column("date_latest", _("Last day that the date can mean."), Type.DATE, lambda row: row.date_latest),
        choice(
            "date_precision",
            _("How much of the date is known. Between: one unknown day in there; span: all its days."),
            Precision,
        ),
        choice("date_basis", _("Whether the source states the date, we infer it, or there is none."), Basis.values),
        text("date_note", _("What an inferred date rests on, or why there is none; in our own words.")),
    )


def countries(name: str, description: Words, value: Callable[[Any], Any]) -> tuple[Column, Column]:
    """Return two columns of countries and blocs, in the same order: codes and names."""
    return (
        texts(
            f"{name}_codes",
            format_lazy(_("{}: ISO 3166-1 codes; of blocs a reserved code or the UN M49 number."), description),
            lambda row: [one.iso for one in value(row)],
        ),
        texts(
            f"{name}_names",
            format_lazy(_("{}: names in English."), description),
            lambda row: [one.title for one in value(row)],
        ),
    )


TOPICS = (
    texts("topics", _("Our topics, by their keys in filters."), lambda row: [one.slug for one in row.public_topics]),
    texts(
        "topics_iptc",
        _("The same topics as codes of IPTC Media Topics, in the same order."),
        lambda row: [one.iptc_code for one in row.public_topics],
    ),
)

ORGANISATIONS = texts(
    "organisations",
    _("Organisations that it names."),
    lambda row: [one.title for one in row.public_organisations],
)

PLACE_PARTS = (
    text("article", _("Code of the article."), lambda place: place.article.code),
    text("article_title", _("Its headline, or a label of ours."), lambda place: place.article.title),
    text("outlet", _("Who published it."), lambda place: place.outlet),
    text("via", _("Publisher of the digest through which it is known, if it is."), lambda place: place.via),
    Column("paragraph", _("Paragraph of the article, from 1."), Type.INTEGER, lambda place: place.paragraph),
    address("url", _("The paragraph on the article’s page."), lambda place: place.article_url),
    text("note", _("What it says there, where it needs saying; in our own words.")),
)


def places(value: Callable[[Any], Any] = lambda row: row.public_attestations) -> Column:
    """Return the column of the places that say it."""
    return objects(
        "attestations",
        _("The articles that say so, with the paragraph."),
        value,
        PLACE_PARTS,
        lambda place: f"{place.article.code} ¶{place.paragraph}",
    )


def cited(part: Any) -> str:
    """Return the places of a part as a short text: “ [mk2x38 ¶3, bpzwnn ¶1]”."""
    said = ", ".join(f"{place.article.code} ¶{place.paragraph}" for place in part.public_attestations)
    return f" [{said}]" if said else ""


def dated_and_cited(words: str, part: Any) -> str:
    """Return a part as a short text: “signed (2025-05-31) [mk2x38 ¶3]”."""
    when = f" ({part.date_edtf})" if part.date_edtf else ""
    return f"{words}{when}{cited(part)}"


def steps(description: Words, status: Column, when: Words) -> Column:
    """Return the column of a history: `when` tells what the dates of its steps are."""
    return objects(
        "steps",
        description,
        lambda row: row.public_steps,
        (status, *dated(when), NOTE, places()),
        lambda step: dated_and_cited(step.status, step),
    )


def relations(kinds: Any, *more: Column) -> Column:
    """Return the column of ties to other entries of the same noun."""
    return objects(
        "relations",
        _("How it stands to other entries of its kind."),
        lambda row: row.public_relations,
        (
            choice("kind", _("What it is to the other."), kinds),
            text("code", _("Code of the other."), lambda one: one.other.code),
            text("title", _("Title of the other."), lambda one: one.other.title),
            address("permalink", _("Permanent address of the other."), lambda one: one.other.permalink),
            *more,
            text("note", _("Why; in our own words.")),
        ),
        lambda one: f"{one.kind}: {one.other.title} ({one.other.code})",
    )
