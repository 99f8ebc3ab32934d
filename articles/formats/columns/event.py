"""The columns of events."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.formats.columns.base import Column, Type
from articles.formats.columns.shared import (
    DISCREPANCIES,
    IDENTITY,
    MODIFIED,
    ORGANISATIONS,
    TOPICS,
    address,
    choice,
    coded,
    countries,
    dated,
    named,
    objects,
    places,
    relations,
    steps,
    text,
)
from articles.models import Event, EventOutcome, EventParticipant, EventRelation, EventStatus

PARTICIPANT = (
    text("code", _("Code of the person."), lambda one: one.person.code),
    text("name", _("Name of the person."), lambda one: one.person.title),
    text("office", _("Office, as stated there.")),
    choice("role", _("Role there; empty: not stated."), EventParticipant.Role.values),
)

OUTCOME = (
    text("code", _("Code of the agreement."), lambda one: one.agreement.code),
    text("title", _("Title of the agreement."), lambda one: one.agreement.title),
    address("permalink", _("Permanent address of the agreement."), lambda one: one.agreement.permalink),
    choice("how", _("What became of it there."), EventOutcome.How.values),
)


def _participant_text(one: Any) -> str:
    about = ", ".join(part for part in (one.office, one.role) if part)
    return f"{one.person.title} ({about})" if about else one.person.title


EVENT = (
    *IDENTITY,
    choice("kind", _("What kind of event it is."), Event.Kind.values),
    choice(
        "status",
        _("What is known of it: the status of its latest attested step."),
        EventStatus.values,
        lambda row: row.public_steps[-1].status if row.public_steps else "",
    ),
    *dated(_("When it was, or is announced for.")),
    text("place", _("City or venue, as stated.")),
    coded("country", _("Code of the country where it takes place, if the source says so.")),
    named("country_name", _("Name of that country."), lambda row: row.country),
    *countries("countries", _("Countries and blocs that take part"), lambda row: row.public_countries),
    objects(
        "persons", _("Persons who take part."), lambda row: row.public_participants, PARTICIPANT, _participant_text
    ),
    ORGANISATIONS,
    *TOPICS,
    text("series", _("The series that it belongs to.")),
    Column(
        "series_number",
        _("Its number in the series, only as a source counts it."),
        Type.INTEGER,
        lambda row: row.series_number,
    ),
    text("note", _("What is known, in our own words.")),
    steps(
        _("What was said of it, oldest first."),
        choice("status", _("What was said of the event."), EventStatus.values),
        _("For when it was then announced."),
    ),
    objects(
        "outcomes",
        _("What became of agreements there."),
        lambda row: row.public_outcomes,
        OUTCOME,
        lambda one: f"{one.how}: {one.agreement.title} ({one.agreement.code})",
    ),
    relations(EventRelation.Kind.values),
    places(),
    DISCREPANCIES,
    MODIFIED,
)
