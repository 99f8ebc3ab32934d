"""The admin wears the colours of the portal."""

import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[3] / "static" / "css"
PROPERTY = re.compile(r"^\s*(--[a-z-]+): (light-dark\([^;]+\));", re.MULTILINE)


def test_the_colours_are_those_of_the_portal() -> None:
    portal: dict[str, str] = {}
    for name, value in PROPERTY.findall((CSS / "foundation.css").read_text()):
        portal.setdefault(name, value)  # what follows is for readers who ask for more contrast
    admin = dict(PROPERTY.findall((CSS / "admin.css").read_text()))
    assert admin
    assert {name: portal.get(name) for name in admin} == admin
