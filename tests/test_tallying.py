"""How often something was asked for, counted by several processes."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from web.tallying import Away, Tally, pause

KEY = "k" * 40
ANOTHER = """
import sys
from pathlib import Path
from web.tallying import Tally

tally = Tally(Path(sys.argv[1]), sys.argv[2])
print(sum(not tally.hit("comment/member/1", 100, 86_400) for _ in range(80)))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "limits.sqlite"


@pytest.fixture
def tally(path: Path) -> Tally:
    return Tally(path, KEY)


def test_what_is_too_much_is_told_how_long_to_wait(tally):
    waits = [tally.hit("a", 3, 600) for _ in range(4)]

    assert waits[:3] == [0, 0, 0]
    assert 0 < waits[3] <= 600
    assert tally.hit("b", 3, 600) == 0


def test_all_processes_of_a_machine_count_together(path):
    others = [
        subprocess.Popen(
            [sys.executable, "-c", ANOTHER, path, KEY],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent / "site",
        )
        for _ in range(3)
    ]
    let_through = [int(other.communicate()[0]) for other in others]

    assert sum(let_through) in (100, 101)  # a new day may begin meanwhile


def test_the_file_tells_nobody_who_came(tally, path):
    tally.hit("comment/network/198.51.100.7", 3, 600)

    kept = b"".join(part.read_bytes() for part in path.parent.iterdir())

    assert kept
    assert b"198.51" not in kept
    assert b"comment" not in kept
    assert path.stat().st_mode & 0o077 == 0


def test_a_broken_file_is_begun_anew(tally, path):
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)

    with pytest.raises(Away):
        tally.hit("a", 3, 600)

    assert tally.hit("a", 3, 600) == 0


def test_what_counts_no_longer_is_forgotten(tally, monkeypatch):
    monkeypatch.setattr("web.tallying.time.time", lambda: 1_000_000.0)
    tally.hit("a", 1, 60)
    monkeypatch.setattr("web.tallying.time.time", lambda: 1_000_200.0)
    tally.hit("b", 1, 60)

    tally.forget()

    with tally._reached() as file:
        assert file.execute("SELECT count(*) FROM counted").fetchone() == (1,)


@given(
    before=some.integers(0, 50),
    now=some.integers(0, 50),
    most=some.integers(1, 50),
    at=some.floats(0, 10_000),
)
def test_after_the_wait_there_is_room_and_not_before(before, now, most, at):
    within = 600
    wait = pause(before, min(now, most), most, within, at)
    if wait == 0:
        return

    def later(seconds: float) -> float:
        moment, span = at + seconds, int(at // within)
        passed = int(moment // within) - span
        counted = [before, min(now, most), 0, 0]
        return pause(counted[passed], counted[passed + 1], most, within, moment)

    assert later(wait + 0.001) == 0
    assert wait < 0.001 or later(max(wait - 0.001, 0)) > 0
