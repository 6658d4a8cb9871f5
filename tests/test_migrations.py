"""The database's shape, brought forward and back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, make_url

from stories.database import open_engine
from web import migrations


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

    assert migrations.present(new) == migrations.newest(new)
    assert migrations.differences(new) == []


def test_bringing_up_to_date_what_is_changes_nothing(new):
    migrations.upgrade(new)
    migrations.upgrade(new)

    assert migrations.differences(new) == []


def test_every_step_can_be_taken_back(new):
    migrations.upgrade(new)

    migrations.downgrade(new)

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
