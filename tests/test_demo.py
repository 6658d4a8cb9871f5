"""The sample content: it loads where it may, and its lives come out right."""

import pytest

from stories.models import Errand, Member, Story
from stories.problems import Forbidden
from web.cli import demo as command


@pytest.fixture
def run(app, db):
    """Give the command `earshot demo`."""
    return lambda: app.test_cli_runner().invoke(command.demo)


def test_samples_load_into_an_empty_site_and_tell_who_can_sign_in(run, db):
    answer = run()

    assert answer.exit_code == 0, answer.exception
    assert command.PASSWORD in answer.output
    assert "inger@earshot.example" in answer.output
    assert db.query(Member).filter_by(staff=True).count() == 1
    assert db.query(Story).count() > 0


def test_nobody_is_written_to(run, db):
    run()

    assert db.query(Errand).filter_by(task="letter").count() == 0


def test_samples_are_refused_where_there_is_content(run, db, ada):
    answer = run()

    assert isinstance(answer.exception, Forbidden)
    assert db.query(Story).count() == 0


def test_samples_are_not_loaded_twice(run, db):
    run()
    before = db.query(Story).count()

    answer = run()

    assert isinstance(answer.exception, Forbidden)
    assert db.query(Story).count() == before
