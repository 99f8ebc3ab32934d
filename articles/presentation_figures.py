"""What the components of the ledger are given: plain values made from figures that a queryset has fetched.

Nothing here asks the database: `with_names()` and the views fetch before. A figure is never more precise, and
its meaning never other, than the article has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import numerals
from articles.models import HOME, Attestation, Figure, Meaning, Qualifier
from articles.models.base import seen
from articles.models.dated import ShownDate
from articles.presentation import Link, links


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in the ledger, or beside others that speak of the same thing."""

    url: str
    title: str
    indicator: Link
    text: str
    as_written: str
    conversion: str
    meaning_label: str
    unit_label: str
    flow_label: str
    period: ShownDate
    has_period: bool
    partners: str
    partner_links: list[Link]
    speaker: str
    reporter: str
    outlet: str
    article_title: str
    article_url: str
    via: str
    note: str
    discrepancies: list[Link] = field(default_factory=list)
    attestations: list[Attestation] = field(default_factory=list)


def measured(number: str, value: Decimal, figure: Figure) -> str:
    """Put the unit to a number that is written out already."""
    n = numerals.plural_of(value)
    match figure.measure:
        case Figure.Measure.MONEY:
            return numerals.with_currency(number, figure.currency)
        case Figure.Measure.PERCENT:
            return numerals.percent(number)
        case Figure.Measure.RANK:
            return _("rank %(number)s") % {"number": number}
        case Figure.Measure.COUNT:
            return f"{number} {figure.counted}"
        case Figure.Measure.TONNE:
            words = ngettext("%(number)s tonne", "%(number)s tonnes", n)
        case Figure.Measure.BARREL:
            words = ngettext("%(number)s barrel", "%(number)s barrels", n)
        case Figure.Measure.MEGAWATT:
            words = _("%(number)s MW")
        case Figure.Measure.YEAR:
            words = ngettext("%(number)s year", "%(number)s years", n)
        case _:
            words = ngettext("%(number)s month", "%(number)s months", n)
    return words % {"number": number}


def figure_text(figure: Figure) -> str:
    """Return the value with its qualifier, every digit as the source gives it: “over 30 million tonnes”."""
    number = numerals.scaled(figure.amount, figure.scale, figure.as_written)
    if figure.qualifier == Qualifier.AMONG_TOP:
        return _("among the top %(number)s") % {"number": number}
    if figure.qualifier == Qualifier.IN_WORDS and figure.measure not in (Figure.Measure.RANK, Figure.Measure.COUNT):
        # “Half” is not quite 50 per cent, nor “three decades” thirty years: the words stand for themselves.
        return f"“{figure.as_written}”"
    text = measured(number, figure.amount * Decimal(10) ** figure.scale, figure)
    if figure.qualifier in (Qualifier.EXACT, Qualifier.IN_WORDS):
        return text
    return _("%(qualifier)s %(value)s") % {"qualifier": figure.get_qualifier_display(), "value": text}


def base_text(figure: Figure) -> str:
    """Return the value in units of its measure, all digits written out: “14,500,000,000 US dollars”."""
    number = numerals.plain(figure.value)
    if figure.measure == Figure.Measure.MONEY:
        return f"{number} {numerals.currency_name(figure.currency)}"
    return measured(number, figure.value, figure)


def conversion_text(figure: Figure) -> str:
    """Return the conversion that the source itself gives; nothing where it gives none."""
    if figure.converted_amount is None:
        return ""
    number = numerals.scaled(figure.converted_amount, figure.converted_scale, figure.converted_as_written)
    return numerals.with_currency(number, figure.converted_currency)


def unit_label(figure: Figure) -> str:
    """Return what the value is counted in, as a heading says it."""
    if figure.measure == Figure.Measure.MONEY:
        return numerals.currency_name(figure.currency)
    return figure.counted or figure.get_measure_display()


def speaker_of(figure: Figure) -> Link | None:
    """Return who says it, a person or a body; None where the article says it in its own voice."""
    voice = seen(figure.speaker) or seen(figure.speaking_body)
    return Link(voice.title, voice.url) if voice else None


def period_of(figure: Figure) -> ShownDate:
    """Return the period in words; a figure without one says so."""
    return figure.date if figure.date_edtf else replace(figure.date, text=_("period not stated"))


def reporter_text(figure: Figure) -> str:
    """Return whose statistics it is from: “Italy (ISTAT)”; nothing where the source does not say."""
    country = seen(figure.reporter)
    if country and figure.statistics:
        return _("%(country)s (%(statistics)s)") % {"country": country.title, "statistics": figure.statistics}
    return country.title if country else figure.statistics


def partners_of(figure: Figure) -> list[Link]:
    """Return the partners of a figure; Kazakhstan goes without saying."""
    return links(country for country in figure.public_partners if country.iso != HOME)


def figure_row(figure: Figure) -> FigureRow:
    """Take a figure fetched `with_names()`."""
    partners = partners_of(figure)
    speaker = speaker_of(figure)
    first = figure.public_attestations[0] if figure.public_attestations else None
    indicator = seen(figure.indicator)
    return FigureRow(
        url=figure.url,
        title=figure.name,
        indicator=Link(indicator.title, indicator.url) if indicator else Link("", ""),
        text=figure_text(figure),
        as_written=figure.as_written,
        conversion=conversion_text(figure),
        meaning_label=figure.get_meaning_display(),
        unit_label=unit_label(figure),
        flow_label=indicator.get_flow_display() if indicator and indicator.flow else "",
        period=period_of(figure),
        has_period=bool(figure.date_edtf),
        partners=", ".join(link.name for link in partners),
        partner_links=partners,
        speaker=speaker.name if speaker else "",
        reporter=reporter_text(figure),
        outlet=first.outlet if first else "",
        article_title=first.article_title if first else "",
        article_url=first.article_url if first else "",
        via=first.via if first else "",
        note=figure.note,
        attestations=list(figure.public_attestations),
    )


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that may stand under one another: the same meaning in the same unit."""

    key: str
    meaning_label: str
    unit_label: str
    figures: list[Figure]


_MEANINGS = {value: number for number, value in enumerate(Meaning.values)}


def grouped(figures: Iterable[Figure]) -> list[FigureGroup]:
    """Part figures by meaning and unit; the order inside a group is kept."""
    parts: dict[tuple[int, str, str, str], list[Figure]] = {}
    for figure in figures:
        key = (_MEANINGS[figure.meaning], figure.measure, figure.currency, figure.counted)
        parts.setdefault(key, []).append(figure)
    return [
        FigureGroup(
            key=f"values-{number}",
            meaning_label=parts[key][0].get_meaning_display(),
            unit_label=unit_label(parts[key][0]),
            figures=parts[key],
        )
        for number, key in enumerate(sorted(parts), 1)
    ]
