"""Searches that members keep."""

import re

import pytest
from sqlalchemy import select

from stories import leaving, outbox, saving
from stories.exporting import own_record
from stories.models import SavedSearch
from stories.problems import Invalid, Missing
from stories.saving import SearchEntry
from tests.lives import a_story
from tests.reading_eyes import missing_from
from tests.test_feeds import read
from web import worker
from web.finding import index

WORDS = "q=leaks&not_kind=praise&from=2020"


@pytest.fixture
def browser(app, browser_of, ada):
    yield browser_of(ada)
    with app.app_context():
        index().close()


def keep(browser, words: str = WORDS, name: str = "Leaks"):
    return browser.post("/en/searches", data={"name": name, "words": words})


def test_a_search_is_kept_from_its_page(browser, db):
    page = browser.get(f"/en/search?{WORDS}")
    way = re.search(r'href="(/en/searches/new[^"]*)"', page.text)[1]
    form = browser.get(way.replace("&amp;", "&"))
    assert not missing_from(form, "leaks · Without: Praise · From 2020 on")
    kept = re.search(r'name="words" value="([^"]*)"', form.text)[1]

    answer = keep(browser, kept.replace("&amp;", "&"))

    assert answer.location == "/en/searches"
    assert db.scalar(select(SavedSearch.words)) == WORDS
    page = browser.get("/en/searches")
    assert not missing_from(
        page, "Leaks", "leaks · Without: Praise", "Atom", "JSON Feed"
    )
    assert f'href="/en/search?{WORDS.replace("&", "&amp;")}"' in page.text


def test_each_search_has_a_feed_that_anybody_can_read(
    app, browser, client, db, ada, kettles
):
    story = a_story(db, ada, kettles, title="It leaks")
    outbox.index(db, story.id)
    db.commit()
    worker.drain(app)
    keep(browser, "q=leaks&kind=complaint")

    page = browser.get("/en/searches").text
    address = re.search(r'href="(/en/search\.atom[^"]*)"', page)[1]

    feed = read(client, address.replace("&amp;", "&"))
    assert [entry.title for entry in feed.entries] == ["It leaks"]


def test_the_same_search_is_kept_once_under_its_last_name(browser, db):
    keep(browser)
    keep(browser, "from=2020&q=leaks&not_kind=praise&page=2", "All that drips")

    (kept,) = db.scalars(select(SavedSearch)).all()

    assert (kept.name, kept.words) == ("All that drips", WORDS)


@pytest.mark.parametrize(
    ("name", "words"), [("", WORDS), ("x" * 101, WORDS), ("All", ""), ("All", "page=2")]
)
def test_what_has_no_name_or_asks_for_nothing_is_not_kept(browser, db, name, words):
    assert keep(browser, words, name).status_code == 422
    assert db.scalar(select(SavedSearch)) is None


def test_a_search_is_removed_by_its_member_alone(browser, browser_of, db, bob):
    keep(browser)
    number = db.scalar(select(SavedSearch.id))
    other = browser_of(bob)
    assert other.post(f"/en/searches/{number}/forget").status_code == 404
    assert "Leaks" not in other.get("/en/searches").text

    browser.post(f"/en/searches/{number}/forget")

    assert "Leaks" not in browser.get("/en/searches").text.partition("</form>")[0]
    db.expire_all()
    assert db.scalar(select(SavedSearch)) is None


def test_strangers_are_sent_to_sign_in(client, db):
    for page in ("searches", "searches/new?words=q%3Dleaks"):
        assert "/en/sign-in" in client.get(f"/en/{page}").location
    keep(client)
    assert db.scalar(select(SavedSearch)) is None


def test_not_more_are_kept_than_can_be_looked_through(db, ada):
    for number in range(saving.MOST):
        saving.save(db, ada, SearchEntry(name="n", words=f"q={number}"))

    with pytest.raises(Invalid):
        saving.save(db, ada, SearchEntry(name="n", words="q=more"))


def test_what_is_not_there_is_not_forgotten(db, ada):
    with pytest.raises(Missing):
        saving.forget(db, ada, 1)


def test_who_leaves_takes_them_along_and_an_export_has_them(db, ada):
    saving.save(db, ada, SearchEntry(name="Leaks", words=WORDS))
    assert own_record(db, ada)["saved_search"][0]["words"] == WORDS

    leaving.leave(db, ada, leaving.Way.WITHDRAW)

    assert db.scalar(select(SavedSearch)) is None
