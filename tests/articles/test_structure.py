"""Imports point one way: addresses, views and commands above; models, and the modules without database, below."""

import ast
from pathlib import Path

ARTICLES = Path(__file__).resolve().parent.parent.parent / "articles"

LAYERS = [
    {"urls", "permalink_urls"},
    {"views", "admin", "sitemaps", "management"},
    {"formats", "dataset", "metadata"},
    {"references"},
    {
        "filters",
        "dossier",
        "side_by_side",
        "holdings",
        "paragraphs",
        "coverage",
        "partner_map",
        "tracker",
        "loading",
        "styleguide",
        "edition",
    },
    {
        "facets",
        "concerns",
        "presentation",
        "presentation_search",
        "presentation_figures",
        "presentation_discrepancies",
        "presentation_events",
        "counting",
        "footnotes",
        "curation",
        "attestable",
        "ground",
        "fixtures",
    },
    {"bitmaps", "names", "plain_entries"},
    {"changes"},
    {"search"},
    {"models", "keys"},
    {
        "worldmap",
        "dates",
        "locality",
        "permalinks",
        "citations",
        "cited",
        "query",
        "numerals",
        "charts",
        "coverage_charts",
        "cards",
        "software",
    },
]
"""From the top down. A module imports only what stands below it, or its neighbours in its own layer."""

OUTSIDE = {"apps", "migrations", "templatetags", "__init__"}


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def test_imports_point_downwards() -> None:
    rank = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    for path in ARTICLES.rglob("*.py"):
        own = path.relative_to(ARTICLES).parts[0].removesuffix(".py")
        if own in OUTSIDE:
            continue
        assert own in rank, f"{path} stands in no layer"
        for name in _imported(path):
            assert not name.startswith("portal"), f"{path} imports {name}"
            parts = name.split(".")
            if parts[0] == "articles" and len(parts) > 1 and parts[1] in rank:
                assert rank[parts[1]] >= rank[own], f"{path} imports {name}, which stands above it"


def test_the_lowest_layer_knows_no_database() -> None:
    for name in LAYERS[-1]:
        package = ARTICLES / name
        for path in package.rglob("*.py") if package.is_dir() else [ARTICLES / f"{name}.py"]:
            assert not [one for one in _imported(path) if one.startswith("django.db")], path
