"""The worker looks at entries and files on real servers; people see what it found."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from stories.models import Errand, Representative, Verification, now
from stories.models.codes import ClaimState
from stories.models.speaking import Doubt, Finding
from stories.representing import lasting
from tests.mailbox import carried
from tests.people import a_voice
from tests.reading_eyes import missing_from
from web import worker
from web.fetching import asking

TYPED = {"name": "Bob of Kettles", "job_title": "Customer care"}
HOST = "kettles.example"
PATH = "/.well-known/earshot-verification"


@pytest.fixture
def settings(settings, names, pages):
    """Of a site that asks these two servers."""
    return replace(settings, resolver=names.address, fetch_inside=pages.address)


@pytest.fixture
def address(kettles) -> str:
    return f"/en/companies/{kettles.id}/claim"


@pytest.fixture
def browser(browser_of, bob):
    return browser_of(bob)


def role(db) -> Representative:
    db.rollback()
    db.expire_all()
    return db.scalars(select(Representative)).one()


def look(app, db, browser, address) -> Representative:
    """Bob asks, the worker looks; how it stands then."""
    browser.post(f"{address}/look")
    worker.drain(app)
    return role(db)


def entry(db, names, said=None) -> None:
    names.say(f"_earshot.{HOST}", "TXT", [said or role(db).proof])


def test_an_entry_in_the_domain_is_found_and_staff_decide(
    app, db, browser, browser_of, staff, names, address
):
    page = browser.get(browser.post(address, data={**TYPED, "method": "dns"}).location)
    assert not missing_from(page, f"_earshot.{HOST}", role(db).proof)

    asked = browser.get(browser.post(f"{address}/look").location)
    assert not missing_from(asked, "We are looking")
    worker.drain(app)
    assert not missing_from(browser.get(address), "It is not there yet.")
    entry(db, names, "something else")
    assert look(app, db, browser, address).finding == Finding.DIFFERENT
    entry(db, names)

    found = look(app, db, browser, address)

    assert found.state == ClaimState.PROVEN
    assert not missing_from(browser.get(address), "Now staff of this site decide")
    judge, at_desk = browser_of(staff), f"/en/moderation/roles/{found.id}"
    assert not missing_from(judge.get(at_desk), HOST, "It is there.")
    judge.post(at_desk, data={"deed": "grant", "method": "dns"})
    shown = judge.get(f"/en/companies/{found.company_id}-kettles-co")
    assert not missing_from(
        shown, "by an entry in the company’s domain", "checked by staff", "good until"
    )


def test_a_file_on_the_website_is_found(app, db, browser, names, pages, address):
    names.say(HOST, "A", "127.0.0.1")
    browser.post(address, data={**TYPED, "method": "file"})
    assert look(app, db, browser, address).finding == Finding.MISSING
    pages.say(PATH, f"\n{role(db).proof}\n")

    assert look(app, db, browser, address).state == ClaimState.PROVEN
    assert pages.asked == [(HOST, PATH)] * 2


def a_file(browser, names, address) -> None:
    names.say(HOST, "A", "127.0.0.1")
    browser.post(address, data={**TYPED, "method": "file"})


@pytest.mark.parametrize(
    ("to", "finding"),
    [
        ("http://169.254.169.254/latest/meta-data/", Finding.REDIRECTED),
        ("http://teapots.example/.well-known/earshot-verification", "redirected"),
        ("http://inside.kettles.example/", Finding.INSIDE),
    ],
)
def test_a_file_that_is_elsewhere_proves_nothing(
    app, db, browser, names, pages, address, to, finding
):
    a_file(browser, names, address)
    names.say("inside.kettles.example", "A", "10.0.0.1")
    names.say("teapots.example", "A", "127.0.0.1")
    pages.say(PATH, status=302, Location=to)

    assert look(app, db, browser, address).finding == finding
    assert len(pages.asked) == 1


@pytest.mark.parametrize("inside", ["10.0.0.1", "169.254.169.254", "127.0.0.2"])
def test_a_domain_that_leads_inside_proves_nothing(
    app, db, browser, names, pages, address, inside
):
    a_file(browser, names, address)
    names.say(HOST, "A", inside)

    assert look(app, db, browser, address).finding == Finding.INSIDE
    assert not pages.asked


def test_a_domain_that_is_rebound_to_the_inside_proves_nothing(
    app, db, browser, names, pages, address
):
    """The first answer would be let through, the second one leads elsewhere: each
    question for the file is answered once, and what is checked is what is used."""
    a_file(browser, names, address)
    names.say(HOST, "A", "10.0.0.1", "10.0.0.1", "127.0.0.1")
    pages.say(PATH, role(db).proof)

    assert look(app, db, browser, address).finding == Finding.INSIDE
    assert not pages.asked


def test_an_oversized_file_proves_nothing(app, db, browser, names, pages, address):
    a_file(browser, names, address)
    pages.say(PATH, f"{role(db).proof}\n" + "x" * asking.MOST)

    assert look(app, db, browser, address).finding == Finding.LARGE


def test_a_slow_file_proves_nothing(
    app, db, browser, names, pages, address, monkeypatch
):
    monkeypatch.setattr(asking, "SECONDS", 0.4)
    a_file(browser, names, address)
    pages.dripping.set()

    found = look(app, db, browser, address)

    assert (found.finding, found.state) == (Finding.SLOW, ClaimState.ASKED)
    assert not missing_from(browser.get(address), "The answer took too long.")


def test_somebody_elses_proof_proves_nothing(
    app, db, browser, browser_of, cy, names, address
):
    """What one person may put there does not let another speak."""
    browser_of(cy).post(address, data={**TYPED, "method": "dns"})
    theirs = db.scalars(select(Representative.proof)).one()
    names.say(f"_earshot.{HOST}", "TXT", [theirs])
    db.commit()
    browser.post(address, data={**TYPED, "method": "dns"})

    browser.post(f"{address}/look")
    worker.drain(app)

    db.expire_all()
    states = db.scalars(select(Representative.finding).order_by(Representative.id))
    assert states.all() == [None, Finding.DIFFERENT]


def test_strangers_ask_for_no_look(db, browser, browser_of, client, cy, address):
    browser.post(address, data={**TYPED, "method": "dns"})

    assert browser_of(cy).post(f"{address}/look").status_code == 404
    assert client.post(f"{address}/look").status_code == 303
    assert not db.scalars(select(Errand)).all()


def test_readers_see_that_a_role_is_under_check(db, client, bob, kettles):
    voice = a_voice(db, bob, kettles)
    voice.doubt, voice.doubted_at = Doubt.MAIL_BOUNCED, now()
    db.commit()

    shown = client.get(f"/en/companies/{kettles.id}-kettles-co")

    assert not missing_from(
        shown, "Under check since", "A letter to the address at the company came back."
    )


def test_letters_about_a_role_can_be_read(app, db, browser, bob, kettles):
    voice = a_voice(db, bob, kettles)
    proof = db.scalars(select(Verification)).one()
    proof.expires_at, voice.contact = now() + timedelta(days=20), "c1"
    lasting.remind(db)
    lasting.bounced(db, "c1")
    proof.expires_at = now() - timedelta(days=1)
    lasting.lapse(db)
    db.commit()

    subjects = [letter.subject for letter in carried(app)]

    assert subjects == [
        "Your right to speak for Kettles & Co ends soon",
        "Your right to speak for Kettles & Co is under check",
        "You no longer speak for Kettles & Co",
    ]
