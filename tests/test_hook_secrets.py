"""Secrets of webhooks: sealed in the database, and doubted when somebody leaves."""

import pytest
from sqlalchemy import select

from stories import representing
from stories.handling import hooks
from stories.handling.hooks import HookEntry
from stories.models import Webhook, now
from stories.models.speaking import TeamRole
from stories.representing import ClaimEntry, VerdictEntry, teams
from stories.sealing import Seal, Unreadable
from tests.people import a_voice, letters
from tests.reading_eyes import words_of
from web import worker
from web.keys import keys


@pytest.fixture
def hook(db, bob, kettles, voice, seal) -> Webhook:
    address = HookEntry(address="https://kettles.example/in")
    made, _ = hooks.add(db, bob, kettles.id, address, seal)
    db.commit()
    return made


@pytest.fixture
def secret(hook, seal) -> str:
    """What the company's programs know."""
    return seal.open(hook.secret)


def test_the_database_knows_no_secret(db, bob, hook, secret, seal):
    hooks.rotate(db, bob, hook.id, seal)
    db.commit()

    kept = db.execute(select(Webhook.secret, Webhook.old_secret)).one()

    for each in kept:
        assert secret not in each
        assert "whsec_" not in each
    with pytest.raises(Unreadable):
        Seal(["another key of the site, as long as they are"]).open(kept[0])


def test_keys_change_and_the_old_ones_go(db, settings, hook, secret):
    new = "the new key of the site, as long as they are"
    both = Seal([new, *keys(settings)])

    assert hooks.seal_anew(db, both) == 1
    assert hooks.seal_anew(db, both) == 0

    alone = Seal([new])
    assert alone.open(hook.secret) == secret
    assert hooks.signatures(hook, "msg_1", now(), "", alone).count("v1,") == 1


def test_what_was_kept_in_the_open_is_sealed_by_the_worker(db, app, hook, seal, secret):
    hook.secret = secret
    db.commit()
    assert hooks.signatures(hook, "msg_1", now(), "", seal).count("v1,") == 1

    with app.app_context():
        worker.housekeeping.Housekeeping().round()

    db.rollback()
    db.refresh(hook)
    assert seal.open(hook.secret) == secret


@pytest.mark.parametrize("how", ["removed", "given back", "taken away", "observes"])
def test_when_somebody_leaves_the_owners_hear_that_they_may_know_the_secret(
    db, bob, cy, staff, kettles, hook, how
):
    seat = a_voice(db, cy, kettles)
    seat.team_role = "responder"
    db.flush()
    gone = VerdictEntry(words="They have left the company.")
    ways = {
        "removed": lambda: teams.remove(db, bob, seat),
        "given back": lambda: representing.give_back(db, cy, seat),
        "taken away": lambda: representing.take_away(db, staff, seat, gone),
        "observes": lambda: teams.change(db, bob, seat, TeamRole.OBSERVER),
    }

    ways[how]()

    assert letters(db, "secret_known") == [f"member:{bob.id}"]
    assert hook.known_since is not None


def test_the_page_says_that_somebody_may_know_the_secret(
    db, browser_of, bob, cy, kettles, hook
):
    representing.give_back(db, cy, a_voice(db, cy, kettles))
    db.commit()
    browser, words = browser_of(bob), "Somebody who may know the secret"
    address = f"/en/desk/hooks?company={kettles.id}"
    before = browser.get(address)

    browser.post(f"/en/desk/hooks/{hook.id}", data={"do": "rotate"})

    assert words in words_of(before)
    assert words not in words_of(browser.get(address))


def test_who_never_got_in_knows_no_secret(db, cy, kettles, hook):
    entry = ClaimEntry(method="document", name="Cy", job_title="Clerk", words="Hello")
    asked = representing.claim(db, cy, kettles, entry)

    representing.give_back(db, cy, asked)

    assert letters(db, "secret_known") == []
    assert hook.known_since is None
