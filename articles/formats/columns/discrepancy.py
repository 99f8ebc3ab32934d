"""The columns of discrepancies."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.formats.columns.base import Column, Type
from articles.formats.columns.shared import IDENTITY, MODIFIED, address, choice, cited, countries, objects, places, text
from articles.models import CONCERNS, Discrepancy

SIDE = (
    text("says", _("What one source says, in our own words.")),
    text("as_written", _("A few of its own words, where the wording matters.")),
    places(),
)

EVIDENCE = (
    text("reference", _("Who published what, and when.")),
    address("address", _("Its address."), lambda one: one.address),
    text("says", _("What it shows, in our own words.")),
    Column("outside", _("Whether it stands outside the sources of the record."), Type.BOOLEAN, lambda one: one.outside),
)

_PARTS = {"steps": "step", "values": "value"}


def _concerned(discrepancy: Any) -> Iterator[dict[str, str]]:
    """Yield what it concerns; a step or value of an agreement by its place on the agreement's page."""
    for field in CONCERNS:
        for one in getattr(discrepancy, f"public_{field}"):
            if field in _PARTS:
                place = f"{one.agreement.url}#{_PARTS[field]}-{one.position}"
                yield {"kind": _PARTS[field], "title": one.agreement.title, "code": one.agreement.code, "url": place}
            else:
                yield {"kind": one.NOUN, "title": one.title, "code": one.code, "url": one.url}


CONCERNED = (
    choice(
        "kind",
        _("What it is."),
        (
            "article",
            "agreement",
            "step",
            "value",
            "figure",
            "event",
            "person",
            "organisation",
            "outlet",
            "source",
        ),
        lambda one: one["kind"],
    ),
    text("code", _("Its code; of a step or value that of the agreement."), lambda one: one["code"]),
    text("title", _("What it is called; of a step or value the agreement’s title."), lambda one: one["title"]),
    address("url", _("Its page, or its place on it."), lambda one: one["url"]),
)

DISCREPANCY = (
    *IDENTITY,
    choice("kind", _("What kind of error or disagreement it is."), Discrepancy.Kind.values),
    choice(
        "standing",
        _("Open where we cannot know; settled where evidence shows what is right."),
        Discrepancy.Standing.values,
    ),
    choice("weight", _("Whether it is one of substance, or of form."), Discrepancy.Weight.values),
    text("note", _("The editor’s note, in our own words.")),
    text("right", _("What is right; only where the evidence shows it.")),
    Column("noted_on", _("When we noted it."), Type.DATE, lambda row: row.noted_on),
    *countries("partners", _("Partners that it is about"), lambda row: row.public_partners),
    objects(
        "sides",
        _("What each source says, and where."),
        lambda row: row.public_sides,
        SIDE,
        lambda one: f"{one.says}{cited(one)}",
    ),
    objects(
        "evidence",
        _("What shows which side is right."),
        lambda row: row.every_evidence.all(),
        EVIDENCE,
        lambda one: f"{one.reference} ({one.address})" if one.address else one.reference,
    ),
    objects(
        "concerns",
        _("What it concerns."),
        _concerned,
        CONCERNED,
        lambda one: f"{one['kind']}: {one['title']} ({one['code']})",
    ),
    MODIFIED,
)
