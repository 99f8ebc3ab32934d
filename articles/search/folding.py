"""How words are compared: folded to plain letters, and by how they sound. Pure.

Two tables say it, `LETTERS` and `SOUNDS`. `fold` and `sound` apply them in Python; the modules for the databases make
SQL of the very same tables, and a test compares what both say of every letter and of every word of the record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

PLAIN: Final = {
    "Æ": "ae",
    "æ": "ae",
    "Œ": "oe",
    "œ": "oe",
    "Þ": "th",
    "þ": "th",
    "ẞ": "ss",
    "ß": "ss",
    "Ø": "o",
    "ø": "o",
    "Ł": "l",
    "ł": "l",
    "Đ": "d",
    "đ": "d",
    "Ð": "d",
    "ð": "d",
    "Ħ": "h",
    "ħ": "h",
    "Ŧ": "t",
    "ŧ": "t",
    "Ŋ": "n",
    "ŋ": "n",
    "Ə": "a",
    "ə": "a",
    "ı": "i",
}
"""Latin letters that are no plain letter with a mark. The Azerbaijani ə stands for the sound of an a."""

DROPPED: Final = "".join(map(chr, (*range(0x300, 0x370), 0xAD, 0x200C, 0x200D, 0x2060, 0xFEFF)))
"""Marks that combine with the letter before them, and what nobody sees."""

KEPT: Final = {"и\N{COMBINING BREVE}": "й", "И\N{COMBINING BREVE}": "й"}
"""The one letter that stays apart from that without a mark."""

_LETTER_BLOCKS: Final = (*((0xC0, 0x2AF), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1FFF), (0x2126, 0x212B)),)
_CASED: Final = (("A", "ſ"), ("Ѐ", "џ"), ("Ґ", "ӿ"))
"""Where capitals have small letters that the languages of the record write."""
_SIGN_BLOCKS: Final = (
    *((0x00, 0xBF), (0x2B0, 0x2FF), (0x1680, 0x1680), (0x2000, 0x206F), (0x20A0, 0x20CF), (0x2100, 0x214F)),
    *((0x2190, 0x2BFF), (0x3000, 0x303F), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF)),
)
_SIGNS: Final = ("P", "S", "Z", "Cc", "Cf")
"""The categories of Unicode that part words."""


def _letter(char: str) -> str:
    """Return a letter without its marks, in lower case where the record's languages write it."""
    apart = unicodedata.normalize("NFD", char)
    if apart in KEPT:
        return KEPT[apart]
    base = apart.strip(DROPPED)
    return PLAIN.get(base) or (base.lower() if any(first <= base <= last for first, last in _CASED) else base)


def _in(blocks: Iterable[tuple[int, int]]) -> list[str]:
    return [chr(code) for first, last in blocks for code in range(first, last + 1)]


def _letters() -> dict[str, str]:
    blanks = {
        char: " "
        for char in _in((*_LETTER_BLOCKS, *_SIGN_BLOCKS))
        if unicodedata.category(char).startswith(_SIGNS) or "\u02b0" <= char <= "\u02ff"
    }
    letters = {char: _letter(char) for char in (*_in(_LETTER_BLOCKS), *map(chr, range(ord("A"), ord("Z") + 1)))}
    table = {char: blanks.get(folded, folded) for char, folded in letters.items()} | blanks
    return {char: folded for char, folded in (table | dict.fromkeys(DROPPED, "")).items() if folded != char}


LETTERS: Final = _letters()
"""What each character folds to: a letter, several, a blank between words, or nothing."""

SOUNDS: Final = (
    # Cyrillic as the three languages' own and the English-speaking press write it in Latin.
    *(
        ("дж", "j"),
        ("йо", "e"),
        ("ж", "j"),
        ("ш", "sh"),
        ("щ", "sh"),
        ("ч", "ch"),
        ("ц", "ts"),
        ("ю", "iu"),
        ("я", "ia"),
    ),
    *((old, new) for old, new in zip("абвгдезиійклмнопрстуфхыэ", "abvgdeziiiklmnoprstufhie", strict=True)),
    *((old, new) for old, new in zip("әғқңөұүһҳҷґє", "agknouuhhjge", strict=True)),
    *(("ь", ""), ("ъ", "")),
    # Latin: one letter for what different spellings write by different ones.
    *(("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("yo", "e")),
    *(("q", "k"), ("w", "v"), ("x", "ks"), ("z", "s"), ("y", "i")),
    *((2 * letter, letter) for letter in "bcdfghjklmnprstv"),
    *(("ii", "i"), ("ie", "e")),
)
"""Replacements, one after the other, under which the spellings of one name meet."""

LATIN: Final = tuple(pair for pair in SOUNDS if pair[0].isascii())
"""Those that are enough for words in plain letters."""

_TABLE: Final = str.maketrans(LETTERS)
_KNOWN: Final = "".join(sorted({*map(chr, range(128)), *LETTERS, *"".join(LETTERS.values())}))
_UNKNOWN: Final = re.compile(f"[^{re.escape(_KNOWN)}]")


def is_known(text: str) -> bool:
    """Say whether the table names every character of a text, and marks stand alone only where they have to."""
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _UNKNOWN.search(text))


def fold(text: str) -> str:
    """Return the words of a text in lower case and plain letters, with single blanks between them.

    Cyrillic stays Cyrillic (ё becomes е), other scripts stay as they are.
    """
    for apart, letter in KEPT.items():
        text = text.replace(apart, letter)
    return " ".join(text.translate(_TABLE).split())


def sound(words: str) -> str:
    """Return a key that folded words share with other spellings of the same name, Cyrillic or Latin."""
    for old, new in LATIN if words.isascii() else SOUNDS:
        words = words.replace(old, new)
    return words
