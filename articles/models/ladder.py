"""The ladder of an agreement: from a proposal to something that operates."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What can be said of an agreement, in the terms of the UN Treaty Collection and of project reporting."""

    PROPOSED = "proposed", _("proposed")
    NEGOTIATION = "under negotiation", _("under negotiation")
    ANNOUNCED = "announced", _("announced")
    INITIALLED = "initialled", _("initialled")
    SIGNED = "signed", _("signed")
    PROVISIONAL = "provisionally applied", _("provisionally applied")
    RATIFIED = "ratified by a party", _("ratified by a party")
    IN_FORCE = "in force", _("in force")
    PARTLY_IN_FORCE = "partly in force", _("partly in force")
    DECIDED = "investment decision taken", _("investment decision taken")
    CONSTRUCTION = "under construction", _("under construction")
    OPERATING = "operating", _("operating")
    COMPLETED = "completed", _("completed")
    SUSPENDED = "suspended", _("suspended")
    TERMINATED = "terminated", _("terminated")
    EXPIRED = "expired", _("expired")
    SUPERSEDED = "superseded", _("superseded")
    NOT_STATED = "not stated", _("not stated")


RUNGS: Final[tuple[tuple[Status, ...], ...]] = (
    (Status.PROPOSED, Status.NEGOTIATION),
    (Status.ANNOUNCED, Status.INITIALLED),
    (Status.SIGNED, Status.PROVISIONAL, Status.RATIFIED),
    (Status.IN_FORCE, Status.PARTLY_IN_FORCE, Status.DECIDED, Status.CONSTRUCTION),
    (Status.OPERATING, Status.COMPLETED),
)
"""The ladder, from the first rung to the fifth: what may never be added together."""

RUNG_LABELS: Final = (_("proposed"), _("announced"), _("signed"), _("under way"), _("operating"))

ENDED: Final = frozenset({Status.SUSPENDED, Status.TERMINATED, Status.EXPIRED, Status.SUPERSEDED})
"""Statuses that stand beside the ladder: what has stopped."""

_RUNG_OF: Final = {status.value: number for number, rung in enumerate(RUNGS, 1) for status in rung}


def rung_of(status: str) -> int:
    """Return the rung of a status, 1 to 5; 0 where it stands on none (ended, or not stated)."""
    return _RUNG_OF.get(status, 0)
