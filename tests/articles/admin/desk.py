"""The admin as a person uses it: open a form, change a field, press a button."""

from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Record


def address(page: str, entry: Record | type[Record]) -> str:
    args = [entry.pk] if isinstance(entry, Record) else []
    return reverse(f"admin:articles_{entry._meta.model_name}_{page}", args=args)


def filled(answer: Any) -> dict[str, Any]:
    """Return what the form on the page would send if nothing was typed."""
    sent: dict[str, Any] = {}
    forms = [answer.context["adminform"].form]
    for inline in answer.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = value
    return sent


def submit(client: Client, entry: Record | type[Record], button: str = "_save", **typed: Any) -> Any:
    """Open the form of an entry (of a noun: a new one), type into it, press a button; follow where that leads.

    In names of fields of a row, two underscores stand for a hyphen: `statusstep__0__note`.
    """
    page = address("change" if isinstance(entry, Record) else "add", entry)
    sent = filled(client.get(page)) | {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(page, sent | {button: "1"}, follow=True)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def errors(answer: Any) -> str:
    """Return what the form complains of; fails where it has been saved."""
    assert answer.status_code == 200
    assert answer.redirect_chain == [], text(answer)
    return unescape("\n".join(str(one) for one in answer.context["errors"]))


def row(rows: str, number: int, **fields: Any) -> dict[str, str]:
    """Return what is typed into the last of the rows of a form, for `submit`."""
    typed = {f"{rows}__{number}__{name}": str(value) for name, value in {"id": "", **fields}.items()}
    return typed | {f"{rows}__TOTAL_FORMS": str(number + 1)}


def attestation_row(number: int, **fields: Any) -> dict[str, str]:
    """Return what is typed into the last row of the table of attestations."""
    return row("every_attestation", number, **{"paragraph": 2, "line": 50 + number, "note": ""} | fields)
