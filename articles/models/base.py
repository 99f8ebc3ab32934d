"""What every noun of the record shares: a permanent code, a state of publication."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol, Self, TypeVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles import permalinks
from articles.locality import locality

if TYPE_CHECKING:
    pass


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


M = TypeVar("M", bound="Record")


class Counted(Protocol):
    """Rows that are counted already, and known by their places."""

    def __len__(self) -> int: ...

    def page(self, start: int, stop: int) -> Any:
        """Return the rows from one place to another."""


class RecordQuerySet(models.QuerySet[M]):
    counted: Counted | None = None
    """What is known of these very rows. What is derived from them does without, but for a slice."""

    def count(self) -> int:
        return super().count() if self.counted is None else len(self.counted)

    def exists(self) -> bool:
        return super().exists() if self.counted is None else len(self.counted) > 0

    def __getitem__(self, part: Any) -> Any:
        if self.counted is None or not isinstance(part, slice) or part.stop is None:
            return super().__getitem__(part)
        return self.counted.page(part.start or 0, part.stop)

    def published(self) -> Self:
        """Return the entries the public may see. The one place that decides visibility, for every output."""
        return self.filter(state=State.PUBLISHED)

    def with_names(self) -> Self:
        """Fetch what a list shows of each entry, in a number of queries that does not depend on theirs."""
        return self

    def get_by_natural_key(self, code: str) -> M:
        return self.get(code=code)


def public_manager(queryset_class: type[models.QuerySet[Any]]) -> Any:
    """Return the manager that every public page, count, feed and sitemap starts from: what `published()` lets out."""

    class PublicManager(models.Manager.from_queryset(queryset_class)):  # type: ignore[misc]
        _published: Any = None

        def get_queryset(self) -> Any:
            """Return a copy of the published rows' query: to copy it takes a tenth of the time to build it."""
            if self._db is not None:
                return super().get_queryset().published()
            if self._published is None:
                self._published = super().get_queryset().published()
            return self._published.all()

    return PublicManager()


def prefetched(relation: str, rows: models.QuerySet[Any], name: str) -> models.Prefetch[Any, Any, Any]:
    """Return a prefetch of what readers may see of a relation, kept as a list under a name that says so."""
    return models.Prefetch(relation, rows, to_attr=name)


def seen(entry: M | None) -> M | None:
    """Return an entry of another noun if readers may see it: no page, preview or file names others."""
    return entry if entry is not None and entry.is_public else None


_BETWEEN: Final = {
    number: " " if chr(number) == "-" else None
    for number in range(128)
    if not (chr(number).isalnum() or chr(number).isspace() or chr(number) == "_")
}
"""What becomes of the characters of ASCII that stand in no word."""


@lru_cache(maxsize=4_096)
def slug_of(text: str) -> str:
    """Return the decoration of an address: at most 60 characters, cut between words.

    Most texts are of ASCII: for these it is what slugify() returns, in a third of the time.
    """
    slug = "-".join(text.lower().translate(_BETWEEN).split()).strip("-_") if text.isascii() else slugify(text)
    return slug if len(slug) <= 60 else slug[:61].rpartition("-")[0] or slug[:60]


_PLACE: Final = "PLACE"


def _address(*named: str) -> str:
    """Return what reverse() does for a name and arguments, as a pattern with `{}` for each `_PLACE`.

    What is put there needs no escaping. Reversing takes a hundred times as long, and a page shows hundreds of links.
    """
    return _reversed(named, *locality())


@cache
def _reversed(named: tuple[str, ...], _language: str | None, _prefix: str) -> str:
    name, *args = named
    return reverse(name, args=args).replace(_PLACE, "{}")


class Record(models.Model):
    """A noun with a permanent address that staff draft, publish and withdraw."""

    LETTER: ClassVar[str]
    """The letter of the language-neutral permalink, `/<letter>/<code>`."""
    NOUN: ClassVar[str]
    """The name of the URL patterns `<noun>-list` and `<noun>-detail`."""
    public: ClassVar[Any]
    """The manager of what readers may see."""

    code = models.CharField(
        _("permanent code"),
        max_length=permalinks.LENGTH,
        unique=True,
        default=permalinks.mint,
        editable=False,
        validators=[RegexValidator(rf"^{permalinks.PATTERN}\Z", _("This is not a permanent code."))],
        help_text=_("Minted once, never changed, never used again: it is the public address of this entry."),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.CharField(
        _("reason for withdrawal"),
        max_length=300,
        blank=True,
        editable=False,
        help_text=_("Shown to the public on the page that stands in this entry's place."),
    )
    modified_at = models.DateTimeField(_("last modified"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        # Django's four and ours: `publish_<noun>` is to publish and withdraw, and to change what is no draft.
        default_permissions: ClassVar = ("add", "change", "delete", "view", "publish")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="%(class)s_state_is_known",
                condition=Q(state__in=State.values),
                violation_error_message=_("The state is draft, published or withdrawn."),
            ),
            models.CheckConstraint(
                name="%(class)s_published_says_when",
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message=_("A published entry says when it was published."),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_says_when_and_why",
                condition=~Q(state=State.WITHDRAWN) | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                violation_error_message=_("A withdrawn entry says when and why."),
            ),
        ]

    @property
    def title(self) -> str:
        """What the entry is called on public pages."""
        raise NotImplementedError

    @property
    def slug_text(self) -> str:
        """The text that the decorative end of the address is made of."""
        return self.title

    def natural_key(self) -> tuple[str, ...]:
        return (self.code,)

    @property
    def url(self) -> str:
        """The canonical address in the current language."""
        slug = slug_of(self.slug_text) or self.NOUN
        return _address(f"articles:{self.NOUN}-detail", _PLACE, _PLACE).format(self.code, slug)

    def get_absolute_url(self) -> str:
        return self.url

    @property
    def permalink(self) -> str:
        """The language-neutral address, a promise for ever."""
        return _address("permalink", self.LETTER, _PLACE).format(self.code)

    def touch(self) -> None:
        """Note that the entry changes now; never goes back, so that an edit stays newer than the fixture."""
        self.modified_at = max(timezone.now(), self.modified_at + dt.timedelta(microseconds=1))

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED
