"""The database's shape, brought forward and back.

What an earlier release left is a database at an earlier revision, so the revisions
stand for the releases, also where a clone has no history.
"""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Engine,
    Select,
    column,
    create_engine,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.orm import Session

from stories import outbox
from stories.database import open_engine
from stories.models import (
    Caution,
    Company,
    Evidence,
    Flag,
    Message,
    Story,
    Talk,
    Translation,
)
from stories.models.readers import Concern
from stories.reading import talks
from stories.settings import Settings
from web import migrations
from web.app import create_app
from web.cli import demo
from web.migrations import steps

VERSIONS = Path(migrations.__file__).parent / "versions"
IN_USE = {
    "0001": "dcff4bb62679f94154035731280e657b0e81f6ec583149362931bfaf998edbb0",
}
"""Migrations by which databases were made that people use, and their checksums."""

Columns = dict[str, list[str]]
"""The names of columns by table."""
Rows = dict[str, list[tuple[Any, ...]]]
"""All rows by table."""


@pytest.fixture(params=["sqlite", "postgresql"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A new database of each kind."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
        yield engine
        engine.dispose()
        return
    url = os.environ.get("EARSHOT_TEST_POSTGRES_URL")
    if not url:
        pytest.skip("left out: PostgreSQL (EARSHOT_TEST_POSTGRES_URL) is not here")
    name = f"new_{os.getpid()}"
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine = open_engine(
        make_url(url).set(database=name).render_as_string(hide_password=False)
    )
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}"')
    server.dispose()


def test_an_empty_database_comes_to_what_the_models_say(new):
    """Where not: `make migration WORDS="what changed"`."""
    migrations.upgrade(new)

    assert migrations.present(new) == migrations.newest()
    assert steps.differences(new) == []


def test_bringing_up_to_date_what_is_changes_nothing(new):
    migrations.upgrade(new)
    migrations.upgrade(new)

    assert steps.differences(new) == []


def test_every_step_can_be_taken_back(new):
    migrations.upgrade(new)

    steps.downgrade(new, "base")

    assert migrations.present(new) is None
    assert inspect(new).get_table_names() == ["alembic_version"]


def test_a_step_that_fails_leaves_the_database_as_it_was(new, monkeypatch):
    monkeypatch.setattr(
        "alembic.operations.Operations.batch_alter_table", lambda *_a, **_k: 1 // 0
    )

    with pytest.raises(ZeroDivisionError):
        migrations.upgrade(new)

    assert "story" not in inspect(new).get_table_names()
    assert migrations.present(new) is None


def test_the_number_of_an_errand_that_is_done_is_never_anothers(new):
    migrations.upgrade(new)

    with Session(new) as db:
        first = outbox.leave(db, "index")
        db.flush()
        number = first.id
        outbox.done(db, [first])
        then = outbox.leave(db, "index")
        db.flush()

        assert then.id > number


def test_a_migration_in_use_stays_as_it_is():
    """What has to change goes into a new one: `make migration WORDS="what changed"`."""
    now = {
        path.name[:4]: sha256(path.read_bytes()).hexdigest()
        for path in VERSIONS.glob("*.py")
    }

    assert {number: now.get(number) for number in IN_USE} == IN_USE


def test_notices_on_an_authors_word_alone_end(new):
    migrations.upgrade(new)
    steps.downgrade(new, "c41d9e07a6b3")
    with Session(new) as db:
        for who in ("author", "staff"):
            db.add(Caution(concern=Concern.PRESSURE, by=who))
        db.commit()

    migrations.upgrade(new)

    with Session(new) as db:
        ended = {each.by: each.ended_at is not None for each in db.query(Caution)}
        assert ended == {"author": True, "staff": False}


@pytest.mark.parametrize("row", [Translation, Evidence])
def test_the_number_of_what_was_erased_is_never_anothers(new, row):
    migrations.upgrade(new)
    with Session(new) as db:
        story = Story(title="A kettle", kind="complaint")
        db.add(story)
        db.flush()
        needs = {
            Translation: {"target": "story", "target_id": 1, "source_revision": 1},
            Evidence: {"kind": "text", "suffix": "txt", "size": 1},
        }
        first = row(story_id=story.id, **needs[row])
        db.add(first)
        db.flush()
        number = first.id
        db.delete(first)
        db.flush()
        then = row(story_id=story.id, **needs[row])
        db.add(then)
        db.flush()

        assert then.id > number


def test_no_translation_gets_a_number_that_a_report_names(new):
    migrations.upgrade(new)
    steps.downgrade(new, "c27e94d1a0b6")
    with Session(new) as db:
        story = Story(title="A kettle", kind="complaint")
        db.add(story)
        db.flush()
        about = {"target": "translation", "target_id": 7, "story_id": story.id}
        db.add(Flag(**about, reason="spam"))
        db.commit()

    migrations.upgrade(new)

    with Session(new) as db:
        needs = {"target": "story", "target_id": 1, "source_revision": 1}
        made = Translation(story_id=1, **needs)
        db.add(made)
        db.flush()
        sqlite = new.dialect.name == "sqlite"
        assert made.id == (8 if sqlite else 1)


REASONS = "9e41c0d7b8a2"


def test_why_a_company_asked_becomes_its_first_message(new):
    migrations.upgrade(new)
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with Session(new) as db:
        story = Story(title="A kettle", kind="complaint", published_at=at)
        kettles = Company(name="Kettles & Co")
        db.add_all([story, kettles])
        db.flush()
        about = {"story_id": story.id, "company_id": kettles.id, "by": "company"}
        ends = datetime(2026, 12, 2, 12, tzinfo=UTC)
        talk = Talk(**about, begun_at=at, state="open", ends_at=ends)
        db.add(talk)
        db.flush()
        said = {"talk_id": talk.id, "by": "company"}
        reason = Message(**said, posted_at=at, text="A < B", html="<p>A &lt; B</p>")
        db.add_all([reason, Message(**said, posted_at=ends, text="Later")])
        db.commit()

    steps.downgrade(new, REASONS)
    with new.connect() as connection:
        asked = select(column("reason")).select_from(table("talk"))
        assert connection.scalar(asked) == "A < B"
        left = select(column("text")).select_from(table("message"))
        assert connection.scalars(left).all() == ["Later"]
    migrations.upgrade(new)

    with Session(new) as db:
        (talk,) = db.query(Talk)
        assert talk.last_day == date(2026, 12, 1)
        first, then = db.query(Message).order_by(Message.posted_at)
        assert (first.text, first.html, first.posted_at) == (
            *("A < B", "<p>A &lt; B</p>"),
            at,
        )
        assert then.text == "Later"
        assert talks.around(db, then) == [first, then]


# Sites as earlier releases left them ----------------------------------------------


@pytest.fixture
def settings(new: Engine, tmp_path: Path) -> Settings:
    url = new.url.render_as_string(hide_password=False)
    return Settings(data=tmp_path, database_url=url, development=True)


@pytest.fixture
def full(new: Engine, settings: Settings) -> Engine:
    """A site with the sample content, on a database of each kind."""
    migrations.upgrade(new)
    app = create_app(settings)
    with app.app_context():
        demo.load(settings)
    app.extensions["engine"].dispose()
    return new


def columns(engine: Engine) -> Columns:
    there = inspect(engine)
    return {
        name: [each["name"] for each in there.get_columns(name)]
        for name in there.get_table_names()
        if name != "alembic_version"
    }


def rows(engine: Engine, wanted: Columns) -> Rows:
    """Everything in these columns, as the database itself has it, in no order."""
    with engine.connect() as connection:
        return {
            name: sorted(
                map(tuple, connection.execute(every(name, names))),
                key=repr,
            )
            for name, names in wanted.items()
        }


def every(name: str, names: list[str]) -> Select[Any]:
    return select(*map(column, names)).select_from(table(name))


def surviving(earlier: Columns, today: Columns) -> Columns:
    return {
        name: [each for each in today[name] if each in set(names)]
        for name, names in earlier.items()
        if name in today
    }


def test_a_full_site_of_every_earlier_release_comes_to_today_with_all_it_had(
    full, settings
):
    today = columns(full)

    for revision in steps.history(full):
        before = rows(full, today)
        steps.downgrade(full, revision)
        had = surviving(columns(full), today)
        migrations.upgrade(full)

        assert steps.differences(full) == [], revision
        assert len(before["story"]) >= 30
        kept = rows(full, had)
        for name, names in had.items():
            places = [today[name].index(each) for each in names]
            expected = [tuple(row[place] for place in places) for row in before[name]]
            assert kept[name] == sorted(expected, key=repr), (revision, name)
    assert answers(settings)


def answers(settings: Settings) -> bool:
    """Whether the site shows its stories."""
    app = create_app(settings)
    page = app.test_client().get("/en/").text
    app.extensions["engine"].dispose()
    return page.count("<article") > 5
