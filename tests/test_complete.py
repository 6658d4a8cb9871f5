"""What is left out is told, and forbidden where nothing may be."""

import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent
TESTS = """
import pytest

def test_that_runs(): pass

def test_that_needs_more(): pytest.skip("no browser here")
"""


def outcome(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A run of two tests, one of them skipped, in a process of its own."""
    (folder / "test_two.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.complete", str(folder)]
    plain = {k: v for k, v in os.environ.items() if k != "EARSHOT_TEST_COMPLETE"}
    return subprocess.run(
        command,
        cwd=HOUSE,
        env=plain | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_left_out_is_told(tmp_path):
    run = outcome(tmp_path)

    assert run.returncode == 0
    assert "1 × no browser here" in run.stdout
    assert "1 passed, 1 skipped" in run.stdout


def test_nothing_may_be_left_out_where_all_should_be_there(tmp_path):
    run = outcome(tmp_path, EARSHOT_TEST_COMPLETE="1")

    assert run.returncode == 1
    assert "1 × no browser here" in run.stdout
