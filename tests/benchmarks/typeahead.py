"""Companies found as somebody types: how often, and how fast, over the whole directory.

    python -m tests.benchmarks typeahead [--queries 2000] [--folder F]

Each query of EARSHOT_TEST_DATA's company_alias_queries.jsonl knows which company is
meant: it has to be among the first five, by its name, domain or Wikidata id. On SQLite
times are those of the processor, so that what else runs on the machine does not count;
on PostgreSQL (EARSHOT_TEST_POSTGRES_URL, which is emptied) they are those of the clock.
"""

import argparse
import json
import math
import os
import random
import sys
import tempfile
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from stories.database import open_engine, sessions
from stories.reading import directory
from stories.reading.directory import Match
from tests.benchmarks.content import say
from tests.running import Site

DATA = Path(os.environ.get("EARSHOT_TEST_DATA") or "../shared/data")
POSTGRES = os.environ.get("EARSHOT_TEST_POSTGRES_URL")
SHOWN = 5
GOAL_MS = 10
PART = 0.6

Query = dict[str, Any]
Alphabets = dict[str, list[str]]


class Way(NamedTuple):
    """A way of typing a query, and the share that has to be found."""

    name: str
    typed: Callable[[str], str]
    goal: float | None = None


def queries(most: int | None) -> list[Query]:
    """The queries, or as many of them by lot."""
    lines = (DATA / "company_alias_queries.jsonl").read_bytes().splitlines()
    found = [json.loads(line) for line in lines]
    return random.sample(found, most) if most and most < len(found) else found


def ways(asked: list[Query]) -> list[Way]:
    """All ways of typing that are measured."""
    letters = alphabets(asked)

    def slipping(slip: Callable[[str, int, str], str]) -> Callable[[str], str]:
        return lambda words: with_slip(words, slip, letters)

    return [
        Way("whole", lambda words: words, 0.99),
        Way("one letter wrong", slipping(wrong), 0.97),
        Way(
            "the first 60 %", lambda words: words[: math.ceil(len(words) * PART)], 0.85
        ),
        Way("one letter missing", slipping(lambda w, i, _: w[:i] + w[i + 1 :])),
        Way("one letter too many", slipping(lambda w, i, new: w[:i] + new + w[i:])),
        Way("two letters swapped", slipping(swapped)),
    ]


def wrong(words: str, at: int, letter: str) -> str:
    return words[:at] + letter + words[at + 1 :]


def swapped(words: str, at: int, _letter: str) -> str:
    return words[:at] + words[at + 1 : at + 2] + words[at] + words[at + 2 :]


def with_slip(
    words: str, slip: Callable[[str, int, str], str], letters: Alphabets
) -> str:
    """The words with one slip at a letter or digit chosen by lot."""
    at = random.choice([i for i, each in enumerate(words) if each.isalnum()])
    others = set(letters[script(words[at])]) - {words[at].lower()} or {"x"}
    return slip(words, at, random.choice(sorted(others)))


def alphabets(asked: list[Query]) -> Alphabets:
    """The letters that occur, by script."""
    found: dict[str, set[str]] = defaultdict(set)
    for letter in {each for query in asked for each in query["query"].lower()}:
        if letter.isalnum() and (not letter.isascii() or letter.isdecimal()):
            found[script(letter)].add(letter)
    found["LATIN"] = set("abcdefghijklmnopqrstuvwxyz")
    return {name: sorted(each) for name, each in found.items()}


def script(letter: str) -> str:
    return unicodedata.name(letter.lower()[0], "?").split()[0]


def is_meant(match: Match, query: Query) -> bool:
    """Whether the company is the one that the query means."""
    company = match.company
    return (
        company.name == query["expect"]
        or (company.domain is not None and company.domain == query["domain"])
        or (company.wikidata is not None and company.wikidata == query["wikidata"])
    )


def measure(db: Session, asked: list[Query], clock: Callable[[], float]) -> None:
    """Ask all queries in all ways, and print how it went."""
    print(f"{'typed':22}{'found':>8}{'goal':>7}{'p50 ms':>9}{'p95 ms':>8}{'goal':>6}")
    for way in ways(asked):
        found, times = 0, []
        for query in asked:
            typed = way.typed(query["query"])
            begun = clock()
            matches = directory.matching(db, typed)
            times.append((clock() - begun) * 1000)
            found += any(is_meant(match, query) for match in matches[:SHOWN])
            db.expunge_all()
        tell(way, found / len(asked), sorted(times))


def tell(way: Way, share: float, times: list[float]) -> None:
    late = times[int(len(times) * 0.95)]
    goal = f"{way.goal:.0%}" if way.goal else ""
    reached = share >= (way.goal or 0) and late <= GOAL_MS
    print(
        f"{way.name:22}{share:8.2%}{goal:>7}{median(times):9.1f}{late:8.1f}"
        f"{GOAL_MS:>6}  {'reached' if reached else 'MISSED'}"
    )


def main(words: list[str]) -> None:
    """Import the directory, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, help="so many by lot; all without it")
    parser.add_argument("--folder", type=Path, help="a data folder to use again")
    options = parser.parse_args(words)
    if not DATA.is_dir():
        sys.exit("The companies to look for (EARSHOT_TEST_DATA) are not here.")
    with tempfile.TemporaryDirectory(prefix="earshot-bench-") as room:
        print("SQLite, times of the processor")
        here = Site(options.folder or Path(room) / "data")
        over(here, options.queries, time.thread_time)
        if POSTGRES:
            print("PostgreSQL, times by the clock: the server's are among them")
            emptied(POSTGRES)
            more = {"EARSHOT_DATABASE_URL": POSTGRES}
            away = Site(Path(room) / "away", more=more)
            over(away, options.queries, time.perf_counter)


def over(site: Site, most: int | None, clock: Callable[[], float]) -> None:
    """Import the directory where that was not done before, and measure."""
    random.seed(2026)
    if not (site.data / "earshot.sqlite").exists():
        say("importing the directory of companies")
        for words in (["migrate"], ["import", "companies", DATA / "companies.jsonl"]):
            done = site.command(*map(str, words), seconds=3600)
            if done.returncode:
                sys.exit(done.stderr)
    url = site.more.get("EARSHOT_DATABASE_URL") or site.settings.database
    engine = open_engine(url)
    with sessions(engine)() as db:
        measure(db, queries(most), clock)
    engine.dispose()


def emptied(url: str) -> None:
    """The database that tests may fill and empty."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
