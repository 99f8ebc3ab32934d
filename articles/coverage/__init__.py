"""Overviews of the whole record: partners on a map, partners by topic, articles over time, and who speaks.

Every function asks a fixed number of queries. Every number is that of the list it leads to.
"""

from articles.coverage.links import counted
from articles.coverage.matrix import matrix
from articles.coverage.over_time import MOST_MONTHS, Loose, OverTime, Period, over_time
from articles.coverage.partners import Partner, partners, totals
from articles.coverage.voices import (
    FEW,
    Group,
    Share,
    Voices,
    by_weight,
    voices,
    voices_by_partner,
    voices_by_topic,
)

__all__ = [
    "FEW",
    "MOST_MONTHS",
    "Group",
    "Loose",
    "OverTime",
    "Partner",
    "Period",
    "Share",
    "Voices",
    "by_weight",
    "counted",
    "matrix",
    "over_time",
    "partners",
    "totals",
    "voices",
    "voices_by_partner",
    "voices_by_topic",
]
