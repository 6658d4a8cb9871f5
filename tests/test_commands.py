"""The commands of `earshot`, as an operator gives them."""

import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from threading import Event, Thread

import pytest
from click.testing import CliRunner

from stories import outbox
from stories.models import Decision, Story
from stories.models.codes import Kind, StaffDeed
from stories.search import Question
from stories.settings import BadSetting
from web import checks, cli, commands, worker
from web.accounts.models import Account
from web.cli import checking, index, serving, staff
from web.finding import index as the_index

OURS = {
    "check",
    "demo",
    "export",
    "import",
    "index",
    "migrate",
    "outbox",
    "restore",
    "serve",
    "staff",
    "worker",
}


@pytest.fixture
def run(app):
    def invoke(command, *words: str):
        return app.test_cli_runner().invoke(command, words)

    return invoke


def told(db, ada, title: str = "A kettle") -> Story:
    story = Story(
        title=title, html="<p>It leaks.</p>", language="en", author=ada, kind=Kind.MIXED
    )
    db.add(story)
    db.commit()
    return story


def test_help_names_every_command_and_what_it_does():
    answer = CliRunner().invoke(commands.everything(), ["--help"])

    assert answer.exit_code == 0
    named = {line.split()[0] for line in answer.output.splitlines() if line[:2] == "  "}
    assert named >= OURS | {"routes", "shell"}


def test_no_command_is_forgotten():
    modules = [
        import_module(f"web.cli.{each.name}") for each in iter_modules(cli.__path__)
    ]

    named = {one.name for module in modules for one in module.COMMANDS}
    assert named == set(commands.OURS)


def test_a_start_loads_only_what_it_needs():
    code = (
        "import sys, web.commands as it; it.everything().get_command(None, 'serve');"
        "print({'alembic', 'stories.demo', 'rich.progress', 'numpy'} &"
        " set(sys.modules))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    assert loaded.stdout.strip() == "set()"


@pytest.mark.parametrize("command", sorted(OURS))
def test_each_command_explains_itself(command):
    answer = CliRunner().invoke(commands.everything(), [command, "--help"])

    assert answer.exit_code == 0
    assert answer.output.strip().splitlines()[2].strip()


def test_a_bad_setting_is_said_in_one_line(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "eighty")
    monkeypatch.setattr("sys.argv", ["earshot", "migrate"])

    with pytest.raises(SystemExit):
        commands.main()

    assert capsys.readouterr().err.splitlines() == [
        "PORT is a number from 0 to 65535, not 'eighty'."
    ]


def test_a_database_that_is_not_there_yet_is_said_in_a_line(
    monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("EARSHOT_DATA", str(tmp_path))
    monkeypatch.setenv("EARSHOT_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite'}")
    monkeypatch.setattr("sys.argv", ["earshot", "staff", "grant", "ada"])

    with pytest.raises(SystemExit):
        commands.main()

    assert "`earshot migrate`" in capsys.readouterr().err


def test_staff_are_made_by_command_and_the_log_says_so_without_a_name(run, db, ada):
    answer = run(staff.staff, "grant", "Ada")

    db.refresh(ada)
    decision = db.query(Decision).one()
    assert answer.exit_code == 0
    assert "second factor" in answer.output
    assert ada.staff
    assert (decision.deed, decision.staff_id) == (StaffDeed.STAFF_GRANTED, None)


def test_staff_can_be_ended(run, db, staff_member_ada):
    run(staff.staff, "revoke", "ada")

    db.refresh(staff_member_ada)
    assert not staff_member_ada.staff


@pytest.fixture
def staff_member_ada(db, ada):
    ada.staff = True
    db.commit()
    return ada


def test_nobody_is_made_staff_who_is_not_there(run, db):
    assert run(staff.staff, "grant", "nobody").exit_code != 0
    assert db.query(Decision).all() == []


def test_a_database_is_brought_up_to_date(application, settings, tmp_path):
    new = f"sqlite:///{tmp_path / 'new.sqlite'}"
    app = application(replace(settings, database_url=new))

    first = app.test_cli_runner().invoke(serving.migrate)
    second = app.test_cli_runner().invoke(serving.migrate)

    assert first.output.startswith("From None to ")
    assert second.output == "Up to date.\n"


def found(app, words: str) -> list[int]:
    with app.app_context():
        return [hit.id for hit in the_index().search(Question(words=words)).hits]


def test_the_index_is_made_anew_where_no_worker_runs(run, app, db, ada):
    story = told(db, ada)

    answer = run(index.index, "rebuild")

    assert answer.exit_code == 0, answer.exception
    assert found(app, "kettle") == [story.id]


def test_the_index_is_made_anew_by_the_worker_that_runs(run, app, db, ada, monkeypatch):
    story = told(db, ada)
    monkeypatch.setattr("web.locks.try_to_hold", lambda _folder, _name: False)
    stop = Event()
    running = Thread(target=worker.run, args=(app, stop))
    running.start()

    answer = run(index.index, "rebuild")

    stop.set()
    running.join()
    assert answer.exit_code == 0
    assert found(app, "kettle") == [story.id]


def test_the_outbox_shows_what_failed_for_good_and_tries_it_again(run, db):
    errand = outbox.leave(db, "letter", key="decision", name="decision")
    db.flush()
    errand.tries = outbox.MOST_TRIES
    outbox.failed(db, errand, "Undeliverable: answered 550")
    outbox.index(db, 7)
    db.commit()

    shown = run(checking.outbox)
    again = run(checking.outbox, "--retry").output

    assert "index: 1 waiting" in shown.output
    assert "550" in shown.output
    assert "1 to be tried again" in again
    assert "letter: 1 waiting" in again


def test_the_outbox_shows_what_failed_and_will_be_tried_again(run, db):
    errand = outbox.leave(db, "letter", key="decision", name="decision")
    db.flush()
    errand.tries = 1
    outbox.failed(db, errand, "Undeliverable: away")
    db.commit()

    shown = run(checking.outbox).output

    assert "letter: 1 waiting" in shown
    assert "tried again" in shown
    assert "away" in shown


@pytest.fixture
def ready(app, staff_member_ada):
    """A site on which nothing is wrong."""
    worker.drain(app)


def test_a_site_on_which_nothing_is_wrong_is_told_so(run, ready):
    answer = run(checking.check)

    assert (answer.output, answer.exit_code) == ("All is well.\n", 0)


def test_a_check_tells_all_that_is_wrong(run, db):
    answer = run(checking.check)

    assert answer.exit_code == 1
    assert "earshot staff grant" in answer.output
    assert "earshot index rebuild" in answer.output


def public(settings):
    return replace(
        settings, base_url="https://earshot.example", secret_key=("k" * 40,), proxies=1
    )


def test_a_public_site_is_checked_for_more(application, settings, db):
    public_site = application(public(settings))

    told_of = public_site.test_cli_runner().invoke(checking.check).output

    assert "EARSHOT_MAIL_URL" in told_of
    assert "EARSHOT_MAIL_FROM" in told_of
    assert "EARSHOT_UNLIMITED" in told_of


def test_a_public_site_with_sample_accounts_is_refused(application, settings, db, ada):
    db.add(
        Account(
            member_id=ada.id,
            email=f"ada{checks.SAMPLE}",
            fs_uniquifier="sample",
            confirmed_at=ada.joined_at,
        )
    )
    db.commit()
    site = application(public(settings))

    with site.app_context(), pytest.raises(BadSetting, match="sample accounts"):
        checks.require_safe(site.config["SETTINGS"])
