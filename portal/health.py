"""Two addresses for the machine that watches the portal."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _plain(sentence: str, status: int = 200) -> HttpResponse:
    return HttpResponse(sentence + "\n", status=status, content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Does not touch the database: a restart would not mend that."""
    return _plain("The portal is running.")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The portal can answer readers: the database is there, with the tables that this version expects."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _plain("The database does not answer: check DATABASE_URL and the database server.", 503)
    if waiting:
        return _plain("The database waits for its migrations: run manage.py migrate.", 503)
    return _plain("The portal is ready.")
