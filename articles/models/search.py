"""What the search reads: one document for each published entry, its names, and the words of all of them.

The database itself writes these tables, by the triggers of `articles/search/schema.py`; Python only reads them. A
document says what can be found, never what may be shown: that the `public` managers decide at every search.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SearchDocument(models.Model):
    """The texts of one entry as readers see them. The key tells noun and row: see `articles/search/documents.py`."""

    id = models.BigIntegerField(primary_key=True)
    title = models.TextField()
    aliases = models.TextField()
    names = models.TextField()
    body = models.TextField()
    day = models.DateField(null=True)

    class Meta:
        db_table = "search_document"
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.title


class SearchName(models.Model):
    """A whole title or alias of a document, by its sound: who types nothing else wants this entry first."""

    document = models.BigIntegerField(db_index=True)
    sound = models.TextField()

    class Meta:
        db_table = "search_name"
        indexes: ClassVar = [models.Index(fields=["sound"], name="name_by_sound")]
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.sound


class SearchWord(models.Model):
    """A word of the record, folded, with the sound that its other spellings share. Words are never taken out."""

    word = models.TextField(primary_key=True)
    sound = models.TextField()

    class Meta:
        db_table = "search_word"
        indexes: ClassVar = [models.Index(fields=["sound"], name="word_by_sound")]
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return self.word
