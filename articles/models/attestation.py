from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .agreement import Agreement
from .article import Article, public_article
from .base import public_manager
from .dated import ShownDate
from .discrepancy import DiscrepancySide
from .event import Event, EventStep
from .figure import Figure
from .parts import AgreementRelation, AgreementValue, StatusStep
from .person import Office

SUBJECTS = ("agreement", "step", "value", "relation", "figure", "event", "event_step", "office", "side")
"""The fields of an attestation of which exactly one is set: what it attests."""


def _exactly_one() -> Q:
    return Q(*(Q(**{f"{name}__isnull": name != one for name in SUBJECTS}) for one in SUBJECTS), _connector=Q.OR)


class AttestationQuerySet(models.QuerySet["Attestation"]):
    def published(self) -> AttestationQuerySet:
        """Return the attestations in articles that the public may see."""
        return self.filter(public_article("article__"))

    def with_names(self) -> AttestationQuerySet:
        return self.select_related("article", "article__outlet", "article__source", "article__source__publisher")

    def with_outlet(self) -> AttestationQuerySet:
        """Tell with each which outlet it is `reported_by`, by key; none where readers may not see that.

        It is looked up for each: given a join, SQLite would rather go through all articles.
        """
        article = Article.public.filter(pk=models.OuterRef("article"))
        return self.annotate(reported_by=models.Subquery(article.values("outlet")[:1]))

    def get_by_natural_key(self, article: str, line: int, subject: str, *key: str | int) -> Attestation:
        model: Any = Attestation._meta.get_field(subject).related_model
        target = model._default_manager.get_by_natural_key(*key)
        return self.get(article__code=article, line=line, **{subject: target})


class Attestation(models.Model):
    """Ties a statement of the record to the article that makes it and to the place in it.

    `paragraph` counts the paragraphs of the article's own text from 1, without headline, stamp, captions and
    other furniture, so that a reader finds it at the outlet; `line` is the line of the text file we have read,
    so that an editor finds it in the source document.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", related_query_name="attestation", verbose_name=_("article")
    )
    paragraph = models.PositiveSmallIntegerField(
        _("paragraph"),
        validators=[MinValueValidator(1)],
        help_text=_("Of the article's text, from 1; headline, captions and other furniture are not counted."),
    )
    line = models.PositiveIntegerField(
        _("line"),
        validators=[MinValueValidator(1)],
        help_text=_("Of the file of the source document, from 1."),
    )
    note = models.CharField(
        _("what it says"), max_length=400, blank=True, help_text=_("Where it needs saying; in our own words.")
    )
    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("agreement"),
    )
    step = models.ForeignKey(
        StatusStep,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("status step"),
    )
    value = models.ForeignKey(
        AgreementValue,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("value"),
    )
    relation = models.ForeignKey(
        AgreementRelation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("relation"),
    )

    figure = models.ForeignKey(
        Figure,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("figure"),
    )
    event = models.ForeignKey(
        Event,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("event"),
    )
    event_step = models.ForeignKey(
        EventStep,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("status step of an event"),
    )
    office = models.ForeignKey(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("office"),
    )
    side = models.ForeignKey(
        DiscrepancySide,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="every_attestation",
        related_query_name="attestation",
        verbose_name=_("side of a discrepancy"),
    )

    objects = models.Manager.from_queryset(AttestationQuerySet)()
    public: ClassVar[Any] = public_manager(AttestationQuerySet)

    class Meta:
        ordering: ClassVar = ["article", "line"]
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="attestation_of_one_thing",
                condition=_exactly_one(),
                violation_error_message=_(
                    "An attestation concerns one thing: an agreement, a figure, an event, or one part of an entry."
                ),
            ),
            *(
                models.UniqueConstraint(
                    name=f"attestation_of_{subject}_once",
                    fields=["article", "line", subject],
                    condition=Q(**{f"{subject}__isnull": False}),
                    violation_error_message=_("This place is entered already."),
                )
                for subject in SUBJECTS
            ),
            models.CheckConstraint(
                name="attestation_names_a_place",
                condition=Q(paragraph__gte=1, line__gte=1),
                violation_error_message=_("Paragraphs and lines count from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article.code} ¶{self.paragraph}"

    @property
    def subject(self) -> str:
        """The name of the field that is set."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id") is not None)

    def natural_key(self) -> tuple[str | int, ...]:
        subject = self.subject
        return (self.article.code, self.line, subject, *getattr(self, subject).natural_key())

    @property
    def article_title(self) -> str:
        """The headline; a label of ours stands in brackets."""
        return self.article.title if self.article.has_headline else f"[{self.article.title}]"

    @property
    def article_url(self) -> str:
        """The paragraph on the page of the article, where what it attests is listed."""
        return f"{self.article.url}#p{self.paragraph}"

    @property
    def outlet(self) -> str:
        return self.article.outlet.name

    @property
    def date(self) -> ShownDate:
        return self.article.date

    @property
    def via(self) -> str:
        return self.article.via
