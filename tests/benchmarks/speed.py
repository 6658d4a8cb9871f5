"""Story, list, search, 304 and comment beside a bare Flask on the same server.

    python -m tests.benchmarks pages [--rounds 5] [--seconds 2] [--rows 1000]

The server has one core, the load the other; the cases take turns, and of all rounds
the median counts. CPU milliseconds for one request stay the same from run to run;
answers in a second do not.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus

from rich.console import Console
from rich.table import Table

from stories.text import slug
from tests.benchmarks.content import (
    a_member,
    an_open_story,
    database,
    fill,
    say,
    some_stories,
    wait_for_index,
)
from tests.benchmarks.load import ask
from tests.running import Site, application, cookie_of, free_port, until

SERVER_CORE = 0
TICKS = os.sysconf("SC_CLK_TCK")
HELLO_MS = 0.16
"""What hello took on this server where WordPress was measured: compares machines."""
WORDPRESS_MS = {"story": 32, "home": 46, "search": 136, "feed": 37, "comment": 15}
QUESTIONS = ("refund", "late delivery", "customer service", '"credit card"', "broken")
MANY = 5000
"""Different addresses of one page, so that none is kept when it is asked for."""


@dataclass
class Case:
    """One page that is asked for, and what it cost in every round."""

    name: str
    requests: list[str]
    like: str = ""
    goal: str = ""
    states: tuple[str, ...] = ("200",)
    bare: bool = False
    cpu: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    wrong: dict[str, int] = field(default_factory=dict)

    @property
    def ms(self) -> float:
        return max(statistics.median(self.cpu), 0.001)


@dataclass
class Server:
    """A process that answers, on its core."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def main(words: list[str]) -> None:
    options = _options(words)
    with tempfile.TemporaryDirectory(prefix="earshot-bench-") as room:
        site = Site(
            options.folder or Path(room) / "data", more={"EARSHOT_WEB_PROCESSES": "1"}
        )
        if not (site.data / "earshot.sqlite").exists():
            fill(site, options.rows, Path(room))
        with _on_the_servers_core(), _served(site) as server, _hello() as bare:
            wait_for_index(site)
            cases = [
                case for case in _cases(site) if case.bare or options.only in case.name
            ]
            for case in cases:  # what is kept is kept from here on
                ask(bare.port if case.bare else server.port, case.requests, 1.0)
            for number in range(options.rounds):
                say(f"round {number + 1} of {options.rounds}")
                for case in cases:
                    _measure(case, bare if case.bare else server, options.seconds)
            _tell(cases)
            _tell_memory(server)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rows", type=int, help="of each file; all without it")
    parser.add_argument("--folder", type=Path, help="a data folder to use again")
    parser.add_argument("--only", default="", help="cases with this word, and hello")
    return parser.parse_args(words)


@contextmanager
def _on_the_servers_core() -> Iterator[None]:
    """What is started within stays there; the load chooses the other core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {SERVER_CORE})
    yield
    os.sched_setaffinity(0, before)


@contextmanager
def _served(site: Site) -> Iterator[Server]:
    try:
        site.start()
        assert site.process is not None
        keepers = site.children(site.process.pid)
        (answering,) = [child for pid in keepers for child in site.children(pid)]
        yield Server(site.port, answering)
    finally:
        site.end()


@contextmanager
def _hello() -> Iterator[Server]:
    site = Site(Path("nowhere"), free_port())
    words = [sys.executable, "-m", "tests.benchmarks.hello", str(site.port)]
    process = subprocess.Popen(words)
    try:
        until(lambda: _says_hello(site))
        (answering,) = site.children(process.pid)
        yield Server(site.port, answering)
    finally:
        process.terminate()
        process.wait()


def _says_hello(site: Site) -> bool:
    try:
        return site.get("/").status == 200
    except OSError:
        return False


# What is asked ----------------------------------------------------------------------


def _cases(site: Site) -> list[Case]:
    with database(site) as db:
        stories = some_stories(db, 100)
        pages = [f"/en/stories/{story.id}-{slug(story.title)}" for story in stories]
        cookie = f"Cookie: {cookie_of(application(site), db, a_member(db, 'reader'))}"
        one = an_open_story(db).id
    tag = site.get(pages[0]).headers["etag"]
    return [
        Case("hello", [_get("/")], bare=True),
        Case(
            "story, kept",
            [_get(page) for page in pages],
            "story",
            "≥ 50× (stretch 85×), ≥ 50 % of hello (stretch 95 %)",
        ),
        Case(
            "story, 304",
            [_get(pages[0], f"If-None-Match: {tag}")],
            "story",
            "≥ 50× (stretch 100×), ≥ 60 % (stretch 100 %)",
            states=("304",),
        ),
        Case("story, made anew", _anew(pages), "story", "≥ 10×, ≤ 3.0 ms"),
        Case(
            "story, signed in",
            [_get(page, cookie) for page in pages],
            "story",
            "≥ 25×, ≥ 30 %",
        ),
        Case("home, kept", [_get("/en/")], "home", "≥ 25×"),
        Case("home, made anew", _anew(["/en/"]), "home"),
        Case(
            "search",
            [_get(f"/en/search?q={quote_plus(words)}") for words in QUESTIONS],
            "search",
            "≥ 40×",
        ),
        Case(
            "comment",
            [_post(f"/en/stories/{one}/comment", cookie, text="It happened to me.")],
            "comment",
            "≥ 8×",
            states=("303",),
        ),
    ]


def _anew(pages: list[str]) -> list[str]:
    return [_get(f"{pages[n % len(pages)]}?n={n}") for n in range(MANY)]


def _get(path: str, *headers: str) -> str:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
    return "\r\n".join([*lines, *headers, "", ""])


def _post(path: str, cookie: str, text: str) -> str:
    body = f"text={quote_plus(text)}"
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", cookie]
    kind = "Content-Type: application/x-www-form-urlencoded"
    return "\r\n".join([*lines, kind, f"Content-Length: {len(body)}", "", body])


# What it costs ----------------------------------------------------------------------


def _measure(case: Case, server: Server, seconds: float) -> None:
    before = server.cpu_seconds()
    load = ask(server.port, case.requests, seconds)
    case.cpu.append((server.cpu_seconds() - before) * 1000 / max(load.answers, 1))
    case.per_second.append(load.per_second)
    case.p50.append(load.p50_ms)
    for state, count in load.states.items():
        if state not in case.states:
            case.wrong[state] = case.wrong.get(state, 0) + count


def _tell(cases: list[Case]) -> None:
    hello = cases[0].ms
    table = Table(
        "page", "CPU ms", "of hello", "per s", "p50 ms", "× WordPress", "goal"
    )
    for case in cases:
        wordpress = WORDPRESS_MS.get(case.like, 0) * hello / HELLO_MS / case.ms
        table.add_row(
            case.name,
            f"{case.ms:.3f}",
            f"{hello / case.ms:.0%}",
            f"{statistics.median(case.per_second):.0f}",
            f"{statistics.median(case.p50):.1f}",
            f"{wordpress:.0f}×" if case.like else "",
            f"WRONG: {case.wrong}" if case.wrong else case.goal,
        )
    console = Console(width=120)
    console.print(table)
    console.print(
        f"× WordPress: its {WORDPRESS_MS} ms, where hello took {HELLO_MS} ms,"
        f" on this machine, where it takes {hello:.3f} ms."
    )


def _tell_memory(server: Server) -> None:
    """≤ 150 MB resident, ≤ 60 MB of it private after the fork."""
    lines = Path(f"/proc/{server.pid}/smaps_rollup").read_text().splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    private = sizes["Private_Clean"] + sizes["Private_Dirty"]
    Console().print(
        f"A web process: {sizes['Rss'] / 1024:.0f} MB resident (goal ≤ 150),"
        f" {private / 1024:.0f} MB private (goal ≤ 60)."
    )
