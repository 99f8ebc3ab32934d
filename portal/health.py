"""Two addresses for the machine that watches the portal."""

import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.changes import log as changes
from articles.filters import held
from articles.search import schema

log = logging.getLogger(__name__)

STALE_INDEX = "The search index or the log of changes is not that of the record: run manage.py rebuild_search."


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
    """The portal can answer readers: the database is there, with its tables and its indexes."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _plain("The database does not answer: check DATABASE_URL and the database server.", 503)
    if waiting:
        return _plain("The database waits for its migrations: run manage.py migrate.", 503)
    if not (schema.is_up_to_date(connection) and changes.is_complete(connection)):
        log.error(STALE_INDEX)
        return _plain(STALE_INDEX, 503)
    if nouns := held.being_read_anew():
        return _plain(f"This process is counting anew, which readers wait for: every {' and every '.join(nouns)}.", 503)
    return _plain("The portal is ready.")
