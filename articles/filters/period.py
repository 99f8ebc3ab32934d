"""Lists of what is dated: a range of dates, in which an entry may lie certainly or only possibly."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import dates, query
from articles.filters.base import Chip, RecordFilterSet, Rows
from articles.models.dated import certainly_in


class PeriodFilterSet(RecordFilterSet):
    """A list whose entries carry their own date.

    A date in the range may be coarse: such an entry is listed as *possibly* inside, and the page says how many
    of them there are. `dates=certain` leaves them out.
    """

    EXTRA: ClassVar[tuple[str, ...]] = ("q", "from", "to", "dates", "sort", "page")

    def __init__(self, data: Any, queryset: Rows) -> None:
        super().__init__(data, queryset)
        self.period = dates.DateRange(self._bound("from", end=False), self._bound("to", end=True))
        if self.is_backwards:
            told = _("This lies before the beginning of the range: no day is in it.")
            self.query.remarks.append(query.Problem("to", self.query.values["to"][0], told))
        self.certain = self._one("dates", ("certain", "possible"), "possible") == "certain"

    def _bound(self, name: str, *, end: bool) -> dt.date | None:
        bound: dt.date | None = None
        for value in list(self.query.values.get(name, [])):
            try:
                if bound is not None:
                    self.query.refuse(name, value, _("Only one value at a time."))
                else:
                    bound = dates.parse_bound(value, end=end)
            except dates.EdtfError as error:
                self.query.refuse(name, value, str(error))
        return bound

    @property
    def has_period(self) -> bool:
        return bool(self.period.first or self.period.last)

    @property
    def is_backwards(self) -> bool:
        """Whether the range ends before it begins. No day lies in it, so nothing does: not even a coarse date."""
        return bool(self.period.first and self.period.last and self.period.first > self.period.last)

    def rows(self, *, lifted: str = "") -> Rows:
        rows = super().rows(lifted=lifted)
        if self.is_backwards:
            return rows.none()
        if self.has_period:
            rows = rows.certainly_in(self.period) if self.certain else rows.possibly_in(self.period)
        return rows

    @cached_property
    def possibly_inside(self) -> int:
        """How many of the listed articles lie only possibly in the range of dates."""
        if not self.has_period or self.certain:
            return 0
        number: int = self.rows().exclude(certainly_in(self.period)).count()
        return number

    @cached_property
    def chips(self) -> list[Chip]:
        chips = list(super().chips)
        for name, label in (("from", _("From")), ("to", _("To")), ("dates", _("Dates"))):
            for value in self.query.values.get(name, []):
                shown = _("certainly inside") if value == "certain" else value
                if value != "possible":
                    chips.append(Chip(label, shown, self.query.link(without=("page", name))))
        return chips

    def after_thought(self) -> SafeString:
        if not self.possibly_inside:
            return SafeString("")
        text = ngettext(
            "%(n)d of them only possibly: its date is known only roughly.",
            "%(n)d of them only possibly: their dates are known only roughly.",
            self.possibly_inside,
        ) % {"n": self.possibly_inside}
        link = self.query.link({"dates": ["certain"]})
        return format_html(' {} <a href="{}">{}</a>', text, link, _("Leave out what is not certain"))

    def extra_phrases(self) -> list[SafeString]:
        if not self.has_period:
            return []
        first, last = (self.query.values.get(name, [""])[0] for name in ("from", "to"))
        if first and last:
            phrase = format_html(_("from <b>{}</b> to <b>{}</b>"), dates.in_words(first), dates.in_words(last))
        elif first:
            phrase = format_html(_("from <b>{}</b> on"), dates.in_words(first))
        else:
            phrase = format_html(_("up to <b>{}</b>"), dates.in_words(last))
        return [phrase]
