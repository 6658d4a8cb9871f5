"""What it costs to make each page anew: no server, no kept page, no load.

    python -m tests.benchmarks.making [--folder F] [--times 200] [--profile story]

Takes the CPU time of whole answers of the application, as its server would call it.
Of all rounds the least counts: what else the machine does only adds.
"""

import argparse
import cProfile
import gc
import io
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote_plus

from flask import Flask
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder

from stories import discussing, outbox, publishing, responding, updating
from stories.discussing import CommentEntry
from stories.entries.story import UpdateEntry
from stories.models import Company, Member, Mention, Story
from stories.models.codes import ResponseKind
from stories.responding import ResponseEntry
from stories.text import slug
from tests.benchmarks.content import a_member, database, fill
from tests.benchmarks.hello import app as hello
from tests.people import an_entry, an_unsaved_voice
from tests.running import Site, cookie_of
from tests.scenarios import melted_boombox
from web.app import create_app

ROUNDS = 5
COMMENTS = 20
ANY_COOKIE = "seen=1"
"""A reader with a cookie is not answered from what is kept."""


@dataclass
class Case:
    """A page, and what its answer has to be."""

    name: str
    path: str
    cookie: str = ANY_COOKIE
    body: str = ""
    state: str = "200"
    cpu: list[float] = field(default_factory=list)

    @property
    def ms(self) -> float:
        """What it costs at the least."""
        return min(self.cpu)

    def environ(self) -> dict[str, object]:
        """What a server would pass on."""
        builder = EnvironBuilder(
            self.path,
            base_url="http://127.0.0.1",
            method="POST" if self.body else "GET",
            headers={"Cookie": self.cookie, "Accept-Encoding": "gzip"},
            input_stream=io.BytesIO(self.body.encode()),
            content_type="application/x-www-form-urlencoded" if self.body else None,
            content_length=len(self.body),
        )
        return builder.get_environ()


HELLO = Case("hello", "/")


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="earshot-bench-") as room:
        site = Site(options.folder or Path(room) / "data")
        if not (site.data / "earshot.sqlite").exists():
            fill(site, options.rows, Path(room))
        app = create_app(replace(site.settings, unlimited=True))
        with database(site) as db:
            cases = _cases(app, db)
        gc.collect()
        gc.freeze()  # as before the server's processes are forked
        if options.profile:
            _profile(app, [case for case in cases if case.name == options.profile])
            return
        _tell(app, cases, options.times)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.making")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--rows", type=int, default=500, help="of each file")
    parser.add_argument("--folder", type=Path, help="a data folder to use again")
    parser.add_argument("--profile", help="the page of which to show the profile")
    return parser.parse_args()


# The story that is read -------------------------------------------------------------


def _a_life(db: Session) -> Story:
    """A scenario told to its end, with an answer and twenty comments."""
    title = melted_boombox().title
    there = db.scalar(select(Story).where(Story.title == title))
    if there is not None:
        return there
    author = _person(db, "teller")
    story = publishing.publish(db, author, melted_boombox())
    updating.add_update(db, author, story, UpdateEntry.model_validate({"text": LATER}))
    company = db.get_one(Company, _subject(db, story))
    speaker = _person(db, "speaker")
    an_unsaved_voice(db, speaker, company)
    answer = ResponseEntry(kind=ResponseKind.EXPLAIN, text=ANSWER)
    responding.respond(db, speaker, story, company.id, answer)
    for number in range(COMMENTS):
        reader = _person(db, f"reader{number % 7}")
        discussing.comment(db, reader, story, CommentEntry(text=f"{REMARK} {number}"))
    outbox.index(db, story.id)
    db.commit()
    return story


LATER = "They wrote again, a *month* later, and asked for the serial number."
ANSWER = "We are sorry that this happened, and have looked into it once more."
REMARK = "The same happened to me, with another machine of theirs. Time"


def _person(db: Session, handle: str) -> Member:
    there = db.scalar(select(Member).where(Member.handle_folded == handle))
    if there is None:
        there = Member(
            handle=handle, handle_folded=handle, display_name=handle.capitalize()
        )
        db.add(there)
        db.flush()
    return there


def _subject(db: Session, story: Story) -> int:
    named = select(Mention.company_id).where(
        Mention.story_id == story.id, Mention.role == "subject"
    )
    return db.scalars(named).one()


# What is asked ----------------------------------------------------------------------


def _cases(app: Flask, db: Session) -> list[Case]:
    story = _a_life(db)
    page = f"/en/stories/{story.id}-{slug(story.title)}"
    company = db.get_one(Company, _subject(db, story))
    companies = f"/en/companies/{company.id}-{slug(company.name)}"
    cookie = cookie_of(app, db, a_member(db, "reader"))
    other = publishing.publish(db, _person(db, "teller"), an_entry()).id
    db.commit()
    return [
        Case("story", page),
        Case("story, Italian", page.replace("/en/", "/it/")),
        Case("story, signed in", page, cookie),
        Case("home", "/en/"),
        Case("home, signed in", "/en/", cookie),
        Case("all stories", "/en/stories"),
        Case("company", companies),
        Case("search", f"/en/search?q={quote_plus('customer service')}"),
        Case("search, slip", f"/en/search?q={quote_plus('custommer servise')}"),
        Case("search, all", "/en/search"),
        Case("feed", "/en/stories.atom"),
        Case("feed of a story", f"/en/stories/{story.id}.atom"),
        Case("comment form", f"/en/stories/{story.id}/comment"),
        Case(
            "comment",
            f"/en/stories/{other}/comment",
            cookie,
            f"text={quote_plus('It happened to me as well, and to a neighbour.')}",
            "303",
        ),
    ]


# What it costs ----------------------------------------------------------------------


def _tell(app: Flask, cases: list[Case], times: int) -> None:
    told = [(case, *_once(app, case)) for case in cases]
    for _ in range(ROUNDS):
        HELLO.cpu.append(_ms(hello, HELLO, times))
        for case in cases:
            case.cpu.append(_ms(app, case, max(times // ROUNDS, 1)))
    table = Table("page", "CPU ms", "× hello", "statements", "bytes")
    for case, asked, size in told:
        more = f"{case.ms / HELLO.ms:.1f}"
        table.add_row(case.name, f"{case.ms:.2f}", more, str(asked), str(size))
    console = Console(width=100)
    console.print(table)
    console.print(f"A bare Flask says hello in {HELLO.ms:.3f} ms.")


def _once(app: Flask, case: Case) -> tuple[int, int]:
    """How often the database is asked for a page, and how long the page is."""
    _answer(app, case)()
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT")):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    size = _answer(app, case)()
    event.remove(Engine, "before_cursor_execute", note)
    return len(asked), size


def _ms(app: Flask, case: Case, times: int) -> float:
    answers = [_answer(app, case) for _ in range(times)]
    begun = time.process_time()
    for answer in answers:
        answer()
    return (time.process_time() - begun) * 1000 / times


def _answer(app: Flask, case: Case) -> Callable[[], int]:
    environ = case.environ()
    states: list[str] = []

    def begin(status: str, *_: object) -> Callable[[bytes], object]:
        states.append(status[:3])
        return lambda _data: None

    def answer() -> int:
        body = app.wsgi_app(environ, begin)
        size = sum(len(piece) for piece in body)
        close = getattr(body, "close", None)
        if close:
            close()
        if states[-1] != case.state:
            sys.exit(f"{case.name}: {states[-1]}")
        return size

    return answer


def _profile(app: Flask, cases: list[Case]) -> None:
    for case in cases:
        _answer(app, case)()
        answers = [_answer(app, case) for _ in range(200)]
        profile = cProfile.Profile(time.process_time)
        profile.enable()
        for answer in answers:
            answer()
        profile.disable()
        pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
