"""The world as a drawing: country borders in the Equal Earth projection, on a grid of whole numbers. No database.

`articles/geometry/world.json` is made once, by `manage.py make_map`, from the country borders of Natural Earth as
the TopoJSON files of world-atlas have them (docs/map.md); pages only read it. Borders are no statement on the status
of any territory.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.core import get_global

FILE: Final = Path(__file__).resolve().parent / "geometry" / "world.json"

WIDTH: Final = 2000
"""How many units the drawing is wide. Points lie on whole units."""
CENTRE: Final = 11.0
"""The meridian in the middle, in degrees east: the sheet then ends in the Bering Strait."""
SOUTH: Final = -57.0
"""What lies wholly south of this (degrees) is left out: Antarctica."""

MOVED: Final = (("RU", "UA", (32.0, 44.0, 37.0, 46.5)),)
"""Parts that are drawn with another country than Natural Earth has them with: from, to, and the box around the part.

Crimea stands with Ukraine, as the General Assembly of the United Nations has it (resolution 68/262 of 2014).
"""

Point = tuple[float, float]
Cell = tuple[int, int]
Ring = list[Cell]
"""A closed line of points on the grid; the last joins the first."""


@dataclass(frozen=True, slots=True)
class World:
    """The drawing: shapes as SVG path data by ISO 3166-1 alpha-2 code, and where each country's middle lies.

    The key "" holds what has no such code. A country too small for a shape has a middle only. `extents` are the
    shorter sides of the box around the largest part of a country: 0 where it has no shape.
    """

    height: int
    shapes: dict[str, str]
    middles: dict[str, Cell]
    extents: dict[str, int]


@cache
def world() -> World:
    """Return the drawing that pages show."""
    made = json.loads(FILE.read_text(encoding="utf-8"))
    return World(
        height=made["height"],
        shapes=made["shapes"],
        middles={code: (x, y) for code, (x, y, _extent) in made["places"].items()},
        extents={code: extent for code, (_x, _y, extent) in made["places"].items()},
    )


# --- projection -----------------------------------------------------------------------------------------------

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(longitude: float, latitude: float) -> Point:
    """Project degrees, counted from the middle, to the plane (Šavrič, Patterson, Jenny 2018); y grows to the north."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    width = 3 * (9 * A4 * t6 * t2 + 7 * A3 * t6 + 3 * A2 * t2 + A1)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / width
    return x, theta * (A4 * t6 * t2 + A3 * t6 + A2 * t2 + A1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the plane lies on the grid."""

    left: float
    top: float
    unit: float

    def place(self, longitude: float, latitude: float) -> Cell:
        x, y = equal_earth(longitude, latitude)
        return round((x - self.left) / self.unit), round((self.top - y) / self.unit)


# --- TopoJSON -------------------------------------------------------------------------------------------------


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the lines of a quantised topology in degrees."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        lines.append(line)
    return lines


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else list(geometry.get("arcs", []))


def _line(arcs: Sequence[Sequence[Point]], numbers: Iterable[int]) -> list[Point]:
    """Return the ring that the arcs make; a negative number is an arc read backwards (~n)."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points[:-1]


def alpha2(numeric: str) -> str:
    """Return the two-letter code for a three-digit code of ISO 3166-1, as CLDR has them; "" where there is none."""
    codes = get_global("territory_aliases").get(numeric, [])
    return codes[0] if len(codes) == 1 else ""


def turned(ring: Sequence[Point]) -> list[Point]:
    """Return a ring with longitudes counted from the middle, whole where 180° or the edge of the sheet cuts it."""
    whole = [ring[0]]
    for longitude, latitude in ring[1:]:
        step = (longitude - whole[-1][0] + 180) % 360 - 180
        whole.append((whole[-1][0] + step, latitude))
    home = sum(longitude for longitude, _latitude in whole) / len(whole)
    moved = (home - CENTRE + 180) % 360 - 180
    return [(longitude - home + moved, latitude) for longitude, latitude in whole]


def countries(topology: dict[str, Any]) -> dict[str, list[list[Point]]]:
    """Return the rings of every country by two-letter code; of all without a code under ""."""
    arcs = _arcs(topology)
    found: dict[str, list[list[Point]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = alpha2(str(geometry.get("id", "")))
        rings = [turned(_line(arcs, ring)) for polygon in _polygons(geometry) for ring in polygon]
        rings = [ring for ring in rings if max(latitude for _longitude, latitude in ring) > SOUTH]
        if rings:
            found.setdefault(code, []).extend(rings)
    for code, other, box in MOVED:
        moved = [ring for ring in found.get(code, []) if _lies_in(ring, box)]
        found[code] = [ring for ring in found.get(code, []) if ring not in moved]
        found.setdefault(other, []).extend(moved)
    return {code: rings for code, rings in found.items() if rings}


def _lies_in(ring: Sequence[Point], box: tuple[float, float, float, float]) -> bool:
    """Say whether a ring, counted from the middle, lies in a box of degrees: west, south, east, north."""
    west, south, east, north = box
    return all(west <= longitude + CENTRE <= east and south <= latitude <= north for longitude, latitude in ring)


# --- drawing --------------------------------------------------------------------------------------------------


def sheet_of(rings: Iterable[Iterable[Point]]) -> tuple[Sheet, int]:
    """Return the sheet that holds all rings on WIDTH units, and its height."""
    points = [equal_earth(*point) for ring in rings for point in ring]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = max(y for _x, y in points), min(y for _x, y in points)
    unit = (right - left) / WIDTH
    return Sheet(left, top, unit), math.ceil((top - bottom) / unit)


def _without_needless_points(ring: Ring) -> Ring:
    """Drop repeated points and those on a straight line between their neighbours."""
    kept: Ring = []
    for cell in ring:
        if kept and cell == kept[-1]:
            continue
        kept.append(cell)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()

    def bends(before: Cell, here: Cell, after: Cell) -> bool:
        return (here[0] - before[0]) * (after[1] - here[1]) != (here[1] - before[1]) * (after[0] - here[0])

    return [here for n, here in enumerate(kept) if bends(kept[n - 1], here, kept[(n + 1) % len(kept)])]


def _doubled_area(ring: Ring) -> int:
    return sum(ring[n - 1][0] * y - x * ring[n - 1][1] for n, (x, y) in enumerate(ring))


def middle(ring: Ring) -> Cell:
    """Return the centre of gravity of a ring."""
    area = _doubled_area(ring)
    if not area:
        return ring[0]
    x = y = 0
    for n, (x2, y2) in enumerate(ring):
        x1, y1 = ring[n - 1]
        part = x1 * y2 - x2 * y1
        x, y = x + (x1 + x2) * part, y + (y1 + y2) * part
    return round(x / (3 * area)), round(y / (3 * area))


def path(rings: Iterable[Ring]) -> str:
    """Return SVG path data: each ring from its first point by relative steps."""
    written = []
    for ring in rings:
        (x, y), rest = ring[0], ring[1:]
        steps = []
        for x2, y2 in rest:
            steps.append(f"{x2 - x} {y2 - y}")
            x, y = x2, y2
        written.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(written)


def _place(rings: list[Ring], drawn: bool) -> tuple[int, int, int]:
    """Return the middle of the largest ring and the shorter side of the box around it; 0 where none is drawn."""
    largest = max(rings, key=lambda ring: abs(_doubled_area(ring)))
    x, y = middle(largest)
    sides = [max(values) - min(values) for values in zip(*largest, strict=True)]
    return x, y, min(sides) if drawn else 0


def draw(borders: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Return the content of the file: shapes from `borders`, and the middles of what only `more` has, which is finer.

    Both are topologies of world-atlas.
    """
    coarse, fine = countries(borders), countries(more)
    sheet, height = sheet_of(ring for rings in [*coarse.values(), *fine.values()] for ring in rings)
    shapes: dict[str, str] = {}
    places: dict[str, tuple[int, int, int]] = {}
    for code in sorted(coarse.keys() | fine.keys()):
        drawn = ([sheet.place(*point) for point in ring] for ring in coarse.get(code, []))
        rings = [ring for ring in map(_without_needless_points, drawn) if len(ring) > 2]
        if rings:
            shapes[code] = path(rings)
        if code:
            places[code] = _place(
                rings or [[sheet.place(*point) for point in ring] for ring in fine.get(code, coarse.get(code, []))],
                bool(rings),
            )
    return {"height": height, "shapes": shapes, "places": places}
