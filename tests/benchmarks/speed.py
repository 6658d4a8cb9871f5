"""Pages, feeds, searches and comments beside a bare Flask on the same server.

    python -m tests.benchmarks pages [--rounds 5] [--seconds 2] [--rows 1000]

The server has one core, the load the other; the cases take turns, and of all rounds
the least CPU time counts, for what else the machine does only adds to it. It stays
the same from run to run; answers in a second do not.
"""

import argparse
import itertools
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
    a_small_and_the_largest,
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
"""Without a page cache; a company's page is like a home page, a list of stories."""
QUESTIONS = ("refund", "late delivery", "customer service", '"credit card"', "broken")
WORDS = (
    "account agent app bank booking broken call cancelled card charge company credit"
    " customer delay delivery driver email error fee flight guest help host hotel hours"
    " information late letter line loan manager message money month number order"
    " package paid parcel payment phone policy price problem product refund rent reply"
    " report service shipping store support system time train waiting week worse"
).split()
WARMING = 0.5
MANY = 2000
"""Different addresses of one page, so that none is kept when it is asked for."""


@dataclass
class Case:
    """One page that is asked for, and what it cost in every round.

    To reach: so many `times` less than WordPress' page that it is `like`, and this
    `share` of hello's answers for the same time.
    """

    name: str
    requests: list[str]
    like: str = ""
    times: float = 0
    share: float = 0
    states: tuple[str, ...] = ("200",)
    bare: bool = False
    cpu: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    wrong: dict[str, int] = field(default_factory=dict)

    @property
    def ms(self) -> float:
        """CPU milliseconds for an answer."""
        return max(min(self.cpu), 0.001)

    def fewer(self, hello: float) -> float:
        """How many times less it costs than WordPress, on a machine like that one."""
        there = WORDPRESS_MS.get(self.like, 0) * hello / HELLO_MS
        return there / self.ms

    def goal(self, hello: float) -> str:
        """What was to be reached, and whether it was."""
        goals = [
            (f"≥ {self.times:.0f}×", self.times, self.fewer(hello)),
            (f"≥ {self.share:.0%} of hello", self.share, hello / self.ms),
        ]
        return ", ".join(
            f"{words}: {'met' if reached >= least else 'MISSED'}"
            for words, least, reached in goals
            if least
        )


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
        small, large = a_small_and_the_largest(db)
        company, largest = (
            f"/en/companies/{each.id}-{slug(each.name)}" for each in (small, large)
        )
    tag = site.get(pages[0]).headers["etag"]
    same = _get(pages[0], f"If-None-Match: {tag}")
    return [
        Case("hello", [_get("/")], bare=True),
        Case("story, kept", [_get(page) for page in pages], "story", 50, 0.5),
        Case("story, 304", [same], "story", 50, 0.6, states=("304",)),
        Case("story, made anew", _anew(pages), "story", 10),
        Case("story, signed in", [_get(p, cookie) for p in pages], "story", 25, 0.3),
        Case("home, kept", [_get("/en/")], "home", 25),
        Case("home, signed in", [_get("/en/", cookie)], "home", 25),
        Case("home, made anew", _anew(["/en/"]), "home"),
        Case("company, kept", [_get(largest)], "home", 25),
        Case("company, anew", _anew([company]), "home"),
        Case("largest company, anew", _anew([largest]), "home"),
        Case("feed, kept", [_get("/en/stories.atom")], "feed", 25),
        Case("feed, made anew", _anew(["/en/stories.atom"]), "feed"),
        Case("search", [_search(words) for words in QUESTIONS], "search", 40),
        Case("search, never the same", [_search(w) for w in _pairs()], "search", 40),
        Case(
            "comment",
            [_post(f"/en/stories/{one}/comment", cookie, text="It happened to me.")],
            "comment",
            8,
            states=("303",),
        ),
    ]


def _search(words: str) -> str:
    return _get(f"/en/search?q={quote_plus(words)}")


def _pairs() -> list[str]:
    """Two words each, so that no answer was given before."""
    pairs = itertools.permutations(WORDS, 2)
    return [f"{one} {other}" for one, other in pairs]


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
    if len(case.requests) < MANY:  # other cases may have put out what was kept
        ask(server.port, case.requests, WARMING)
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
        table.add_row(
            case.name,
            f"{case.ms:.3f}",
            f"{hello / case.ms:.0%}",
            f"{statistics.median(case.per_second):.0f}",
            f"{statistics.median(case.p50):.1f}",
            f"{case.fewer(hello):.0f}×" if case.like else "",
            f"WRONG: {case.wrong}" if case.wrong else case.goal(hello),
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
