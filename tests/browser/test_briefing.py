"""The briefing sheet on paper: A4, every note, nothing clipped, the data version at the foot of every sheet."""

import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.serving import Portal

pytestmark = pytest.mark.browser

A4 = (595, 842)
"""In points, rounded."""


PIECES = """() => {
  const pieces = [];
  const walker = document.createTreeWalker(document.querySelector(".briefing"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(".visually-hidden")) pieces.push(walker.currentNode.data.trim());
  }
  return pieces;
}"""
"""Every piece of text of the sheet that is not for screen readers alone."""


def plain(text: str) -> str:
    """Return text as far as paper keeps it: without spaces, breaks and case."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text).casefold()


def italy(portal: Portal) -> str:
    listed = portal.ask("/en/countries/").body.decode()
    found = re.search(r'href="(/en/countries/\w+/italy/)"', listed)
    assert found
    return f"{found[1]}briefing/"


def test_the_sheet_of_italy_prints_whole_on_a4(page: Page, portal: Portal) -> None:
    address = italy(portal)
    page.goto(address)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets} == {A4}

    texts = [sheet.extract_text() for sheet in sheets]
    assert all("data version" in text for text in texts)
    printed = plain("".join(texts))
    assert page.locator(".briefing-notes li").count() > 20
    # A foot may stand between the halves of a paragraph that breaks over two sheets; none of these pieces is one.
    pieces = [piece for piece in page.evaluate(PIECES) if plain(piece)]
    assert len(pieces) > 300
    assert not [piece for piece in pieces if plain(piece) not in printed]


def test_the_sheet_is_black_on_white_in_the_dark_too(page: Page, portal: Portal) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(italy(portal))
    colours = page.eval_on_selector_all(
        ".briefing, .briefing *", "nodes => [...new Set(nodes.map(node => getComputedStyle(node).color))]"
    )
    for colour in colours:
        channels = [int(number) for number in re.findall(r"\d+", colour)[:3]]
        assert max(channels) <= 102, colour
    assert page.locator(".masthead").is_hidden()
