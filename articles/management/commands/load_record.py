from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.fixtures import FixtureError
from articles.loading import load


class Command(BaseCommand):
    help = (
        "Loads the record from the fixtures, in one transaction: adds what is new, updates what the fixtures have "
        "newer, keeps what staff have edited since. A bad file is refused whole."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        default = Path(settings.BASE_DIR) / "fixtures"
        parser.add_argument("folder", nargs="?", type=Path, default=default, help=f"the fixtures (default: {default})")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = load(options["folder"])
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        nouns = ", ".join(f"{noun} {n}" for noun, n in outcome.by_noun.items())
        self.stdout.write(f"The record: {nouns}.")
        self.stdout.write(
            f"{outcome.added} added, {outcome.changed} changed, {outcome.removed} removed, "
            f"{outcome.same} as they were, {outcome.kept} kept as staff have edited them."
        )
