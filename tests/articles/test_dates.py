"""A date is never shown more precise than its source."""

import datetime as dt
import subprocess
import sys

import pytest

from articles import dates
from tests.serving import ROOT


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "precision", "words"),
    [
        ("2025-05-30", "2025-05-30", "2025-05-30", "day", "30 May 2025"),
        ("2025-11", "2025-11-01", "2025-11-30", "month", "November 2025"),
        ("2024-02", "2024-02-01", "2024-02-29", "month", "February 2024"),
        ("2009", "2009-01-01", "2009-12-31", "year", "2009"),
        ("2026-21", "2026-03-01", "2026-05-31", "season", "spring 2026"),
        ("200X", "2000-01-01", "2009-12-31", "decade", "the 2000s"),
        ("2025-11-17/2025-11-19", "2025-11-17", "2025-11-19", "span", "17–19 November 2025"),
        ("2025-05-30/2025-06-02", "2025-05-30", "2025-06-02", "span", "30 May – 2 June 2025"),
        ("2020/2024", "2020-01-01", "2024-12-31", "span", "2020–2024"),
        ("2005/..", "2005-01-01", None, "span", "since 2005"),
        ("../2037", None, "2037-12-31", "span", "until 2037"),
        ("[2025-01..2025-04]", "2025-01-01", "2025-04-30", "between", "January–April 2025"),
        ("[2025..]", "2025-01-01", None, "between", "2025 or later"),
        ("2024~", "2024-01-01", "2024-12-31", "year", "about 2024"),
        ("2009?", "2009-01-01", "2009-12-31", "year", "probably 2009"),
    ],
)
def test_a_date_has_the_bounds_and_the_words_of_its_precision(
    edtf: str, earliest: str | None, latest: str | None, precision: str, words: str
) -> None:
    read = dates.parse(edtf)
    assert read.earliest == (dt.date.fromisoformat(earliest) if earliest else None)
    assert read.latest == (dt.date.fromisoformat(latest) if latest else None)
    assert read.precision == precision
    assert dates.in_words(edtf) == words


def test_many_readers_at_once_read_the_same() -> None:
    """In a process that has read no date yet: there the library is most easily confused."""
    code = """
import sys
from concurrent.futures import ThreadPoolExecutor
from articles import dates

texts = [f"[{year}-0{month}..{year}-{month + 9}]" for year in range(2000, 2030) for month in (1, 2, 3)]
sys.setswitchinterval(1e-6)
with ThreadPoolExecutor(8) as readers:
    assert [date.text for date in readers.map(dates.parse, texts)] == texts
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    "text",
    [
        "2025-13",
        "2025-00",
        "2025-01-00",
        "2025-02-30",
        "0000",
        "yesterday",
        "",
        "2025-05-30/2025-05-01",
        "x" * 500,
        "\0",
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(dates.EdtfError, match=r"\.$"):
        dates.parse(text)


def test_a_coarse_date_ranks_behind_the_exact_ones() -> None:
    day, month, year = (dates.parse(text).sort_rank for text in ("2025-11-30", "2025-11", "2025"))
    assert day < month < year


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-05-30", "2025-05-30", "2025-05-30"),
    ],
)
def test_a_bound_of_a_filter_may_be_a_year_a_month_or_a_day(text: str, first: str, last: str) -> None:
    assert dates.parse_bound(text, end=False) == dt.date.fromisoformat(first)
    assert dates.parse_bound(text, end=True) == dt.date.fromisoformat(last)


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "2025-05-32", "0000", "20250530", "٢٠٢٥", "last week"])
def test_a_bound_that_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(dates.EdtfError):
        dates.parse_bound(text, end=False)


@pytest.mark.parametrize(
    ("text", "value"), [("2026", "2026"), ("2026-12-31", "2026-12-31"), ("2026-21", ""), ("2026-05/2026-06", "")]
)
def test_a_page_gives_machines_only_the_dates_that_html_knows(text: str, value: str) -> None:
    assert dates.html_datetime(text) == value
