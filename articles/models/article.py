from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Record, RecordQuerySet, State, prefetched, public_manager
from .composed import HasAny, KeysOf
from .country import HOME, Country
from .dated import Basis, Dated, DatedRows
from .fields import NamesField
from .outlet import Outlet
from .source import SourceDocument
from .topic import Topic

SUMMARY_WORDS = (40, 90)
"""How long a summary is, in words: fewest and most."""


def validate_summary(text: str) -> None:
    """Refuse a summary that is shorter or longer than the house allows."""
    words = len(text.split())
    fewest, most = SUMMARY_WORDS
    if not fewest <= words <= most:
        raise ValidationError(
            _("A summary has %(fewest)d to %(most)d words; this one has %(words)d."),
            params={"fewest": fewest, "most": most, "words": words},
        )


def _hidden_outlets() -> models.QuerySet[Outlet]:
    return Outlet.objects.exclude(state=State.PUBLISHED)


def _hidden_sources(source: Any) -> models.QuerySet[SourceDocument]:
    hidden = ~Q(state=State.PUBLISHED) | Q(publisher__in=_hidden_outlets())
    return SourceDocument.objects.filter(hidden, pk=source)


_OF_HIDDEN_OUTLET = KeysOf("hidden_outlet", _hidden_outlets)


def public_article(prefix: str = "") -> Q:
    """Say that the public may see an article: it stands on its outlet and on the document we read.

    `prefix` leads to the article from what is filtered: “article__”. It asks for the few outlets that are hidden, and
    looks up the source document of each article: to find those that are hidden among all takes PostgreSQL too long.
    """
    shown = Q(**{f"{prefix}state": State.PUBLISHED}) & ~Q(**{f"{prefix}outlet__in": _OF_HIDDEN_OUTLET})
    return shown & ~Q(HasAny("hidden_source", _hidden_sources, f"{prefix}source"))


class ArticleQuerySet(DatedRows, RecordQuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        return self.filter(public_article())

    def with_names(self) -> ArticleQuerySet:
        """Fetch what an item of a list shows, in three queries; only published names."""
        return self.select_related("outlet", "source", "source__publisher").prefetch_related(
            prefetched("partners", Country.public.all(), "public_partners"),
            prefetched("topics", Topic.public.all(), "public_topics"),
        )


class Article(Record, Dated):
    """A piece of coverage: known directly, or only through a digest."""

    LETTER = "a"
    NOUN = "article"

    class Genre(models.TextChoices):
        NEWS = "news", _("news")
        ANALYSIS = "analysis", _("analysis")
        OPINION = "opinion", _("opinion")
        OFFICIAL = "official", _("official voice")

    headline = models.CharField(
        _("headline"),
        max_length=400,
        blank=True,
        help_text=_("As the source has it. Empty where it has none."),
    )
    label = models.CharField(
        _("our label"),
        max_length=200,
        blank=True,
        help_text=_("Only where the source has no headline; shown as ours."),
    )
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, related_name="+", related_query_name="article", verbose_name=_("outlet")
    )
    source = models.ForeignKey(
        SourceDocument,
        models.PROTECT,
        related_name="+",
        related_query_name="article",
        verbose_name=_("source document"),
        help_text=_("What we have read: the article itself, or the digest that tells of it."),
    )
    position = models.PositiveSmallIntegerField(
        _("item"), default=1, help_text=_("Which item of the digest it is, from 1.")
    )
    first_line = models.PositiveIntegerField(_("first line"), help_text=_("In the file of the source document."))
    last_line = models.PositiveIntegerField(_("last line"))
    authors = NamesField(_("authors"), help_text=_('As the source signs them: ["Fabio Indeo"].'))
    author_role = models.CharField(
        _("the author's office"), max_length=160, blank=True, help_text=_("Where an official writes.")
    )
    genre = models.CharField(
        _("genre"),
        max_length=8,
        choices=Genre,
        help_text=_("Official voice: an official of a state or the EU writes or is the whole story."),
    )
    language = models.CharField(_("language"), max_length=2, default="en")
    original_url = models.URLField(_("address of the original"), max_length=500, blank=True)
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("40 to 90 words, ours: facts carry over, the source's sentences do not."),
    )
    partners = models.ManyToManyField(
        Country,
        through="ArticlePartner",
        related_name="+",
        related_query_name="article",
        verbose_name=_("partners"),
        help_text=_("What the article is about. Never Kazakhstan itself."),
    )
    mentioned = models.ManyToManyField(
        Country,
        blank=True,
        related_name="+",
        related_query_name="mentioning_article",
        verbose_name=_("merely mentioned"),
    )
    topics = models.ManyToManyField(
        Topic,
        related_name="+",
        related_query_name="article",
        verbose_name=_("topics"),
        blank=True,
    )

    objects = models.Manager.from_queryset(ArticleQuerySet)()
    public: ClassVar[Any] = public_manager(ArticleQuerySet)

    # Filled by ArticleQuerySet.with_names().
    public_partners: list[Country]
    public_topics: list[Topic]

    class Meta(Record.Meta, Dated.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        # Every page says from which state of the record it was made: see articles/edition.py.
        indexes: ClassVar = [
            models.Index(fields=["state", "modified_at", "outlet", "source"], name="article_state_modified"),
            models.Index(fields=["modified_at", "id"], name="article_by_change"),
        ]
        constraints: ClassVar = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="article_has_headline_or_label",
                condition=(~Q(headline="") & Q(label="")) | (Q(headline="") & ~Q(label="")),
                violation_error_message=_("Give the headline of the source; only where it has none, a label of ours."),
            ),
            models.CheckConstraint(
                name="article_published_is_dated_or_says_why_not",
                condition=~Q(state=State.PUBLISHED) | ~Q(date_basis=Basis.NONE) | ~Q(date_note=""),
                violation_error_message=_("A published article has a date, or says why it has none."),
            ),
            models.CheckConstraint(
                name="article_published_has_summary",
                condition=~Q(state=State.PUBLISHED) | ~Q(summary=""),
                violation_error_message=_("A published article has a summary."),
            ),
            models.CheckConstraint(
                name="article_genre_is_known",
                condition=Q(genre__in=["news", "analysis", "opinion", "official"]),
                violation_error_message=_("The genre is news, analysis, opinion or official voice."),
            ),
            models.CheckConstraint(
                name="article_lines_in_order",
                condition=Q(first_line__gte=1) & Q(last_line__gte=models.F("first_line")),
                violation_error_message=_("The last line is not before the first."),
            ),
            models.UniqueConstraint(
                name="article_one_per_place",
                fields=["source", "position"],
                violation_error_message=_("The source document has another article in this place."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.summary:
            try:
                validate_summary(self.summary)
            except ValidationError as error:
                raise ValidationError({"summary": error.messages}) from error

    @property
    def title(self) -> str:
        return self.headline or self.label

    @property
    def has_headline(self) -> bool:
        return bool(self.headline)

    @property
    def via(self) -> str:
        """The publisher of the digest it is known through; empty when we have read the article itself."""
        return self.source.publisher.name if self.source.is_digest else ""

    @property
    def byline(self) -> str:
        return ", ".join(self.authors)

    @property
    def genre_label(self) -> str:
        return str(self.Genre(self.genre).label) if self.genre else ""


class ArticlePartnerManager(models.Manager["ArticlePartner"]):
    def get_by_natural_key(self, article: str, country: str) -> ArticlePartner:
        return self.get(article__code=article, country=country)


class ArticlePartner(models.Model):
    """An article is about a partner. Kazakhstan is never its own partner: the database says so too."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+", related_query_name="partner_link")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", related_query_name="partner_link")

    objects = ArticlePartnerManager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints: ClassVar = [
            models.UniqueConstraint(name="article_partner_once", fields=["article", "country"]),
            models.CheckConstraint(
                name="article_partner_is_abroad",
                condition=~Q(country=HOME),
                violation_error_message=_("Kazakhstan is never its own partner."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.country)

    def natural_key(self) -> tuple[str, str]:
        return (self.article.code, self.country_id)
