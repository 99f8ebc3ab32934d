"""When an entry changed last, as a number: the sum of many tells one state of them from another."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Func


class Moment(Func):
    """A time as a number: its microseconds, modulo a prime that keeps the sum of many within bounds."""

    output_field = BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="((EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint %%%% 2147483647)"
        )

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        seconds = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        fraction = "CAST(substr(%(expressions)s, 21) AS INTEGER)"  # Django writes none, or all six digits
        return self.as_sql(compiler, connection, template=f"(({seconds} * 1000000 + {fraction}) %%%% 2147483647)")
