"""Every list and every entry as data. A new format is a module here and a line in a registry below."""

from articles.formats import json_pages
from articles.formats.base import LICENCE, PAGE_SIZE, Format, RecordFormat
from articles.formats.selection import Selection

LIST_FORMATS: dict[str, Format] = {
    one.suffix: one for one in (Format("json", json_pages.MEDIA_TYPE, "JSON", json_pages.render, paged=True),)
}
"""The formats of lists, by suffix, in the order in which pages name them."""

RECORD_FORMATS: dict[str, RecordFormat] = {
    one.suffix: one for one in (RecordFormat("json", json_pages.MEDIA_TYPE, "JSON", json_pages.render_record),)
}
"""The formats of single entries, by suffix, in the order in which pages name them."""

__all__ = ["LICENCE", "LIST_FORMATS", "PAGE_SIZE", "RECORD_FORMATS", "Format", "RecordFormat", "Selection"]
