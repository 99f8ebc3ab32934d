"""Nothing is skipped under CI=true."""

import pytest

from tests.conftest import _refuse_skip


def skipped() -> pytest.TestReport:
    reason = ("test_x.py", 1, "Skipped: no browser")
    return pytest.TestReport("test_x", ("test_x.py", 1, "test_x"), {}, "skipped", reason, "call")


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", "failed"), ("1", "failed"), ("", "skipped"), ("false", "skipped")]
)
def test_a_skip_fails_under_ci(monkeypatch: pytest.MonkeyPatch, ci: str, outcome: str) -> None:
    monkeypatch.setenv("CI", ci)
    report = skipped()
    _refuse_skip(report)
    assert report.outcome == outcome
    if outcome == "failed":
        assert "no browser" in str(report.longrepr)
