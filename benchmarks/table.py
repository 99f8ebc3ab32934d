"""What is printed of a run, and written into benchmarks/README.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Run = dict[str, Any]
"""What was measured: `results` by database and size, with commit, date and machine."""

BEGIN: Final = "<!-- benchmark: begin -->"
END: Final = "<!-- benchmark: end -->"


def written(readme: str, text: str) -> str:
    """Return a text with the tables between its two marks."""
    before, _mark, rest = readme.partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{text}\n{END}{after}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join([_row(*head), "|---|" + "--:|" * (len(head) - 1), *(_row(*cells) for cells in rows)])


def _ms(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _growth(sizes: dict[str, Any]) -> str:
    """Return how each kind of page grows: milliseconds, and how many times those of the first size."""
    numbers = list(sizes)
    head = ["one request at a time, ms (p50)"]
    for place, size in enumerate(numbers):
        head += [f"{int(size):,}"] + ([f"× {int(numbers[0]):,}"] if place else [])
    rows = []
    for name in sizes[numbers[0]]["pages"]:
        taken = [sizes[size]["pages"][name]["1"]["p50"] for size in numbers]
        cells = [name, _ms(taken[0])]
        for one in taken[1:]:
            cells += [_ms(one), f"{one / taken[0]:.2f}"]
        rows.append(cells)
    return _table(head, rows)


def _details(size: str, one: dict[str, Any]) -> str:
    """Return what else is known of the pages at one size."""
    head = [f"at {int(size):,}", "p50", "p99", "queries", "their SQL alone", "bytes", "constant", "req/s, 8 at once"]
    head += ["constant, req/s"]
    rows = []
    for name, kind in one["pages"].items():
        constant, eight = kind.get("constant"), kind.get("8")
        rows.append(
            [
                name,
                _ms(kind["1"]["p50"]),
                _ms(kind["1"]["p99"]),
                str(kind.get("queries", "")),
                _ms(kind["sql"]) if "sql" in kind else "",
                f"{kind['1']['bytes']:,}",
                _ms(constant["1"]["p50"]) if constant else "",
                f"{eight['per_second']:,.0f}" if eight else "",
                f"{constant['8']['per_second']:,.0f}" if constant else "",
            ]
        )
    refused = [f"{name}: {n}" for name, kind in one["pages"].items() if (n := _refused(kind))]
    return _table(head, rows) + (f"\n\nAnswered with an error: {', '.join(refused)}." if refused else "")


def _refused(kind: dict[str, Any]) -> int:
    return sum(len(kind[at_once].get("refused", [])) for at_once in ("1", "8") if at_once in kind)


def _besides(sizes: dict[str, Any]) -> str:
    """Return what is no page: loading, memory, the export of everything."""
    rows: dict[str, Callable[[Any], str]] = {
        "loading, s": lambda one: f"{sum(one['loading'].values()):.1f}",
        "of it the search index, s": lambda one: f"{one['loading']['search index']:.1f}",
        "worker after the first pages, MB (PSS)": lambda one: f"{one['memory']['first']['pss']:.0f}",
        "worker after all pages, MB (PSS)": lambda one: f"{one['memory']['after pages']['pss']:.0f}",
        "worker after all pages, MB (RSS)": lambda one: f"{one['memory']['after pages']['rss']:.0f}",
        "CSV of everything: first byte, ms": lambda one: _ms(1000 * one["csv"]["first"]),
        "CSV of everything: read, MB as sent": lambda one: f"{one['csv']['bytes'] / 1e6:.1f}",
        "CSV of everything: in s": lambda one: (
            f"{one['csv']['seconds']:.1f}{'' if one['csv']['whole'] else ', not to its end'}"
        ),
        "worker before it, MB (PSS)": lambda one: f"{one['csv']['memory_before']['pss']:.0f}",
        "worker after it, MB (PSS)": lambda one: f"{one['csv']['memory_after']['pss']:.0f}",
    }
    head = ["besides", *(f"{int(size):,}" for size in sizes)]
    return _table(head, [[name, *(cell(one) for one in sizes.values())] for name, cell in rows.items()])


def tables(run: Run) -> str:
    """Return all tables of a run as Markdown."""
    took = f" The run took {run['seconds'] / 60:.0f} minutes." if "seconds" in run else ""
    parts = [f"Commit `{run['commit']}`, {run['date']}; {run['machine']}.{took}"]
    for database, sizes in run["results"].items():
        largest = list(sizes)[-1]
        versions = ", ".join(f"{name} {number}" for name, number in sizes[largest]["versions"].items())
        name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[database]
        parts += [f"### {name}", f"Versions: {versions}.", _growth(sizes), _besides(sizes)]
        parts.append(_details(largest, sizes[largest]))
    return "\n\n".join(parts) + "\n"


def compared(before: Run, after: Run) -> str:
    """Return how many times the earlier time each page takes in the later run, where both have it."""
    parts = [f"`{before['commit']}` → `{after['commit']}`: ms before, ms after, ratio."]
    for database, sizes in after["results"].items():
        for size, one in sizes.items():
            old = before["results"].get(database, {}).get(size)
            if old is None:
                continue
            rows = []
            for name, kind in one["pages"].items():
                if name in old["pages"]:
                    first, second = old["pages"][name]["1"]["p50"], kind["1"]["p50"]
                    rows.append([name, _ms(first), _ms(second), f"{second / first:.2f}"])
            head = [f"{database}, {int(size):,}", before["commit"], after["commit"], "ratio"]
            parts.append(_table(head, rows))
    return "\n\n".join(parts)
