"""Where a story came from, and how it is known who wrote it: on its page and card."""

import pytest

from stories import claiming, history
from stories.models.codes import OriginKind
from tests.lives import a_story
from tests.reading_eyes import missing_from

CHECKS = 'href="/en/how-it-works#checks"'
WRITTEN = "Written here by its author"
UNKNOWN = "Imported, author not verified"
CLAIMED = "Imported, claimed by its author"


@pytest.fixture
def imported(db, kettles):
    """A story from elsewhere that nobody has claimed."""
    return a_story(
        db,
        None,
        kettles,
        origin=OriginKind.IMPORTED,
        source="The Old Forum",
        source_id="7",
        source_address="https://forum.example/7",
        author_name="oldpostman",
    )


def page_of_story(client, story):
    return client.get(f"/en/stories/{story.id}", follow_redirects=True)


@pytest.fixture
def claimed(db, bob, staff, imported):
    """The same, after staff were convinced."""
    claiming.grant(db, staff, claiming.claim(db, bob, imported, "It is mine."))
    db.commit()
    return imported


def test_what_was_written_here_says_how_its_author_is_known(client, db, ada, kettles):
    story = a_story(db, ada, kettles)

    page = page_of_story(client, story)
    card = client.get("/en/stories")

    assert not missing_from(page, WRITTEN, "mail address was confirmed by")
    assert CHECKS in page.text
    assert not missing_from(card, WRITTEN)
    assert CHECKS in card.text


def test_what_came_from_elsewhere_says_that_nobody_is_known(client, imported):
    page = page_of_story(client, imported)

    assert not missing_from(page, UNKNOWN, "Nobody has shown", "The Old Forum")
    assert CHECKS in page.text
    assert not missing_from(client.get("/en/stories"), UNKNOWN)


def test_what_was_claimed_says_when_staff_looked_at_the_proof(client, claimed):
    page = page_of_story(client, claimed)

    assert not missing_from(page, CLAIMED, "Staff of this site looked at", "proof on")
    assert "Is this your story?" not in page.text
    assert not missing_from(client.get("/en/stories"), CLAIMED)


def test_programs_are_told_the_same(client, db, claimed):
    whole = client.get(f"/api/v1/stories/{claimed.id}").json["origin"]
    in_list = client.get("/api/v1/companies/1").json["stories"]["items"][0]["origin"]

    assert whole == in_list
    assert (whole["verified"], whole["how"]) == (True, "proof")
    assert whole["checked_by"] == claimed.claimed_at.isoformat().replace("+00:00", "Z")


def test_programs_are_told_where_nobody_is_known(client, imported):
    origin = client.get(f"/api/v1/stories/{imported.id}").json["origin"]

    assert (origin["verified"], origin["how"], origin["checked_by"]) == (
        False,
        None,
        None,
    )


def test_whose_author_has_left_is_still_known_to_be_written_here(
    client, db, ada, kettles
):
    story = a_story(db, ada, kettles)
    story.author_id = None
    history.touch(db, story)
    db.commit()

    assert not missing_from(page_of_story(client, story), WRITTEN, "Anonymous")
