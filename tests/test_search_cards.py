"""Cards on the search page: as their stories are now, however often shown before."""

import re
from html import unescape

import pytest

from stories import cases, companies, history, outbox
from stories.models import Contact, Mention, Update
from tests.lives import MARCH, a_story, mention, worded
from web import cards, worker
from web.finding import index


@pytest.fixture
def leak(app, db, ada, kettles):
    """A story in the index, with a text of some length."""
    text = "Everything was fine. " * 30 + "Then the <b>kettle</b> was leaking badly."
    story = a_story(db, ada, kettles, title="It leaks", text=text)
    outbox.index(db, story.id)
    db.commit()
    worker.drain(app)
    yield story
    with app.app_context():
        index().close()


@pytest.fixture
def search(client):
    """The words of the page for a search."""

    def ask(words, lang="en", browser=client):
        page = browser.get(f"/{lang}/search", query_string={"q": words})
        assert page.status_code == 200, page.status
        return page.text

    return ask


def read(page):
    """The words of a page's text."""
    return " ".join(unescape(re.sub("<[^>]+>", "", page)).split())


def changed(db, story, **more):
    for name, value in more.items():
        setattr(story, name, value)
    history.touch(db, story)
    db.commit()


def test_a_card_has_the_passage_that_was_asked_for(search, leak):
    for _ in range(2):
        page = search("leaked kettles")

        assert "<mark>kettle</mark>" in page
        assert "<mark>leaking</mark>" in page
        assert "<b>kettle" not in page


def test_each_search_marks_its_own_words(search, leak):
    assert "<mark>leaking</mark>" in search("leak")
    assert "<mark>badly</mark>" in search("badly")
    assert "<mark>" not in search("")


def test_cards_speak_the_language_of_the_page(search, leak):
    pages = [search("leak", lang) for lang in ("en", "it", "en", "it")]

    assert ["1 March 2026" in page for page in pages] == [True, False, True, False]
    assert ["1 marzo 2026" in page for page in pages] == [False, True, False, True]


def test_cards_tell_the_days_of_the_readers_time_zone(
    db, search, browser_of, bob, leak
):
    changed(db, leak, published_at=MARCH.replace(hour=20))
    bob.time_zone = "Pacific/Auckland"
    db.commit()
    browser = browser_of(bob)

    pages = [search("leak", browser=browser), search("leak"), search("leak")]

    assert ["2 March 2026" in page for page in pages] == [True, False, False]


def test_what_changed_is_seen_before_the_index_knows(db, search, ada, kettles, leak):
    assert "It leaks" in search("leak")

    changed(db, leak, title="It leaked", **worded("No leak now <script>."))
    kettles.name = "Teapots"
    history.touch_company(db, kettles.id)
    ada.display_name = "Countess"
    history.touch_member(db, ada)
    db.commit()

    page = search("leak")
    assert all(words in page for words in ("It leaked", "Teapots", "Countess"))
    assert "No <mark>leak</mark> now &lt;script&gt;." in page


def test_what_is_hidden_is_found_no_more(db, search, leak):
    assert "It leaks" in search("leak")

    changed(db, leak, visibility="hidden")

    assert "It leaks" not in search("leak")


def test_the_words_may_stand_in_an_update(app, db, search, leak):
    said = Update(
        story_id=leak.id,
        published_at=MARCH,
        happened_at=MARCH,
        **worded("They sent a plumber."),
    )
    db.add(said)
    changed(db, leak)
    outbox.index(db, leak.id)
    db.commit()
    worker.drain(app)

    assert "They sent a <mark>plumber</mark>." in search("plumbers")


def test_a_record_without_text_has_a_card(app, db, search, kettles):
    story = a_story(db, None, kettles, title="Late", text="", author_name="Bo")
    outbox.index(db, story.id)
    db.commit()
    worker.drain(app)

    pages = [search("late") for _ in range(2)]

    assert [page.count("Bo</span>") for page in pages] == [1, 1]
    assert not [page for page in pages if "<!--" in page or 'class="excerpt"' in page]
    with app.app_context():
        index().close()


def test_a_search_takes_few_statements(client, search, leak, statements):
    search("leak")
    statements.clear()

    search("leak")

    # the companies so called, the stories as they stand, the names of their companies
    assert len(statements) == 3


def told(db, story, **more):
    """The company was told of the story, and perhaps answered."""
    case = db.query(Mention).filter_by(story_id=story.id).one()
    case.told_at, case.case_state = MARCH, "awaiting_company"
    for name, value in more.items():
        setattr(case, name, value)
    changed(db, story)


def a_day_in_march(monkeypatch, number):
    for each in (cases, cards):
        monkeypatch.setattr(each, "now", lambda: MARCH.replace(day=number))


def test_a_card_tells_what_it_cost(db, client, search, leak):
    told(db, leak)
    db.add(Contact(story_id=leak.id, channel="phone", minutes=90, position=0))
    db.add(Contact(story_id=leak.id, channel="email", minutes=5, position=1))
    db.commit()

    pages = [search("leak"), client.get("/en/stories").text, client.get("/en/").text]

    for page in pages:
        assert "1 call, 1 message and 1 h 35 min" in read(page)


def test_the_clock_of_a_card_turns_at_midnight(db, search, leak, monkeypatch):
    told(db, leak)

    for day, said in ((1, "Told today"), (2, "No answer for 1 day"), (31, "for 30")):
        a_day_in_march(monkeypatch, day)
        for _ in range(2):
            assert said in read(search("leak"))


def test_an_answer_stops_the_clock(db, search, leak, monkeypatch):
    told(db, leak)
    assert "No answer for" in read(search("leak"))

    then = MARCH.replace(day=21)
    state = {"case_state": "awaiting_author", "case_changed_at": then}
    told(db, leak, answered_at=then, **state)

    for day in (22, 23):
        a_day_in_march(monkeypatch, day)
        page = read(search("leak"))
        assert "Answered after 20 days · Late" in page
        assert "No answer for" not in page


def test_who_was_not_told_has_no_clock(search, leak):
    assert "The company has not been told" in read(search("leak"))


@pytest.mark.parametrize("state", [{"kind": "praise"}, {"outcome": "resolved"}])
def test_what_waits_for_nobody_has_no_clock_that_runs(db, search, leak, state):
    told(db, leak, case_state="closed")
    changed(db, leak, **state)

    assert "No answer for" not in read(search("leak"))


def test_of_two_companies_it_is_said_which_answered(db, search, leak):
    teapots = companies.add(db, "Teapots")
    mention(db, leak, teapots, "subject")
    told_both = db.query(Mention).filter_by(story_id=leak.id, company_id=teapots.id)
    told_both.update({"told_at": MARCH, "answered_at": MARCH})
    changed(db, leak)

    page = read(search("leak"))

    assert "Kettles & Co The company has not been told" in page
    assert "Teapots Answered on the same day" in page
