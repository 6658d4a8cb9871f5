"""What tests stand on: a real database, a real application, and three people.

Ada owns what is at hand, Bob may, Cy may not.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from redis import Redis
from sqlalchemy import Engine, create_engine, delete, event, make_url, select, text
from sqlalchemy.orm import Session

from stories import publishing
from stories.database import open_engine, sessions
from stories.models import (
    Base,
    Company,
    Member,
    Representative,
    Site,
    Story,
    Translation,
    now,
)
from stories.models.base import played
from stories.sealing import Seal
from stories.settings import Settings
from tests.joining import register
from tests.mailbox import carried
from tests.people import a_company, a_member, a_voice, an_entry
from tests.tongues import translated
from web import migrations
from web.accounts.models import Account
from web.app import create_app
from web.keys import keys

# The gate judges a change, not luck; exploring looks for what nobody has seen.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile("exploring", deadline=None)
hypothesis.settings.load_profile("steady")


class Compiled(BytecodeCache):
    """Templates, compiled once for all applications of a test process."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()
DATA = Path(os.environ.get("EARSHOT_TEST_DATA") or "../shared/data")
POSTGRES = os.environ.get("EARSHOT_TEST_POSTGRES_URL")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: nobody need look again whether it is needed."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real public texts; a test that needs it is left out without."""
    if not DATA.is_dir():
        pytest.skip("left out: the real texts (EARSHOT_TEST_DATA) are not here")
    return DATA


@pytest.fixture
def noon() -> Iterator[None]:
    """It is noon all along: no day ends while the test runs."""
    with played(now().replace(hour=12)):
        yield


@pytest.fixture
def redis_url() -> str:
    """A Redis of the tests' own; a test that needs it is left out without."""
    url = os.environ.get("EARSHOT_TEST_REDIS_URL")
    if not url:
        pytest.skip("left out: Redis (EARSHOT_TEST_REDIS_URL) is not here")
    with Redis.from_url(url) as redis:
        redis.flushdb()
    return url


def _databases() -> list[str]:
    chosen = os.environ.get("EARSHOT_TEST_DATABASE", "sqlite")
    return [chosen]


@pytest.fixture(scope="session", params=_databases())
def database_url(request: pytest.FixtureRequest, tmp_path_factory) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite'}"
    if not POSTGRES:
        pytest.skip("left out: PostgreSQL (EARSHOT_TEST_POSTGRES_URL) is not here")
    return _own_database(POSTGRES, os.environ.get("PYTEST_XDIST_WORKER"))


def _own_database(url: str, worker: str | None) -> str:
    """The database at `url`, or one beside it for each of several test processes."""
    if worker is None:
        return url
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"{make_url(url).database}_{worker}"
    with server.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    server.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def made_engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    if engine.dialect.name == "postgresql":  # what an older branch left may be there
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    migrations.upgrade(engine)
    _empty(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(made_engine: Engine) -> Iterator[Engine]:
    """An empty database: every table as on the first day."""
    with made_engine.begin() as connection:
        connection.execute(Site.__table__.insert().values(id=1, version=1))
    yield made_engine
    _empty(made_engine)


def _empty(engine: Engine) -> None:
    tables = reversed(Base.metadata.sorted_tables)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return
        for table in tables:
            connection.execute(delete(table))


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    with sessions(engine)() as session:
        yield session


@pytest.fixture
def ada(db: Session) -> Member:
    return a_member(db, "ada")


@pytest.fixture
def bob(db: Session) -> Member:
    return a_member(db, "bob")


@pytest.fixture
def cy(db: Session) -> Member:
    return a_member(db, "cy")


@pytest.fixture
def staff(db: Session) -> Member:
    return a_member(db, "mo", staff=True)


@pytest.fixture
def kettles(db: Session) -> Company:
    return a_company(db, "Kettles & Co", domain="kettles.example")


@pytest.fixture
def voice(db: Session, bob: Member, kettles: Company) -> Representative:
    """Bob, who speaks for Kettles & Co."""
    return a_voice(db, bob, kettles)


@pytest.fixture
def acme(db: Session, bob: Member) -> Company:
    """The company of every story that names no other; Bob speaks for it."""
    company = a_company(db, "Acme", domain="acme.example")
    a_voice(db, bob, company)
    return company


@pytest.fixture
def story(db: Session, ada: Member, acme: Company) -> Story:
    """Ada's story about Acme, for which Bob speaks; where a file has no other."""
    made = publishing.publish(db, ada, an_entry())
    db.commit()
    return made


@pytest.fixture
def italian(db: Session, cy: Member, story: Story) -> Translation:
    """Cy's translation of it."""
    return translated(db, cy, story)


@pytest.fixture
def rival(db: Session, cy: Member) -> Representative:
    """Cy, who speaks for another company."""
    return a_voice(db, cy, a_company(db, "Teapots", domain="teapots.example"))


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement that the database is asked, as it is asked."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def seal(settings: Settings) -> Seal:
    """What the site's keys seal."""
    return Seal(keys(settings))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path,
        database_url=database_url,
        development=True,
        unlimited=True,
        base_url="http://localhost",
    )


@pytest.fixture
def application(
    engine: Engine, database_url: str
) -> Iterator[Callable[[Settings], Flask]]:
    """Makes applications, and closes their connections when the test has ended.

    Those on the tests' database share its engine: SQLAlchemy remembers each statement
    for each engine, and every table some hundred of the engines it was written by.
    """
    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        shared = engine if settings.database == database_url else None
        made.append(create_app(settings, shared))
        made[-1].jinja_env.bytecode_cache = COMPILED
        return made[-1]

    yield make
    for app in made:
        if app.extensions["engine"] is not engine:
            app.extensions["engine"].dispose()


@pytest.fixture
def app(application: Callable[[Settings], Flask], settings: Settings) -> Flask:
    app = application(settings)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """An anonymous reader's browser."""
    return app.test_client()


@pytest.fixture
def browser_of(app: Flask, db: Session):
    """A browser in which a member has signed in: `browser_of(ada).get(…)`."""

    def sign_in(member: Member, at: Flask = app) -> FlaskClient:
        account = Account(
            member_id=member.id,
            email=f"{member.handle}@example.org",
            fs_uniquifier=f"account-of-{member.handle}",
            confirmed_at=member.joined_at,
            tf_primary_method="authenticator" if member.staff else None,
            tf_totp_secret="a secret" if member.staff else None,
        )
        db.add(account)
        db.commit()
        client = at.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = account.fs_uniquifier
            session["_fresh"] = True
            session["fs_paa"] = time.time()
        return client

    return sign_in


@pytest.fixture
def post(app: Flask):
    """What the worker sends when it is asked: the letters, oldest first."""
    return lambda: carried(app)


@pytest.fixture
def member(app: Flask, post, db: Session) -> Member:
    """Ada, who has registered and confirmed, and is not signed in."""
    client = app.test_client()
    register(client)
    client.post(post()[0].link("confirm"))
    return db.scalar(select(Member))
