"""The columns of figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.formats.columns.base import Column, Type
from articles.formats.columns.shared import (
    DISCREPANCIES,
    IDENTITY,
    MODIFIED,
    NOTE,
    ORGANISATIONS,
    TOPICS,
    address,
    choice,
    coded,
    countries,
    dated,
    exactly,
    named,
    places,
    relations,
    text,
)
from articles.models import Figure, FigureRelation, Indicator, Meaning, Qualifier
from articles.models.base import seen


def _scale(figure: Any) -> int:
    return int(figure.scale)


def _agreement(figure: Any) -> Any:
    return figure.public_agreement


FIGURE = (
    *IDENTITY,
    named("indicator", _("What it measures."), lambda row: row.indicator),
    text(
        "indicator_key",
        _("The indicator’s key in filters."),
        lambda row: one.slug if (one := seen(row.indicator)) else "",
    ),
    choice(
        "flow",
        _("Of a trade figure: which way goods go."),
        Indicator.Flow.values,
        lambda row: one.flow if (one := seen(row.indicator)) else "",
    ),
    text("as_written", _("The figure as the source writes it.")),
    choice("qualifier", _("How the source limits the number; empty: it stands as it is."), Qualifier.values),
    Column(
        "amount",
        _("The number as written, every digit of it."),
        Type.DECIMAL,
        lambda row: exactly(row.amount, row.as_written),
    ),
    Column(
        "scale",
        _("The power of ten that the source writes as a word: 9 for billion."),
        Type.INTEGER,
        _scale,
        unit=_("power of ten"),
    ),
    Column(
        "value",
        _("Amount times its scale. Its zeros are written out; they do not make it more exact."),
        Type.DECIMAL,
        lambda row: exactly(row.value),
        unit=_("the measure or currency"),
    ),
    choice("measure", _("What the value is counted in."), Figure.Measure.values),
    text("currency", _("Of money: ISO 4217.")),
    text("counted", _("Of a count: what is counted.")),
    choice(
        "meaning", _("What the figure means. Figures of different meaning are never compared or added."), Meaning.values
    ),
    *dated(_("The period that the figure speaks of.")),
    Column(
        "converted_amount",
        _("The conversion that the source itself gives, as written."),
        Type.DECIMAL,
        lambda row: exactly(row.converted_amount, row.converted_as_written),
    ),
    Column(
        "converted_scale",
        _("Its scale."),
        Type.INTEGER,
        lambda row: None if row.converted_amount is None else int(row.converted_scale),
        unit=_("power of ten"),
    ),
    text("converted_currency", _("Its currency: ISO 4217.")),
    text("converted_as_written", _("The conversion as the source writes it.")),
    coded("reporter", _("Code of the country whose side counted, where the source says so."), lambda row: row.reporter),
    text("statistics", _("The statistics that the source names.")),
    named(
        "speaker",
        _("Who says it; empty where the article says it in its own voice."),
        lambda row: row.speaker or row.speaking_body,
    ),
    *countries("partners", _("Partners that it is about"), lambda row: row.public_partners),
    ORGANISATIONS,
    *TOPICS,
    text(
        "agreement",
        _("Code of the agreement that it belongs to."),
        lambda row: one.code if (one := _agreement(row)) else "",
    ),
    address(
        "agreement_permalink",
        _("Permanent address of that agreement."),
        lambda row: one.permalink if (one := _agreement(row)) else "",
    ),
    NOTE,
    relations(FigureRelation.Kind.values),
    places(),
    DISCREPANCIES,
    MODIFIED,
)
