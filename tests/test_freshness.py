"""What changed is seen at the next request, on every page that shows it."""

import pytest

from stories import history, moderating, outbox, publishing, updating, withdrawing
from stories.entries.judging import RulingEntry
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Comment, Series
from tests.lives import a_story, worded
from tests.people import a_voice, an_entry
from web import worker
from web.finding import index


@pytest.fixture
def reading(client):
    """The words of a page, through all that is kept of it."""

    def read(address):
        page = client.get(address, follow_redirects=True)
        assert page.status_code == 200, page.status
        return page.text

    return read


@pytest.fixture
def told(db, ada, kettles):
    """A story of Ada's about Kettles & Co."""
    return a_story(db, ada, kettles, title="Kettle", products=["K3"])


def every_page(told, kettles):
    return (
        "/en/",
        "/en/stories",
        f"/en/stories/{told.id}",
        f"/en/companies/{kettles.id}",
        "/en/products/1",
        "/en/members/ada",
        "/en/stories.atom",
        f"/en/companies/{kettles.id}.atom",
    )


def test_a_new_title_is_seen_everywhere(db, reading, ada, told, kettles):
    pages = every_page(told, kettles)
    assert not [page for page in pages if "Kettle" not in reading(page)]

    entry = an_entry(
        title="Teapot", mentions=[{"company": "Kettles & Co", "products": ["K3"]}]
    )
    publishing.amend(db, ada, told, entry)
    db.commit()

    assert not [page for page in pages if "Teapot" not in reading(page)]


def test_a_members_new_name_is_seen_everywhere(db, reading, ada, bob, told, kettles):
    other = a_story(db, bob, kettles, title="Another")
    db.add(Comment(story_id=other.id, author_id=ada.id, **worded("Me too.")))
    db.commit()
    pages = (*every_page(told, kettles), f"/en/stories/{other.id}")
    assert not [page for page in pages if "Ada" not in reading(page)]

    ada.display_name = "Ada Lovelace"
    history.touch_member(db, ada)
    db.commit()

    assert not [page for page in pages if "Ada Lovelace" not in reading(page)]


def test_a_companys_new_name_is_seen_everywhere(db, reading, ada, told, kettles):
    story = a_story(db, ada, kettles, title="Both")
    story_pages = (f"/en/stories/{told.id}", f"/en/stories/{story.id}")
    pages = ("/en/", *story_pages, "/en/members/ada", "/en/products/1")
    assert not [page for page in pages if "Kettles &amp; Co" not in reading(page)]

    kettles.name = "Kettles United"
    history.touch_company(db, kettles.id)
    db.commit()

    assert not [page for page in pages if "Kettles United" not in reading(page)]


def test_a_new_part_is_seen_in_its_series(db, reading, ada, told):
    series = Series(title="Saga", author_id=ada.id)
    db.add(series)
    db.flush()
    told.series_id, told.part = series.id, 1
    history.touch(db, told)
    db.commit()
    address = f"/en/stories/{told.id}"
    assert "Part two" not in reading(address)

    where = {"series_id": series.id, "part": 2}
    publishing.publish(db, ada, an_entry(title="Part two", series=where))
    db.commit()

    assert "Part two" in reading(address)


def test_updates_and_outcomes_are_seen_at_once(db, reading, ada, told, kettles):
    pages = (f"/en/stories/{told.id}", f"/en/companies/{kettles.id}", "/en/")
    for page in pages:
        reading(page)

    updating.add_update(db, ada, told, UpdateEntry(text="They called."))
    updating.set_outcome(db, ada, told, OutcomeEntry(outcome="resolved"))
    db.commit()

    assert "They called." in reading(pages[0])
    assert not [page for page in pages if "Resolved" not in reading(page)]


def test_a_voice_is_seen_on_both_pages(db, reading, bob, kettles):
    pages = (f"/en/companies/{kettles.id}", "/en/members/bob")
    for page in pages:
        reading(page)

    a_voice(db, bob, kettles)
    history.touch_company(db, kettles.id)
    db.commit()

    assert "Bob" in reading(pages[0])
    assert "Speaks for Kettles &amp; Co" in reading(pages[1])


LISTS = (
    "/en/",
    "/en/stories",
    "/en/companies/{company}",
    "/en/products/1",
    "/en/members/ada",
    "/en/stories.atom",
    "/en/companies/{company}.atom",
    "/en/products/1.atom",
    "/api/v1/companies/{company}",
    "/sitemap-stories-1.xml",
    "/en/search",
    "/en/search.atom",
    "/api/v1/search",
)


@pytest.fixture
def listed(app, db, client, told, kettles):
    """In which lists the story stands, once the worker has done what waits."""

    def ask(title: str = "Kettle that leaks") -> set[str]:
        db.commit()
        worker.drain(app)
        found = set()
        for pattern in LISTS:
            address = pattern.format(company=kettles.id)
            page = client.get(address, follow_redirects=True)
            if title in page.text or f"/stories/{told.id}-kettle" in page.text:
                found.add(pattern)
        return found

    told.title = "Kettle that leaks"
    outbox.index(db, told.id)
    history.touch(db, told)
    yield ask
    with app.app_context():
        index().close()


BY_AUTHOR = [withdrawing.withdraw, withdrawing.unlist, withdrawing.erase]


@pytest.mark.parametrize("deed", BY_AUTHOR)
def test_what_its_author_takes_back_stands_in_no_list(db, ada, told, listed, deed):
    assert listed() == set(LISTS)

    deed(db, ada, told)

    assert listed() == set()


@pytest.mark.parametrize(
    ("away", "back"),
    [
        (withdrawing.withdraw, withdrawing.restore),
        (withdrawing.unlist, withdrawing.enlist),
    ],
)
def test_what_comes_back_stands_in_every_list(db, ada, told, listed, away, back):
    away(db, ada, told)
    listed()

    back(db, ada, told)

    assert listed() == set(LISTS)


def test_what_staff_hide_and_show_again_goes_and_comes(db, staff, told, listed):
    ruling = RulingEntry(reason="spam", words="It advertises.")

    moderating.hide(db, staff, "story", told.id, ruling)
    hidden = listed()
    moderating.restore(db, staff, "story", told.id, ruling)

    assert (hidden, listed()) == (set(), set(LISTS))


def test_an_anonymous_story_stands_in_every_list_but_its_authors(
    db, client, ada, told, listed
):
    withdrawing.anonymise(db, ada, told)

    assert listed() == set(LISTS) - {"/en/members/ada"}
    for page in (
        "/en/",
        "/en/search",
        f"/api/v1/stories/{told.id}",
        "/en/stories.atom",
    ):
        assert "Ada" not in client.get(page, follow_redirects=True).text
