"""Who may speak for a company."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import companies, permissions, publishing, representing
from stories.models import Company, Decision, Mention, Verification, now
from stories.models.codes import CaseState, ClaimState
from stories.problems import Forbidden, Invalid
from stories.representing import ClaimEntry, VerdictEntry
from tests.people import an_entry, letters

ENTRY = ClaimEntry(name="Bob of Acme", job_title="Customer care")
VERDICT = VerdictEntry(words="We could not reach you at work.")


@pytest.fixture
def acme(db) -> Company:
    company = companies.add(db, "Acme", domain="acme.example")
    db.commit()
    return company


def asked(db, member, company, domain="acme.example"):
    return representing.claim(
        db, member, company, ENTRY, contact="c1", email_domain=domain
    )


@pytest.fixture
def proven(db, bob, acme):
    claim = asked(db, bob, acme)
    representing.prove(db, claim)
    return claim


def test_a_claim_asks_the_address_at_work(db, bob, acme):
    claim = asked(db, bob, acme)

    assert claim.state == ClaimState.ASKED
    assert letters(db, "claim_prove") == ["contact:c1"]


@pytest.mark.parametrize(
    "domain",
    [
        "gmail.com",
        "GMail.com",
        "libero.it",
        "acme.example.evil.test",
        "acne.example",
        "xacme.example",
    ],
)
def test_webmail_and_strange_domains_prove_nothing(db, bob, acme, domain):
    with pytest.raises(Invalid):
        asked(db, bob, acme, domain)


@pytest.mark.parametrize(
    "domain", ["acme.example", "care.acme.example", "ACME.example."]
)
def test_the_companys_domain_and_those_below_it_prove(db, bob, acme, domain):
    assert asked(db, bob, acme, domain).state == ClaimState.ASKED


def test_webmail_is_refused_also_where_the_companys_domain_is_unknown(db, bob):
    company = Company(name="Corner shop")
    db.add(company)
    db.flush()

    with pytest.raises(Invalid):
        asked(db, bob, company, "hotmail.com")


def test_nobody_asks_twice(db, bob, acme):
    asked(db, bob, acme)

    with pytest.raises(Invalid):
        asked(db, bob, acme)


def test_an_unproven_address_is_not_granted(db, bob, staff, acme):
    claim = asked(db, bob, acme)

    with pytest.raises(Invalid):
        representing.grant(db, staff, claim)


def test_staff_grant_and_the_log_says_so(db, bob, staff, acme, proven):
    verification = representing.grant(db, staff, proven)

    assert permissions.representative(db, bob, acme.id) is proven
    assert (verification.method, verification.detail) == ("email", "acme.example")
    assert db.scalars(select(Decision.deed)).all() == ["grant"]
    assert letters(db, "claim_granted") == [f"member:{bob.id}"]


def test_only_staff_grant_and_never_their_own_claim(db, bob, cy, proven):
    with pytest.raises(Forbidden):
        representing.grant(db, cy, proven)
    bob.staff = True
    with pytest.raises(Forbidden):
        representing.grant(db, bob, proven)


def test_the_first_voice_is_told_of_the_last_year_together(
    db, ada, staff, acme, proven
):
    publishing.publish(db, ada, an_entry())
    db.flush()
    mention = db.scalars(select(Mention)).one()
    before = mention.case_state

    representing.grant(db, staff, proven)

    assert before == CaseState.NOT_TOLD
    assert mention.told_at is not None
    assert mention.case_state == CaseState.AWAITING_COMPANY


def test_a_refusal_gives_its_reason(db, bob, staff, proven):
    representing.refuse(db, staff, proven, VERDICT)

    assert (proven.state, proven.reason) == (ClaimState.REFUSED, VERDICT.words)
    assert letters(db, "claim_refused") == [f"member:{bob.id}"]


def lapse(db, role, days):
    """The role's verification ends so many days from now."""
    db.query(Verification).filter_by(representative_id=role.id).update(
        {"expires_at": now() + timedelta(days=days)}
    )
    db.expire_all()


@pytest.mark.parametrize("days", [-200, -1, 29])
def test_a_role_that_lapses_is_proven_anew_and_needs_nobody_else(
    db, bob, staff, acme, proven, days
):
    representing.grant(db, staff, proven)
    lapse(db, proven, days)

    representing.renew(db, bob, proven)
    representing.prove(db, proven)
    representing.prove(db, proven)

    db.refresh(proven, ["verifications"])
    assert letters(db, "claim_prove") == ["contact:c1", "contact:c1"]
    assert permissions.representative(db, bob, acme.id) is proven
    assert len(proven.verifications) == 2
    assert proven.verifications[-1].method == "email"
    assert proven.verifications[-1].expires_at > now() + timedelta(days=364)


def test_a_voice_that_comes_back_is_told_of_what_it_missed(
    db, ada, bob, staff, acme, proven
):
    representing.grant(db, staff, proven)
    lapse(db, proven, -3)
    publishing.publish(db, ada, an_entry())
    db.flush()
    mention = db.scalars(select(Mention)).one()
    before = mention.case_state

    representing.prove(db, proven)

    assert before == CaseState.NOT_TOLD
    assert mention.case_state == CaseState.AWAITING_COMPANY


def test_a_role_that_is_good_for_long_is_not_renewed(db, bob, staff, proven):
    representing.grant(db, staff, proven)

    with pytest.raises(Invalid):
        representing.renew(db, bob, proven)
    representing.prove(db, proven)

    assert db.query(Verification).count() == 1


def test_nobody_else_renews_a_role(db, cy, staff, proven):
    representing.grant(db, staff, proven)
    lapse(db, proven, -1)

    with pytest.raises(Forbidden):
        representing.renew(db, cy, proven)


def test_a_role_that_was_taken_away_is_not_renewed(db, bob, staff, proven):
    representing.grant(db, staff, proven)
    representing.take_away(db, staff, proven, VERDICT)
    lapse(db, proven, -1)

    with pytest.raises(Invalid):
        representing.renew(db, bob, proven)
    representing.prove(db, proven)

    assert proven.state == ClaimState.TAKEN_AWAY


def test_an_address_off_the_companys_present_domain_renews_nothing(
    db, bob, staff, acme, proven
):
    representing.grant(db, staff, proven)
    lapse(db, proven, -1)
    acme.domain = "acme-group.example"
    db.flush()

    with pytest.raises(Invalid):
        representing.renew(db, bob, proven)


def test_a_role_can_be_given_back(db, bob, cy, staff, acme, proven):
    representing.grant(db, staff, proven)

    with pytest.raises(Forbidden):
        representing.give_back(db, cy, proven)
    representing.give_back(db, bob, proven)

    assert permissions.representative(db, bob, acme.id) is None


def test_a_role_can_be_taken_away_with_a_reason(db, bob, staff, acme, proven):
    representing.grant(db, staff, proven)

    representing.take_away(db, staff, proven, VERDICT)

    assert permissions.representative(db, bob, acme.id) is None
    assert letters(db, "role_ended") == [f"member:{bob.id}"]
