"""Every list and every entry as data. A new format is a module here and a line in a registry below."""

from articles.formats import bibliography, comma_separated, json_pages, workbook
from articles.formats.atom import ATOM
from articles.formats.base import LICENCE, PAGE_SIZE, Format, RecordFormat
from articles.formats.calendar import CALENDAR
from articles.formats.card import CARD
from articles.formats.json_feed import JSON_FEED
from articles.formats.selection import Selection

LIST_FORMATS: dict[str, Format] = {
    one.suffix: one
    for one in (
        Format("csv", comma_separated.MEDIA_TYPE, "CSV", comma_separated.render),
        Format("xlsx", workbook.MEDIA_TYPE, "Excel", workbook.render),
        Format("json", json_pages.MEDIA_TYPE, "JSON", json_pages.render, paged=True),
        ATOM,
        JSON_FEED,
        CALENDAR,
        *bibliography.LIST_FORMATS,
    )
}
"""The formats of lists, by suffix, in the order in which pages name them."""

RECORD_FORMATS: dict[str, RecordFormat] = {
    one.suffix: one
    for one in (
        RecordFormat("json", json_pages.MEDIA_TYPE, "JSON", json_pages.render_record),
        *bibliography.RECORD_FORMATS,
        CARD,
    )
}
"""The formats of single entries, by suffix, in the order in which pages name them."""

__all__ = ["LICENCE", "LIST_FORMATS", "PAGE_SIZE", "RECORD_FORMATS", "Format", "RecordFormat", "Selection"]
