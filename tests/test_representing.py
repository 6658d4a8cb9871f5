"""Who may speak for a company."""

import pytest
from sqlalchemy import select

from stories import companies, permissions, publishing, representing
from stories.models import Company, Decision, Mention
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
