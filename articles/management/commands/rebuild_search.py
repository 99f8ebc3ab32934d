from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from articles.changes import log
from articles.search import schema


class Command(BaseCommand):
    help = (
        "Makes the search index anew from the record, some entries at a time: readers find everything meanwhile. "
        "Begins a new log of changes where that lacks triggers. "
        "Needed only when /readyz says so; the database keeps both by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not schema.is_complete(connection):
            self.stdout.write("Triggers or tables of the index are missing: making all of it")
            schema.create(connection, self.tell)
        else:
            for step in schema.rebuild(connection):
                self.tell(step)
        if not log.is_complete(connection):
            self.stdout.write("The log of changes lacks triggers: beginning a new one")
            log.create(connection)
        log.note(connection)
        self.stdout.write("The search finds the record as it is now.")

    def tell(self, step: schema.Step) -> None:
        document, done, number = step
        self.stdout.write(f"{document.model._meta.verbose_name_plural}: {done:,} of {number:,}")
