"""What stands on a card."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a card, from the top down; every part but kind and title may be missing.

    `facts` stand beside the kind, each as certain and as precise as on the page. `mark` is said in a frame: that we
    know an article through a digest only. `stress` is one short phrase that the card is about: the value of a figure.
    """

    kind: str
    title: str
    address: str
    facts: tuple[str, ...] = ()
    mark: str = ""
    stress: str = ""
