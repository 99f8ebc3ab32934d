from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.attestations import AttestedInline
from articles.admin.base import DATE_FIELDS, DATE_HELP, RecordAdmin
from articles.admin.parts import NamedFormSet, TableInline
from articles.models import Article, ArticlePartner


class PartnerInline(TableInline):
    model = ArticlePartner
    formset = NamedFormSet
    extra = 1
    autocomplete_fields = ("country",)
    verbose_name = _("partner")
    verbose_name_plural = _("partners: the countries and blocs that the article is about")


@admin.register(Article)
class ArticleAdmin(RecordAdmin[Article]):
    list_display = ("title_shown", "state_mark", "date_words", "outlet", "via", "modified_on")
    list_select_related: ClassVar = ("outlet", "source__publisher")
    # All values, and none of the source documents: to see which of them are used takes seconds among many articles.
    list_filter: ClassVar = ("state", "genre", "topics", "partners", "outlet", "date_basis")
    search_fields: ClassVar = ("headline", "label", "summary", "outlet__name", "code")
    autocomplete_fields: ClassVar = ("outlet", "source", "topics", "mentioned")
    inlines: ClassVar = (PartnerInline, AttestedInline)
    help_texts: ClassVar = {"authors": _("As the source signs them, one per line.")}
    fieldsets: ClassVar = (
        (
            _("What it is"),
            {
                "fields": (
                    "headline",
                    "label",
                    "outlet",
                    ("genre", "language"),
                    "authors",
                    "author_role",
                    "original_url",
                ),
                "description": _(
                    "The headline as the source has it, letter for letter. Where the source has none, leave it empty "
                    "and give a label of ours: the pages mark it as ours."
                ),
            },
        ),
        (
            _("Where we have read it"),
            {
                "fields": ("source", "position", ("first_line", "last_line")),
                "description": _(
                    "The outlet has published it; the source document is what lay before us. They differ when we know "
                    "an article only through a digest, and the pages say so."
                ),
            },
        ),
        (_("Date"), {"fields": DATE_FIELDS, "description": DATE_HELP}),
        (
            _("Summary"),
            {
                "fields": ("summary",),
                "description": _(
                    "Our own words, 40 to 90 of them: names, numbers and dates carry over, sentences do not. Say who "
                    "claims what. No praise, and nothing that the article does not say."
                ),
            },
        ),
        (
            _("What it is about"),
            {
                "fields": ("topics", "mentioned"),
                "description": _(
                    "A partner (below) is a country or bloc that the article is about, or that takes part in the "
                    "meeting it is about. A country that merely occurs is “merely mentioned”. Kazakhstan is neither."
                ),
            },
        ),
    )

    @admin.display(description=_("headline or label"), ordering="headline")
    def title_shown(self, article: Article) -> str:
        return article.title if article.has_headline else f"[{article.title}]"

    @admin.display(description=_("via digest of"), empty_value="–")
    def via(self, article: Article) -> str | None:
        return article.via or None
