"""What a citation of a list said of it then: how many entries it had, in which state of the record. Pure: no ORM."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

PARAMETER: Final = "cited"

_WRITTEN = re.compile(r"(0|[1-9]\d{0,8})\.((\d{4}-\d\d-\d\d|empty)\.[0-9a-f]{12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cited:
    """`cited=4.2026-11-22.1a2b3c4d5e6f`: four entries in the state that the data version names."""

    count: int
    version: str
    as_of: dt.date | None

    def __str__(self) -> str:
        return f"{self.count}.{self.version}"


def read(text: str) -> Cited | None:
    """Read the value of the parameter; None where it is none."""
    match = _WRITTEN.fullmatch(text)
    if not match:
        return None
    try:
        as_of = None if match[3] == "empty" else dt.date.fromisoformat(match[3])
    except ValueError:
        return None
    return Cited(int(match[1]), match[2], as_of)
