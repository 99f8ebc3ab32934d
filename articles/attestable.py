"""What of each noun an article can attest: the entry itself, and those of its parts that have sources of their own.

Publishing asks for what stands here, withdrawing an article looks for it, and the table of attestations offers it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Agreement, Attestation, Discrepancy, Event, Figure, Person, Record


@dataclass(frozen=True, slots=True)
class Attestable:
    """One thing that an attestation can concern."""

    subject: str
    """The field of Attestation that points at it."""
    name: Any
    """How staff call it: in a part's name stand its position and what it is."""
    accessor: str = ""
    """Where the entry has such parts; empty of the entry itself."""
    what: Callable[[Any], str] = str
    """What a part is, in the words by which an editor tells it from the others."""
    needed: bool = True
    """Whether the public sees it only where a published article attests it."""
    new: Any = ""
    """How a part is called that is entered in the same go; empty where it has no position to be known by."""
    fetch: tuple[str, ...] = ()
    """What the words of a part are made of besides the part."""

    def called(self, row: Any) -> str:
        """Return the name of the entry or part, as staff read it."""
        if not self.accessor:
            return str(self.name)
        return str(self.name) % {"n": getattr(row, "position", ""), "what": self.what(row)}

    def parts(self, entry: Record) -> models.QuerySet[Any]:
        """Return the parts of an entry, in their order."""
        rows: models.QuerySet[Any] = getattr(entry, self.accessor).select_related(*self.fetch)
        return rows.order_by("position") if self.new else rows.order_by("pk")

    def path(self, noun: type[Record]) -> str:
        """Return the way from an attestation to the entry, as queries write it."""
        return f"{self.subject}__{noun._meta.model_name}" if self.accessor else self.subject

    @property
    def model(self) -> Any:
        return Attestation._meta.get_field(self.subject).related_model


_STEP: Final = _("step %(n)d (%(what)s)")
_NEW_STEP: Final = _("new step, in place %d")

ATTESTABLE: Final[dict[type[Record], tuple[Attestable, ...]]] = {
    Agreement: (
        Attestable("agreement", _("the agreement itself")),
        Attestable("step", _STEP, "every_step", attrgetter("status_label"), new=_NEW_STEP),
        Attestable(
            "value",
            _("the value “%(what)s”"),
            "every_value",
            attrgetter("as_written"),
            new=_("new value, in place %d"),
        ),
        Attestable("relation", _("the relation “%(what)s”"), "every_relation", needed=False, fetch=("other",)),
    ),
    Figure: (Attestable("figure", _("the figure itself")),),
    Event: (
        Attestable("event", _("the event itself")),
        Attestable("event_step", _STEP, "every_step", attrgetter("status_label"), new=_NEW_STEP),
    ),
    Person: (
        Attestable(
            "office",
            _("the office “%(what)s”"),
            "every_office",
            attrgetter("title"),
            new=_("new office, in place %d"),
        ),
    ),
    Discrepancy: (Attestable("side", _("side %(n)d (%(what)s)"), "every_side", new=_("new side, in place %d")),),
}
"""By noun. A noun that is not here stands in no article: it is what entries are about, or where they come from."""

BY_SUBJECT: Final[dict[str, tuple[type[Record], Attestable]]] = {
    one.subject: (noun, one) for noun, several in ATTESTABLE.items() for one in several
}
"""By the field of Attestation that points at it, with the noun it belongs to."""


def entry_of(attestation: Attestation) -> Any:
    """Return the entry that an attestation belongs to, itself or a part of it."""
    noun, one = BY_SUBJECT[attestation.subject]
    row = getattr(attestation, attestation.subject)
    return getattr(row, str(noun._meta.model_name)) if one.accessor else row


def called(attestation: Attestation) -> str:
    """Say in a few words what an attestation is about."""
    _noun, one = BY_SUBJECT[attestation.subject]
    return one.called(getattr(attestation, attestation.subject))
