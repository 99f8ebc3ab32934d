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


def cite_discrepancy(*, title: str, standing: str, noted: str, address: str) -> str:
    """Return a citation of a discrepancy, open or settled, with the day on which it was noted."""
    when = _("noted %(date)s") % {"date": noted}
    return f"“{title}” ({standing}; {when}). Sholu, {address}"


def cite_event(*, title: str, standing: str, date: str, place: str, address: str) -> str:
    """Return a citation of an event of the calendar, with what is known of it."""
    known = ", ".join(part for part in (standing, date, place) if part)
    return f"“{title}” ({known}). Sholu, {address}"


def cite_figure(*, title: str, text: str, meaning: str, outlet: str, date: str, via: str, address: str) -> str:
    """Return a citation of a figure: its value with what it means, who reports it, where it was read, our address."""
    parts = [f"“{title}”: {text} ({meaning})", outlet, date]
    if via:
        parts.append(_("as reported by %(digest)s") % {"digest": via})
    return ", ".join(part for part in parts if part) + f". Sholu, {address}"
