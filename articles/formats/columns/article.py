"""The columns of articles."""

from django.utils.translation import gettext_lazy as _

from articles.formats.columns.base import Column, Type
from articles.formats.columns.shared import (
    DISCREPANCIES,
    IDENTITY,
    MODIFIED,
    TOPICS,
    address,
    choice,
    countries,
    dated,
    text,
    texts,
    title_by,
)
from articles.models import Article

ARTICLE = (
    *IDENTITY,
    title_by(
        _("Whose title it is: the source’s headline, or a label of ours where it has none."),
        lambda row: row.has_headline,
    ),
    *dated(_("When the article was published.")),
    text("outlet", _("Who published it."), lambda row: row.outlet.title),
    text("outlet_key", _("The outlet’s key in filters."), lambda row: row.outlet.slug),
    text("via", _("Publisher of the digest through which it is known; empty where we read it itself.")),
    text(
        "source",
        _("Title of the document that we read: the article itself, or the digest."),
        lambda row: row.source.title,
    ),
    address("source_permalink", _("Permanent address of that document."), lambda row: row.source.permalink),
    Column("source_item", _("Which item of the document it is, from 1."), Type.INTEGER, lambda row: row.position),
    texts("authors", _("Authors, as the source signs them."), lambda row: row.authors),
    text("author_role", _("The author’s office, where an official writes.")),
    choice(
        "genre",
        _("Genre. Official: an official of a state or the EU writes, or is the whole story."),
        Article.Genre.values,
    ),
    text("language", _("Language of the article: ISO 639-1.")),
    address("original_url", _("Address at the outlet, where it is known."), lambda row: row.original_url),
    text("summary", _("What it says, in our own words.")),
    *countries("partners", _("Partners that it is about"), lambda row: row.public_partners),
    *countries("mentioned", _("Countries that it merely mentions"), lambda row: row.public_mentioned),
    *TOPICS,
    DISCREPANCIES,
    MODIFIED,
)
