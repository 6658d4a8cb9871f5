"""Asking to speak for a company, and giving the right back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import object_session

from stories import representing
from stories.models import Company, Representative, Verification, now
from stories.models.codes import ClaimState
from stories.models.speaking import Doubt
from stories.representing import VerdictEntry, lasting
from tests.people import a_voice, letters
from tests.reading_eyes import missing_from, words_of
from web.accounts import contacts
from web.accounts.models import Address
from web.signing import sign

TYPED = {
    "name": "Bob of Kettles",
    "job_title": "Customer care",
    "email": "bob@care.kettles.example",
    "words": "Call me at the front desk.",
}


@pytest.fixture
def address(kettles: Company) -> str:
    return f"/en/companies/{kettles.id}/claim"


@pytest.fixture
def browser(browser_of, bob):
    return browser_of(bob)


@pytest.fixture
def asked(db, browser, address) -> Representative:
    browser.post(address, data=TYPED)
    return role(db)


def role(db) -> Representative:
    db.rollback()
    db.expire_all()
    return db.scalars(select(Representative)).one()


def link(app, role: Representative) -> str:
    """Where the letter at work leads."""
    object_session(role).refresh(role, ["verifications"])
    with app.app_context():
        bound = [role.id, representing.stamp(role)]
        return f"/en/claims/prove/{sign('claim', bound)}"


def test_an_unclaimed_company_leads_to_the_claim(client, kettles, address):
    page = client.get(f"/en/companies/{kettles.id}-kettles-co").text

    assert f'href="{address}"' in page


def test_who_is_not_signed_in_is_sent_to_sign_in(client, address):
    answer = client.get(address)

    assert answer.status_code == 303
    assert "/en/sign-in" in answer.location


def test_a_claim_writes_to_the_address_at_work(db, browser, address):
    answer = browser.post(address, data=TYPED)

    claim = role(db)
    assert answer.location == address
    assert letters(db, "claim_prove") == [f"contact:{claim.contact}"]
    assert db.get(Address, claim.contact).email == TYPED["email"]
    assert (claim.name, claim.domain) == ("Bob of Kettles", "care.kettles.example")


def test_the_page_says_where_we_wrote(browser, asked, address):
    page = browser.get(address)

    assert not missing_from(page, "We wrote to you at bob@care.kettles.example")
    assert "<form" in page.text


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("bob@gmail.com", "Anybody can have an address at gmail.com."),
        ("bob@teapots.example", "This address is not on kettles.example"),
        ("bob@xkettles.example", "looks like kettles.example"),
        ("bob@kett1es.example", "looks like kettles.example"),
        ("bob@kettles-care.com", "looks like kettles.example"),
        ("at home", "An address looks like name@example.org."),
        ("", "Please fill this in."),
    ],
)
def test_an_address_that_proves_nothing_is_refused_at_its_field(
    db, browser, address, email, words
):
    answer = browser.post(address, data={**TYPED, "email": email})

    assert answer.status_code == 422
    assert 'id="error-email"' in answer.text
    assert words in words_of(answer)
    assert not db.scalars(select(Representative)).all()
    assert not db.scalars(select(Address)).all()


def test_what_was_typed_is_kept(browser, address):
    page = browser.post(address, data={**TYPED, "name": "", "email": "<b>"}).text

    assert 'id="error-name"' in page
    assert 'value="Customer care"' in page
    assert 'value="&lt;b&gt;"' in page
    assert "Call me at the front desk." in page


def test_nobody_asks_twice(db, browser, asked, address):
    answer = browser.post(address, data=TYPED)

    assert answer.status_code == 422
    assert role(db).id == asked.id


def test_the_letter_can_be_sent_again(db, browser, asked, address):
    browser.post(f"{address}/again")

    to = f"contact:{role(db).contact}"
    assert letters(db, "claim_prove") == [to, to]


def test_opening_the_link_changes_nothing(app, db, client, asked):
    page = client.get(link(app, asked))

    assert not missing_from(page, "Bob of Kettles", "Customer care", "Kettles & Co")
    assert role(db).state == ClaimState.ASKED


def test_the_button_behind_the_link_proves(app, db, client, browser, asked, address):
    answer = client.post(link(app, asked))

    claim = role(db)
    assert answer.status_code == 303
    assert claim.state == ClaimState.PROVEN
    assert db.get(Address, claim.contact).confirmed_at is not None
    assert not missing_from(client.get(answer.location), "Staff of this site decide")
    assert not missing_from(browser.get(address), "Now staff of this site decide")


def test_a_link_that_is_not_ours_leads_nowhere(app, client, asked):
    with app.app_context():
        of_another_kind = sign("letters off", asked.id)

    assert client.get("/en/claims/prove/nonsense").status_code == 404
    assert client.post(f"/en/claims/prove/{of_another_kind}").status_code == 404


def test_staff_grant_and_the_page_says_so(app, db, client, browser, staff, asked):
    client.post(link(app, asked))
    representing.grant(db, staff, role(db))
    db.commit()

    page = browser.get(f"/en/companies/{asked.company_id}/claim")

    assert not missing_from(page, "Granted", "Bob of Kettles, Customer care")


def test_a_refusal_is_shown_with_its_reason(db, browser, staff, asked, address):
    verdict = VerdictEntry(words="Nobody there knows you.")
    representing.refuse(db, staff, role(db), verdict)
    db.commit()

    page = browser.get(address)

    assert not missing_from(page, "refused", "Nobody there knows you.")
    assert 'name="email"' in page.text


def test_a_role_is_given_back(db, browser, bob, kettles, address):
    a_voice(db, bob, kettles)

    browser.post(f"{address}/back")

    assert role(db).state == ClaimState.GIVEN_BACK
    assert not missing_from(browser.get(address), "You gave the role back")


def test_a_lapsed_role_is_asked_for_anew(db, browser, bob, kettles, address):
    voice = a_voice(db, bob, kettles)
    db.refresh(voice, ["verifications"])
    voice.verifications[0].expires_at = now()
    db.commit()

    page = browser.get(address)
    browser.post(address, data=TYPED)

    db.expire_all()
    assert not missing_from(page, "Your verification has lapsed.")
    states = db.scalars(select(Representative.state).order_by(Representative.id))
    assert states.all() == [ClaimState.LAPSED, ClaimState.ASKED]


def test_a_lapsed_role_is_renewed_by_a_letter_and_is_never_given_back(
    app, db, client, browser, staff, asked, address
):
    client.post(link(app, asked))
    representing.grant(db, staff, role(db))
    db.query(Verification).update({"expires_at": now()})
    db.commit()

    page = browser.get(address)
    sent = browser.get(browser.post(f"{address}/renew").location)
    there = link(app, role(db))
    opened = client.get(there)
    proven = client.get(client.post(there).location)

    to = f"contact:{role(db).contact}"
    assert not missing_from(page, "has lapsed", "Prove it for another year")
    assert not missing_from(sent, f"We have written to {TYPED['email']}")
    assert not missing_from(opened, "Bob of Kettles", "for another year")
    assert not missing_from(proven, "This request was granted.")
    assert letters(db, "claim_prove") == [to, to]
    assert not missing_from(browser.get(address), "Granted")


def test_a_role_good_for_long_shows_nothing_to_renew(
    db, browser, bob, kettles, address
):
    a_voice(db, bob, kettles)

    assert missing_from(browser.get(address), "Prove it for another year")
    assert browser.post(f"{address}/renew").status_code == 422


def test_what_is_not_there_is_missing(browser, address):
    assert browser.get("/en/companies/4711/claim").status_code == 404
    assert browser.post(f"{address}/back").status_code == 404
    assert browser.post(f"{address}/again").status_code == 404


def test_a_merged_company_leads_to_its_successor(db, browser, kettles, address):
    old = Company(name="Old Kettles", merged_into_id=kettles.id)
    db.add(old)
    db.commit()

    assert browser.get(f"/en/companies/{old.id}/claim").location == address


def test_others_do_not_see_the_address_at_work(browser_of, client, cy, asked, address):
    company = client.get(address.removesuffix("/claim"), follow_redirects=True)

    assert TYPED["email"] not in words_of(browser_of(cy).get(address))
    assert TYPED["email"] not in company.text


def test_a_link_that_has_done_its_work_does_nothing_more(
    app, db, client, browser, staff, asked
):
    """Replayed: the address bounces, and the first letter's link clears no doubt."""
    first = link(app, asked)
    client.post(first)
    claim = role(db)
    representing.grant(db, staff, claim)
    lasting.bounced(db, claim.contact)
    db.commit()

    page = client.get(client.post(first).location)

    assert not missing_from(page, "This request was granted.")
    assert role(db).doubt == Doubt.MAIL_BOUNCED
    client.post(link(app, role(db)))
    assert role(db).doubt is None


def test_a_link_that_is_too_old_leads_nowhere(app, db, client, asked, monkeypatch):
    there = link(app, asked)
    monkeypatch.setattr(contacts, "LINK_WORKS", timedelta(seconds=-1))

    assert client.get(there).status_code == 404
    assert client.post(there).status_code == 404
    assert role(db).state == ClaimState.ASKED


def test_a_role_in_doubt_says_what_to_do(db, browser, bob, kettles, address):
    voice = a_voice(db, bob, kettles)
    voice.doubt, voice.doubted_at, voice.contact = "mail_bounced", now(), None
    voice.method, voice.domain, voice.proof = "dns", "kettles.example", "a-proof"
    db.commit()

    page = browser.get(address)

    assert not missing_from(page, "Your role is under check since", "_earshot.kettles")
