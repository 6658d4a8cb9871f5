"""Signed-in members read what is kept for all, in a frame of their own."""

import pytest
from sqlalchemy import event

from stories import discussing, history, updating
from stories.discussing import CommentEntry
from stories.entries.story import UpdateEntry
from tests.lives import a_story
from tests.people import a_voice
from web.keeping import Local


@pytest.fixture
def told(db, ada, kettles):
    """A story of Ada's about Kettles & Co."""
    return a_story(db, ada, kettles, title="Kettle", products=["K3"])


@pytest.fixture
def asking(statements):
    """How many statements a browser's answer takes."""

    def count(browser, page):
        statements.clear()
        assert browser.get(page).status_code == 200
        return len(statements)

    return count


def address(story):
    return f"/en/stories/{story.id}-kettle"


def every_page(told, kettles):
    return (
        "/en/",
        "/it/",
        "/en/stories",
        address(told),
        f"/en/stories/{told.id}/revisions",
        f"/en/companies/{kettles.id}-kettles-co",
        "/en/products/1-k3",
        "/en/members/ada",
        "/en/log",
        "/en/stories.atom",
        f"/en/stories/{told.id}.atom",
        f"/api/v1/stories/{told.id}",
    )


def test_a_framed_page_is_the_one_that_would_be_made_for_its_reader(
    app, db, browser_of, bob, told, kettles
):
    bob.time_zone = "Pacific/Auckland"
    db.commit()
    browser = browser_of(bob)
    for page in every_page(told, kettles):
        framed, again = (browser.get(page) for _ in range(2))
        app.extensions["store"] = None
        made = browser.get(page)
        app.extensions["store"] = Local()

        assert (framed.data, again.data) == (made.data, made.data), page
        assert dict(again.headers) == dict(made.headers), page


def test_nobody_reads_in_the_frame_of_another(browser_of, client, bob, cy, told):
    bobs, cys = browser_of(bob), browser_of(cy)

    pages = [each.get(address(told)).text for each in (bobs, cys, bobs, client)]

    assert ["/members/bob" in page for page in pages] == [True, False, True, False]
    assert ["/members/cy" in page for page in pages] == [False, True, False, False]
    assert ["Sign in" in page for page in pages] == [False, False, False, True]


def test_what_only_some_may_do_is_shown_to_none_but_them(
    db, browser_of, ada, bob, cy, staff, told, kettles
):
    discussing.comment(db, bob, told, CommentEntry(text="Me too."))
    a_voice(db, cy, kettles)
    history.touch_company(db, kettles.id)
    db.commit()
    tools = ("Add an update", "Change it", "Answer for", "Decide")

    def shown(member):
        page = browser_of(member).get(address(told)).text
        return [tool for tool in tools if tool in page]

    assert [shown(each) for each in (ada, bob, cy, staff)] == [
        ["Add an update"],
        ["Change it"],
        ["Answer for"],
        ["Decide"],
    ]


def test_a_deed_is_seen_at_once_by_the_signed_in(db, browser_of, ada, bob, told):
    browser = browser_of(bob)
    browser.get(address(told))

    updating.add_update(db, ada, told, UpdateEntry(text="They called."))
    db.commit()

    assert "They called." in browser.get(address(told)).text


def test_ones_own_comment_can_be_changed_at_once(browser_of, bob, told):
    browser = browser_of(bob)
    browser.get(address(told))

    browser.post(f"/en/stories/{told.id}/comment", data={"text": "Me too."})

    assert "Change it" in browser.get(address(told)).text


def test_each_reader_sees_the_days_of_their_own_time_zone(
    db, browser_of, client, bob, cy, told
):
    bob.time_zone = "Pacific/Auckland"
    told.published_at = told.published_at.replace(hour=20)
    history.touch(db, told)
    db.commit()

    pages = [each.get(address(told)) for each in (browser_of(bob), browser_of(cy))]

    assert ["2 March 2026" in page.text for page in pages] == [True, False]
    assert "2 March 2026" not in client.get(address(told)).text


def test_what_has_just_happened_is_said_once(browser_of, bob, told):
    browser = browser_of(bob)
    browser.get(address(told))
    with browser.session_transaction() as session:
        session["_flashes"] = [("success", "Done <b>well</b>.")]

    pages = [browser.get(address(told)).text for _ in range(2)]

    assert ["Done &lt;b&gt;well&lt;/b&gt;." in page for page in pages] == [True, False]


def test_a_story_that_looks_like_the_frame_is_not_taken_for_it(
    db, browser_of, client, ada, bob, kettles
):
    menu = '<a class="button bare" href="/en/sign-in">'
    story = a_story(db, ada, kettles, title=f"{menu} Kettle", text=f"{menu} Late.")

    page = browser_of(bob).get(f"/en/stories/{story.id}", follow_redirects=True).text

    assert "/members/bob" in page
    assert page.index("/members/bob") > page.index("</head>")


def test_a_story_that_is_not_there_is_not_kept(db, browser_of, bob, told):
    told.visibility = "hidden"
    history.touch(db, told)
    db.commit()
    browser = browser_of(bob)

    hidden = browser.get(address(told))
    told.visibility = "public"
    db.commit()

    assert (hidden.status_code, "/members/bob" in hidden.text) == (404, True)
    assert browser.get(address(told)).status_code == 200


def test_a_kept_page_takes_its_reader_four_statements(
    browser_of, bob, told, kettles, asking
):
    browser = browser_of(bob)
    pages = (address(told), "/en/", f"/en/companies/{kettles.id}-kettles-co")
    for page in pages:
        browser.get(page)

    assert [asking(browser, page) <= 4 for page in pages] == [True, True, True]


def test_a_kept_page_takes_its_reader_one_connection(app, browser_of, bob, told):
    browser = browser_of(bob)
    browser.get(address(told))
    pool, taken = app.extensions["engine"].pool, []

    def note(*connection: object) -> None:
        taken.append(connection)

    event.listen(pool, "checkout", note)

    answer = browser.get(address(told))
    event.remove(pool, "checkout", note)

    assert (answer.status_code, len(taken)) == (200, 1)
