"""What a member follows, in a browser; and the links in letters that end it."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import following, saving
from stories.following import FollowEntry
from stories.models import Follow
from stories.models.following import Often
from stories.saving import SearchEntry
from tests.joining import PASSWORD
from tests.lives import a_story
from tests.reading_eyes import missing_from
from web.accounts import silence
from web.signing import sign

SOON = FollowEntry(often=Often.AT_ONCE)


@pytest.fixture
def story(db, ada, kettles):
    """Ada's story about Kettles."""
    return a_story(db, ada, kettles)


@pytest.mark.parametrize("of", ["stories", "companies"])
def test_feeds_and_a_card_are_there_without_an_account(client, db, ada, kettles, of):
    a_story(db, ada, kettles)
    what = {"stories": "story", "companies": "company"}[of]

    page = client.get(f"/en/follows/{what}/1").text

    for form in ("atom", "json"):
        assert f'href="/en/{of}/1.{form}"' in page
        assert client.get(f"/en/{of}/1.{form}").status_code == 200
    assert f'src="http://localhost/en/{of}/1/card"' in page
    assert client.get(f"/en/{of}/1/card").status_code == 302


@pytest.mark.parametrize("of", ["stories", "companies", "products"])
def test_what_can_be_followed_leads_there(client, db, ada, kettles, of):
    a_story(db, ada, kettles, products=["Lid"])
    what = {"stories": "story", "companies": "company", "products": "product"}[of]

    page = client.get(f"/en/{of}/1", follow_redirects=True)

    assert f'href="/en/follows/{what}/1"' in page.text


def test_a_story_that_is_not_listed_cannot_be_followed(client, db, ada, story):
    story.visibility = "unlisted"
    db.commit()

    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)

    assert "/follows/story" not in page.text


def test_an_anonymous_reader_signs_in_and_comes_back_to_follow(
    client, db, member, kettles
):
    story = a_story(db, None, kettles)
    here = f"/en/follows/story/{story.id}"

    asked = client.get(here).text
    entered = {"email": "ada@example.org", "password": PASSWORD}
    (way,) = re.findall(r'class="button main" href="([^"]+)"', asked)
    back = client.post(way, data=entered)

    assert back.location == here
    client.post(here, data={"often": "weekly"})
    assert list(db.scalars(select(Follow.often))) == ["weekly"]


def test_following_in_a_browser_without_script(page_of, bob, db, story):
    page = page_of(bob, java_script_enabled=False)

    page.goto(f"/en/stories/{story.id}")
    page.get_by_role("link", name="Follow", exact=True).click()
    page.get_by_label("At once").check()
    page.get_by_role("button", name="Follow", exact=True).click()

    expect(page).to_have_url(re.compile("/en/stories/"))
    expect(page.get_by_text("You follow “A kettle that never came”.")).to_be_visible()
    page.goto("/en/follows")
    expect(page.get_by_text("Story · At once")).to_be_visible()
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Once a week").check()
    page.get_by_role("button", name="Keep it so").click()
    expect(page.get_by_role("status")).to_contain_text("You follow")
    page.goto("/en/follows")
    expect(page.get_by_text("Story · Once a week")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("You follow nothing yet.")).to_be_visible()


def test_a_search_that_is_kept_can_be_followed(browser_of, db, ada):
    search = saving.save(db, ada, SearchEntry(name="Leaks", words="q=leaks"))
    db.commit()
    browser = browser_of(ada)

    page = browser.get("/en/searches")
    browser.post(f"/en/follows/search/{search.id}", data={"often": "at_once"})

    assert f"/en/follows/search/{search.id}" in page.text
    assert not missing_from(browser.get("/en/follows"), "Leaks", "Search · At once")


@pytest.mark.parametrize("often", ["", "hourly"])
def test_nonsense_is_not_followed(browser_of, db, bob, story, often):
    answer = browser_of(bob).post(
        f"/en/follows/story/{story.id}", data={"often": often}
    )

    assert answer.status_code == 422
    assert db.scalar(select(Follow)) is None


@pytest.mark.parametrize("what", ["story/99", "company/99", "search/1", "member/1"])
def test_what_is_not_there_is_not_followed(browser_of, db, ada, bob, what):
    saving.save(db, ada, SearchEntry(name="Leaks", words="q=leaks"))
    db.commit()

    assert browser_of(bob).get(f"/en/follows/{what}").status_code == 404


def test_only_what_everybody_sees_stands_among_the_follows(browser_of, db, bob, story):
    following.follow(db, bob, story, SOON)
    story.visibility = "author_only"
    db.commit()

    page = browser_of(bob).get("/en/follows")

    assert story.title not in page.text
    assert not missing_from(page, "This is not here at present.")


def test_another_member_stops_nothing_of_mine(browser_of, db, bob, cy, story):
    following.follow(db, bob, story, SOON)
    db.commit()

    browser_of(cy).post(f"/en/follows/story/{story.id}/stop")

    assert db.scalar(select(Follow.member_id)) == bob.id


@pytest.fixture
def off(app, db, bob, story):
    """The address in a letter by which Bob follows the story no longer."""
    kept = following.follow(db, bob, story, SOON)
    db.commit()
    with app.test_request_context():
        return f"/l/follows/{sign(silence.UNFOLLOW, kept.id)}"


def test_opening_the_link_of_a_letter_changes_nothing(client, db, off):
    page = client.get(off)

    assert not missing_from(page, "Shall we write no more about what is new there?")
    assert db.scalar(select(Follow)) is not None


def test_the_mail_program_ends_a_follow_with_one_post(client, db, off):
    sent = client.post(
        off,
        data={"List-Unsubscribe": "One-Click"},
        headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
    )

    assert sent.status_code == 200
    assert db.scalar(select(Follow)) is None
    assert client.post(off).status_code == 200  # once more does no harm


def test_a_link_that_is_not_ours_ends_nothing(client, db, off):
    assert client.post(f"{off}x").status_code == 404
    assert db.scalar(select(Follow)) is not None


def test_following_anew_switches_the_letters_on_again(app, browser_of, db, bob, story):
    browser = browser_of(bob)
    with app.app_context():
        silence.silence(f"member:{bob.id}", "followed")
        silence.db.commit()

    browser.post(f"/en/follows/story/{story.id}", data={"often": "at_once"})

    with app.app_context():
        assert not silence.is_silenced(f"member:{bob.id}", "followed")
