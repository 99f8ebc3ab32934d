"""The columns of the nouns that the others name: countries, topics, outlets, persons and so on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.formats.columns.base import Column, Type
from articles.formats.columns.shared import (
    DISCREPANCIES,
    IDENTITY,
    MODIFIED,
    NOTE,
    address,
    choice,
    coded,
    countries,
    dated,
    dated_and_cited,
    named,
    objects,
    places,
    text,
    texts,
    title_by,
)
from articles.models import Country, Indicator, Organisation, Outlet, SourceDocument

KEY = text("key", _("Its key in filters; it stays as it is once used."), lambda row: row.slug)
ALIASES = texts("aliases", _("Other spellings in the sources."), lambda row: row.aliases)


def _home(description: Any) -> tuple[Column, Column]:
    return (
        coded("country", _("Code of the country: ISO 3166-1.")),
        named("country_name", description, lambda row: row.country),
    )


COUNTRY = (
    *IDENTITY,
    text("iso", _("ISO 3166-1 alpha-2; of a bloc a reserved code or its UN M49 number. Its key in filters.")),
    choice("kind", _("Whether it is a country or a bloc."), Country.Kind.values),
    text("name_kk", _("Name in Kazakh (CLDR); the English one where CLDR has none."), lambda row: row.name_in("kk")),
    text("name_ru", _("Name in Russian (CLDR); the English one where CLDR has none."), lambda row: row.name_in("ru")),
    ALIASES,
    *countries("members", _("Members of a bloc"), lambda row: row.public_members),
    MODIFIED,
)

TOPIC = (
    *IDENTITY,
    KEY,
    text("scope", _("What it covers, in our own words.")),
    text("iptc_code", _("The nearest term of IPTC Media Topics.")),
    text("iptc_label", _("The label of that term.")),
    address("iptc_uri", _("The address of that term, as IPTC publishes it."), lambda row: row.iptc_uri),
    MODIFIED,
)

OUTLET = (
    *IDENTITY,
    KEY,
    choice("kind", _("What kind of publisher it is."), Outlet.Kind.values),
    *_home(_("Home country, as its own imprint has it.")),
    ALIASES,
    texts("languages", _("Languages of what we have read: ISO 639-1."), lambda row: row.languages),
    text("ownership", _("Ownership, only where known.")),
    DISCREPANCIES,
    MODIFIED,
)

OFFICE = (
    text("title", _("The office.")),
    coded("country", _("Code of the country whose office it is.")),
    named("organisation", _("The organisation whose office it is."), lambda one: one.organisation),
    *dated(_("The time for which the sources attest it; no term of office.")),
    NOTE,
    places(),
)

PERSON = (
    *IDENTITY,
    KEY,
    *_home(_("The country for which the person stands in the sources.")),
    ALIASES,
    objects(
        "offices",
        _("Offices, as the sources give them."),
        lambda row: row.public_offices,
        OFFICE,
        lambda office: dated_and_cited(office.title, office),
    ),
    texts(
        "articles",
        _("Codes of the articles that the person wrote."),
        lambda row: [one.code for one in row.public_articles],
    ),
    NOTE,
    DISCREPANCIES,
    MODIFIED,
)

ORGANISATION = (
    *IDENTITY,
    KEY,
    choice("kind", _("What kind of body it is."), Organisation.Kind.values),
    *_home(_("Home country, only where a source says so.")),
    ALIASES,
    DISCREPANCIES,
    MODIFIED,
)

INDICATOR = (
    *IDENTITY,
    KEY,
    text("definition", _("What it measures, in our own words.")),
    choice("flow", _("Of trade: which way goods go, seen from the country that counts."), Indicator.Flow.values),
    Column(
        "on_one_scale",
        _("Whether its figures of one partner, unit and meaning can be compared on one scale."),
        Type.BOOLEAN,
        lambda row: row.on_one_scale,
    ),
    MODIFIED,
)

SOURCE = (
    *IDENTITY,
    title_by(_("Whose title it is: the source’s, or a label of ours."), lambda row: row.has_heading),
    choice("kind", _("A digest of several items, or a single article."), SourceDocument.Kind.values),
    text("publisher", _("Who published it."), lambda row: row.publisher.title),
    text("publisher_key", _("The publisher’s key in filters."), lambda row: row.publisher.slug),
    *dated(_("When it was published.")),
    text("language", _("Language: ISO 639-1.")),
    text("file", _("The text file that line numbers of attestations refer to."), lambda row: row.file_name),
    DISCREPANCIES,
    MODIFIED,
)
