"""The whole record in the terms of schema.org: a Dataset, which search engines for data read."""

from __future__ import annotations

from articles.dataset.description import DESCRIPTION, TITLE
from articles.edition import Edition
from articles.formats.base import LICENCE
from articles.metadata.webpage import Thing, filled, portal


def dataset(
    *, page: str, download: str, origin: str, edition: Edition, period: str, places: list[str], variables: list[str],
    size: int | None, checksum: str,
) -> Thing:  # fmt: skip
    """Return the dataset that stands behind a page; `period` is ISO 8601, size in bytes and checksum where known."""
    archive = filled(
        kind="DataDownload",
        name="CSV and JSON with a Frictionless Data Package",
        encodingFormat="application/zip",
        contentUrl=download,
        contentSize=str(size) if size else "",
        sha256=checksum,
    )
    return filled(
        kind="Dataset",
        id=f"{page}#dataset",
        name=TITLE,
        description=DESCRIPTION,
        url=page,
        license=LICENCE,
        version=edition.version,
        dateModified=edition.as_of.isoformat() if edition.as_of else "",
        creator=portal(origin),
        publisher=portal(origin),
        isAccessibleForFree=True,
        inLanguage="en",
        keywords=["Kazakhstan", "foreign relations", "press", "treaties", "trade"],
        temporalCoverage=period,
        spatialCoverage=[{"@type": "Place", "name": name} for name in places],
        variableMeasured=variables,
        distribution=[archive],
    )
