"""The map of partners as the pages show it: what is drawn where, how it is shaded, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.coverage import Partner, counted
from articles.coverage_charts import levels
from articles.models import HOME
from articles.worldmap import WIDTH, Cell, world

MARGIN: Final = 10
"""The room around the drawing, in its units."""
MOST_NAMES: Final = 2
"""How many partners the sentence names where they have equally many articles."""
SMALL: Final = 16
"""A country that is narrower than this gets a dot, too: its shape alone would be overlooked."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the drawing: left, top, width and height. Numbers stand on countries at least `roomy` wide."""

    left: int
    top: int
    width: int
    height: int
    roomy: int

    @property
    def view_box(self) -> str:
        return f"{self.left} {self.top} {self.width} {self.height}"

    def holds(self, point: Cell, margin: int = 0) -> bool:
        x, y = point
        across = self.left + margin <= x <= self.left + self.width - margin
        return across and self.top + margin <= y <= self.top + self.height - margin


CLOSE_UP: Final = Window(left=872, top=44, width=520, height=318, roomy=24)
"""Europe to Central Asia, where most partners lie close together."""


@dataclass(frozen=True, slots=True)
class Place:
    """A partner on the map: a shape, a dot, or both. `world_number` and `number` say where its number is written."""

    code: str
    partner: Partner
    level: int
    path: str
    dot: bool
    x: int
    y: int
    near: bool
    number_on_world: bool
    number_near: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A class of shading, and what it means."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class PartnerMap:
    view_box: str
    close_up: str
    others: str
    home: str
    home_x: int
    home_y: int
    places: list[Place]
    levels: list[Level]
    listed: list[Partner]
    """All partners as the table beside the map has them: countries, then blocs, which have no shape."""
    unplaced: list[Partner] = field(default_factory=list)
    """Partners that are countries, but of which the drawing knows no place."""

    @property
    def sentence(self) -> str:
        """Say what the map shows."""
        number = len(self.places)
        shown = ngettext(
            "The map shows %(n)d partner country, shaded by the number of articles about it.",
            "The map shows %(n)d partner countries, shaded by the number of articles about each.",
            number,
        ) % {"n": number}
        most = max((place.partner.articles for place in self.places), default=0)
        first = [place.partner.name for place in self.places if place.partner.articles == most]
        if not most or len(first) > MOST_NAMES:
            return shown
        held = {"names": _(" and ").join(first), "held": counted(most)}
        if len(first) > 1:
            return f"{shown} {_('The most are about %(names)s: %(held)s each.') % held}"
        return f"{shown} {_('The most are about %(names)s: %(held)s.') % held}"


def partner_map(partners: Sequence[Partner]) -> PartnerMap:
    """Return the map of these partners. Asks no query."""
    drawing = world()
    countries = [one for one in partners if not one.is_bloc]
    placed = [one for one in countries if one.code in drawing.middles]
    classes = levels([one.articles for one in placed])
    whole = Window(-MARGIN, -MARGIN, WIDTH + 2 * MARGIN, drawing.height + 2 * MARGIN, roomy=48)
    own = {one.code for one in placed if one.code in drawing.shapes} | {HOME}
    x, y = drawing.middles[HOME]
    return PartnerMap(
        view_box=whole.view_box,
        close_up=CLOSE_UP.view_box,
        others="".join(path for code, path in drawing.shapes.items() if code not in own),
        home=drawing.shapes[HOME],
        home_x=x,
        home_y=y,
        places=[_place(one, classes, whole) for one in placed],
        levels=_legend(classes, placed),
        listed=sorted(partners, key=lambda one: one.is_bloc),
        unplaced=[one for one in countries if one.code not in drawing.middles],
    )


def _place(partner: Partner, classes: list[tuple[int, int]], whole: Window) -> Place:
    drawing = world()
    middle = drawing.middles[partner.code]
    extent = drawing.extents[partner.code]
    near = CLOSE_UP.holds(middle)
    number_near = CLOSE_UP.holds(middle, margin=12) and extent >= CLOSE_UP.roomy
    return Place(
        code=partner.code,
        partner=partner,
        level=next((n for n, (least, most) in enumerate(classes, 1) if least <= partner.articles <= most), 0),
        path=drawing.shapes.get(partner.code, ""),
        dot=extent < SMALL,
        x=middle[0],
        y=middle[1],
        near=near,
        number_on_world=not number_near and extent >= whole.roomy,
        number_near=number_near,
    )


def _legend(classes: list[tuple[int, int]], placed: list[Partner]) -> list[Level]:
    shown = [
        Level(
            number,
            ngettext("%(n)s article", "%(n)s articles", most)
            % {"n": str(least) if least == most else f"{least}–{most}"},
        )
        for number, (least, most) in enumerate(classes, 1)
    ]
    if any(not one.articles for one in placed):
        shown.insert(0, Level(0, _("agreements only")))
    return shown
