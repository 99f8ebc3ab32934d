"""The columns of what a search finds: entries of all nouns, in one form."""

from django.utils.translation import gettext_lazy as _

from articles.formats.columns.base import Column, Type
from articles.formats.columns.shared import IDENTITY, MODIFIED, choice
from articles.models import NOUNS

SEARCH = (
    choice("kind", _("What kind of entry it is."), (model.NOUN for model in NOUNS), lambda row: row.NOUN),
    *IDENTITY,
    Column(
        "date",
        _("Its date, where entries of its kind have one of their own."),
        Type.EDTF,
        lambda row: getattr(row, "date_edtf", ""),
    ),
    MODIFIED,
)
