"""Cards on the search page: as their stories are now, however often shown before."""

import pytest

from stories import history, outbox
from stories.models import Update
from tests.lives import MARCH, a_story, worded
from web import worker
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

    assert len(statements) == 2  # the stories as they stand, and the companies' names
