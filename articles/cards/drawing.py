"""Draws a card: the band, what it is, its title, where it is found."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageColor, ImageDraw

from articles.cards.lettering import Face, static_file
from articles.cards.wording import Wording

WIDTH, HEIGHT = 1200, 630
MARGIN: Final = 80
MEASURE: Final = WIDTH - 2 * MARGIN

# The light colours of foundation.css: an image cannot follow the scheme of the page it stands on.
PAPER, INK, SOFT, LINE, SKY, GOLD = "#fbf8f1", "#16212a", "#535e67", "#d5ccba", "#00607a", "#a8720c"
SHADES: Final = 16
"""From paper to a colour: more would lie so near to one another that the paper itself were taken for the next."""

BAND: Final = (0, 40, WIDTH, 98)
"""Where the portal's own card has its upper band."""
BAND_TOP: Final = 36
KICKER_LINE: Final = 166
TITLE_TOP: Final = 196
FOOT: Final = 548
LEADING: Final = 1.16
MOST_LINES: Final = {92: 2, 76: 2, 68: 3, 60: 4, 54: 4, 48: 5, 44: 6}
"""The sizes of a title in pixels, the largest first, with how many lines of each look well."""


@lru_cache(maxsize=1)
def _sheet() -> Image.Image:
    """Return the paper with what all cards share: the band, the line above the foot, and the name."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    with Image.open(static_file("img/card.png")) as own:
        sheet.paste(own.convert("RGB").crop(BAND), (0, BAND_TOP))
    canvas = ImageDraw.Draw(sheet)
    canvas.line([(MARGIN, FOOT), (WIDTH - MARGIN, FOOT)], fill=LINE, width=2)
    Face("Sholu Serif", 40, 700).write(canvas, (MARGIN, FOOT + 48), "Sholu", INK)
    return sheet


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """Return our colours with the shades of their edges on paper: the file is half as large as with all colours."""
    paper = ImageColor.getrgb(PAPER)
    shades: list[int] = []
    for colour in (INK, SOFT, LINE, SKY, GOLD):
        for step in range(SHADES):
            both = zip(paper, ImageColor.getrgb(colour), strict=True)
            shades += [round(one + (other - one) * step / (SHADES - 1)) for one, other in both]
    palette = Image.new("P", (1, 1))
    palette.putpalette(shades)
    return palette


def draw(wording: Wording) -> bytes:
    """Return the card as PNG, 1200 by 630 pixels."""
    sheet = _sheet().copy()
    canvas = ImageDraw.Draw(sheet)
    _kicker(canvas, wording)
    bottom = FOOT - (84 if wording.stress or wording.mark else 24)
    _title(canvas, wording.title, bottom)
    if wording.stress:
        _stress(canvas, wording.stress)
    if wording.mark:
        _mark(canvas, wording.mark)
    address = Face("Sholu Sans", 26, 400)
    shown = address.shorten(wording.address, MEASURE - 200)
    address.write(canvas, (WIDTH - MARGIN - address.width(shown), FOOT + 46), shown, SOFT)
    file = BytesIO()
    sheet.quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _kicker(canvas: ImageDraw.ImageDraw, wording: Wording) -> None:
    """Write what it is, and beside it who says so, where it stands, when."""
    strong, plain = Face("Sholu Sans", 28, 600), Face("Sholu Sans", 28, 400)
    end = strong.write(canvas, (MARGIN, KICKER_LINE), strong.shorten(wording.kind, MEASURE), SKY)
    facts = "".join(f"  ·  {fact}" for fact in wording.facts)
    plain.write(canvas, (end, KICKER_LINE), plain.shorten(facts, WIDTH - MARGIN - end), SOFT)


def _title(canvas: ImageDraw.ImageDraw, title: str, bottom: int) -> None:
    size, lines = _set(title, bottom - TITLE_TOP)
    for number, line in enumerate(lines):
        baseline = TITLE_TOP + size + number * round(size * LEADING)
        Face("Sholu Serif", size, 600).write(canvas, (MARGIN, baseline), line, INK)


def _set(title: str, height: int) -> tuple[int, list[str]]:
    """Return the largest size at which a title fits, and its lines; at the smallest what is too long is cut."""
    for size, most in MOST_LINES.items():
        face = Face("Sholu Serif", size, 600)
        if len(face.fill(title, MEASURE)) <= min(most, height // round(size * LEADING)):
            return size, face.wrap(title, MEASURE)
    size = min(MOST_LINES)
    face, most = Face("Sholu Serif", size, 600), height // round(size * LEADING)
    lines = face.fill(title, MEASURE)
    return size, [*lines[: most - 1], face.shorten(" ".join(lines[most - 1 :]), MEASURE)]


def _stress(canvas: ImageDraw.ImageDraw, text: str) -> None:
    face = Face("Sholu Serif", 46, 700)
    face.write(canvas, (MARGIN, FOOT - 30), face.shorten(text, MEASURE), SKY)


def _mark(canvas: ImageDraw.ImageDraw, text: str) -> None:
    """Write a mark in a frame, as the badges of the pages have it."""
    face = Face("Sholu Sans", 24, 500)
    text = face.shorten(text, MEASURE - 32)
    box = [(MARGIN, FOOT - 66), (MARGIN + face.width(text) + 32, FOOT - 24)]
    canvas.rounded_rectangle(box, radius=5, outline=GOLD, width=2)
    face.write(canvas, (MARGIN + 16, FOOT - 37), text, GOLD)
