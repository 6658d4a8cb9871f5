"""A company's team: who may do what in it, and how one comes in and goes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import (
    companies,
    handling,
    permissions,
    publishing,
    representing,
    responding,
)
from stories.models import Invitation, Member, Representative, Response, Story, now
from stories.models.base import played
from stories.models.codes import ClaimState
from stories.models.speaking import Doubt, InvitationState, TeamRole
from stories.problems import Forbidden, Invalid, Missing
from stories.representing import teams
from stories.representing.teams import InvitationEntry, SeatEntry
from stories.responding import ResponseEntry
from tests.people import a_voice, an_entry, letters

SEAT = SeatEntry(name="Cy of Kettles", job_title="Repairs")


@pytest.fixture
def owner(db, bob, kettles) -> Representative:
    return a_voice(db, bob, kettles)


@pytest.fixture
def story(db, ada, kettles) -> Story:
    mentions = [{"company": kettles.name, "company_id": kettles.id}]
    story = publishing.publish(db, ada, an_entry(mentions=mentions))
    db.commit()
    return story


def a_person(db, handle: str) -> Member:
    member = Member(handle=handle, handle_folded=handle, display_name=handle)
    db.add(member)
    db.flush()
    return member


def invited(db, bob, kettles, team_role=TeamRole.RESPONDER, contact="c1"):
    return teams.invite(
        db,
        bob,
        kettles,
        InvitationEntry(team_role=team_role),
        contact=contact,
        email_domain="kettles.example",
    )


@pytest.fixture
def invitation(db, bob, kettles, owner) -> Invitation:
    return invited(db, bob, kettles)


@pytest.fixture
def joined(db, cy, invitation) -> Representative:
    return teams.accept(db, cy, invitation, SEAT)


def test_an_invitation_goes_to_an_address_of_the_company(db, invitation):
    assert invitation.state == InvitationState.OPEN
    assert letters(db, "team_invited") == ["contact:c1"]


@pytest.mark.parametrize(
    "domain", ["gmail.com", "teapots.example", "kett1es.example", "kettles-help.test"]
)
def test_no_other_address_can_be_asked(db, bob, kettles, owner, domain):
    with pytest.raises(Invalid) as refused:
        teams.invite(
            db, bob, kettles, InvitationEntry(), contact="c1", email_domain=domain
        )

    assert refused.value.field == "email"


def test_where_nobody_knows_the_companys_domain_the_owners_counts(
    db, bob, kettles, owner
):
    kettles.domain, owner.domain = None, "kettles.test"
    db.flush()

    with pytest.raises(Invalid):
        invited(db, bob, kettles)
    ok = teams.invite(
        db, bob, kettles, InvitationEntry(), contact="c", email_domain="kettles.test"
    )
    assert ok.domain == "kettles.test"


def test_nobody_is_asked_twice(db, bob, kettles, invitation):
    with pytest.raises(Invalid):
        invited(db, bob, kettles)


def test_who_comes_by_the_letter_speaks_and_readers_see_who_checked(
    db, cy, kettles, joined
):
    db.refresh(joined, ["verifications"])

    assert permissions.representative(db, cy, kettles.id) is joined
    assert joined.verifications[0].verifier == "owner"
    assert joined.verifications[0].detail == "kettles.example"


def test_an_invitation_is_used_once(db, ada, invitation, joined):
    with pytest.raises(Missing):
        teams.accept(db, ada, invitation, SEAT)


def test_an_invitation_that_is_too_old_is_none(db, cy, invitation):
    with played(now() + timedelta(days=15)), pytest.raises(Missing):
        teams.accept(db, cy, invitation, SEAT)


def test_an_invitation_that_was_taken_back_is_none(db, bob, ada, cy, invitation):
    with pytest.raises(Forbidden):
        teams.withdraw(db, ada, invitation)
    teams.withdraw(db, bob, invitation)

    with pytest.raises(Missing):
        teams.accept(db, cy, invitation, SEAT)


@pytest.mark.parametrize("what", ["left", "doubted", "lapsed"])
def test_who_may_not_ask_any_more_has_asked_nobody(
    db, bob, cy, owner, invitation, what
):
    if what == "left":
        representing.give_back(db, bob, owner)
    elif what == "doubted":
        owner.doubt = Doubt.MAIL_BOUNCED
    else:
        owner.team_role = TeamRole.OBSERVER
    db.flush()
    db.refresh(invitation)

    with pytest.raises(Missing):
        teams.accept(db, cy, invitation, SEAT)


def test_who_is_in_the_team_does_not_join_it_again(db, bob, cy, kettles, joined):
    again = invited(db, bob, kettles, contact="c2")

    with pytest.raises(Invalid):
        teams.accept(db, cy, again, SEAT)
    assert again.state == InvitationState.OPEN


def test_the_suspended_join_nothing(db, cy, invitation):
    cy.standing = "suspended"
    db.flush()

    with pytest.raises(Forbidden):
        teams.accept(db, cy, invitation, SEAT)


# What each may do -------------------------------------------------------------------


@pytest.fixture
def deeds(db, bob, cy, kettles, story, owner, joined):
    """What Cy could do for the company, by name."""
    answer = ResponseEntry(kind="explain", text="We looked into it.")
    other = a_voice(db, a_person(db, "dora"), kettles)
    other.team_role = TeamRole.OBSERVER
    db.flush()
    return {
        "read the desk": lambda: handling.seat(db, cy, kettles.id),
        "answer": lambda: responding.respond(db, cy, story, kettles.id, answer),
        "work at the desk": lambda: handling.voice(db, cy, kettles.id),
        "invite": lambda: invited(db, cy, kettles, contact="c9"),
        "change others": lambda: teams.change(db, cy, other, TeamRole.RESPONDER),
        "remove others": lambda: teams.remove(db, cy, other),
        "remove an owner": lambda: teams.remove(db, cy, owner),
        "leave": lambda: representing.give_back(db, cy, joined),
    }


MAY = {
    TeamRole.OWNER: {
        *("read the desk", "answer", "work at the desk"),
        *("invite", "change others", "remove others", "leave"),
    },
    TeamRole.RESPONDER: {"read the desk", "answer", "work at the desk", "leave"},
    TeamRole.OBSERVER: {"read the desk", "leave"},
    "under check": {"leave"},
    "removed": set(),
    "of another company": set(),
}


@pytest.mark.parametrize("who", MAY)
def test_each_does_what_their_part_allows_and_no_more(db, cy, bob, joined, deeds, who):
    if who == "under check":
        joined.doubt = Doubt.RECORD_LOST
    elif who == "removed":
        teams.remove(db, bob, joined)
    elif who == "of another company":
        joined.member_id = a_person(db, "eve").id
        a_voice(db, cy, companies.add(db, "Teapots"))
    else:
        joined.team_role = who
    db.flush()

    done = set()
    for name, deed in deeds.items():
        save = db.begin_nested()
        try:
            deed()
            done.add(name)
        except (Forbidden, Missing, Invalid):
            pass
        save.rollback()

    assert done == MAY[who]


def test_a_responder_becomes_an_owner_and_the_first_one_may_step_down(
    db, bob, owner, joined
):
    with pytest.raises(Invalid):
        teams.change(db, bob, owner, TeamRole.RESPONDER)
    teams.change(db, bob, joined, TeamRole.OWNER)
    teams.change(db, bob, owner, TeamRole.OBSERVER)

    assert (owner.team_role, joined.team_role) == ("observer", "owner")


def test_an_observer_alone_gives_a_company_no_voice(db, bob, kettles, owner, joined):
    joined.team_role = TeamRole.OBSERVER
    representing.give_back(db, bob, owner)

    assert not permissions.is_told(db, kettles)


def test_what_was_said_stays_when_somebody_goes(db, bob, cy, kettles, story, joined):
    answer = ResponseEntry(kind="explain", text="We looked into it.")
    responding.respond(db, cy, story, kettles.id, answer)

    teams.remove(db, bob, joined)

    said = db.scalars(select(Response)).one()
    assert (said.speaker, said.job_title) == ("Cy of Kettles", "Repairs")
    assert (said.verified_by, said.method) == ("owner", "email")
    assert joined.state == ClaimState.TAKEN_AWAY
    assert letters(db, "team_removed") == [f"member:{cy.id}"]
