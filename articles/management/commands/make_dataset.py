"""Make the dataset of the record as it is now: `manage.py make_dataset https://sholu.example.kz`."""

from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.dataset import current


class Command(BaseCommand):
    help = "Make the whole record one file, as the Data page offers it. Readers find it made; older ones are removed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("origin", help="Where readers find the portal: https://sholu.example.kz")

    def handle(self, *args: Any, **options: Any) -> None:
        origin = options["origin"].rstrip("/")
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
            raise CommandError(f"“{origin}” is no address of a portal: write it as https://sholu.example.kz")
        now, kept = current(origin)
        rows = sum(file.rows for file in kept.files if file.suffix == "csv")
        self.stdout.write(f"Dataset {now.version}: {rows} rows, {kept.size} bytes, sha256 {kept.sha256}")
        self.stdout.write(str(kept.path))
