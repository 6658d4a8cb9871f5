"""How a place in a company is proven, and how long that is good."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import companies, permissions, representing
from stories.lookalikes import resembles
from stories.models import Company, Errand, Verification, now
from stories.models.base import played
from stories.models.codes import ClaimState, Method
from stories.models.speaking import Doubt, Finding, Verifier
from stories.problems import Forbidden, Invalid
from stories.representing import ClaimEntry, GrantEntry, lasting, looking
from tests.people import letters

DAY = timedelta(days=1)


@pytest.fixture
def acme(db) -> Company:
    company = companies.add(db, "Acme", domain="acme.example")
    db.commit()
    return company


def entry(method: Method = Method.DNS, **more) -> ClaimEntry:
    known = {"name": "Bob of Acme", "job_title": "Customer care", "method": method}
    return ClaimEntry(**known, **more)


@pytest.fixture
def asked(db, bob, acme):
    return representing.claim(db, bob, acme, entry())


@pytest.fixture
def role(db, staff, asked):
    """Bob speaks for Acme, proven by an entry in its domain."""
    looking.found(db, asked, Finding.FOUND)
    representing.grant(db, staff, asked)
    return asked


@pytest.fixture
def by_mail(db, bob, staff, acme):
    """Bob speaks for Acme, proven by a letter."""
    known = {"contact": "c1", "email_domain": "acme.example"}
    claim = representing.claim(db, bob, acme, entry(Method.EMAIL), **known)
    representing.prove(db, claim)
    representing.grant(db, staff, claim)
    return claim


@pytest.mark.parametrize(
    "domain",
    [
        "kett1es.example",
        "kettels.example",
        "ketttles.example",
        "ketles.example",
        "mettles.example",
        "kettles.it",
        "kettles.co.uk",
        "kettles-care.example",
        "my-kettles.test",
        "kettlesonline.test",
        "kett-les.example",
        "kettles.example.evil.test",
        "kеttles.example",
        "xn--kttles-3of.example",
    ],
)
def test_a_domain_made_to_be_mistaken_is_seen_through(domain):
    assert resembles(domain, "kettles.example")


@pytest.mark.parametrize(
    "domain", ["kettles.example", "care.kettles.example", "teapots.example", "ket.test"]
)
def test_other_domains_are_not_suspected(domain):
    assert not resembles(domain, "kettles.example")


@pytest.mark.parametrize("method", [Method.DNS, Method.FILE])
def test_each_claim_has_a_proof_of_its_own_on_the_companys_domain(
    db, bob, cy, acme, method
):
    one = representing.claim(db, bob, acme, entry(method, domain="evil.test"))
    other = representing.claim(db, cy, acme, entry(method))

    assert (one.state, one.domain) == (ClaimState.ASKED, "acme.example")
    assert one.proof != other.proof
    assert not letters(db, "claim_prove")


@pytest.mark.parametrize(
    "domain", ["gmail.com", "acme.example", "acne.example", "care.acme.example", ""]
)
def test_a_company_without_a_domain_does_not_take_anothers(db, bob, acme, domain):
    shop = companies.add(db, "Corner shop")

    with pytest.raises(Invalid) as refused:
        representing.claim(db, bob, shop, entry(domain=domain))

    assert refused.value.field == "domain"


def test_an_address_on_another_companys_domain_proves_nothing_either(db, bob, acme):
    shop = companies.add(db, "Corner shop")

    for domain in ("acme.example", "acme-help.test"):
        with pytest.raises(Invalid):
            representing.claim(
                db, bob, shop, entry(Method.EMAIL), contact="c1", email_domain=domain
            )


def test_a_look_is_asked_for_once_at_a_time_by_whose_claim_it_is(db, bob, cy, asked):
    looking.ask(db, bob, asked)
    looking.ask(db, bob, asked)
    with pytest.raises(Forbidden):
        looking.ask(db, cy, asked)

    tasks = db.scalars(select(Errand.task)).all()
    assert tasks == ["look"]


def test_what_was_not_found_is_not_granted(db, staff, asked):
    looking.found(db, asked, Finding.MISSING)

    with pytest.raises(Invalid):
        representing.grant(db, staff, asked)
    assert (asked.state, asked.finding) == (ClaimState.ASKED, Finding.MISSING)


def test_what_was_found_is_for_staff_to_decide(db, bob, acme, role):
    proof = db.scalars(select(Verification)).one()

    assert permissions.representative(db, bob, acme.id) is role
    assert (proof.method, proof.verifier, proof.detail) == (
        Method.DNS,
        Verifier.STAFF,
        "acme.example",
    )


@pytest.mark.parametrize("method", [Method.DOCUMENT, Method.VOUCHING])
def test_staff_write_down_what_they_saw(db, bob, staff, acme, method):
    claim = representing.claim(db, bob, acme, entry(method, words="I have a badge."))

    with pytest.raises(Invalid):
        representing.grant(db, staff, claim)
    proof = representing.grant(db, staff, claim, GrantEntry(words="His badge, today."))

    assert (proof.method, proof.detail) == (method, "His badge, today.")


def test_staff_can_see_a_document_where_a_letter_never_came(db, bob, staff, acme):
    known = {"contact": "c1", "email_domain": "acme.example"}
    claim = representing.claim(db, bob, acme, entry(Method.EMAIL), **known)

    proof = representing.grant(
        db, staff, claim, GrantEntry(method="document", words="A register, of May.")
    )

    assert (proof.method, claim.method) == (Method.DOCUMENT, Method.DOCUMENT)


def test_staff_do_not_grant_by_what_nobody_proved(db, bob, staff, acme, asked):
    for method in ("email", "file", "parent"):
        with pytest.raises(Invalid):
            representing.grant(db, staff, asked, GrantEntry(method=method))


def test_nobody_asks_staff_to_look_at_nothing():
    for method in (Method.DOCUMENT, Method.VOUCHING):
        with pytest.raises(ValueError, match="what staff can look at"):
            entry(method)


def looked(db, role, finding, after=timedelta()):
    with played(now() + after):
        looking.found(db, role, finding)


def test_an_entry_that_is_gone_for_a_day_puts_the_role_under_check(db, bob, acme, role):
    looked(db, role, Finding.MISSING)
    at_once = role.doubt
    looked(db, role, Finding.MISSING, DAY + timedelta(hours=1))

    assert at_once is None
    assert role.doubt == Doubt.RECORD_LOST
    assert letters(db, "role_doubted") == [f"member:{bob.id}"]
    assert permissions.representative(db, bob, acme.id) is None
    assert permissions.is_told(db, acme)


def test_a_server_in_trouble_has_a_week(db, role):
    looked(db, role, Finding.AWAY)
    looked(db, role, Finding.SLOW, 6 * DAY)
    meanwhile = role.doubt
    looked(db, role, Finding.AWAY, 8 * DAY)

    assert meanwhile is None
    assert role.doubt == Doubt.RECORD_LOST


def test_an_entry_that_is_back_ends_the_doubt(db, bob, acme, role):
    looked(db, role, Finding.MISSING)
    looked(db, role, Finding.MISSING, 2 * DAY)

    looked(db, role, Finding.FOUND, 3 * DAY)

    assert role.doubt is None
    assert permissions.representative(db, bob, acme.id) is role


def test_what_is_there_is_looked_at_again_after_a_day(db, role):
    assert looking.due(db) == []
    with played(now() + DAY + timedelta(hours=1)):
        assert looking.due(db) == [role]


def test_what_is_gone_is_looked_at_again_after_an_hour(db, role):
    looked(db, role, Finding.MISSING)

    assert looking.due(db) == []
    with played(now() + timedelta(minutes=61)):
        assert looking.due(db) == [role]


def test_an_entry_renews_itself_when_asked(db, bob, role):
    with played(now() + 340 * DAY):
        representing.renew(db, bob, role)
        looking.found(db, role, Finding.FOUND)
        assert looking.due(db) == []

    db.refresh(role, ["verifications"])
    assert [each.verifier for each in role.verifications] == ["staff", "site"]


def test_a_document_is_looked_at_by_staff_again(db, bob, staff, acme):
    claim = representing.claim(
        db, bob, acme, entry(Method.DOCUMENT, words="My contract.")
    )
    seen = GrantEntry(words="The contract, of May.")
    representing.grant(db, staff, claim, seen)
    with pytest.raises(Invalid):
        representing.grant(db, staff, claim, seen)

    with played(now() + 350 * DAY):
        representing.renew(db, bob, claim)
        representing.grant(db, staff, claim, GrantEntry(words="It is still good."))

    db.refresh(claim, ["verifications"])
    assert len(claim.verifications) == 2
    assert letters(db, "claim_granted") == [f"member:{bob.id}"]


def test_reminders_go_out_at_30_and_at_7_days(db, bob, by_mail):
    sent = []
    for left in (31, 29, 28, 8, 6, 5, 1):
        with played(now() + timedelta(days=365 - left)):
            sent.append((left, lasting.remind(db)))

    assert [left for left, number in sent if number] == [29, 6]
    assert letters(db, "role_reminder") == [f"member:{bob.id}", "contact:c1"] * 2


def test_who_has_proven_it_anew_is_not_reminded(db, by_mail):
    with played(now() + 345 * DAY):
        representing.prove(db, by_mail)
        assert lasting.remind(db) == 0


def test_a_role_lapses_after_twelve_months_and_says_so_once(db, bob, acme, by_mail):
    with played(now() + 364 * DAY):
        before = permissions.representative(db, bob, acme.id)
        assert lasting.lapse(db) == 0
    with played(now() + 366 * DAY):
        after = permissions.representative(db, bob, acme.id)
        assert [lasting.lapse(db), lasting.lapse(db)] == [1, 0]

    assert (before, after) == (by_mail, None)
    assert letters(db, "role_lapsed") == [f"member:{bob.id}"]


def test_a_letter_that_comes_back_puts_the_role_under_check(db, bob, acme, by_mail):
    assert lasting.bounced(db, "somebody-else") == 0
    assert lasting.bounced(db, "c1") == 1
    lasting.bounced(db, "c1")

    assert by_mail.doubt == Doubt.MAIL_BOUNCED
    assert letters(db, "role_doubted") == [f"member:{bob.id}"]
    assert permissions.representative(db, bob, acme.id) is None


def test_the_address_proven_again_ends_the_doubt(db, bob, acme, by_mail):
    lasting.bounced(db, "c1")

    representing.renew(db, bob, by_mail)
    representing.prove(db, by_mail)

    assert permissions.representative(db, bob, acme.id) is by_mail


def test_an_own_address_counts_only_on_the_companys_domain(db, bob, by_mail):
    assert lasting.bounced_at(db, bob.id, "gmail.com") == 0
    assert lasting.bounced_at(db, bob.id, "care.acme.example") == 1


def test_a_doubt_that_nobody_clears_ends_the_role(db, bob, by_mail):
    lasting.bounced(db, "c1")

    with played(now() + 29 * DAY):
        assert lasting.lapse(db) == 0
    with played(now() + 31 * DAY):
        assert lasting.lapse(db) == 1

    assert by_mail.state == ClaimState.LAPSED
    assert letters(db, "role_lapsed") == [f"member:{bob.id}"]
