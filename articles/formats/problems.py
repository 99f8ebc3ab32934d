"""What is wrong with a request for data, said so that a program can read it (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.query import Problem

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, its title, and what to do about it."""

    status: int
    title: str | Promise
    remedy: str | Promise


KINDS: Final[dict[str, Kind]] = {
    "parameter": Kind(
        400,
        _("A parameter was refused"),
        _("“errors” names every parameter that was refused, with its value and the reason. Mend or drop them all."),
    ),
    "unknown": Kind(404, _("There is no such entry"), _("Check the code; codes are never given to another entry.")),
    "format": Kind(404, _("There is no such format"), _("Take one of the suffixes that the table of formats lists.")),
    "page": Kind(404, _("There is no such page"), _("Follow “next” from the first page until it is null.")),
    "method": Kind(405, _("Data is only read"), _("Ask with GET, HEAD or OPTIONS.")),
    "withdrawn": Kind(410, _("This entry was withdrawn"), _("“detail” says when and why. The code stays reserved.")),
    "rows": Kind(422, _("Too many rows for this format"), _("Narrow the filter, or take the CSV, which has no limit.")),
}
"""The kinds, by the name that their address ends with: `/en/data/#problem-<name>`."""


class Refusal(Exception):  # noqa: N818  # it is an answer, not an error of ours
    """Raised where a request for data cannot be answered; the view turns it into a problem."""

    def __init__(self, kind: str, detail: str, errors: Sequence[Problem] = ()) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.errors = errors


def problem(refusal: Refusal, *, data_page: str, instance: str) -> HttpResponse:
    """Return the answer to a request that was refused; `instance` is the address that was asked for."""
    kind = KINDS[refusal.kind]
    told: dict[str, Any] = {
        "type": f"{data_page}#problem-{refusal.kind}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": refusal.detail,
        "instance": instance,
    }
    if refusal.errors:
        told["errors"] = [
            {"parameter": one.parameter, "value": one.value, "detail": one.message} for one in refusal.errors
        ]
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=kind.status, content_type=MEDIA_TYPE)
