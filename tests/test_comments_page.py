"""Comments as people write them: in a browser, with an account or without."""

import pytest
from sqlalchemy import select

from stories.models import Comment, Errand
from stories.models.codes import ClosedWhy, CommentState
from stories.permissions import STANDING
from tests.lives import a_story, later
from tests.reading_eyes import missing_from, words_of
from web.accounts import contacts
from web.addresses import guest_url

GUEST = {"name": "Gus", "email": "gus@example.org", "text": "Me too, *twice*."}


@pytest.fixture
def story(db, ada, kettles):
    return a_story(db, ada, kettles)


@pytest.fixture
def address(story) -> str:
    return f"/en/stories/{story.id}/comment"


def only(db) -> Comment:
    db.rollback()
    return db.scalars(select(Comment)).one()


@pytest.fixture
def link(app, db):
    """The address in the letter to the guest who wrote last."""

    def of(contact: str = "") -> str:
        last = db.scalars(select(Comment.contact).order_by(Comment.id.desc())).first()
        with app.test_request_context("/en/"):
            return guest_url(contacts.token(contact or last, "guest"))

    return of


def test_a_member_comments_and_lands_on_the_comment(browser_of, db, bob, address):
    browser = browser_of(bob)

    answer = browser.post(address, data={"text": "Same *here*."})

    assert answer.status_code == 303
    there = browser.get(answer.location).location
    assert there.endswith(f"#comment-{only(db).id}")
    page = browser.get(there.partition("#")[0])
    assert not missing_from(page, "Bob", "Same here.", "Change it")


def test_a_comment_takes_ten_statements(browser_of, bob, address, statements):
    browser = browser_of(bob)
    browser.post(address, data={"text": "Same *here*."})
    statements.clear()

    browser.post(address, data={"text": "And *again*."})

    assert len(statements) <= 10


def test_the_form_below_the_story_works_without_an_account(client, story, address):
    page = client.get(address.removesuffix("/comment"), follow_redirects=True)
    assert f'action="{address}"' in page.text

    asked = client.post(address, data={"text": "Me too."})

    assert not missing_from(asked, "Who are you?", "Me too.")


def test_a_reply_shows_what_it_answers(browser_of, db, bob, cy, address):
    browser_of(bob).post(address, data={"text": "Same *here*."})
    browser, first = browser_of(cy), only(db)
    page = browser.get(f"{address}?reply={first.id}")
    assert not missing_from(page, "Your answer to a comment", "Same here.", "Bob")

    browser.post(address, data={"text": "Really?", "parent_id": first.id})

    number = first.id
    db.rollback()
    reply = db.scalars(select(Comment).where(Comment.parent_id == number)).one()
    assert reply.text == "Really?"


def test_a_guest_is_sent_to_their_mail_and_nothing_is_public_yet(client, db, address):
    answer = client.post(address, data=GUEST)

    assert (answer.status_code, answer.location) == (303, f"{address}/sent")
    assert not missing_from(client.get(answer.location), "Check your mail")
    assert only(db).state == CommentState.UNCONFIRMED
    (letter,) = db.scalars(select(Errand).where(Errand.task == "letter"))
    assert letter.details["name"] == "guest_confirm"


def test_opening_the_link_changes_nothing_and_its_button_publishes(
    client, db, address, link
):
    client.post(address, data=GUEST)
    page = client.get(link())
    assert not missing_from(page, "Not published yet.", "Me too, twice.")
    assert only(db).state == CommentState.UNCONFIRMED

    answer = client.post(f"{link()}/{only(db).id}/publish")

    there = client.get(answer.location).location
    assert there.endswith(f"#comment-{only(db).id}")
    assert only(db).state == CommentState.PUBLIC


def test_a_guest_changes_and_takes_back_what_they_wrote(client, db, address, link):
    client.post(address, data=GUEST)
    mine = f"{link()}/{only(db).id}"
    client.post(f"{mine}/publish")

    client.post(mine, data={"text": "Me too, once."})
    changed = only(db).text
    client.post(f"{mine}/delete")

    assert changed == "Me too, once."
    assert only(db).state == CommentState.TOMBSTONE


def test_one_guest_has_no_power_over_another(client, db, address, link):
    client.post(address, data=GUEST)

    stranger = f"{link('another')}/{only(db).id}"

    assert client.get(stranger).status_code == 404
    assert client.post(f"{stranger}/publish").status_code == 404
    assert client.post(f"{stranger}/delete").status_code == 404
    assert client.get("/en/guest/forged").status_code == 404


def test_the_link_is_sent_again_to_the_guest_and_to_nobody_else(
    client, db, address, link
):
    client.post(address, data=GUEST)
    client.post(f"{link()}/{only(db).id}/publish")
    asking = f"/en/comments/{only(db).id}/link"

    right = client.post(asking, data={"email": "gus@example.org"})
    wrong = client.post(asking, data={"email": "eve@example.org"})

    assert right.location == wrong.location
    db.rollback()
    letters = [errand.details.get("name") for errand in db.scalars(select(Errand))]
    assert letters.count("guest_manage") == 1


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({**GUEST, "email": "nowhere"}, "An address looks like name@example.org."),
        ({**GUEST, "name": "G"}, "At least 2 characters."),
        ({**GUEST, "text": " \u200b "}, "Please fill this in."),
        ({**GUEST, "text": "Me too " * 2000}, "At most 10,000 characters."),
        ({**GUEST, "parent_id": "77"}, "The comment that you answer is not here"),
    ],
)
def test_nonsense_is_told_at_the_field_and_kept(client, db, address, typed, problem):
    answer = client.post(address, data=typed)

    assert answer.status_code == 422
    assert problem in words_of(answer)
    assert typed["name"] in answer.text
    assert typed["text"].strip() in answer.text
    db.rollback()
    assert db.scalars(select(Comment)).all() == []


def test_a_closed_thread_says_so_and_keeps_what_was_written(
    browser_of, db, bob, story, address
):
    story.comments_closed_at = later(9)
    story.comments_closed_why = ClosedWhy.AUTHOR
    db.commit()

    answer = browser_of(bob).post(address, data={"text": "Too late?"})

    assert answer.status_code == 403
    assert "The author has closed the comments." in words_of(answer)
    assert "Too late?" in answer.text


def test_members_change_and_delete_their_own_comments_only(
    browser_of, db, bob, cy, address
):
    browser, stranger = browser_of(bob), browser_of(cy)
    browser.post(address, data={"text": "Same here."})
    mine = f"/en/comments/{only(db).id}"
    assert not missing_from(browser.get(mine), "Same here.", "Take it back")

    for answer in (
        stranger.get(mine),
        stranger.post(mine, data={"text": "Mine now."}),
        stranger.post(f"{mine}/delete"),
    ):
        assert answer.status_code == 404
    browser.post(mine, data={"text": "Same here, twice."})
    assert (only(db).text, only(db).amended_at is None) == ("Same here, twice.", False)
    browser.post(f"{mine}/delete")
    assert only(db).state not in STANDING


def test_what_nobody_may_see_cannot_be_commented(client, db, ada, story, address):
    story.visibility = "hidden"
    db.commit()

    assert client.get(address).status_code == 404
    assert client.post(address, data=GUEST).status_code == 404


def test_suspended_members_keep_what_they_wrote(browser_of, db, bob, address):
    browser = browser_of(bob)
    bob.standing = "suspended"
    db.commit()

    answer = browser.post(address, data={"text": "Let me speak."})

    assert answer.status_code == 422
    assert "Your account is suspended" in answer.text
    assert "Let me speak." in answer.text


@pytest.mark.parametrize(
    "page",
    [
        "comments/99999999999999999999/link",
        "stories/99999999999999999999/comment",
        "stories/999999999999999999/comment",
        "stories/1/comment?reply=99999999999999999999",
        "log?older=99999999999999999999",
        "stories?older=99999999999999999999",
    ],
)
def test_numbers_that_no_row_can_have_lead_nowhere(client, story, page):
    assert client.get(f"/en/{page}").status_code in (200, 404)
