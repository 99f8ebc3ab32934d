"""What each list can be asked for: its parameters, from the filter set that reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.facets import FacetFilter
from articles.formats.found import LISTS
from articles.query import MAX_LENGTH, MAX_VALUES

_YEAR: Final = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_FOURTHS: Final = "(0[48]|[2468][048]|[13579][26])"
_LEAP_YEAR: Final = f"([0-9]{{2}}{_FOURTHS}|{_FOURTHS}00)"
_MONTH: Final = "(0[1-9]|1[0-2])"
_DAY: Final = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
BOUND: Final = f"^({_YEAR}(-{_MONTH}|-{_DAY})?|{_LEAP_YEAR}-02-29)?$"
"""A year, a month or a day of the calendar: exactly what dates.parse_bound reads; or nothing."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a list. `options` are the values it may have, with what they mean; none: see the schema."""

    name: str
    description: str | Promise
    schema: dict[str, Any]
    example: Any
    repeats: bool = False
    only_paged: bool = False


def parameters(noun: str) -> list[Parameter]:
    """Return the parameters of a noun's list, in the order of its links. Reads the values of facets from the record."""
    filterset = LISTS[noun]
    listed = filterset(QueryDict(), filterset.start())
    facets = [_facet(name, one, listed.options(name)) for name, one in listed.facet_filters().items()]
    return facets + [_EXTRA[name] for name in filterset.EXTRA if name in _EXTRA] + [_sort(filterset.SORTS)]


def _facet(name: str, one: FacetFilter, options: Iterable[str]) -> Parameter:
    values = list(options)
    return Parameter(
        name,
        format_lazy(_("{}. Several values widen the list; several parameters narrow it."), one.label),
        {"type": "array", "maxItems": MAX_VALUES, "items": _one_of(values)},
        values[:1],
        repeats=True,
    )


def _sort(sorts: dict[str, Any]) -> Parameter:
    names = list(sorts)
    return Parameter("sort", _("In which order; the first is what you get unasked."), _one_of(names), names[0])


def _one_of(words: list[str]) -> dict[str, Any]:
    """Return the schema of a word of a list, or of nothing: an empty value counts as not given."""
    return {"type": "string", "enum": [*words, ""]}


def _bound(description: Any, example: str) -> tuple[Any, dict[str, Any], str]:
    return description, {"type": "string", "pattern": BOUND}, example


_EXTRA: Final = {
    one.name: one
    for one in (
        Parameter(
            "q",
            _("Words to look for: all of them, unless OR stands between; “phrases”; -without."),
            {"type": "string", "maxLength": MAX_LENGTH},
            "summit",
        ),
        Parameter("from", *_bound(_("The first year, month or day that dates may lie in."), "2025-05")),
        Parameter("to", *_bound(_("The last year, month or day that dates may lie in."), "2025")),
        Parameter(
            "dates",
            _("Whether coarse dates that lie only possibly in the range count."),
            _one_of(["certain", "possible"]),
            "certain",
        ),
        Parameter(
            "page",
            _("Which page, of formats that have pages."),
            {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "maxLength": 0}]},
            1,
            only_paged=True,
        ),
    )
}
