"""What readers type, and the hits they are shown: no database."""

import random
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from articles.search.marking import Marker
from articles.search.stemming import stem
from articles.search.syntax import parse


def written(text: str) -> str:
    """Return a wish in one line: clauses, with | inside, and what is excluded behind a minus."""
    wish = parse(text)
    clauses = ["|".join(" ".join(term.words) for term in clause) for clause in wish.clauses]
    return ", ".join([*clauses, *("-" + " ".join(term.words) for term in wish.excluded)])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("uranium exports", "uranium, exports"),
        ('"Middle Corridor"', "middle corridor"),
        ("“Middle Corridor” «Самрук Казына» „rare earths”", "middle corridor, самрук казына, rare earths"),
        ("uranium -exports −gas", "uranium, -exports, -gas"),
        ('gas -"Middle Corridor"', "gas, -middle corridor"),
        ("a OR b c", "a|b, c"),
        ("a b OR c OR d", "a, b|c|d"),
        ("нефть ИЛИ газ", "нефть|газ"),
        ("a | b|c", "a|b|c"),
        ('a OR "b c"', "a|b c"),
        ("a AND b", "a, b"),
        ("oil or gas", "oil, or, gas"),
        ("Trend.az", "trend az"),
        ("C5+1", "c5 1|5 1"),
        ("Kassym-Jomart", "kassym jomart"),
        ("14.5 billion", "14 5, billion"),
        ("R&D", "r d"),
        ("Uzbekistan’s “Italy’s aim”", "uzbekistan, italy s aim"),
        ("Türkiye TÜRKIYE", "turkiye"),
        ("OR a OR", "a"),
        ("a OR OR b", "a|b"),
        ("a OR -b", "a, -b"),
        ('-"abc', "-abc"),
        ('"abc def', "abc, def"),
        ('abc" def', "abc, def"),
        ("--abc", "-abc"),
        ("uran* ^oil c:d & ! <-> (gas)", "uran, oil, c d, gas"),
        *((nothing, "") for nothing in ("", " ", "-", '"', '""', "OR", "| |", "!?…", "\0", '-""', "()")),
    ],
)
def test_what_is_typed_is_read_as_words_phrases_alternatives_and_exclusions(text: str, read: str) -> None:
    assert written(text) == read


def test_whatever_is_typed_can_be_read() -> None:
    chance = random.Random(20261122)
    pieces = [*"\0\n \"“”„«»-−|&!*^:()<>'’%_;\\\ud800🙂абΩ漢", "OR", "NEAR(", "ab", "̈", "\u202e"]
    for _number in range(2000):
        wish = parse("".join(chance.choices(pieces, k=chance.randrange(60))))
        for term in (*wish.sought, *wish.excluded):
            assert term.words
            assert all(word and " " not in word for word in term.words)


def marker(text: str, **spelt: tuple[str, ...]) -> Marker:
    return Marker(parse(text), spelt)


@pytest.mark.parametrize(
    ("looked_for", "text", "shown"),
    [
        ("uranium", "Uranium, and URANIUM-rich ore", "<mark>Uranium</mark>, and <mark>URANIUM</mark>-rich ore"),
        ("agreement", "Agreements agreed", "<mark>Agreements</mark> agreed"),
        ("investing", "They invest", "They <mark>invest</mark>"),
        ("art", "Part of the party, art", "Part of the party, <mark>art</mark>"),
        ("turkiye", "Türkiye’s", "<mark>Türkiye’s</mark>"),
        ('"middle corridor"', "Middle Corridor, corridor", "<mark>Middle Corridor</mark>, corridor"),
        ("a OR b -c", "a c b", "<mark>a</mark> c <mark>b</mark>"),
        ("Trend.az", "Trend said, Trend.az wrote", "Trend said, <mark>Trend.az</mark> wrote"),
        ("соглашения", "Соглашение", "<mark>Соглашение</mark>"),
        ("<b>", "a <b> & c", "a &lt;<mark>b</mark>&gt; &amp; c"),
        ("nothing", "<script>", "&lt;script&gt;"),
    ],
)
def test_hits_are_marked_as_whole_words_in_escaped_text(looked_for: str, text: str, shown: str) -> None:
    assert marker(looked_for).whole(text) == shown


def test_spellings_of_the_record_are_marked_for_what_sounds_like_them() -> None:
    assert marker("Тоқаев", тоқаев=("tokayev",)).whole("Mr Tokayev") == "Mr <mark>Tokayev</mark>"


def test_a_snippet_begins_a_few_words_before_the_first_hit_and_shows_about_thirty() -> None:
    text = " ".join(f"w{n}" for n in range(100))
    shown = marker("w50").snippet(text)
    assert shown.startswith("… w44 ")
    assert "w49 <mark>w50</mark> w51" in shown
    assert shown.endswith(" w73 …")
    assert marker("w99").snippet(text).startswith("… w70 ")
    assert marker("other").snippet(text) == " ".join(f"w{n}" for n in range(30)) + " …"
    assert marker("other").snippet("Short.") == "Short."
    assert marker("other").snippet("") == ""


def test_many_readers_at_once_find_the_same_stems() -> None:
    words = ["agreements", "cooperation", "соглашениями", "investing", "республики", "energies"] * 200
    alone = [stem.__wrapped__(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # seconds: threads take turns as often as they can
    try:
        with ThreadPoolExecutor(8) as readers:
            assert list(readers.map(stem.__wrapped__, words)) == alone
    finally:
        sys.setswitchinterval(before)
