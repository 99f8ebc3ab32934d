"""Numbers in words and signs, as precise as given: no digit is added, none lost. Pure: knows no database.

The language of the page decides on separators, scale words and the place of the per cent sign (CLDR, by Babel).
"""

import re
from decimal import Decimal, InvalidOperation

from babel import Locale
from babel.numbers import format_decimal, get_currency_name, get_currency_symbol
from django.utils.translation import get_language

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def locale() -> Locale:
    """Return the locale of the current language; English is written as in Britain: US$, not $."""
    language = get_language() or "en"
    return Locale.parse("en_GB" if language == "en" else language)


def digits_after_point(amount: Decimal, as_written: str = "") -> int:
    """Return how many digits stand behind the decimal point: as many as the source writes, zeros included.

    13.5000 is “13.50” where the source writes “13.50%”, with a comma too; without the source's wording it is 13.5.
    """
    bare = amount.normalize()
    for written in _NUMBER.findall(as_written):
        plain = written.replace(",", ".")
        try:
            same = Decimal(plain) == abs(bare)
        except InvalidOperation:
            continue
        if same:
            return len(plain.partition(".")[2])
    return max(0, -int(bare.as_tuple().exponent))


def plain(amount: Decimal, as_written: str = "") -> str:
    """Return a number with its separators: 1234.50 → “1,234.5”."""
    digits = digits_after_point(amount, as_written)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(amount, format=pattern, locale=locale())


def scaled(amount: Decimal, scale: int, as_written: str = "") -> str:
    """Return a number with the scale word that the source uses: 14.5 and 9 → “14.5 billion”."""
    number = plain(amount, as_written)
    if not scale:
        return number
    here = locale()
    words = here.compact_decimal_formats["long"]
    pattern: str = words.get(here.plural_form(amount), words["other"])[str(10**scale)].pattern
    return pattern.replace("0", number)


def percent(number: str) -> str:
    """Put the per cent sign to a number that is written out already."""
    pattern: str = locale().percent_formats[None].pattern
    return pattern.replace("#,##0", number)


def with_currency(number: str, currency: str) -> str:
    """Put the sign of a currency (ISO 4217) before a number that is written out already."""
    symbol = get_currency_symbol(currency, locale=locale())
    return f"{symbol} {number}" if symbol.isalpha() else f"{symbol}{number}"


def currency_name(currency: str) -> str:
    """Return what a currency is called: USD → “US dollars”."""
    return get_currency_name(currency, count=2, locale=locale())


def plural_of(value: Decimal) -> int:
    """Return the whole number that picks the plural form; a fraction takes that of many."""
    return int(value) if value == value.to_integral_value() else 2
