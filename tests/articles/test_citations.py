"""Citations: two styles word for word, dates never more exact than their source, provenance always said."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from articles.citations import days
from articles.citations.apa import apa, initials
from articles.citations.chicago import chicago
from articles.citations.coins import coins
from articles.citations.provenance import note, provenance
from articles.citations.reference import Digest, Name, Reference, Report, When, body, name_of
from articles.edition import Edition
from articles.formats.fetching import with_everything
from articles.models import NOUNS, Country, Discrepancy
from articles.references import reference_of

EDITION = Edition(dt.date(2026, 11, 22), "1a2b3c4d5e6f")
TODAY = dt.date(2026, 11, 23)
MODELS: dict[str, Any] = {model.NOUN: model for model in NOUNS}


def cited(model: Any, **which: str) -> Reference:
    """Return the reference of an entry of the record."""
    row = next(with_everything(model.NOUN, model.public.filter(**which)))
    return reference_of(row, "https://sholu.example", EDITION, TODAY)


def made(**more: Any) -> Reference:
    given: dict[str, Any] = {
        "noun": "article",
        "code": "a/bcdfgh",
        "csl_type": "article-newspaper",
        "title": "A headline",
        "outlet": "The Sample Times",
        "date": When("2025-05-30"),
        "permalink": "https://sholu.example/a/bcdfgh",
        "accessed": TODAY,
        "version": EDITION.version,
    }
    return Reference(**given | more)


BLOCKS = (Path(__file__).parent / "citations.txt").read_text(encoding="utf-8").strip().split("\n\n")
"""Of each entry its noun and code, then how it is cited in APA and in Chicago."""


@pytest.mark.django_db
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.partition("\n")[0])
def test_the_record_is_cited_word_for_word(block: str) -> None:
    entry, in_apa, in_chicago = block.split("\n")
    noun, code = entry.split()
    reference = cited(MODELS[noun], code=code)
    assert apa(reference) == in_apa
    assert chicago(reference) == in_chicago


@pytest.mark.django_db
def test_what_the_portal_says_itself_is_cited_as_its_own_as_of_the_data_version() -> None:
    italy, conflict = cited(Country, iso="IT"), cited(Discrepancy, code="b6sh87")
    assert apa(italy).startswith("Sholu. (2026, November 22). Italy [Dossier of a country]. Data version 2026-11-22.")
    assert chicago(italy).startswith("Sholu. “Italy.” Dossier of a country, November 22, 2026. Data version")
    assert "[Discrepancy; ambiguity; open]. Reported by The Times of Central Asia." in apa(conflict)


@pytest.mark.django_db
@pytest.mark.parametrize("model", NOUNS)
def test_every_noun_can_be_cited_with_address_access_and_version(model: Any) -> None:
    for row in with_everything(model.NOUN, model.public.all()[:5]):
        reference = reference_of(row, "https://sholu.example", EDITION, TODAY)
        for style in (apa, chicago):
            text = style(reference)
            assert f"https://sholu.example/{model.LETTER}/{row.code}" in text
            assert "November 23, 2026" in text
            assert EDITION.version in text
            assert row.title.translate(str.maketrans("“”", "‘’")) in text.translate(str.maketrans("“”", "‘’"))
        if reference.digest:
            assert f"as summarised by {reference.digest.publisher}" in apa(reference)
            assert f"as summarised by {reference.digest.publisher}" in provenance(reference)


DATES = [
    # EDTF, year first, day first, numbers, known days
    ("", "n.d.", "n.d.", (), False),
    ("2025", "2025", "2025", ((2025,),), False),
    ("2025-11", "2025, November", "November 2025", ((2025, 11),), False),
    ("2025-11-30", "2025, November 30", "November 30, 2025", ((2025, 11, 30),), True),
    ("2025-XX", "2025", "2025", ((2025,),), False),
    ("2026-21", "2026, Spring", "Spring 2026", ((2026,),), False),
    ("1992-09~", "ca. 1992, September", "ca. September 1992", ((1992, 9),), False),
    ("2025-11-30?", "2025, November 30?", "November 30, 2025?", ((2025, 11, 30),), False),
    ("2025%", "ca. 2025?", "ca. 2025?", ((2025,),), False),
    ("200X", "2000s", "2000s", (), False),
    ("2025-11-17/2025-11-19", "2025, November 17–19", "November 17–19, 2025", ((2025, 11, 17), (2025, 11, 19)), True),
    ("2025-10-30/2025-11-02", "2025, October 30–November 2", None, ((2025, 10, 30), (2025, 11, 2)), True),
    ("2024-12-30/2025-01-02", None, "December 30, 2024–January 2, 2025", ((2024, 12, 30), (2025, 1, 2)), True),
    ("2025-01/2025-04", "2025, January–April", "January–April 2025", ((2025, 1), (2025, 4)), False),
    ("2025/..", "since 2025", "since 2025", (), False),
    ("../2037", "until 2037", "until 2037", (), False),
    ("[2025-01..2025-04]", None, "between January and April 2025", ((2025,),), False),
    ("[2025-11-02..2025-11-05]", None, "between November 2 and November 5, 2025", ((2025, 11),), False),
    ("[2024..2026]", None, "between 2024 and 2026", (), False),
    ("[2025..]", None, "2025 or later", (), False),
    ("[..2025-05-30]", None, "May 30, 2025, or earlier", (), False),
]


@pytest.mark.parametrize(("edtf", "year_first", "plain", "numbers", "known"), DATES)
def test_dates_are_as_exact_as_their_source_and_no_more(
    edtf: str, year_first: str | None, plain: str | None, numbers: tuple[days.Parts, ...], known: bool
) -> None:
    if year_first is not None:
        assert days.words(When(edtf), year_first=True) == year_first
    if plain is not None:
        assert days.words(When(edtf)) == plain
        assert days.words(When(edtf, inferred=bool(edtf))) == (f"[{plain}]" if edtf else plain)
    assert days.span(edtf) == numbers
    assert (days.known_days(edtf) is not None) is known


NAMES = [
    ("Robert M. Cutler", Name("Cutler", "Robert M.")),
    ("Cutler, Robert M.", Name("Cutler", "Robert M.")),
    ("Xinhua", Name("Xinhua")),
    ("Luciano van der Berg", Name("van der Berg", "Luciano")),
    ("Martin Luther King Jr.", Name("King", "Martin Luther", "Jr.")),
    ("Қасым-Жомарт Тоқаев", Name("Тоқаев", "Қасым-Жомарт")),
    ("Trend News Agency", body("Trend News Agency")),
    ("Ministry of Foreign Affairs", body("Ministry of Foreign Affairs")),
    ("Akorda Blue", body("Akorda Blue")),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names_are_told_from_bodies(text: str, name: Name) -> None:
    assert name_of(text, ["Akorda Blue"]) == name


def test_several_authors_are_joined_as_each_style_has_it() -> None:
    names = [Name(f"Family{n}", "Ann-Mary B.") for n in range(22)]
    assert initials("Kassym-Jomart K.") == "K.-J. K."
    assert apa(made(authors=tuple(names[:3]))).startswith(
        "Family0, A.-M. B., Family1, A.-M. B., & Family2, A.-M. B. (2025, May 30). A headline."
    )
    assert ", . . . Family21, A.-M. B. (2025" in apa(made(authors=tuple(names)))
    assert chicago(made(authors=tuple(names[:3]))).startswith(
        "Family0, Ann-Mary B., Ann-Mary B. Family1, and Ann-Mary B. Family2. “A headline.” The Sample Times"
    )
    assert "Ann-Mary B. Family6, et al. “A headline.”" in chicago(made(authors=tuple(names)))


def test_punctuation_is_never_doubled_and_quotation_marks_are_nested() -> None:
    question = made(title="Who said “yes”?")
    assert apa(question).startswith("Who said “yes”? (2025, May 30). The Sample Times.")
    assert "“Who said ‘yes’?” May 30, 2025." in chicago(question)


def test_the_address_of_the_original_is_cited_where_it_is_known() -> None:
    for style in (apa, chicago):
        assert "The Sample Times" in style(made(original="https://times.example/1"))
        assert "https://times.example/1. Sholu" in style(made(original="https://times.example/1", authors=()))


def test_a_note_says_who_told_us_what_is_ours_and_in_which_state() -> None:
    digest = Digest("Sample Agency", "A digest", ours=False, date=When("2025-06"))
    told = note(made(digest=digest, ours=True, date=When("2025-05-30", inferred=True)))
    assert told == (
        "The Sample Times, as summarised by Sample Agency in “A digest” (June 2025). The source has no headline: the "
        "title is a label by Sholu. Date inferred by Sholu: May 30, 2025. Recorded in Sholu, data version "
        "2026-11-22.1a2b3c4d5e6f: https://sholu.example/a/bcdfgh"
    )
    reports = tuple(Report(f"Outlet {n}") for n in range(5))
    assert "Reported by Outlet 0; Outlet 1; Outlet 2; and 2 more." in note(
        made(noun="event", outlet="", reports=reports)
    )
    assert "read in full by Sholu, as published by A Platform" in note(made(read_at="A Platform"))


def test_coins_carry_a_newspaper_article_with_the_outlet_and_no_invented_day() -> None:
    authors = (Name("Cutler", "Robert M."), body("News & Co"))
    carried = coins(made(authors=authors, date=When("2025-11"), title="Kazakhstan’s “=&” way"))
    assert "rft.type=newspaperArticle" in carried
    assert "rft.source=The+Sample+Times" in carried
    assert "rft.date=2025-11&" in carried
    assert "rft.aufirst=Robert+M.&rft.aulast=Cutler&rft.aucorp=News+%26+Co" in carried
    assert all(part.count("=") == 1 for part in carried.split("&"))
    assert "rft.date" not in coins(made(date=When("[2025..]", inferred=True)))
