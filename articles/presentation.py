"""What the components of a page are given: plain values made from entries that a queryset has fetched.

Nothing here asks the database: the querysets' `with_names()` and the views fetch before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import get_language

from articles.models import HOME, Agreement, AgreementValue, Article, Attestation, Record, StatusStep
from articles.models.dated import ShownDate
from articles.numerals import locale, with_currency

if TYPE_CHECKING:
    from articles.presentation_events import EventRow


@dataclass(frozen=True, slots=True)
class Link:
    """A named link, with a count where one belongs beside it."""

    name: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    label: str
    url: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """An article in a list."""

    url: str
    title: str
    has_headline: bool
    outlet: Link
    outlet_url: str
    byline: str
    genre_label: str
    via: str
    date: ShownDate
    summary: str
    tags: list[Tag]
    discrepancies: list[Link] = field(default_factory=list)
    coins: str = ""


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A sum of money in words, with what it means and who says so."""

    text: str
    meaning: str
    note: str = ""
    attestations: list[Attestation] = field(default_factory=list)
    discrepancies: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in a register."""

    url: str
    title: str
    type_label: str
    tier_label: str
    parties: str
    rung: int
    ended: bool
    status_label: str
    since: ShownDate | None
    values: list[ShownValue]
    attestations: list[Attestation] = field(default_factory=list)
    discrepancies: list[Link] = field(default_factory=list)
    status_discrepancies: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tie:
    """Another entry that an entry is tied to, with what it is to that other in words.

    `ours` says that the tie is a judgement of ours. A tie to a figure shows its value, one to an event what is known
    of it.
    """

    label: str
    title: str
    url: str
    note: str = ""
    ours: bool = False
    value: ShownValue | None = None
    event: EventRow | None = None
    discrepancies: list[Link] = field(default_factory=list)
    attestations: list[Attestation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """An article that tells of an entry, with the places in it that do."""

    article: Attestation
    places: list[Attestation]


def language_name(code: str) -> str:
    """Return what a language (ISO 639-1) is called in the current one."""
    return Locale.parse(code).get_display_name(get_language() or "en") or code


def links(entries: Iterable[Record]) -> list[Link]:
    """Return a link to each entry's page."""
    return [Link(entry.title, entry.url) for entry in entries]


def reports(attestations: Iterable[Attestation]) -> list[Report]:
    """Gather attestations that stand in the order of their articles, each place once."""
    places = {(one.article_id, one.line): one for one in attestations}
    grouped = [list(group) for _key, group in groupby(places.values(), key=lambda one: one.article_id)]
    return [Report(group[0], group) for group in grouped]


def money(amount: Decimal, currency: str) -> str:
    """Return a sum in words: 8000000000 USD → “US$8 billion”. Keeps every digit that is not zero."""
    here = locale()
    number = format_decimal(amount.normalize(), locale=here)
    for unit in (10**9, 10**6):
        if amount >= unit and (amount / unit * 100) % 1 == 0:
            number = format_compact_decimal(amount, format_type="long", fraction_digits=2, locale=here)
            break
    return with_currency(number, currency)


def shown_value(value: AgreementValue, attestations: Iterable[Attestation] = ()) -> ShownValue:
    text = money(value.amount, value.currency)
    if value.qualifier:
        text = f"{value.get_qualifier_display()} {text}"
    return ShownValue(text, value.get_meaning_display(), value.note, list(attestations))


def article_item(article: Article) -> ArticleItem:
    """Take an article fetched `with_names()`."""
    tags = [Tag(country.title, country.url, strong=True) for country in article.public_partners]
    tags += [Tag(topic.title, topic.url) for topic in article.public_topics]
    return ArticleItem(
        url=article.url,
        title=article.title,
        has_headline=article.has_headline,
        outlet=Link(article.outlet.name, article.outlet.url),
        outlet_url=article.outlet.url,
        byline=article.byline,
        genre_label=article.genre_label,
        via=article.via,
        date=article.date,
        summary=article.summary,
        tags=tags,
    )


def last_step(agreement: Agreement) -> StatusStep | None:
    """Return the step an agreement stands at, of those a published article attests."""
    return agreement.public_steps[-1] if agreement.public_steps else None


def parties_text(agreement: Agreement) -> str:
    """Return the partners' names; Kazakhstan goes without saying, unless it stands alone."""
    abroad = [country.title for country in agreement.public_parties if country.iso != HOME]
    return ", ".join(abroad or [country.title for country in agreement.public_parties])


def agreement_row(agreement: Agreement, attestations: Iterable[Attestation] = ()) -> AgreementRow:
    """Take an agreement fetched `with_names()`."""
    step = last_step(agreement)
    return AgreementRow(
        url=agreement.url,
        title=agreement.name,
        type_label="" if agreement.type == Agreement.Type.NOT_STATED else agreement.get_type_display(),
        tier_label=agreement.get_tier_display(),
        parties=parties_text(agreement),
        rung=step.rung if step else 0,
        ended=step.ended if step else False,
        status_label=step.status_label if step else "",
        since=step.date if step and step.date_edtf else None,
        values=[shown_value(value) for value in agreement.public_values],
        attestations=list(attestations),
    )
