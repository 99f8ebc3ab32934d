"""The whole record as one file, and what the Data page says of it."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst

from articles import metadata
from articles.dataset import RestlessRecordError, current, ready
from articles.edition import edition
from articles.filters import held
from articles.formats.base import LICENCE
from articles.formats.validators import etag_of, is_fresh, not_modified
from articles.models import NOUNS, Country, Indicator
from articles.permalinks import PLURALS
from articles.views.data import open_to_programs
from articles.views.shared import Context, origin_of


@open_to_programs
def download(request: HttpRequest) -> HttpResponseBase:
    """Send the dataset of the present state of the record; it is made first where that has changed."""
    address = request.build_absolute_uri(request.path)
    now = edition()
    tag = etag_of(now.version, address)
    if is_fresh(request, tag):
        return _asked_again(not_modified(tag))
    try:
        now, kept = current(origin_of(request))
    except RestlessRecordError:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    file = kept.path.open("rb")
    response = FileResponse(
        file, as_attachment=True, filename=f"sholu-{now.version}.zip", content_type="application/zip"
    )
    response.headers["ETag"] = etag_of(now.version, address)
    response.headers["Data-Version"] = now.version
    response.headers["Link"] = f'<{LICENCE}>; rel="license"'
    if request.method == "HEAD":
        file.close()
        response.streaming_content = ()
    return _asked_again(response)


def _asked_again(response: HttpResponseBase) -> HttpResponseBase:
    """Have caches ask before they hand the file on: what has been withdrawn since must not come from them."""
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def offer(request: HttpRequest) -> Context:
    """Return what the Data page shows of the dataset: size and checksum once it has been made."""
    now, origin = edition(), origin_of(request)
    kept = ready(now, origin)
    page, file = (f"{origin}{reverse(f'articles:{name}')}" for name in ("data", "dataset"))
    return {
        "edition": now,
        "dataset": {
            "url": reverse("articles:dataset"),
            "address": file,
            "version": now.version,
            "as_of": now.as_of,
            "size": kept.size if kept else None,
            "sha256": kept.sha256 if kept else "",
            "tables": [
                {
                    "label": capfirst(model._meta.verbose_name_plural),
                    "name": PLURALS[model.NOUN],
                    "rows": held.number_of(model),
                }
                for model in NOUNS
            ],
        },
        "thing": metadata.dataset(
            page=page,
            download=file,
            origin=origin,
            edition=now,
            period=_period(),
            places=["Kazakhstan", *Country.public.partners().order_by("name").values_list("name", flat=True)],
            variables=list(Indicator.public.order_by("name").values_list("name", flat=True)),
            size=kept.size if kept else None,
            checksum=kept.sha256 if kept else "",
        ),
    }


def _period() -> str:
    """Return the time that the coverage lies in, as ISO 8601 has it: from the first day to the last."""
    bounds = held.articles().period()
    return "/".join(day.isoformat() if day else ".." for day in bounds) if any(bounds) else ""
