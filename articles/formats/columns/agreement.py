"""The columns of agreements, with their steps and values."""

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
    choice,
    cited,
    countries,
    exactly,
    objects,
    places,
    relations,
    steps,
    text,
    title_by,
)
from articles.models import Agreement, AgreementRelation, AgreementValue, Basis, Qualifier, Status
from articles.presentation import last_step

VALUE = (
    Column("amount", _("The sum, in units of its currency."), Type.DECIMAL, lambda one: exactly(one.amount)),
    text("currency", _("ISO 4217.")),
    choice("qualifier", _("How the source limits the number; empty: it stands as it is."), Qualifier.values),
    choice(
        "meaning",
        _("What the sum means. Sums of different meaning are never added."),
        (one.value for one in AgreementValue.MEANINGS),
    ),
    text("as_written", _("The sum as the source writes it.")),
    NOTE,
    places(),
)


def _of_last_step(name: str, nothing: Any = "") -> Any:
    def value(row: Any) -> Any:
        step = last_step(row)
        return getattr(step, name) if step else nothing

    return value


def _value_text(value: Any) -> str:
    qualifier = f"{value.qualifier} " if value.qualifier else ""
    return f"{qualifier}{exactly(value.amount):f} {value.currency}, {value.meaning}{cited(value)}"


AGREEMENT = (
    *IDENTITY,
    title_by(_("Whose title it is: the sources’, or ours."), lambda row: not row.named_by_us),
    choice("type", _("What kind of instrument it is."), Agreement.Type.values),
    choice("tier", _("Who stands behind it."), Agreement.Tier.values),
    choice("binding", _("Whether it binds; only as a source states it."), Agreement.Binding.values),
    text("summary", _("What it is, in our own words."), lambda row: row.note),
    *countries("parties", _("Countries and blocs that are parties"), lambda row: row.public_parties),
    ORGANISATIONS,
    *TOPICS,
    choice(
        "standing",
        _("Where it stands: the status of its latest attested step."),
        Status.values,
        _of_last_step("status"),
    ),
    Column("standing_date", _("When it came to stand there."), Type.EDTF, _of_last_step("date_edtf")),
    Column("standing_earliest", _("First day that this date can mean."), Type.DATE, _of_last_step("date_earliest")),
    Column("standing_latest", _("Last day that this date can mean."), Type.DATE, _of_last_step("date_latest")),
    choice("standing_basis", _("How this date is known."), Basis.values, _of_last_step("date_basis")),
    steps(
        _("Its history, oldest first."),
        choice("status", _("What was reached."), Status.values),
        _("When it was reached."),
    ),
    objects("values", _("Sums of money tied to it."), lambda row: row.public_values, VALUE, _value_text),
    relations(
        AgreementRelation.Kind.values,
        choice("basis", _("Whether a source states it or we infer it."), ("stated", "inferred")),
    ),
    places(),
    DISCREPANCIES,
    MODIFIED,
)
