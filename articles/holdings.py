"""How much the record holds of something, and that in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.counting import Count
from articles.presentation import Link

NONE = Count(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How many entries of each noun there are, and the day of the last change where a page says it."""

    articles: int = 0
    outlets: int = 0
    agreements: Count = NONE
    figures: Count = NONE
    events: Count = NONE
    discrepancies: int = 0
    as_of: dt.date | None = None

    def phrases(self) -> list[str]:
        """Return one phrase for each noun of which there is anything."""
        said = []
        if self.articles:
            text = ngettext("%(n)d article", "%(n)d articles", self.articles) % {"n": self.articles}
            if self.outlets:
                outlets = ngettext("from %(n)d outlet", "from %(n)d outlets", self.outlets) % {"n": self.outlets}
                text = f"{text} {outlets}"
            said.append(text)
        if rows := self.agreements.rows:
            text = ngettext("%(n)d agreement or plan", "%(n)d agreements and plans", rows) % {"n": rows}
            said.append(text + _in_brackets(self.agreements))
        if rows := self.figures.rows:
            said.append(ngettext("%(n)d figure", "%(n)d figures", rows) % {"n": rows} + _in_brackets(self.figures))
        if rows := self.events.rows:
            said.append(ngettext("%(n)d event", "%(n)d events", rows) % {"n": rows} + _in_brackets(self.events))
        if rows := self.discrepancies:
            said.append(ngettext("%(n)d discrepancy", "%(n)d discrepancies", rows) % {"n": rows})
        return said

    def sentence(self, topics: Sequence[Link] = ()) -> str:
        """Say in a sentence or two how much there is, as of when, and what the coverage is mostly about."""
        said = self.phrases()
        if not said:
            return _("The record holds nothing here yet.")
        held = _(" and ").join([", ".join(said[:-1]), said[-1]] if said[1:] else said)
        if self.as_of:
            day = date_format(self.as_of, "j F Y")
            text = _("As of %(day)s the record holds %(held)s.") % {"day": day, "held": held}
        else:
            text = _("The record holds %(held)s.") % {"held": held}
        if topics:
            named = _(" and ").join(link.name for link in topics[:2])
            text += " " + _("The coverage is mostly about: %(topics)s.") % {"topics": named}
        return text


def _in_brackets(count: Count) -> str:
    """Return what a number of entries says behind itself where some of them are probably the same."""
    if count.once == count.rows:
        return ""
    return " " + _("(%(n)d if those that are probably the same count once)") % {"n": count.once}
