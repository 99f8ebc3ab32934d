"""What every row of a list shows, many times on a page: in Python it takes a fraction of a template's time."""

from collections.abc import Iterable
from html import escape
from typing import Final

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.presentation import Tag

register = template.Library()


@register.filter
def via_digest(publisher: str) -> str:
    """Return the words on the badge of what is known through a digest, given its publisher."""
    return gettext("via digest: %(via)s") % {"via": publisher}


@register.simple_tag
def tags(listed: Iterable[Tag]) -> SafeString:
    """Return a list of links; those to partners are set heavier than those to topics. Nothing, where there is none."""
    items = "".join(
        f'<li><a href="{escape(tag.url)}"{_STRONG if tag.strong else ""}>{escape(tag.label)}</a></li>' for tag in listed
    )
    label = escape(gettext("Partners and topics"))
    return SafeString(f'<ul class="tags" aria-label="{label}">{items}</ul>' if items else "")


_STRONG: Final = ' class="is-strong"'
