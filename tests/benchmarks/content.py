"""The site that is measured: real companies and stories, imported and indexed."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories import outbox, publishing
from stories.database import open_engine, sessions
from stories.models import Company, Member, Mention, Story
from stories.models.codes import Visibility
from tests.people import an_entry
from tests.running import Site

FILES = (
    ("companies", "companies.jsonl"),
    *(
        ("stories", f"stories.{language}.jsonl")
        for language in ("en", "es", "fr", "id", "ko", "nl", "th")
    ),
    ("stories", "structured.en.jsonl"),
)


def fill(site: Site, rows: int | None, room: Path) -> None:
    """Import the company directory and all stories; the worker will index them."""
    data = Path(os.environ.get("EARSHOT_TEST_DATA") or "../shared/data")
    if not data.is_dir():
        sys.exit("The texts to measure with (EARSHOT_TEST_DATA) are not here.")
    site.command("migrate")
    for kind, name in FILES:
        begun = time.monotonic()
        part = _first_rows(data / name, rows, room)
        done = site.command("import", kind, str(part), seconds=3600)
        if done.returncode:
            sys.exit(done.stderr[-2000:])
        say(f"{name}: imported in {time.monotonic() - begun:.0f} s")


def say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _first_rows(path: Path, rows: int | None, room: Path) -> Path:
    if rows is None:
        return path
    part = room / path.name
    with path.open() as lines:
        part.write_text("".join(islice(lines, rows)))
    return part


@contextmanager
def database(site: Site) -> Iterator[Session]:
    engine = open_engine(site.settings.database)
    with sessions(engine)() as db:
        yield db
    engine.dispose()


def wait_for_index(site: Site) -> None:
    """Until the worker has nothing left to do."""
    begun = told = time.monotonic()
    while True:
        with database(site) as db:
            waiting = outbox.waiting(db)
        if not waiting:
            say(f"indexed after {time.monotonic() - begun:.0f} s")
            return
        if time.monotonic() - told > 10:
            told = time.monotonic()
            say(f"still to do: {waiting}")
        time.sleep(0.5)


def some_stories(db: Session, count: int) -> list[Story]:
    """Stories of ordinary length, in English: 200 to 800 words."""
    ordinary = select(Story).where(
        Story.language == "en", Story.visibility == Visibility.PUBLIC
    )
    found = db.scalars(ordinary.order_by(Story.id).limit(count * 20))
    fitting = [story for story in found if 200 <= len(story.text.split()) <= 800]
    return fitting[:count]


def a_member(db: Session, name: str) -> Member:
    """Somebody who writes or comments."""
    there = db.scalar(select(Member).where(Member.handle_folded == name))
    if there is None:
        there = Member(
            handle=name, handle_folded=name, handle_shape=name, display_name=name
        )
        db.add(there)
        db.commit()
    return there


def an_open_story(db: Session) -> Story:
    """One on which people can comment: imported stories are closed."""
    author = a_member(db, "author")
    there = db.scalar(select(Story).where(Story.author_id == author.id).limit(1))
    story = there or publishing.publish(db, author, an_entry())
    db.commit()
    return story


def a_small_and_the_largest(db: Session) -> tuple[Company, Company]:
    """Companies with about twenty stories, and with the most."""
    told = func.count(Mention.story_id)
    by_size = (
        select(Mention.company_id)
        .group_by(Mention.company_id)
        .order_by(told.desc(), Mention.company_id)
    )
    largest = db.scalars(by_size.limit(1)).one()
    small = db.scalars(by_size.having(told <= 20).limit(1)).one()
    return db.get_one(Company, small), db.get_one(Company, largest)
