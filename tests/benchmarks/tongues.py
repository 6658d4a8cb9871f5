"""What the page of a story costs in each language, beside English.

    python -m tests.benchmarks tongues [--rounds 7] [--seconds 1] [--all]

The stories of the sample content, kept by the cache and made anew; Arabic, which runs
from right to left, must stay within a tenth of English.
"""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from stories.text import slug
from tests.benchmarks import speed
from tests.benchmarks.content import database, say, some_stories
from tests.benchmarks.load import ask
from tests.benchmarks.speed import Case
from tests.running import Site
from web.i18n import LANGUAGES

ENGLISH, RIGHT_TO_LEFT = "en", "ar"
AT_MOST = 1.1
KEPT, ANEW = WAYS = ("kept", "made anew")


def main(words: list[str]) -> None:
    options = _options(words)
    tongues = LANGUAGES if options.all else (ENGLISH, RIGHT_TO_LEFT)
    sample = {"EARSHOT_WEB_PROCESSES": "1", "EARSHOT_DEMO": "yes"}
    with tempfile.TemporaryDirectory(prefix="earshot-bench-") as room:
        site = Site(options.folder or Path(room) / "data", more=sample)
        with speed._on_the_servers_core(), speed._served(site) as server:
            paths = _paths(site)
            cases = _cases(paths, tongues)
            for case in cases.values():
                ask(server.port, case.requests, 1.0)
            for number in range(options.rounds):
                say(f"round {number + 1} of {options.rounds}")
                for (tag, way), case in cases.items():
                    if way == ANEW:
                        case.requests = _anew(paths, tag, number + 1)
                    speed._measure(case, server, options.seconds)
    _tell(cases, tongues)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--folder", type=Path, help="a data folder to use again")
    parser.add_argument("--all", action="store_true", help="every language")
    return parser.parse_args(words)


def _paths(site: Site) -> list[str]:
    with database(site) as db:
        return [f"stories/{one.id}-{slug(one.title)}" for one in some_stories(db, 20)]


def _cases(paths: list[str], tongues: tuple[str, ...]) -> dict[tuple[str, str], Case]:
    cases = {}
    for tag in tongues:
        kept = [speed._get(f"/{tag}/{path}") for path in paths]
        cases[tag, KEPT] = Case(tag, kept)
        cases[tag, ANEW] = Case(tag, _anew(paths, tag, 0))
    return cases


def _anew(paths: list[str], tag: str, number: int) -> list[str]:
    """Addresses that were not asked for in an earlier round."""
    many = range(number * speed.MANY, (number + 1) * speed.MANY)
    return [speed._get(f"/{tag}/{paths[n % len(paths)]}?n={n}") for n in many]


def _tell(cases: dict[tuple[str, str], Case], tongues: tuple[str, ...]) -> None:
    table = Table("story in", *(f"{way}: CPU ms" for way in WAYS), "of English", "goal")
    for tag in tongues:
        shares = [cases[tag, way].ms / cases[ENGLISH, way].ms for way in WAYS]
        wrong = [cases[tag, way].wrong for way in WAYS if cases[tag, way].wrong]
        met = "met" if max(shares) <= AT_MOST else "MISSED"
        table.add_row(
            tag,
            *(f"{cases[tag, way].ms:.3f}" for way in WAYS),
            ", ".join(f"{share:.0%}" for share in shares),
            f"WRONG: {wrong}" if wrong else met if tag == RIGHT_TO_LEFT else "",
        )
    Console(width=100).print(table)
