"""What all tests share."""

import fcntl
import gc
import os
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from articles.bitmaps.keeping import Keeper
from articles.changes.state import forget
from articles.filters import AgreementFilterSet, ArticleFilterSet, held
from articles.filters.indexed import source_of
from portal.middleware import close_unread_stream
from tests.serving import Portal, prepare, running_portal


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A skipped check is one that nobody made: that may do at the desk, but fails a run under CI=true."""
    if os.environ.get("CI", "").lower() in ("true", "1") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped under CI=true. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, so that at the end no core waits for another; those in a browser stay the last.

    A browser leaves an event loop in its thread, under which Django refuses to ask a database.
    """

    def place(item: pytest.Item) -> int:
        return 2 if item.get_closest_marker("browser") else 0 if item.get_closest_marker("long") else 1

    items.sort(key=place)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the record loaded, made once for all cores; on PostgreSQL they share the database, too."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return prepare(shared / "prepared portal")


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Iterator[Portal]:
    """A running portal with the record loaded, as `make run` serves it. Tests leave its entries alone."""
    with running_portal(tmp_path_factory.mktemp("portal with spaces"), prepared) as running:
        yield running


@pytest.fixture(autouse=True)
def _seen_nothing_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins as a process does: what was read in the test before has been taken back."""
    close_unread_stream()
    for filters in (ArticleFilterSet, AgreementFilterSet):
        monkeypatch.setattr(filters, "keeper", Keeper(partial(source_of, filters)))
    monkeypatch.setattr(held.SOURCES, "_kept", ())
    forget()


@pytest.fixture(scope="session", autouse=True)
def _swept_once() -> None:
    """Code that stays to the end need not be looked through for garbage over and over: that takes a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Every test starts from the record as the fixtures have it."""
    with django_db_blocker.unblock():
        call_command("load_record", verbosity=0)
