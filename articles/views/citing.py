"""What a reader is offered to cite: an entry, a page that sets entries side by side, a selection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.citations.apa import apa
from articles.citations.chicago import chicago
from articles.citations.provenance import provenance
from articles.citations.reference import Reference
from articles.cited import PARAMETER, Cited
from articles.edition import Edition
from articles.filters import RecordFilterSet
from articles.formats.bibliography import BIBLIOGRAPHIES
from articles.formats.selection import plain
from articles.models import Country, Indicator
from articles.presentation import Link
from articles.references import reference_of, reference_to_page
from articles.views.shared import Context, origin_of


def cite_record(request: HttpRequest, record: Any, edition: Edition) -> Context:
    """Return the cite box of an entry, fetched as its page needs it. A draft has no files: nobody may cite it yet."""
    files = (
        Link(one.label, reverse(f"articles:{record.NOUN}-record", args=[record.code, one.suffix]))
        for one in BIBLIOGRAPHIES
        if record.is_public
    )
    return box(reference_of(record, origin_of(request), edition), files)


def cite_comparison(request: HttpRequest, indicator: Indicator, country: Country, edition: Edition) -> Context:
    """Return the cite box of a page where figures stand side by side; the files hold the figures."""
    reference = reference_to_page(
        noun="comparison",
        code=f"i/{indicator.code}/{country.iso}",
        title=f"{indicator.name}: {country.name}",
        description="Figures side by side",
        address=request.build_absolute_uri(),
        edition=edition,
    )
    query = urlencode({"indicator": indicator.slug, "country": country.iso})
    files = (Link(one.label, f"{reverse('articles:figure-data', args=[one.suffix])}?{query}") for one in BIBLIOGRAPHIES)
    return box(reference, files)


def citing(
    request: HttpRequest, filters: RecordFilterSet, edition: Edition, *, title: str, sentence: str, count: int
) -> Context:
    """Return how a list of `count` entries is cited, and what has become of it since the citation that led here."""
    return {
        "edition": edition,
        "cite": cite_selection(request, filters, f"{title}: {plain(sentence).rstrip('.')}", count, edition),
        "since_cited": since_cited(filters.cited, count, edition),
    }


def cite_selection(request: HttpRequest, filters: RecordFilterSet, title: str, count: int, edition: Edition) -> Context:
    """Return the cite box of a list under its filter.

    The address has its parameters in one order, and tells later readers how many entries there were, and in which
    state of the record. The files hold the entries.
    """
    query = filters.query
    asked = {name: sorted(values) for name, values in query.values.items() if name != "page"}
    link = query.link({**asked, PARAMETER: [str(Cited(count, edition.version, edition.as_of))]})
    path = request.path.strip("/").rpartition("/")[2]
    reference = reference_to_page(
        noun="selection",
        code=f"{path}/{blake2b(link.encode(), digest_size=4).hexdigest()}",
        title=title,
        description=f"Data set; {count} {'record' if count == 1 else 'records'}",
        address=request.build_absolute_uri(request.path + link),
        edition=edition,
        csl_type="dataset",
    )
    return box(reference, _files_of(filters, query.link(asked)))


def _files_of(filters: RecordFilterSet, link: str) -> Iterator[Link]:
    """Yield the bibliographies of a list, where it is one of a single noun."""
    noun = getattr(filters.start().model, "NOUN", "")
    for one in BIBLIOGRAPHIES if noun else ():
        yield Link(one.label, reverse(f"articles:{noun}-data", args=[one.suffix]) + link.removeprefix("."))


def since_cited(cited: Cited | None, count: int, edition: Edition) -> str:
    """Say what has become of a selection since it was cited; nothing where the address is no citation."""
    if cited is None:
        return ""
    number = ngettext("%(n)d record", "%(n)d records", cited.count) % {"n": cited.count}
    when = date_format(cited.as_of, "j F Y") if cited.as_of else _("the empty record")
    words = {"number": number, "date": when, "version": cited.version}
    then = _("Cited with %(number)s, as of %(date)s (data version %(version)s).") % words
    if cited.version == edition.version:
        return f"{then} {_('Nothing has changed since.')}"
    if cited.count == count:
        return f"{then} {_('There are as many now; the record has changed since.')}"
    return f"{then} {ngettext('There is %(n)d now.', 'There are %(n)d now.', count) % {'n': count}}"


def box(reference: Reference, files: Iterable[Link]) -> Context:
    """Return what the component `cite` shows."""
    return {
        "styles": [
            {"key": "apa", "name": "APA", "text": apa(reference)},
            {"key": "chicago", "name": "Chicago", "text": chicago(reference)},
        ],
        "provenance": provenance(reference, brief=True),
        "files": list(files),
        "permalink": reference.permalink,
        "accessed": date_format(reference.accessed, "j F Y"),
        "version": reference.version,
    }
