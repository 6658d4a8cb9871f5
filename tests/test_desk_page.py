"""The desk of those who speak for companies."""

import re
from datetime import timedelta
from html import unescape

import pytest

from stories import publishing
from stories.models import Company, now
from tests.desks import a_case, titles
from tests.lives import a_story, mention
from tests.people import a_voice, an_entry
from tests.reading_eyes import missing_from, words_of

SECRET = "ORDER-4711-SECRET"


@pytest.fixture
def browser(browser_of, bob, voice):
    return browser_of(bob)


def test_who_speaks_for_nobody_is_invited(browser_of, cy):
    page = browser_of(cy).get("/en/desk")

    assert not missing_from(page, "You do not speak for a company here yet.")
    assert 'href="/en/search"' in page.text


def test_the_menu_leads_to_the_desk_who_has_one(db, browser, browser_of, cy, kettles):
    menus = [each.get("/en/").text for each in (browser, browser_of(cy))]

    assert ["Company desk" in menu for menu in menus] == [True, False]


def test_the_desk_says_when_the_role_lapses(db, browser, voice):
    before = browser.get("/en/desk")
    voice.contact = "c1"
    db.refresh(voice, ["verifications"])
    voice.verifications[0].expires_at = now() + timedelta(days=20)
    db.commit()

    page = browser.get("/en/desk")

    assert "lapses on" not in words_of(before)
    assert not missing_from(page, "Your verification lapses on")
    assert f'href="/en/companies/{voice.company_id}/claim"' in page.text


def test_strangers_have_no_desk(browser_of, client, cy, kettles):
    assert "/en/sign-in" in client.get("/en/desk").location
    assert browser_of(cy).get(f"/en/desk?company={kettles.id}").status_code == 403


def test_nonsense_is_not_there(browser, kettles):
    assert browser.get("/en/desk?state=angry").status_code == 404
    assert browser.get("/en/desk?after=angry").status_code == 404
    assert browser.get("/en/desk?company=4711").status_code == 403
    assert browser.get("/en/desk?company=kettle").status_code == 200


def test_a_desk_without_stories_says_so(browser):
    page = browser.get("/en/desk")

    assert not missing_from(page, "Nobody has written about Kettles & Co yet.")


@pytest.mark.usefixtures("noon")
def test_what_waits_for_the_company_lies_first_the_longest_above(
    db, browser, ada, kettles
):
    long_ago = now() - timedelta(days=100)
    a_case(db, ada, kettles, 150, "closed", title="Closed")
    a_case(db, ada, kettles, 2, title="New")
    a_case(db, ada, kettles, 40, title="Old")
    a_case(db, ada, kettles, 20, "awaiting_author", title="Answered")
    a_case(
        db,
        ada,
        kettles,
        200,
        "awaiting_author",
        title="No word",
        case_changed_at=long_ago,
        answered_at=long_ago,
    )

    page = browser.get("/en/desk")

    assert titles(page) == ["Old", "New", "Answered", "No word", "Closed"]
    assert not missing_from(
        page,
        "Waiting for you 2",
        "Waiting for the author 1",
        "Closed 2",
        "No answer for 40 days · Overdue",
        "Answered after 100 days · Overdue",
        "no word from the author",
        "Ada",
    )


def test_each_pile_can_be_looked_at_alone(db, browser, ada, kettles):
    a_case(db, ada, kettles, 9, "closed", title="Closed")
    a_case(db, ada, kettles, 2, title="New")

    page = browser.get(f"/en/desk?company={kettles.id}&state=closed")

    assert titles(page) == ["Closed"]


def test_what_is_named_in_passing_lies_apart(db, browser, ada, kettles):
    other = a_story(db, ada, None, title="Better than theirs")
    mention(db, other, kettles, "praised")
    a_case(db, ada, kettles, 2, title="New")

    everything = browser.get("/en/desk")
    passing = browser.get("/en/desk?state=passing")

    assert titles(everything) == ["New"]
    assert not missing_from(everything, "Named in passing 1")
    assert titles(passing) == ["Better than theirs"]


def test_what_the_company_was_not_told_has_no_clock(db, browser, ada, kettles):
    a_story(db, ada, kettles, title="Long ago")

    page = browser.get("/en/desk")

    assert titles(page) == ["Long ago"]
    assert not missing_from(page, "Without a clock 1")
    assert "No answer for" not in words_of(page)


def test_hidden_stories_lie_on_no_desk(db, browser, ada, kettles):
    for visibility in ("hidden", "author_only", "tombstone"):
        a_case(db, ada, kettles, 2, title=visibility, visibility=visibility)

    page = browser.get("/en/desk")

    assert titles(page) == []
    assert "Waiting for you" not in words_of(page)


def test_who_speaks_for_two_has_two_desks(db, browser, ada, bob, kettles):
    teapots = Company(name="Teapots", domain="teapots.example")
    db.add(teapots)
    db.commit()
    a_voice(db, bob, teapots)
    a_case(db, ada, teapots, 2, title="Of teapots")
    a_case(db, ada, kettles, 2, title="Of kettles")

    assert titles(browser.get("/en/desk")) == ["Of kettles"]
    page = browser.get(f"/en/desk?company={teapots.id}")
    assert titles(page) == ["Of teapots"]


def test_a_desk_has_pages(db, browser, ada, kettles):
    for number in range(23):
        a_case(db, ada, kettles, 40 - number, title=f"Number {number}")

    first = browser.get("/en/desk")
    (on,) = re.findall(r'rel="next" href="([^"]+)"', first.text)
    second = browser.get(unescape(on))

    assert len(titles(first)) == 20
    assert titles(second) == ["Number 20", "Number 21", "Number 22"]
    assert 'rel="next"' not in second.text
    (back,) = re.findall(r'rel="prev" href="([^"]+)"', second.text)
    assert titles(browser.get(unescape(back))) == titles(first)


def test_a_full_desk_asks_the_database_as_often_as_an_empty_one(
    db, browser, ada, kettles, statements
):
    def asked() -> int:
        statements.clear()
        browser.get("/en/desk")
        return len(statements)

    asked()
    few = asked()
    for number in range(30):
        a_case(db, ada, kettles, number)

    assert asked() == few
    assert few <= 10


def test_the_private_reference_is_for_representatives_alone(
    db, browser, browser_of, client, ada, cy, kettles
):
    teapots = Company(name="Teapots")
    db.add(teapots)
    db.commit()
    a_voice(db, cy, teapots)
    mentions = [
        {"company": kettles.name, "company_id": kettles.id},
        {"company": "Teapots", "company_id": teapots.id, "role": "praised"},
    ]
    story = publishing.publish(
        db, ada, an_entry(mentions=mentions, private_reference=SECRET)
    )
    db.commit()
    public = (
        f"/en/stories/{story.id}-the-kettle-that-never-came",
        f"/en/stories/{story.id}.atom",
        f"/api/v1/stories/{story.id}",
        f"/en/companies/{kettles.id}-kettles-co",
        f"/api/v1/companies/{kettles.id}",
        "/en/desk?state=passing",
        "/en/stories.atom",
        "/en/members/ada",
        "/en/",
    )

    assert SECRET in words_of(browser.get("/en/desk"))
    other = browser_of(cy)
    for address in public:
        for reader in (client, other):
            page = reader.get(address, follow_redirects=True)
            assert page.status_code == 200, address
            assert SECRET not in page.text, address


@pytest.mark.parametrize(
    "asked",
    [
        "state=company",
        "clock=late&kind=mixed",
        "language=it",
        "with=me",
        "with=nobody&seen=no",
        "q=kettle",
    ],
)
def test_a_narrowed_desk_asks_the_database_as_often(
    db, browser, ada, kettles, statements, asked
):
    for number in range(25):
        a_case(db, ada, kettles, number)
    browser.get("/en/desk")

    statements.clear()
    browser.get(f"/en/desk?{asked}")

    assert len(statements) <= 10
