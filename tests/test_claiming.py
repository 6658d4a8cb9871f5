"""An imported story finds its author."""

import pytest
from sqlalchemy import select

from stories import claiming, companies
from stories.models import Decision, Mention, Story, StoryClaim, TimelineEntry
from stories.models.codes import (
    CaseState,
    ClaimState,
    ClosedWhy,
    Happening,
    OriginKind,
    StaffDeed,
    Standing,
)
from stories.problems import Forbidden, Invalid, Missing
from tests.people import a_voice, letters


@pytest.fixture
def story(db, bob) -> Story:
    """An imported complaint about Acme, for which Bob speaks."""
    acme = companies.add(db, "Acme")
    a_voice(db, bob, acme)
    story = Story(
        title="From a blog",
        kind="complaint",
        origin=OriginKind.IMPORTED,
        source="blogs",
        source_id="7",
        comments_closed_why=ClosedWhy.IMPORTED,
    )
    db.add(story)
    db.flush()
    db.add(Mention(story_id=story.id, company_id=acme.id, role="subject"))
    db.commit()
    return story


def test_a_claim_gets_a_token_for_the_page_of_the_source(db, ada, story):
    claim = claiming.claim(db, ada, story, "It is my blog.")

    assert claim.token.startswith("earshot-")
    assert claim.state == ClaimState.ASKED


def test_who_claims_twice_has_one_claim(db, ada, story):
    first = claiming.claim(db, ada, story)

    assert claiming.claim(db, ada, story, "More words.") == first


def test_the_suspended_claim_nothing(db, ada, story):
    ada.standing = Standing.SUSPENDED

    with pytest.raises(Forbidden):
        claiming.claim(db, ada, story)


def test_what_is_hidden_cannot_be_claimed(db, ada, story):
    story.visibility = "hidden"

    with pytest.raises(Missing):
        claiming.claim(db, ada, story)


def test_a_story_written_here_cannot_be_claimed(db, ada, story):
    story.origin = OriginKind.WRITTEN

    with pytest.raises(Invalid):
        claiming.claim(db, ada, story)


def test_a_granted_claim_makes_the_story_the_members_and_tells_the_company(
    db, ada, bob, staff, story
):
    claiming.grant(db, staff, claiming.claim(db, ada, story))

    assert story.author_id == ada.id
    assert story.origin == OriginKind.IMPORTED
    assert db.scalars(select(Mention.case_state)).one() == CaseState.AWAITING_COMPANY
    assert letters(db, "story_told") == [f"member:{bob.id}"]
    assert letters(db, "story_claim_granted") == [f"member:{ada.id}"]
    assert db.scalars(select(Decision.deed)).one() == StaffDeed.CLAIM_GRANTED
    lines = set(db.scalars(select(TimelineEntry.happening)))
    assert lines == {Happening.CLAIMED, Happening.TOLD}


def test_the_other_claims_are_refused(db, ada, cy, staff, story):
    wrong = claiming.claim(db, cy, story)

    claiming.grant(db, staff, claiming.claim(db, ada, story))

    assert wrong.state == ClaimState.REFUSED
    assert letters(db, "story_claim_refused") == [f"member:{cy.id}"]


def test_a_refused_claim_has_a_reason_and_may_be_made_again(db, ada, staff, story):
    claim = claiming.claim(db, ada, story)
    with pytest.raises(Invalid):
        claiming.refuse(db, staff, claim, " ")

    claiming.refuse(db, staff, claim, "The token is not on the page.")

    assert claim.state == ClaimState.REFUSED
    assert claiming.claim(db, ada, story) != claim


def test_a_claim_is_decided_once(db, ada, staff, story):
    claim = claiming.claim(db, ada, story)
    claiming.refuse(db, staff, claim, "No token.")

    with pytest.raises(Invalid):
        claiming.grant(db, staff, claim)


def test_only_staff_decide_on_claims(db, ada, cy, story):
    claim = claiming.claim(db, ada, story)

    for deed in (claiming.grant, claiming.refuse):
        with pytest.raises(Forbidden):
            deed(db, cy, claim, "Why not?")


def test_staff_do_not_decide_on_their_own_claims(db, staff, story):
    claim = claiming.claim(db, staff, story)

    with pytest.raises(Forbidden):
        claiming.grant(db, staff, claim)


def test_a_member_has_few_claims_open_at_a_time(db, ada, story):
    db.add_all(
        StoryClaim(story_id=story.id, member_id=ada.id, token=str(n))
        for n in range(claiming.MOST_OPEN)
    )
    other = Story(title="Another", kind="complaint", origin=OriginKind.IMPORTED)
    db.add(other)
    db.flush()

    with pytest.raises(Invalid):
        claiming.claim(db, ada, other)
