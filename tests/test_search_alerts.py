"""A search that is kept, with filters and what it leaves out: its feed, and its letters
through the worker and a real mail server."""

import re
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from stories import publishing
from stories.models import SavedSearch, now
from stories.models.base import played
from tests.people import an_entry
from tests.test_feeds import read
from tests.test_told import Server, off
from web import worker
from web.finding import index

WORDS = (
    "q=leak&not_company=Teapots&not_kind=praise&language=en&language=it"
    "&from=2020&minutes_from=120&currency=EUR&amount_from=20"
)
COST = {
    "effort_minutes": 150,
    "amounts": [{"role": "paid", "value": 25, "currency": "EUR"}],
}
FITS = {"title": "It leaks", "text": "Two leaks, at the lid and below.", **COST}
LACKS = [
    {"title": "Leaks of teapots", "mentions": [{"company": "Teapots"}]},
    {"title": "Praised leaks", "kind": "praise"},
    {"title": "Leaks, en deux mots", "language": "fr"},
    {"title": "Leaks, soon forgotten", "effort_minutes": 20},
    {
        "title": "Cheap leaks",
        "amounts": [{"role": "paid", "value": 9, "currency": "EUR"}],
    },
    {
        "title": "Leaks in yen",
        "amounts": [{"role": "paid", "value": 90, "currency": "JPY"}],
    },
    {
        "title": "Leaks of long ago",
        "happened": {"year": 2011},
    },
    {"title": "Nothing drips", "text": "It is dry."},
]
SOON = {"at_once": 16, "daily": 2 * 24 * 60, "weekly": 8 * 24 * 60}
"""Minutes after which each letter has come at the latest."""


@pytest.fixture
def inbox(app):
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    server = Controller(Server(), hostname="127.0.0.1", port=port)
    server.start()
    there = f"smtp://127.0.0.1:{port}"
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=there)

    def after(minutes: float):
        with played(now() + timedelta(minutes=minutes)):
            worker.drain(app)
        taken = [each for each in server.handler.taken if "bob" in each.to]
        server.handler.taken.clear()
        return taken

    yield after
    server.stop()
    with app.app_context():
        index().close()


@pytest.fixture
def bobs(browser_of, bob):
    """Bob's browser, by which he keeps the search."""
    browser = browser_of(bob)
    browser.post("/en/searches", data={"name": "Leaks <b>", "words": WORDS})
    return browser


@pytest.fixture
def follow(db, bobs):
    def follow(often: str):
        number = db.scalar(select(SavedSearch.id))
        way = f"/en/follows/search/{number}"
        assert way in bobs.get("/en/searches").text
        assert bobs.post(way, data={"often": often}).status_code == 303

    return follow


@pytest.fixture
def tell(db, ada):
    def tell(**more):
        db.commit()  # the site has written meanwhile
        story = publishing.publish(db, ada, an_entry(**{**FITS, **more}))
        db.commit()
        return story

    return tell


@pytest.fixture
def told(tell):
    """One story that fits, and for every filter one that does not."""
    for each in LACKS:
        tell(**each)
    return tell()


@pytest.mark.parametrize("often", SOON)
def test_a_letter_has_what_fits_all_filters_and_comes_once(inbox, follow, often, tell):
    follow(often)
    assert inbox(0) == []
    for each in LACKS:
        tell(**each)
    story = tell()
    assert inbox(0) == []

    letters = [inbox(SOON[often] + 2 * minutes) for minutes in (0, 20)]

    (letter,) = letters[0]
    assert letters[1] == []
    assert re.findall(r"\* (.*\b)", letter.text) == ["It leaks"]
    assert "Found by your search “Leaks <b>”." in letter.text
    assert "Found by your search “<bdi>Leaks &lt;b&gt;</bdi>”." in letter.html
    assert letter.link("/stories/").startswith(f"/en/stories/{story.id}")


def test_its_feeds_have_the_same(app, client, told, bobs):
    worker.drain(app)
    page = bobs.get("/en/searches").text
    ways = re.findall(r'href="(/en/search\.[^"]*)"', page)
    atom, json = (way.replace("&amp;", "&") for way in ways)

    titles = [entry.title for entry in read(client, atom).entries]

    assert titles == ["It leaks"]
    assert [each["title"] for each in client.get(json).json["items"]] == titles


def test_the_letter_keeps_to_the_languages_that_its_reader_reads(
    inbox, db, bob, bobs, follow, tell
):
    bob.reads = ["it"]
    db.commit()
    bobs.post("/en/searches", data={"name": "Leaks <b>", "words": "q=leaks"})
    number = db.scalar(select(SavedSearch.id).where(SavedSearch.words == "q=leaks"))
    bobs.post(f"/en/follows/search/{number}", data={"often": "at_once"})
    inbox(0)
    tell(title="In English")
    tell(title="In Italian", language="it")
    inbox(0)

    (letter,) = inbox(16)

    assert "In Italian" in letter.text
    assert "In English" not in letter.text


def test_one_click_ends_the_letters_and_following_again_begins_them(
    inbox, client, follow, tell
):
    follow("at_once")
    tell()
    (letter,) = inbox(16)
    assert (
        client.post(off(letter), data="List-Unsubscribe=One-Click").status_code == 200
    )
    tell(title="It leaks again")
    assert inbox(40) == []

    follow("at_once")
    with played(now() + timedelta(minutes=45)):
        tell(title="It leaks and leaks")

    (letter,) = inbox(60)
    assert "It leaks and leaks" in letter.text
