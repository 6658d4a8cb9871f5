"""A member's public page."""

from tests.lives import a_story
from tests.people import a_voice
from tests.reading_eyes import missing_from


def test_a_member_is_shown_with_their_stories_and_roles(client, db, ada, kettles):
    a_story(db, ada, kettles, title="It leaks")
    a_story(db, ada, kettles, title="Kept to myself", visibility="author_only")
    a_voice(db, ada, kettles)

    page = client.get("/en/members/ada")

    assert not missing_from(page, "Ada", "@ada", "It leaks", "Speaks for Kettles & Co")
    assert "Kept to myself" not in page.text


def test_a_handle_is_found_however_it_is_spelt(client, ada):
    answer = client.get("/en/members/ADA")

    assert (answer.status_code, answer.location) == (301, "/en/members/ada")


def test_who_has_left_is_not_there(client, db, ada):
    ada.standing = "left"
    db.commit()

    assert client.get("/en/members/ada").status_code == 404
