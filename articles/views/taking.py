"""What a reader may take away from a list or an entry: the same as data, in every format it has."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.filters import RecordFilterSet
from articles.formats import LIST_FORMATS, RECORD_FORMATS
from articles.formats.bibliography import BIBLIOGRAPHIES
from articles.formats.selection import SEARCH
from articles.models import Record
from articles.views.shared import Context


@dataclass(frozen=True, slots=True)
class Offer:
    """One format: what it is called, where it is, and what the head of the page calls it."""

    label: str
    url: str
    media_type: str
    title: str


def take_list(filters: RecordFilterSet, title: str, count: int) -> Context:
    """Return the formats of a list under its filter, and how many entries each of them holds.

    Where it holds none, the page shows no formats; programs are told of them, since a feed may fill.
    """
    noun = getattr(filters.start().model, "NOUN", SEARCH)
    query = filters.query.link(without=("page", "cited")).removeprefix(".")
    offers = [
        Offer(
            label=one.label,
            url=reverse(f"articles:{noun}-data", args=[one.suffix]) + query,
            media_type=one.media_type.partition(";")[0],
            title=_("%(list)s as %(format)s") % {"list": title, "format": one.label},
        )
        for one in LIST_FORMATS.values()
        if one.suits(noun)
    ]
    rows = ngettext("%(n)d row", "%(n)d rows", count) % {"n": count}
    return {"take_away": {"rows": rows, "offers": offers, "shown": offers if count else []}}


def take_record(record: Record) -> Context:
    """Return the formats of an entry; its page shows those that do not stand beside its citation already.

    A draft has none: nobody may take it away yet.
    """
    offers = {
        one.suffix: Offer(
            label=one.label,
            url=reverse(f"articles:{record.NOUN}-record", args=[record.code, one.suffix]),
            media_type=one.media_type.partition(";")[0],
            title=_("This entry as %(format)s") % {"format": one.label},
        )
        for one in RECORD_FORMATS.values()
        if record.is_public
    }
    cited = {one.suffix for one in BIBLIOGRAPHIES}
    shown = [offer for suffix, offer in offers.items() if suffix not in cited]
    return {"take_away": {"rows": "", "offers": list(offers.values()), "shown": shown}}
