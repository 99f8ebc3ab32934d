"""Columns that several nouns share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.formats.columns.base import Column, Type

IDENTITY = (
    Column("code", _("Permanent code: minted once, never given to another entry."), Type.STRING, lambda row: row.code),
    Column("title", _("What the entry is called."), Type.STRING, lambda row: row.title),
    Column(
        "permalink", _("Permanent address, without a language: cite this one."), Type.ADDRESS, lambda row: row.permalink
    ),
    Column("url", _("Address of the page in this language."), Type.ADDRESS, lambda row: row.url),
)

MODIFIED = Column(
    "modified", _("When the entry or a part of it last changed."), Type.TIME, lambda row: row.modified_at, unit=_("UTC")
)
