"""A pytest plugin: says what was left out, and may forbid it.

With `EARSHOT_TEST_COMPLETE=1` a skipped test is a failure: where every real part
(browser, PostgreSQL, Redis, shared data) is meant to be there, none may be missing.
A run on PostgreSQL follows one on SQLite, and repeats only what uses the database.
"""

import os
from collections import Counter

import pytest
from _pytest.terminal import TerminalReporter

AGAIN = os.environ.get("EARSHOT_TEST_DATABASE", "sqlite") != "sqlite"
NOTHING_MAY_BE_LEFT_OUT = os.environ.get("EARSHOT_TEST_COMPLETE") == "1"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if AGAIN:
        same = [item for item in items if not is_repeated(item)]
        items[:] = [item for item in items if is_repeated(item)]
        config.hook.pytest_deselected(items=same)


def is_repeated(item: pytest.Item) -> bool:
    """Whether it uses the database, and says more than what SQLite alone does."""
    uses = "database_url" in getattr(item, "fixturenames", ())
    return uses and item.get_closest_marker("sqlite") is None


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if NOTHING_MAY_BE_LEFT_OUT and reasons(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    left_out = reasons(terminalreporter.config)
    if not left_out:
        return
    title = "left out on this machine"
    if NOTHING_MAY_BE_LEFT_OUT:
        title += ", where nothing may be"
    terminalreporter.section(title, yellow=True)
    for reason, tests in left_out.most_common():
        terminalreporter.line(f"{tests:5} × {reason}")


def reasons(config: pytest.Config) -> Counter[str]:
    """How many tests were skipped, by reason."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return Counter(reason(report) for report in skipped)


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped, in its own words."""
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)
