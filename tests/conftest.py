"""Turn pytest into this project's test run: golden results that can be saved again, and no skipped test under CI."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.tei_all import NOT_AT_HAND, tei_all, tei_all_path

__all__ = ["save_golden", "tei_all"]


settings.register_profile("despatch", deadline=None)
settings.load_profile("despatch")
"""How long an example takes says how busy the machine is; tests of speed count processor time instead."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--save-golden", action="store_true", help="write the golden results of the cases anew")


@pytest.fixture
def save_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden results are to be written instead of compared; read the difference before committing it."""
    return bool(request.config.getoption("--save-golden"))


def pytest_report_header() -> str:
    """Say which TEI schema the tests use."""
    return f"tei_all: {tei_all_path() or 'not found (DESPATCH_TEI_ALL names it)'}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a skipped test a failure where CI=1: there everything that a test needs has to be installed.

    TEI's own schema is no part of the project, so a checkout alone cannot have it; only where it is named must it be.
    """
    report = yield
    if os.environ.get("CI") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        if _reason(report.longrepr).endswith(NOT_AT_HAND) and "DESPATCH_TEI_ALL" not in os.environ:
            return report
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI=1 does not allow: {_reason(report.longrepr)}"
    return report


def _reason(skipped: object) -> str:
    return str(skipped[2]) if isinstance(skipped, tuple) else str(skipped)
