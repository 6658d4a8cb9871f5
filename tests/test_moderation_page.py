"""The desk of the staff, and the public log of what they did."""

import pytest
from sqlalchemy import select

from stories import moderating
from stories.entries.judging import FlagEntry
from stories.models import Decision, Flag, Representative, Story, StoryClaim
from stories.models.codes import ClaimState, OriginKind, StaffDeed
from tests.lives import a_story
from tests.people import a_voice
from tests.reading_eyes import missing_from, words_of

RULING = {"reason": "spam", "words": "It advertises."}


@pytest.fixture
def story(db, ada, kettles) -> Story:
    return a_story(db, ada, kettles)


@pytest.fixture
def flagged(db, bob, story) -> str:
    """Where staff decide upon a story that Bob has reported."""
    entry = FlagEntry(reason="spam", words="Sells watches.")
    moderating.flag(db, bob, "story", story.id, entry)
    db.commit()
    return f"/en/moderation/texts/story/{story.id}"


@pytest.fixture
def asked(db, bob, kettles) -> Representative:
    """Bob asks to speak for the company, and has proven his address."""
    role = a_voice(db, bob, kettles)
    role.state, role.domain = ClaimState.PROVEN, "kettles.example"
    db.commit()
    return role


@pytest.fixture
def claim(db, bob) -> StoryClaim:
    """Bob says that an imported story is his."""
    story = a_story(db, None, None, origin=OriginKind.IMPORTED, title="From a blog")
    made = StoryClaim(story_id=story.id, member_id=bob.id, token="earshot-1")
    db.add(made)
    db.commit()
    return made


def fresh(db, row):
    db.rollback()
    db.refresh(row)
    return row


DESK = (
    "moderation",
    "moderation/roles",
    "moderation/claims",
    "moderation/errands",
    "moderation/texts/story/1",
    "moderation/members/ada",
    "moderation/roles/1",
    "moderation/claims/1",
)


@pytest.mark.parametrize("page", DESK)
def test_the_desk_is_for_staff_only(browser_of, client, cy, flagged, page):
    assert browser_of(cy).get(f"/en/{page}").status_code == 403
    assert "/sign-in" in client.get(f"/en/{page}").location


def test_staff_without_a_second_factor_are_told_to_set_one_up(browser_of, db, cy):
    browser = browser_of(cy)
    cy.staff = True
    db.commit()

    answer = browser.get("/en/moderation")

    assert answer.status_code == 403
    assert "Set up a second factor first" in words_of(answer)


def test_the_queue_groups_reports_by_text(browser_of, db, cy, staff, story, flagged):
    moderating.flag(db, cy, "story", story.id, FlagEntry(reason="not_genuine"))
    db.commit()

    page = browser_of(staff).get("/en/moderation")

    assert not missing_from(page, story.title, "2 reports", "Sells watches.", "weeks")


def test_the_queue_is_paged_in_few_statements(
    browser_of, db, ada, bob, staff, statements
):
    for n in range(25):
        story = a_story(db, ada, None, title=f"Story number {n:02}")
        moderating.flag(db, bob, "story", story.id, FlagEntry(reason="spam"))
    db.commit()
    browser = browser_of(staff)
    browser.get("/en/moderation")
    statements.clear()

    page = browser.get("/en/moderation")

    assert len(statements) <= 6
    address = page.text.partition('rel="next" href="')[2].partition('"')[0]
    rest = browser.get(address)
    assert not missing_from(rest, "Story number 20", "Story number 24")
    assert "Story number 19" not in words_of(rest)


def test_staff_hide_a_text_and_show_it_again(browser_of, db, staff, story, flagged):
    browser = browser_of(staff)
    assert not missing_from(browser.get(flagged), "Sells watches.", "Hide the text")

    hidden = browser.post(flagged, data={**RULING, "deed": "hide"})

    assert hidden.status_code == 303
    assert fresh(db, story).visibility == "hidden"
    assert "Show it again" in words_of(browser.get(flagged))
    browser.post(flagged, data={**RULING, "deed": "restore"})
    assert fresh(db, story).visibility == "public"


def test_staff_read_that_a_decision_was_taken(browser_of, staff, story, flagged):
    decided = browser_of(staff).post(
        f"/en/moderation/texts/story/{story.id}",
        data={"deed": "hide", "reason": "spam", "words": "Sells watches."},
        follow_redirects=True,
    )

    assert not missing_from(decided, "Decided. The author is told why")


def test_staff_close_a_thread_and_say_since_when_and_why(
    browser_of, client, post, db, ada, staff, story
):
    browser_of(ada)
    browser = browser_of(staff)
    page = f"/en/moderation/texts/story/{story.id}/comments"
    shown = f"/en/stories/{story.id}-a-kettle-that-never-came"
    assert "Your comment" in words_of(client.get(shown))

    browser.post(page, data={**RULING, "deed": "close_comments"})

    assert not missing_from(
        client.get(shown),
        "Staff of this site have closed the comments.",
        "The reason: Advertising or spam.",
        "Closed on",
    )
    assert "Your comment" not in words_of(client.get(shown))
    assert "Comments were closed" in words_of(client.get("/en/log"))
    (letter,) = post()
    assert letter.subject == "The comments under your story were closed"
    assert "It advertises." in letter.text
    browser.post(page, data={**RULING, "deed": "reopen_comments"})
    assert "Your comment" in words_of(client.get(shown))


def test_staff_leave_a_text_as_it_is(browser_of, db, staff, story, flagged):
    browser = browser_of(staff)

    browser.post(flagged, data={**RULING, "deed": "dismiss"})

    assert fresh(db, story).visibility == "public"
    assert db.scalars(select(Flag.state)).one() == "dismissed"
    assert "No report waits." in words_of(browser.get("/en/moderation"))


def test_a_ruling_needs_a_reason_and_words_and_keeps_what_was_typed(
    browser_of, db, staff, story, flagged
):
    browser = browser_of(staff)

    for typed in (
        {"deed": "hide", "words": "It advertises."},
        {"deed": "restore", **RULING},
        {"deed": "burn", **RULING},
    ):
        answer = browser.post(flagged, data=typed)
        assert answer.status_code == 422
        assert "It advertises." in answer.text

    assert fresh(db, story).visibility == "public"


def test_strangers_decide_nothing(browser_of, db, cy, story, flagged, asked, claim):
    browser = browser_of(cy)

    for page in (
        flagged,
        "/en/moderation/members/ada",
        f"/en/moderation/roles/{asked.id}",
        f"/en/moderation/claims/{claim.id}",
    ):
        answer = browser.post(page, data={"deed": "grant", **RULING})
        assert answer.status_code == 403


def test_staff_suspend_a_member_and_let_them_write_again(browser_of, db, bob, staff):
    browser, page = browser_of(staff), "/en/moderation/members/bob"

    browser.post(page, data={**RULING, "deed": "suspend"})
    assert fresh(db, bob).standing == "suspended"
    assert not missing_from(browser.get(page), "Suspended", "It advertises.")

    browser.post(page, data={**RULING, "deed": "readmit"})
    assert fresh(db, bob).standing == "active"


def test_staff_let_somebody_speak_and_end_it(browser_of, db, staff, asked):
    browser, page = browser_of(staff), f"/en/moderation/roles/{asked.id}"
    roles = browser.get("/en/moderation/roles")
    assert not missing_from(roles, "Bob for Kettles & Co", "kettles.example")

    assert not missing_from(browser.get(page), "Bob", "Proven, waiting for staff")

    browser.post(page, data={"deed": "grant"})
    assert fresh(db, asked).state == ClaimState.GRANTED
    assert not missing_from(browser.get(page), "Who speaks for the company now")
    assert browser.post(page, data={"deed": "take_away"}).status_code == 422
    browser.post(page, data={"deed": "take_away", "words": "No longer there."})
    assert fresh(db, asked).state == ClaimState.TAKEN_AWAY


def test_staff_refuse_a_request_with_a_reason(browser_of, db, staff, asked):
    browser, page = browser_of(staff), f"/en/moderation/roles/{asked.id}"

    assert browser.post(page, data={"deed": "refuse"}).status_code == 422
    browser.post(page, data={"deed": "refuse", "words": "Another company."})

    assert fresh(db, asked).reason == "Another company."


def test_staff_give_an_imported_story_to_its_author(browser_of, db, bob, staff, claim):
    browser, page = browser_of(staff), f"/en/moderation/claims/{claim.id}"
    assert not missing_from(browser.get("/en/moderation/claims"), "From a blog")
    assert not missing_from(browser.get(page), "earshot-1", "Bob")
    assert browser.post(page, data={"deed": "refuse"}).status_code == 422

    browser.post(page, data={"deed": "grant"})

    assert fresh(db, claim).state == ClaimState.GRANTED
    assert db.get(Story, claim.story_id).author_id == bob.id


def test_the_author_claims_an_imported_story(browser_of, client, db, cy, claim):
    browser, page = browser_of(cy), f"/en/stories/{claim.story_id}/claim"
    story = client.get(f"/en/stories/{claim.story_id}-from-a-blog")
    assert "Is this your story?" in words_of(story)
    assert "/sign-in" in client.get(page).location

    browser.post(page, data={"words": "It is my blog."})

    made = db.scalars(select(StoryClaim).where(StoryClaim.member_id == cy.id)).one()
    assert not missing_from(browser.get(page), made.token, "Your claim waits")
    long = browser.post(page, data={"words": "My blog. " * 500})
    assert long.status_code == 422
    assert "My blog. My blog." in long.text


def test_a_story_written_here_is_not_claimed(browser_of, cy, story):
    assert browser_of(cy).get(f"/en/stories/{story.id}/claim").status_code == 404


def test_everybody_reads_what_staff_did_without_names(
    client, browser_of, db, staff, story, flagged, asked
):
    browser = browser_of(staff)
    browser.post(flagged, data={**RULING, "deed": "dismiss"})
    browser.post(f"/en/moderation/roles/{asked.id}", data={"deed": "grant"})

    page = client.get("/en/log")

    assert not missing_from(
        page,
        "A report was looked at, and the text stays (Story)",
        "Advertising or spam",
        story.title,
        "Somebody may speak for a company",
        "Kettles & Co",
    )
    for name in ("Mo", "Bob", "It advertises."):
        assert name not in words_of(page).replace("More", "")
    assert story.title in words_of(client.get(f"/en/log?story={story.id}"))
    assert "decided nothing here yet" in words_of(client.get("/en/log?story=77"))


def test_the_log_can_be_read_by_topic(client, browser_of, staff, flagged, asked):
    browser = browser_of(staff)
    browser.post(flagged, data={**RULING, "deed": "dismiss"})
    browser.post(f"/en/moderation/roles/{asked.id}", data={"deed": "grant"})

    texts = words_of(client.get("/en/log?about=texts"))
    companies = words_of(client.get("/en/log?about=companies"))

    assert "and the text stays" in texts
    assert "may speak for a company" not in texts
    assert "may speak for a company" in companies
    assert "and the text stays" not in companies
    assert "and the text stays" in words_of(client.get("/en/log?about=nonsense"))


def test_the_log_tells_nothing_of_what_was_hidden(
    client, browser_of, db, staff, story, flagged
):
    browser_of(staff).post(flagged, data={**RULING, "deed": "hide"})

    page = client.get("/en/log")

    assert not missing_from(page, "A text was hidden (Story)")
    assert story.title not in words_of(page)


def test_the_log_is_paged_in_one_statement(client, db, story, statements):
    db.add_all(
        Decision(deed=StaffDeed.HIDE, subject="story", subject_id=n, story_id=story.id)
        for n in range(60)
    )
    db.commit()
    client.get("/en/log?story=5")
    statements.clear()

    page = client.get("/en/log")

    assert len([each for each in statements if "FROM decision" in each]) == 1
    assert len(statements) == 1
    address = page.text.partition('rel="next" href="')[2].partition('"')[0]
    assert words_of(client.get(address)).count("A text was hidden") == 10
