"""What holds when many write at once, and when processes are killed."""

import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from itertools import count

import pytest
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from stories import companies, publishing
from stories.database import open_engine, sessions
from stories.entries.story import MentionEntry
from stories.models import Comment, Errand, Member, Response, Story, now
from stories.search import Question, open_index
from tests.people import an_entry, an_unsaved_voice
from tests.running import Site, application, cookie_of, end, until
from web import migrations

WRITERS = 4
COMMENTS = 10_000
KILLS = 20
BETWEEN = 0.5
"""Seconds of load between two kills."""


def test_four_writers_at_once_lose_no_comment_and_no_count(db, ada, database_url):
    story = Story(title="A kettle", author=ada, kind="complaint", visibility="public")
    db.add(story)
    db.commit()
    share = str(COMMENTS // WRITERS)
    words = [database_url, str(ada.id), str(story.id), share]

    writers = [
        subprocess.Popen([sys.executable, "-m", "tests.writers", *words])
        for _ in range(WRITERS)
    ]
    codes = [writer.wait() for writer in writers]

    db.rollback()
    db.refresh(story)
    there = db.scalar(select(func.count()).select_from(Comment))
    errands = db.scalar(select(func.count()).where(Errand.task == "index"))
    assert codes == [0] * WRITERS
    assert there == COMMENTS
    assert story.comment_count == COMMENTS
    assert story.version > COMMENTS
    assert errands == COMMENTS


# kill -9 --------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    site = Site(tmp_path / "data")
    yield site
    site.end()


@contextmanager
def database(site: Site) -> Iterator[Session]:
    engine = open_engine(site.settings.database)
    with sessions(engine)() as db:
        yield db
    engine.dispose()


@dataclass
class Writer:
    """Somebody who writes all the time, and remembers what the site has promised."""

    site: Site
    cookie: str
    name: str
    about: str
    stop: threading.Event
    stories: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    strange: Counter[int] = field(default_factory=Counter)

    def run(self) -> None:
        for number in count():
            if self.stop.is_set():
                return
            if number % 5:
                words = f"Remark {self.name}x{number} of mine."
                self.say(self.about, self.remarks, text=words, kind="explain")
            else:
                self.say("/en/write", self.stories, **self.a_story(number))

    def a_story(self, number: int) -> dict[str, str]:
        return {
            "title": f"Story {self.name}x{number}",
            "text": "It came late, and nobody ever called back.",
            "kind": "complaint",
            "language": "en",
            "mentions-0-company": "Acme",
            "mentions-0-role": "subject",
            "do": "publish",
        }

    def say(self, path: str, promised: list[str], **fields: str) -> None:
        try:
            answer = self.site.post(path, cookie=self.cookie, **fields)
        except OSError:  # killed meanwhile: nothing was promised
            self.stop.wait(0.05)
            return
        if answer.status == 303:
            promised.append(fields.get("title") or fields["text"])
        else:
            self.strange[answer.status] += 1


def begun(site: Site) -> list[Writer]:
    """Ada's story, three who comment on it, and one who answers for the company."""
    app = application(site)
    engine = app.extensions["engine"]
    migrations.upgrade(engine)
    with sessions(engine)() as db:
        members = [
            Member(
                handle=name, handle_folded=name, handle_shape=name, display_name=name
            )
            for name in ("ada", "bob", "cy", "dee", "eve")
        ]
        db.add_all(members)
        db.flush()
        company = companies.add(db, "Kettles")
        an_unsaved_voice(db, members[-1], company)
        entry = an_entry(mentions=[MentionEntry(company="Kettles")])
        story = publishing.publish(db, members[0], entry)
        db.commit()
        cookie_of(app, db, members[0])  # her letters have an address
        where = dict.fromkeys(["bob", "cy", "dee"], "comment") | {"eve": "respond"}
        stop = threading.Event()
        writers = [
            Writer(
                site,
                cookie_of(app, db, member),
                member.handle,
                f"/en/stories/{story.id}/{where[member.handle]}",
                stop,
            )
            for member in members[1:]
        ]
    engine.dispose()
    return writers


def kill_somebody(site: Site, chance: random.Random) -> str:
    """kill -9 of one process of the family; a killed parent is started again."""
    assert site.process is not None
    children = site.children(site.process.pid)
    keepers = [pid for pid in children if site.children(pid)]
    victims = {
        "parent": [site.process.pid],
        "keeper": keepers,
        "worker": [pid for pid in children if pid not in keepers],
        "web": [pid for keeper in keepers for pid in site.children(keeper)],
    }
    who = chance.choice([name for name, pids in victims.items() if pids])
    if who == "parent":
        site.kill()
        until(lambda: not site.processes(), seconds=5)
        site.start()
        return who
    end(chance.choice(victims[who]))
    until(site.is_well)
    return who


def test_nothing_that_was_promised_is_lost_by_killing(site):
    writers = begun(site)
    site.start()
    stop, chance = writers[0].stop, random.Random(2026)
    threads = [threading.Thread(target=writer.run) for writer in writers]
    for thread in threads:
        thread.start()

    killed = Counter()
    for _ in range(KILLS):
        stop.wait(BETWEEN)
        killed[kill_somebody(site, chance)] += 1
    stop.set()
    for thread in threads:
        thread.join()

    assert set(killed) == {"parent", "keeper", "worker", "web"}
    assert [writer.strange for writer in writers] == [Counter()] * 4
    assert all(writer.remarks for writer in writers)
    assert sum(len(writer.stories) for writer in writers) > 0
    assert sum(len(writer.remarks) for writer in writers) > KILLS
    everything_is_there(site, writers)
    the_index_catches_up(site, writers)
    each_letter_was_written_once(site)
    assert site.stop() == 0
    assert site.processes() == []


def everything_is_there(site: Site, writers: list[Writer]) -> None:
    with database(site) as db:
        stories = Counter(db.scalars(select(Story.title)))
        comments = Counter(db.scalars(select(Comment.text)))
        responses = Counter(db.scalars(select(Response.text)))
        commented = db.scalars(select(Story).where(Story.comment_count > 0)).one()
    remarks = comments + responses
    for writer in writers:
        assert [title for title in writer.stories if stories[title] != 1] == []
        assert [words for words in writer.remarks if remarks[words] != 1] == []
    assert commented.comment_count == comments.total()
    assert commented.response_count == responses.total()


def the_index_catches_up(site: Site, writers: list[Writer]) -> None:
    until(lambda: nothing_waits(site))
    index = open_index("whoosh:", site.data / "index")
    with database(site) as db:
        assert index.count() == db.scalar(select(func.count()).select_from(Story))
    for title in [title for writer in writers for title in writer.stories]:
        asked = Question(words=title.removeprefix("Story "), languages=("en",))
        assert len(index.search(asked).hits) == 1, title
    index.close()


def nothing_waits(site: Site) -> bool:
    """Only what has yet to come in its time, such as a question after a week."""
    begun = or_(Errand.due_at <= now(), Errand.tries > 0)
    with database(site) as db:
        return db.scalar(select(func.count()).select_from(Errand).where(begun)) == 0


def each_letter_was_written_once(site: Site) -> None:
    """For each comment and answer one letter to the story's author, none twice."""
    files = list((site.data / "mail").glob("*.eml"))
    letters = [message_from_bytes(path.read_bytes())["Message-ID"] for path in files]
    kinds = Counter(letter.strip("<").partition("-")[0] for letter in letters)
    with database(site) as db:
        comments = db.scalar(select(func.count()).select_from(Comment))
        responses = db.scalar(select(func.count()).select_from(Response))
    assert len(set(letters)) == len(letters)
    assert (kinds["commented"], kinds["answered"]) == (comments, responses)


def test_the_index_is_made_anew_while_the_site_serves_and_people_write(site):
    writers = begun(site)
    site.start()
    until(lambda: nothing_waits(site))
    stop = writers[0].stop
    missing: Counter[int] = Counter()
    threads = [
        *(threading.Thread(target=writer.run) for writer in writers),
        threading.Thread(target=search_on, args=(site, stop, missing)),
    ]
    for thread in threads:
        thread.start()

    rebuilt = site.command("index", "rebuild")
    stop.set()
    for thread in threads:
        thread.join()

    assert rebuilt.returncode == 0, rebuilt.stderr
    assert missing[0] > 0
    assert set(missing) == {0}
    assert [writer.strange for writer in writers] == [Counter()] * 4
    everything_is_there(site, writers)
    the_index_catches_up(site, writers)


def search_on(site: Site, stop: threading.Event, missing: Counter[int]) -> None:
    """Ask for a story that is always there; counts the answers without it."""
    while not stop.is_set():
        answer = site.get("/api/v1/search?q=kettle")
        missing[int(answer.status != 200 or b'"total":0' in answer.body)] += 1
