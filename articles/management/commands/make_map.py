import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles import worldmap


class Command(BaseCommand):
    help = "Draws the world map of the pages anew from country borders in TopoJSON; see docs/map.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("borders", type=Path, help="countries-110m.json of world-atlas: the shapes")
        parser.add_argument("more", type=Path, help="countries-50m.json of world-atlas: where small countries lie")
        parser.add_argument("--to", type=Path, default=worldmap.FILE, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        borders, more = (json.loads(options[name].read_text(encoding="utf-8")) for name in ("borders", "more"))
        made = worldmap.draw(borders, more)
        text = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        options["to"].write_text(text.replace('","', '",\n"').replace('],"', '],\n"') + "\n", encoding="utf-8")
        drawn, placed = len(made["shapes"]), len(made["places"]) - len(made["shapes"].keys() - {""})
        self.stdout.write(f"{drawn} shapes, {placed} more places, {options['to'].stat().st_size} bytes.")
