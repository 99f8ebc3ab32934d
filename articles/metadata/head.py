"""The head of a page, put together: of an entry, of a list, of anything else."""

from __future__ import annotations

import html
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.edition import Edition
from articles.metadata import webpage
from articles.metadata.highwire import highwire
from articles.metadata.sharing import Card, of_article, sharing
from articles.metadata.tags import Alternate, Tag
from articles.metadata.things import thing_of
from articles.metadata.webpage import Crumb, Thing
from articles.models import NOUNS
from articles.references import reference_of


@dataclass(frozen=True, slots=True)
class Head:
    """Everything that components/metadata.html shows; `oembed` is empty for what cannot be embedded."""

    tags: list[Tag]
    alternates: list[Alternate]
    json_ld: SafeString
    oembed: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: its one absolute address, the portal's origin, the state of the record."""

    address: str
    origin: str
    edition: Edition

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    def crumbs(self, title: str) -> list[Crumb]:
        """Return the way from the first page: the listed pages whose addresses begin this one's, and itself."""
        labels = _labels()
        above = accumulate(f"{part}/" for part in self.path.strip("/").split("/"))
        steps = [Crumb(labels[f"/{path}"], f"{self.origin}/{path}") for path in above if f"/{path}" in labels]
        is_listed = bool(steps) and steps[-1].address == f"{self.origin}{self.path}"
        return steps if is_listed else [*steps, Crumb(title, self.address)]

    def alternates(self, default: str = "") -> list[Alternate]:
        """Return the page in every language of the interface, and what leads to the reader's own."""
        if len(settings.LANGUAGES) > 1:
            languages = [Alternate(code, translate_url(self.address, code)) for code, _name in settings.LANGUAGES]
        else:
            languages = [Alternate(get_language() or "en", self.address)]
        return [*languages, Alternate("x-default", default or languages[0].address)]


def _texts() -> dict[str, str]:
    """Return what the texts are called, by the names of their addresses."""
    return {
        "about": _("About Sholu"),
        "method": _("Method"),
        "legend": _("Legend of marks"),
        "accessibility": _("Accessibility"),
        "data": _("Data"),
    }


def _labels() -> dict[str, str]:
    """Return what the pages above others are called, by their paths."""
    pages = {"home": "Sholu", "coverage": _("Coverage")}
    pages |= {f"{model.NOUN}-list": str(capfirst(model._meta.verbose_name_plural)) for model in NOUNS}
    return {reverse(f"articles:{name}"): label for name, label in pages.items()}


def page_head(place: Place, section: str, context: dict[str, Any]) -> Head:
    """Return the head of a page that is no entry's: what its context says of title, sentence and items."""
    language = get_language() or "en"
    title = context.get("page_title") or _texts().get(section, "Sholu")
    said = html.unescape(" ".join(strip_tags(context.get("sentence", "")).split()))
    is_list = "items" in context
    card = Card(
        f"{place.origin}{static('img/card.png')}", _("Sholu: Kazakhstan’s foreign relations, as the press records them")
    )
    entity = context.get("thing")
    if place.path == reverse("articles:home"):
        search = f"{place.origin}{reverse('articles:search')}"
        entity = webpage.website(place.origin, place.address, search, language)
    elif is_list:
        entity = _item_list(context, place.origin)
    thing = webpage.webpage(
        kind="CollectionPage" if is_list or "groups" in context else "WebPage",
        address=place.address,
        origin=place.origin,
        title=title,
        description=said,
        language=language,
        edition=place.edition,
        crumbs=place.crumbs(title),
        mainEntity=entity,
    )
    tags = sharing(kind="website", title=title, description=said, address=place.address, language=language, card=card)
    return Head(tags, place.alternates(), webpage.json_ld(thing))


def _item_list(context: dict[str, Any], origin: str) -> Thing:
    items = [
        {"@type": "ListItem", "position": number, "name": row.title, "url": f"{origin}{row.url}"}
        for number, row in enumerate(context["items"], context["pages"].first)
    ]
    return webpage.filled(kind="ItemList", numberOfItems=context["pages"].count, itemListElement=items)


def record_head(record: Any, place: Place) -> Head:
    """Return the head of an entry's page; takes the entry as its page fetches it."""
    reference = reference_of(record, place.origin, place.edition)
    language = get_language() or "en"
    title = record.title
    if record.NOUN == "country" and record.iso != "KZ":
        title = _("%(name)s and Kazakhstan") % {"name": title}
    description = Truncator(reference.abstract or reference.description).words(40)
    image = f"{place.origin}{reverse(f'articles:{record.NOUN}-record', args=[record.code, 'png'])}"
    card = Card(image, _("%(kind)s: %(title)s") % {"kind": capfirst(record._meta.verbose_name), "title": title})
    thing = webpage.webpage(
        kind="WebPage",
        address=place.address,
        origin=place.origin,
        title=title,
        description=description,
        language=language,
        edition=place.edition,
        crumbs=place.crumbs(title),
        dateModified=record.modified_at.isoformat(),
        primaryImageOfPage={"@type": "ImageObject", "url": image, "width": 1200, "height": 630},
        mainEntity=thing_of(record, reference, place.origin),
    )
    tags = [
        *highwire(reference),
        *sharing(
            kind="article", title=title, description=description, address=place.address, language=language, card=card
        ),
        *(of_article(reference) if record.NOUN == "article" else []),
    ]
    permalink = f"{place.origin}{record.permalink}"
    oembed = f"{place.origin}{reverse('articles:oembed')}?url={quote(place.address, safe='')}"
    return Head(tags, place.alternates(permalink), webpage.json_ld(thing), oembed)
