"""How an entry is cited in plain text. Pure: takes words, gives one sentence."""

from django.utils.translation import gettext as _


def cite_article(*, authors: str, title: str, ours: bool, outlet: str, date: str, via: str, address: str) -> str:
    """Return a citation of an article: who wrote, what, where it stood, where it was read, our address."""
    quoted = f"[{title}]" if ours else f"“{title}”"
    parts = [authors, quoted, outlet, date]
    if via:
        parts.append(_("as reported by %(digest)s") % {"digest": via})
    return ", ".join(part for part in parts if part) + f". Sholu, {address}"


def cite_agreement(*, title: str, standing: str, address: str) -> str:
    """Return a citation of an agreement of the register, with where it stands."""
    return f"“{title}” ({standing}). Sholu, {address}"
