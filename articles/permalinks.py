"""Permanent codes: short, opaque, minted once, never reused. Pure: knows nothing of the database.

A code is six characters of an alphabet without vowels (no accidental words) and without look-alikes
(no 0, 1, l, y): 27 characters, 387 million codes for each noun.
"""

import re
import secrets
from typing import Final

ALPHABET: Final = "23456789bcdfghjkmnpqrstvwxz"
LENGTH: Final = 6
PATTERN: Final = rf"[{ALPHABET}]{{{LENGTH}}}"

PLURALS: Final = {
    "article": "articles",
    "agreement": "agreements",
    "figure": "figures",
    "event": "events",
    "discrepancy": "discrepancies",
    "country": "countries",
    "topic": "topics",
    "outlet": "outlets",
    "person": "persons",
    "organisation": "organisations",
    "indicator": "indicators",
    "source": "sources",
}
"""What each noun is called in the addresses of its list and in the names of files."""

_EXACT = re.compile(PATTERN)


def mint() -> str:
    """Return a new random code. Uniqueness is the database's to enforce; a clash is minted again."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise(text: str) -> str | None:
    """Return the code that a reader meant (case does not matter), or None where it can be no code."""
    code = text.lower()
    return code if _EXACT.fullmatch(code) else None
