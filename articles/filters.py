"""One FilterSet for each list: it drives the page, the counts, the chips and the sentence that says what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import dates, query
from articles.facets import (
    ChoiceFacet,
    Facet,
    FacetFilter,
    FacetValue,
    ManyFacet,
    NounFacet,
    YearFacet,
)
from articles.models import (
    HOME,
    Agreement,
    Article,
    ArticlePartner,
    Country,
    Organisation,
    Outlet,
    SourceDocument,
    Status,
    StatusStep,
    Topic,
)
from articles.models.base import certainly_in

Rows = Any
"""A queryset of the listed noun."""

SEARCH_WORDS = 8
"""How many words of the text box are looked for; each must match."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter, with the address of the list without it."""

    facet_label: str
    label: str
    remove_url: str


def messages() -> query.Messages:
    """Return what a reader is told about parameters no list understands."""
    return query.Messages(
        too_long=_("This value is too long."),
        unreadable=_("This value holds characters that cannot be read."),
        too_many=_("Only the first %(n)d values are read.") % {"n": query.MAX_VALUES},
        unknown=_("This list has no such filter."),
    )


def countries_named(word: str) -> list[str]:
    """Return the codes of the public countries whose name in English, Kazakh or Russian, or alias, has the word."""
    word = word.casefold()
    return [
        country.iso
        for country in Country.public.all()
        if any(
            word in name.casefold()
            for name in (country.name, country.name_in("kk"), country.name_in("ru"), *country.aliases)
        )
    ]


class RecordFilterSet(django_filters.FilterSet):
    """A list of one noun under a query string. Reads it once; what it cannot read it names in `problems`."""

    SORTS: ClassVar[dict[str, Any]] = {
        "newest": gettext_lazy("Newest first"),
        "oldest": gettext_lazy("Oldest first"),
    }
    EXTRA: ClassVar[tuple[str, ...]] = ("q", "sort", "page")
    """Parameters besides the facets."""

    def __init__(self, data: Any, queryset: Rows) -> None:
        facets = [name for name, one in self.base_filters.items() if isinstance(one, FacetFilter)]
        self.query = query.read(data, [*facets, *self.EXTRA], messages())
        super().__init__(data=self._form_data(facets), queryset=queryset)
        self.form.is_valid()  # facet fields never fail: they set aside what they do not know
        for name in facets:
            for value in self._field(name).refused:
                self.query.refuse(name, value, self._refusal(name))
        self.sort = self._one("sort", self.SORTS, "newest")
        self.words = self.query.values.get("q", [""])[0].split()
        if len(self.query.values.get("q", [])) > 1:
            for value in self.query.values["q"][1:]:
                self.query.refuse("q", value, _("Only one search at a time."))
        if len(self.words) > SEARCH_WORDS:
            note = _("Only the first %(n)d words are looked for.") % {"n": SEARCH_WORDS}
            self.query.problems.append(query.Problem("q", query.shorten(" ".join(self.words)), note))
            self.words = self.words[:SEARCH_WORDS]

    def _form_data(self, facets: list[str]) -> dict[str, list[str]]:
        return _Lists({name: self.query.values.get(name, []) for name in facets})

    def _refusal(self, name: str) -> str:
        return _("The record has no such value for “%(facet)s”.") % {"facet": self.filters[name].label}

    def _one(self, name: str, allowed: Iterable[str], default: str) -> str:
        """Return the value of a parameter that takes one of a few words; name what is wrong with it."""
        given = list(self.query.values.get(name, []))
        for value in given:
            if value not in allowed:
                self.query.refuse(name, value, _("Choose one of: %(words)s.") % {"words": ", ".join(allowed)})
        good = [value for value in given if value in allowed]
        for value in good[1:]:
            self.query.refuse(name, value, _("Only one value at a time."))
        return good[0] if good else default

    # --- rows -----------------------------------------------------------------------------------------------

    def facet_filters(self) -> dict[str, FacetFilter]:
        return {name: one for name, one in self.filters.items() if isinstance(one, FacetFilter)}

    def _field(self, name: str) -> Any:
        return self.form.fields[name]

    def chosen(self, name: str) -> list[str]:
        """Return the values of a facet that are chosen and exist."""
        values: list[str] = self.form.cleaned_data.get(name, [])
        return values

    def rows(self, *, lifted: str = "") -> Rows:
        """Return the rows the filter keeps, one facet lifted where asked."""
        rows: Rows = self.queryset
        for name, one in self.facet_filters().items():
            if name != lifted:
                rows = one.filter(rows, self.chosen(name))
        for word in self.words:
            rows = rows.filter(self.matches(word))
        return rows

    def filter_queryset(self, queryset: Rows) -> Rows:
        return self.ordered(self.rows())

    def ordered(self, rows: Rows) -> Rows:
        return rows.oldest_first() if self.sort == "oldest" else rows.newest_first()

    def matches(self, word: str) -> Q:
        """Say where one word of the text box is looked for."""
        raise NotImplementedError

    # --- what the page shows ----------------------------------------------------------------------------------

    @cached_property
    def facets(self) -> list[Facet]:
        return [self._facet(name, one) for name, one in self.facet_filters().items()]

    def _facet(self, name: str, one: FacetFilter) -> Facet:
        counts = one.counts(self.rows(lifted=name))
        chosen = set(self.chosen(name))
        values = [
            FacetValue(
                value=value,
                label=label,
                count=counts.get(value, 0),
                selected=value in chosen,
                only_url=self.query.link({name: [value]}),
            )
            for value, label in self._field(name).options.items()
            if counts.get(value, 0) or value in chosen
        ]
        if not one.ordered:
            values.sort(key=lambda value: (not value.selected, -value.count))
        return Facet(name, str(one.label), values)

    @cached_property
    def chips(self) -> list[Chip]:
        chips = []
        for name, one in self.facet_filters().items():
            chosen = self.chosen(name)
            for value in chosen:
                rest = [other for other in chosen if other != value]
                label = self._field(name).options[value]
                chips.append(Chip(str(one.label), label, self.query.link({name: rest})))
        if self.words:
            words = " ".join(self.words)
            chips.append(Chip(_("Text"), words, self.query.link(without=("page", "q"))))
        return chips

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)

    def kept_besides_the_form(self) -> list[tuple[str, str]]:
        """Return the parameters that the filter form has no input for and must carry along."""
        return [(name, value) for name in ("sort", "dates") for value in self.query.values.get(name, [])]

    @property
    def sort_options(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.query.link({"sort": [name]}), "current": name == self.sort}
            for name, label in self.SORTS.items()
        ]

    def count_phrase(self, count: int) -> str:
        raise NotImplementedError

    def extra_phrases(self) -> list[SafeString]:
        """Return what the sentence says besides the facets."""
        return []

    def after_thought(self) -> SafeString:
        """Return what stands behind the sentence."""
        return SafeString("")

    def sentence(self, count: int) -> SafeString:
        """Say in one sentence what the list shows: “4 articles about Italy, on energy, dated 2025.”"""
        parts = [format_html("<b>{}</b>", self.count_phrase(count))]
        for name, one in self.facet_filters().items():
            chosen = self.chosen(name)
            if chosen:
                options = self._field(name).options
                labels = format_html_join(
                    format_html(" {} ", _("or")), "<b>{}</b>", ((options[value],) for value in chosen)
                )
                parts.append(format_html(str(one.phrase), labels))
        parts.extend(self.extra_phrases())
        if self.words:
            parts.append(format_html(_("matching <b>“{}”</b>"), " ".join(self.words)))
        return format_html("{}.{}", format_html_join(" ", "{}", ((part,) for part in parts)), self.after_thought())


class _Lists(dict[str, list[str]]):
    """The form's data: what `MultipleHiddenInput` reads by `getlist`."""

    def getlist(self, name: str) -> list[str]:
        return self.get(name, [])


class ArticleFilterSet(RecordFilterSet):
    """Articles by partner, topic, outlet, genre, year, way of knowing, and range of dates.

    A date in the range may be coarse: such an article is listed as *possibly* inside, and the page says how
    many of them there are. `dates=certain` leaves them out.
    """

    EXTRA = ("q", "from", "to", "dates", "sort", "page")

    country = ManyFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("about {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        through=lambda: ArticlePartner.objects.filter(country__state="published"),
        row="article",
        column="country",
    )
    topic = ManyFacet(
        label=gettext_lazy("Topic"),
        phrase=gettext_lazy("on {}"),
        noun=Topic.public.all,
        key="slug",
        through=lambda: Article.topics.through._default_manager.filter(topic__state="published"),
        row="article",
        column="topic",
    )
    outlet = NounFacet(
        label=gettext_lazy("Outlet"),
        phrase=gettext_lazy("published by {}"),
        noun=Outlet.public.all,
        key="slug",
        column="outlet",
    )
    genre = ChoiceFacet(
        label=gettext_lazy("Genre"),
        phrase=gettext_lazy("of the genre {}"),
        choices=Article.Genre.choices,
        column="genre",
    )
    year = YearFacet(
        label=gettext_lazy("Year"),
        phrase=gettext_lazy("dated {}"),
        dated=Article.public.all,
        ordered=True,
    )
    via = ChoiceFacet(
        label=gettext_lazy("Known through"),
        phrase=gettext_lazy("known through {}"),
        choices=[
            (SourceDocument.Kind.DIGEST, gettext_lazy("a digest")),
            (SourceDocument.Kind.ARTICLE, gettext_lazy("the article itself")),
        ],
        column="source__kind",
    )

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = []

    def __init__(self, data: Any, queryset: Rows) -> None:
        super().__init__(data, queryset)
        self.period = dates.DateRange(self._bound("from", end=False), self._bound("to", end=True))
        if self.period.first and self.period.last and self.period.first > self.period.last:
            self.query.refuse("to", self.query.values["to"][0], _("This lies before the beginning of the range."))
            self.period = dates.DateRange(self.period.first, None)
        self.certain = self._one("dates", ("certain", "possible"), "possible") == "certain"

    def _bound(self, name: str, *, end: bool) -> dt.date | None:
        bound: dt.date | None = None
        for value in list(self.query.values.get(name, [])):
            try:
                if bound is not None:
                    self.query.refuse(name, value, _("Only one value at a time."))
                else:
                    bound = dates.parse_bound(value, end=end)
            except dates.EdtfError as error:
                self.query.refuse(name, value, str(error))
        return bound

    @property
    def has_period(self) -> bool:
        return bool(self.period.first or self.period.last)

    def rows(self, *, lifted: str = "") -> Rows:
        rows = super().rows(lifted=lifted)
        if self.has_period:
            rows = rows.certainly_in(self.period) if self.certain else rows.possibly_in(self.period)
        return rows

    def matches(self, word: str) -> Q:
        partners = ArticlePartner.objects.filter(country__in=countries_named(word))
        topics = Article.topics.through._default_manager.filter(topic__state="published", topic__name__icontains=word)
        return (
            Q(headline__icontains=word)
            | Q(label__icontains=word)
            | Q(summary__icontains=word)
            | Q(outlet__name__icontains=word)
            | Q(outlet__aliases__icontains=word)
            | Q(authors__icontains=word)
            | Q(pk__in=partners.values("article"))
            | Q(pk__in=topics.values("article"))
        )

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return Article.public.all()

    @cached_property
    def possibly_inside(self) -> int:
        """How many of the listed articles lie only possibly in the range of dates."""
        if not self.has_period or self.certain:
            return 0
        number: int = self.rows().exclude(certainly_in(self.period)).count()
        return number

    @cached_property
    def chips(self) -> list[Chip]:
        chips = list(super().chips)
        for name, label in (("from", _("From")), ("to", _("To")), ("dates", _("Dates"))):
            for value in self.query.values.get(name, []):
                shown = _("certainly inside") if value == "certain" else value
                if value != "possible":
                    chips.append(Chip(label, shown, self.query.link(without=("page", name))))
        return chips

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d article", "%(n)d articles", count) % {"n": count}

    def after_thought(self) -> SafeString:
        if not self.possibly_inside:
            return SafeString("")
        text = ngettext(
            "%(n)d of them only possibly: its date is known only roughly.",
            "%(n)d of them only possibly: their dates are known only roughly.",
            self.possibly_inside,
        ) % {"n": self.possibly_inside}
        link = self.query.link({"dates": ["certain"]})
        return format_html(' {} <a href="{}">{}</a>', text, link, _("Leave out what is not certain"))

    def extra_phrases(self) -> list[SafeString]:
        if not self.has_period:
            return []
        first, last = (self.query.values.get(name, [""])[0] for name in ("from", "to"))
        if first and last:
            phrase = format_html(_("from <b>{}</b> to <b>{}</b>"), dates.in_words(first), dates.in_words(last))
        elif first:
            phrase = format_html(_("from <b>{}</b> on"), dates.in_words(first))
        else:
            phrase = format_html(_("up to <b>{}</b>"), dates.in_words(last))
        return [phrase]


class AgreementFilterSet(RecordFilterSet):
    """Agreements by partner, type, tier, where they stand, binding or not, topic, year of a step, organisation."""

    SORTS = {
        "newest": gettext_lazy("Newest first"),
        "oldest": gettext_lazy("Oldest first"),
        "title": gettext_lazy("By title"),
    }

    country = ManyFacet(
        label=gettext_lazy("Partner country"),
        phrase=gettext_lazy("with {}"),
        noun=lambda: Country.public.exclude(iso=HOME),
        key="iso",
        through=lambda: Agreement.parties.through._default_manager.filter(country__state="published").exclude(
            country=HOME
        ),
        row="agreement",
        column="country",
    )
    status = ChoiceFacet(
        label=gettext_lazy("Stands at"),
        phrase=gettext_lazy("standing at {}"),
        choices=Status.choices,
        column="standing",
        ordered=True,
    )
    type = ChoiceFacet(
        label=gettext_lazy("Type"),
        phrase=gettext_lazy("of the type {}"),
        choices=Agreement.Type.choices,
        column="type",
    )
    tier = ChoiceFacet(
        label=gettext_lazy("Tier"),
        phrase=gettext_lazy("of the tier {}"),
        choices=Agreement.Tier.choices,
        column="tier",
    )
    topic = ManyFacet(
        label=gettext_lazy("Topic"),
        phrase=gettext_lazy("on {}"),
        noun=Topic.public.all,
        key="slug",
        through=lambda: Agreement.topics.through._default_manager.filter(topic__state="published"),
        row="agreement",
        column="topic",
    )
    organisation = ManyFacet(
        label=gettext_lazy("Organisation"),
        phrase=gettext_lazy("naming {}"),
        noun=Organisation.public.all,
        key="slug",
        through=lambda: Agreement.organisations.through._default_manager.filter(organisation__state="published"),
        row="agreement",
        column="organisation",
    )
    binding = ChoiceFacet(
        label=gettext_lazy("Binding"),
        phrase=gettext_lazy("binding or not: {}"),
        choices=Agreement.Binding.choices,
        column="binding",
    )
    year = YearFacet(
        label=gettext_lazy("Year of a step"),
        phrase=gettext_lazy("with a step in {}"),
        dated=StatusStep.public.all,
        ordered=True,
        row="agreement",
    )

    class Meta:
        model = Agreement
        fields: ClassVar[list[str]] = []

    @classmethod
    def start(cls) -> Rows:
        """Return the rows a list starts from."""
        return Agreement.public.with_standing()

    def ordered(self, rows: Rows) -> Rows:
        return rows.order_by("name", "pk") if self.sort == "title" else super().ordered(rows)

    def matches(self, word: str) -> Q:
        parties = Agreement.parties.through._default_manager.filter(country__in=countries_named(word))
        organisations = Agreement.organisations.through._default_manager.filter(
            Q(organisation__name__icontains=word) | Q(organisation__aliases__icontains=word),
            organisation__state="published",
        )
        return (
            Q(name__icontains=word)
            | Q(note__icontains=word)
            | Q(pk__in=parties.values("agreement"))
            | Q(pk__in=organisations.values("agreement"))
        )

    def count_phrase(self, count: int) -> str:
        return ngettext("%(n)d agreement or plan", "%(n)d agreements and plans", count) % {"n": count}
