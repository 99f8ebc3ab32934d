"""The query string of a list: what a reader asked, cleaned, with what was not understood named. Pure: no ORM."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

MAX_VALUES: Final = 50
"""How many values one parameter may carry."""
MAX_LENGTH: Final = 200
"""How long one value may be, in characters."""
TEXT: Final = "q"
"""The parameter that a reader types freely: what cannot be read in it becomes a blank."""
SHOWN: Final = 60
"""How much of a value that was not understood is repeated to the reader, in characters."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of the address that was not understood, as the reader is told."""

    parameter: str
    value: str
    message: str


def shorten(text: str) -> str:
    """Return text fit to be shown: without control characters, cut to a readable length."""
    visible = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[: SHOWN + 1])
    return visible if len(visible) <= SHOWN else visible[:SHOWN] + "…"


@dataclass(slots=True)
class Query:
    """The parameters of one list page that were understood, and the problems with the others.

    Values keep their order; empty ones and repetitions are dropped. Parameters that no filter reads yet are
    problems from the start.
    """

    values: dict[str, list[str]]
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    """What was understood and answered, and is yet worth telling a person."""

    def link(self, changes: Mapping[str, Sequence[str]] = {}, *, without: Iterable[str] = ("page",)) -> str:
        """Return this query as the end of an address, with some parameters replaced and some left out."""
        kept = {name: values for name, values in self.values.items() if name not in set(without)}
        kept.update({name: list(values) for name, values in changes.items()})
        pairs = [(name, value) for name, values in kept.items() for value in values]
        return f"?{urlencode(pairs)}" if pairs else "."

    def links_to_each(self, name: str) -> Callable[[str], str]:
        """Return what makes a link of a value of one parameter: the rest of it is written once for all of them."""
        before, after = self.link({name: ["\0"]}).split("%00")  # a value that `read` lets nobody have
        return lambda value: f"{before}{quote_plus(value)}{after}"

    def refuse(self, name: str, value: str, message: str) -> None:
        """Name a value as not understood, and forget it."""
        self.problems.append(Problem(shorten(name), shorten(value), message))
        remaining = [kept for kept in self.values.get(name, []) if kept != value]
        if remaining:
            self.values[name] = remaining
        else:
            self.values.pop(name, None)


def _readable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def read(data: QueryDict, known: Sequence[str], messages: "Messages") -> Query:
    """Read a query string. `known` names the parameters the list understands, in the order links use."""
    query = Query({})
    for name in known:
        kept: list[str] = []
        given = data.getlist(name)
        for raw in given[:MAX_VALUES]:
            value = (_readable(raw) if name == TEXT else raw).strip()
            if not value or value in kept:
                continue
            if len(value) > MAX_LENGTH:
                query.problems.append(Problem(name, shorten(value), messages.too_long))
            elif not value.isprintable():
                query.problems.append(Problem(name, shorten(value), messages.unreadable))
            else:
                kept.append(value)
        if len(given) > MAX_VALUES:
            query.problems.append(Problem(name, shorten(given[MAX_VALUES]), messages.too_many))
        if kept:
            query.values[name] = kept
    unknown = [name for name in data if name not in known]
    for name in unknown[:10]:
        query.problems.append(Problem(shorten(name), shorten(data.get(name) or ""), messages.unknown))
    return query


@dataclass(frozen=True, slots=True)
class Messages:
    """What a reader is told; given by the caller, in the reader's language."""

    too_long: str
    unreadable: str
    too_many: str
    unknown: str
