"""The map: drawn from a file that is made once; every partner on it is in its table."""

import json
import math
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from articles import worldmap

LIMIT = 80_000
"""How long the drawing may be in a page, in bytes before compression."""

SQUARES = {
    "type": "Topology",
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    # Two squares side by side that share the arc 1, one across 180°, and a speck.
    "arcs": [
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [0, 10]],
        [[10, 10], [10, 0], [0, -10], [-10, 0]],
        [[175, 0], [10, 0], [0, 10], [-10, 0], [0, -10]],
        [[-175, -60], [10, 0], [0, -10], [-10, 10]],
    ],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "id": "398", "properties": {"name": "West"}},
                {"type": "Polygon", "arcs": [[2, ~1]], "id": "380", "properties": {"name": "East"}},
                {"type": "MultiPolygon", "arcs": [[[3]]], "id": "242", "properties": {"name": "Over the line"}},
                {"type": "Polygon", "arcs": [[4]], "id": "010", "properties": {"name": "South"}},
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "No code"}},
            ],
        }
    },
}


def points(path: str) -> list[list[tuple[int, int]]]:
    """Return the rings that path data draw."""
    rings = []
    for start, steps in re.findall(r"M([^l]+)l([^z]+)z", path):
        x, y = (int(n) for n in re.findall(r"-?\d+", start))
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        ring = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
    return rings


def test_the_projection_is_equal_earth() -> None:
    assert worldmap.equal_earth(0, 0) == (0, 0)
    east, _y = worldmap.equal_earth(180, 0)
    _x, north = worldmap.equal_earth(0, 90)
    assert east == pytest.approx(2.7066, abs=1e-4)
    assert north == pytest.approx(1.3173, abs=1e-4)

    def area(latitude: float) -> float:
        side = 1e-3
        x0, y0 = worldmap.equal_earth(20, latitude)
        x1, _y = worldmap.equal_earth(20 + side, latitude)
        _x, y1 = worldmap.equal_earth(20, latitude + side)
        return (x1 - x0) * (y1 - y0) / math.cos(math.radians(latitude))

    assert all(area(latitude) == pytest.approx(area(0), rel=1e-3) for latitude in (-50, 30, 60, 80))


def test_borders_become_rings_on_one_grid() -> None:
    made = worldmap.draw(SQUARES, SQUARES)
    assert set(made["shapes"]) == {"", "KZ", "IT", "FJ"}, "what lies in the far south is left out"
    shapes = {code: points(path) for code, path in made["shapes"].items()}
    assert set(shapes["KZ"][0]) & set(shapes["IT"][0]), "neighbours share points"
    width = max(x for x, _y in shapes["FJ"][0]) - min(x for x, _y in shapes["FJ"][0])
    assert width < worldmap.WIDTH / 4, "what lies across 180° stays whole"
    for rings in shapes.values():
        for ring in rings:
            assert all(0 <= x <= worldmap.WIDTH and 0 <= y <= made["height"] for x, y in ring)
    x, y, extent = made["places"]["KZ"]
    corners = shapes["KZ"][0]
    assert min(x for x, _y in corners) < x < max(x for x, _y in corners)
    assert min(y for _x, y in corners) < y < max(y for _x, y in corners)
    assert extent > 0


def test_the_command_writes_what_the_pages_read(tmp_path: Path) -> None:
    borders, made = tmp_path / "borders.json", tmp_path / "world.json"
    borders.write_text(json.dumps(SQUARES), encoding="utf-8")
    call_command("make_map", borders, borders, to=made, verbosity=0)
    assert json.loads(made.read_text(encoding="utf-8")).keys() == json.loads(worldmap.FILE.read_text("utf-8")).keys()


def test_the_drawing_is_small_and_whole() -> None:
    world = worldmap.world()
    assert worldmap.FILE.stat().st_size < LIMIT * 0.7
    assert {"KZ", "IT", "JP", "US", "EE", "RU"} <= world.shapes.keys()
    assert {"VA", "SG", "MT"} <= world.middles.keys() - world.shapes.keys()
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in world.middles)
    for path in world.shapes.values():
        assert re.fullmatch(r"(?:M\d+ \d+l[\d -]+z)+", path)
    for x, y in world.middles.values():
        assert 0 <= x <= worldmap.WIDTH
        assert 0 <= y <= world.height
    x, y = world.middles["KZ"]
    assert world.middles["IT"][0] < x < world.middles["CN"][0]
    assert world.middles["RU"][1] < y < world.middles["AE"][1]
