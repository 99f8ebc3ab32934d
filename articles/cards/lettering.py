"""Sets text in the portal's own families, as a browser would: each letter from the subset that has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import ImageDraw, ImageFont

ELLIPSIS = "…"


def static_file(name: str) -> Path:
    """Return where a static file lies before it is collected."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)


@lru_cache(maxsize=1)
def _subsets() -> dict[str, list[tuple[str, list[range]]]]:
    """Return the files of each family with the letters they hold, as the style sheet tells the browser."""
    sheet = static_file("css/fonts.css").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, list[range]]]] = {}
    for face in re.findall(r"@font-face \{(.*?)\}", sheet, re.DOTALL):
        family = re.search(r'font-family: "([^"]+)"', face)
        file = re.search(r'url\("\.\./(fonts/[^"]+)"\)', face)
        if family and file:
            bounds = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face)
            letters = [range(int(first, 16), int(last or first, 16) + 1) for first, last in bounds]
            found.setdefault(family[1], []).append((file[1], letters))
    return found


@lru_cache(maxsize=512)
def _file_of(family: str, letter: str) -> str:
    """Return the subset that holds a letter; the Latin one, which has a sign for what is missing, if none does."""
    subsets = _subsets()[family]
    return next((file for file, ranges in subsets if any(ord(letter) in one for one in ranges)), subsets[-1][0])


@lru_cache(maxsize=64)
def _font(file: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(static_file(file), size)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=4096)
def _width(face: Face, text: str) -> float:
    return sum(font.getlength(run) for font, run in face.runs(text))


@dataclass(frozen=True, slots=True)
class Face:
    """A family at a size, in pixels, and a weight from 400 to 700."""

    family: str
    size: int
    weight: int

    def runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        for file, letters in groupby(text, lambda letter: _file_of(self.family, letter)):
            yield _font(file, self.size, self.weight), "".join(letters)

    def width(self, text: str) -> float:
        return _width(self, text)

    def write(self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str) -> float:
        """Write a line from a point on its baseline; return where it ends."""
        x, y = at
        for font, run in self.runs(text):
            canvas.text((x, y), run, fill=colour, font=font, anchor="ls")
            x += font.getlength(run)
        return x

    def wrap(self, text: str, width: float) -> list[str]:
        """Break a text into the fewest lines of a width, and let them be about as long as one another."""
        lines = self.fill(text, width)
        widest = max((self.width(word) for word in text.split()), default=0)
        least, most = min(max(widest, width / 2), width), width
        while most - least > 4:
            middle = (least + most) / 2
            if len(self.fill(text, middle)) > len(lines):
                least = middle
            else:
                most = middle
        return self.fill(text, most)

    def fill(self, text: str, width: float) -> list[str]:
        """Break a text into lines as full as they can be; a word that is wider than a line is shortened."""
        blank = self.width(" ")
        lines: list[list[str]] = []
        end = width
        for word in text.split():
            end += blank + self.width(word)
            if end > width:
                lines.append([])
                end = self.width(word)
            lines[-1].append(self.shorten(word, width))
        return [" ".join(words) for words in lines]

    def shorten(self, text: str, width: float) -> str:
        """Return the text, or as much of it as fits with three dots at its end."""
        if self.width(text) <= width:
            return text
        while text and self.width(text + ELLIPSIS) > width:
            text = text[:-1]
        return text.rstrip(" ,;:–-") + ELLIPSIS
