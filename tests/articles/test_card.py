"""Cards: what other sites show beside a link to an entry."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image, ImageColor

from articles.cards import Wording, draw
from articles.cards.drawing import FOOT, MARGIN, MEASURE, MOST_LINES, PAPER, TITLE_TOP, WIDTH
from articles.cards.lettering import ELLIPSIS, Face
from articles.formats import card
from articles.models import NOUNS, Agreement, Article, Figure
from tests.articles.builders import DRAFT, WITHDRAWN, make_article, make_outlet, make_source

pytestmark = pytest.mark.django_db

ADDRESS = "sholu.example/a/mk2x38"


def picture(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def words_of(record: object) -> dict[str, object]:
    return card._HOW[record.NOUN](record)  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", NOUNS)
def test_an_entry_of_every_noun_has_a_card_that_other_sites_may_show(model: type, client: Client) -> None:
    record = model.public.first()  # type: ignore[attr-defined]
    answer = client.get(f"{record.url.rsplit('/', 2)[0]}.png")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert picture(answer.content).size == (1200, 630)
    again = client.get(answer.request["PATH_INFO"], headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_permanent_address_leads_to_the_card(client: Client) -> None:
    article = Article.public.first()
    answer = client.get(f"{article.permalink}.png")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/en/articles/{article.code}.png")


def test_what_readers_may_not_see_has_no_card(client: Client) -> None:
    for state, status in ((DRAFT, 404), (WITHDRAWN, 410)):
        article = make_article(**state)
        answer = client.get(f"/en/articles/{article.code}.png")
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_a_card_is_drawn_once_for_all_and_anew_when_its_words_change(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Wording] = []

    def noted(wording: Wording) -> bytes:
        drawn.append(wording)
        return b"PNG"

    monkeypatch.setattr(card, "draw", noted)
    cache.clear()
    article = make_article(headline="One headline")
    for _time in range(2):
        client.get(f"/en/articles/{article.code}.png")
    assert [one.title for one in drawn] == ["One headline"]
    article.headline = "Another headline"
    article.touch()
    article.save()
    client.get(f"/en/articles/{article.code}.png")
    assert [one.title for one in drawn] == ["One headline", "Another headline"]
    cache.clear()


def test_a_card_says_who_reports_when_and_through_which_digest() -> None:
    digest = make_source(kind="digest", publisher=make_outlet(name="The Digest"))
    article = make_article(
        headline="", label="A label", source=digest, date="2025-11", outlet=make_outlet(name="Paper")
    )
    said = words_of(article)
    assert said["facts"] == ("Paper", "November 2025")
    assert said["mark"] == "via digest: The Digest"
    assert said["title"] == "[A label]"


def test_a_card_is_as_certain_and_as_precise_as_its_page() -> None:
    inferred = Article.public.filter(date_basis="inferred").with_names().first()
    assert str(words_of(inferred)["facts"]).count("(inferred)") == 1
    unstated = Agreement.public.filter(step__status="not stated").with_names().first()
    assert "status not stated" in words_of(unstated)["facts"]  # type: ignore[operator]
    over = Figure.public.filter(qualifier="over").with_names().first()
    assert str(words_of(over)["stress"]).startswith("over ")


@pytest.mark.parametrize(
    "title",
    [
        "Қасым-Жомарт Тоқаев Италиямен өзара іс-қимылды ілгерілетуді ұсынды: әлем, ғылым, һәм үміт",
        "Токаев провёл переговоры с президентом Эстонии",
        "A" * 400,
        "word " * 80,
        "日本",
        "",
    ],
)
def test_any_title_stays_inside_the_card(title: str) -> None:
    drawn = picture(draw(Wording("News", title, ADDRESS, ("Outlet " * 40,), "via digest: " + "long " * 60)))
    paper = drawn.getpixel((2, 2))
    for box in ((0, TITLE_TOP, MARGIN - 8, FOOT), (WIDTH - MARGIN + 8, TITLE_TOP, WIDTH, FOOT)):
        assert drawn.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), paper)]
    assert paper == ImageColor.getrgb(PAPER)


def test_kazakh_and_russian_letters_are_set_in_the_portals_own_type() -> None:
    missing = Face("Sholu Serif", 60, 600).width("日")
    for family in ("Sholu Serif", "Sholu Sans"):
        face = Face(family, 60, 600)
        files = {font.path for letter in "әғқңөұүһіӘҒҚҢӨҰҮҺІёыъ" for font, _run in face.runs(letter)}
        assert all("cyrillic" in str(file) for file in files)
        assert face.width("ш") != missing


def test_lines_are_balanced_and_cut_no_word() -> None:
    face = Face("Sholu Serif", max(MOST_LINES), 600)
    for title in ("Volkswagen Group", "Serdar Berdimuhamedov", "Nuclear energy and uranium"):
        lines = face.wrap(title, MEASURE)
        assert " ".join(lines) == title
        assert ELLIPSIS not in "".join(lines)
        assert all(face.width(line) <= MEASURE for line in lines)
