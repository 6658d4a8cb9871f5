"""Parents and brands, and two who both say that they speak for a company."""

import pytest
from sqlalchemy import select

from stories import companies, permissions, representing
from stories.models import Decision, Representative
from stories.models.codes import ClaimState, Method
from stories.models.speaking import Kinship, TeamRole
from stories.problems import Forbidden, Invalid
from stories.representing import ClaimEntry, VerdictEntry, belonging, contests
from stories.representing.belonging import BelongingEntry
from stories.representing.contests import ContestEntry
from tests.people import a_voice, letters
from tests.reading_eyes import missing_from

WORDS = VerdictEntry(words="The register names somebody else.")
KNOWN = "Its imprint says so."


@pytest.fixture
def brand(db):
    found = companies.add(db, "Whistle")
    db.commit()
    return found


def belong(db, staff, brand, parent, kinship=Kinship.BRAND):
    entry = BelongingEntry(kinship=kinship, words=KNOWN)
    belonging.belong(db, staff, brand, parent, entry)


def claim_for(db, member, company):
    entry = ClaimEntry(name="Bob", job_title="Care", method=Method.PARENT)
    return representing.claim(db, member, company, entry)


def test_staff_note_a_parent_and_the_log_and_readers_see_it(
    db, client, staff, kettles, brand
):
    belong(db, staff, brand, kettles)
    db.commit()

    assert db.scalars(select(Decision.deed)).all() == ["set_parent"]
    shown = client.get(f"/en/companies/{brand.id}-whistle")
    assert not missing_from(shown, "A brand of Kettles & Co")
    log = client.get("/en/log")
    assert not missing_from(log, "It was noted to whom a company belongs", "Whistle")


def test_the_parents_page_lists_what_belongs_to_it_while_it_does(
    db, client, staff, kettles, brand
):
    parents = f"/en/companies/{kettles.id}-kettles-co"
    before = client.get(parents)
    assert "What belongs to" not in before.text
    stand = {"If-None-Match": before.headers["ETag"]}

    belong(db, staff, brand, kettles)
    db.commit()

    shown = client.get(parents, headers=stand)
    assert not missing_from(shown, "What belongs to Kettles & Co", "Whistle a brand")
    assert f'href="/en/companies/{brand.id}-whistle"' in shown.text
    belong(db, staff, brand, None)
    db.commit()
    assert "Whistle" not in client.get(parents).text


def test_only_staff_do_and_in_no_circle(db, bob, staff, kettles, brand):
    with pytest.raises(Forbidden):
        belong(db, bob, brand, kettles)
    belong(db, staff, brand, kettles)

    for child, parent in ((kettles, brand), (brand, brand)):
        with pytest.raises(Invalid):
            belong(db, staff, child, parent)


def test_who_speaks_for_the_parent_may_be_granted_the_brand(
    db, bob, staff, kettles, brand
):
    role = a_voice(db, bob, kettles)
    belong(db, staff, brand, kettles)

    claim = claim_for(db, bob, brand)
    proof = representing.grant(db, staff, claim)

    db.refresh(role, ["verifications"])
    assert permissions.representative(db, bob, brand.id) is claim
    assert proof.method == Method.PARENT
    assert proof.expires_at == role.verifications[-1].expires_at


def test_no_stranger_and_no_dealer_is_granted_that_way(
    db, bob, cy, staff, kettles, brand
):
    a_voice(db, bob, kettles)
    with pytest.raises(Invalid):
        claim_for(db, bob, brand)
    belong(db, staff, brand, kettles)
    with pytest.raises(Invalid):
        claim_for(db, cy, brand)
    belong(db, staff, brand, kettles, Kinship.RESELLER)

    with pytest.raises(Invalid):
        claim_for(db, bob, brand)


@pytest.mark.parametrize("how", ["role ends", "parent goes"])
def test_a_brand_is_lost_with_the_parent(db, bob, staff, kettles, brand, how):
    role = a_voice(db, bob, kettles)
    belong(db, staff, brand, kettles)
    claim = claim_for(db, bob, brand)
    representing.grant(db, staff, claim)

    if how == "role ends":
        representing.give_back(db, bob, role)
    else:
        belong(db, staff, brand, None)

    assert claim.state == ClaimState.LAPSED
    assert permissions.representative(db, bob, brand.id) is None


@pytest.fixture
def rival(db, cy, kettles) -> Representative:
    """Cy says that Cy speaks for the company, and has a letter to prove it."""
    entry = ClaimEntry(name="Cy", job_title="Director")
    claim = representing.claim(
        db, cy, kettles, entry, contact="c2", email_domain="kettles.example"
    )
    representing.prove(db, claim)
    return claim


@pytest.fixture
def told(db, bob, cy, kettles, rival):
    """Cy contests Bob's role."""
    role = a_voice(db, bob, kettles)
    entry = ContestEntry(against_id=role.id, words="Bob left in May.")
    return contests.contest(db, cy, kettles.id, entry)


def test_a_contest_changes_nothing_until_staff_decide(db, bob, kettles, told):
    assert permissions.representative(db, bob, kettles.id) is not None


def test_owners_learn_of_a_rival_and_not_who_it_is(
    app, db, post, member, cy, kettles, rival
):
    owner = a_voice(db, member, kettles)
    entry = ContestEntry(against_id=owner.id, words="Ada left in May.")
    contests.contest(db, cy, kettles.id, entry)
    db.commit()

    (letter,) = [each for each in post() if "contested" in each.subject]

    assert f"/companies/{kettles.id}/team" in letter.text
    for private in ("Cy", "Director", "left in May"):
        assert private not in letter.text


def test_who_only_answers_for_the_company_gets_no_such_letter(
    db, ada, bob, cy, kettles, rival
):
    owner, helper = a_voice(db, bob, kettles), a_voice(db, ada, kettles)
    helper.team_role = TeamRole.RESPONDER

    contests.contest(
        db, cy, kettles.id, ContestEntry(against_id=owner.id, words="Bob left.")
    )

    assert letters(db, "contested") == [f"member:{bob.id}"]


def test_strangers_and_the_unproven_contest_nobody(db, ada, bob, kettles):
    role = a_voice(db, bob, kettles)
    entry = ContestEntry(against_id=role.id, words="No.")
    with pytest.raises(Forbidden):
        contests.contest(db, ada, kettles.id, entry)
    representing.claim(
        db,
        ada,
        kettles,
        ClaimEntry(name="Ada", job_title="None"),
        contact="c3",
        email_domain="kettles.example",
    )

    with pytest.raises(Forbidden):
        contests.contest(db, ada, kettles.id, entry)


def test_nobody_contests_themselves_other_companies_or_twice(
    db, bob, cy, kettles, brand, rival, told
):
    elsewhere = a_voice(db, bob, brand)
    for number in (rival.id, elsewhere.id, told.against_id, 4711):
        with pytest.raises(Invalid):
            contests.contest(
                db, cy, kettles.id, ContestEntry(against_id=number, words="No.")
            )


def test_staff_uphold_and_the_role_ends(db, bob, cy, staff, kettles, told):
    contests.uphold(db, staff, told, WORDS)

    assert permissions.representative(db, bob, kettles.id) is None
    assert letters(db, "role_ended") == [f"member:{bob.id}"]
    assert letters(db, "contest_decided") == [f"member:{cy.id}"]
    with pytest.raises(Invalid):
        contests.dismiss(db, staff, told)


def test_a_representative_contests_a_claim_and_staff_refuse_it(
    db, bob, staff, kettles, rival
):
    a_voice(db, bob, kettles)
    entry = ContestEntry(against_id=rival.id, words="Nobody here knows Cy.")
    told = contests.contest(db, bob, kettles.id, entry)

    contests.uphold(db, staff, told, WORDS)

    assert rival.state == ClaimState.REFUSED


def test_staff_dismiss_and_both_stay(db, bob, staff, kettles, rival, told):
    contests.dismiss(db, staff, told)

    assert permissions.representative(db, bob, kettles.id) is not None
    assert rival.state == ClaimState.PROVEN
    assert told.upheld is False


def test_nobody_decides_who_is_concerned_or_no_staff(db, bob, cy, staff, told):
    with pytest.raises(Forbidden):
        contests.dismiss(db, bob, told)
    cy.staff = True
    with pytest.raises(Forbidden):
        contests.uphold(db, cy, told, WORDS)


def test_both_proofs_stand_side_by_side(db, browser_of, bob, cy, staff, kettles, rival):
    role = a_voice(db, bob, kettles)
    number = role.id
    there = f"/en/companies/{kettles.id}/contest"
    challenger, judge = browser_of(cy), browser_of(staff)
    assert not missing_from(challenger.get(there), "Bob")
    assert challenger.post(there, data={"words": "Bob left."}).status_code == 422
    challenger.post(there, data={"against_id": number, "words": "Bob left in May."})

    assert "Kettles" in judge.get("/en/moderation/contests").text
    page = judge.get("/en/moderation/contests/1")
    judge.post(
        "/en/moderation/contests/1",
        data={"deed": "uphold", "words": "The register says so."},
    )

    assert not missing_from(
        page, "Both proofs, side by side", "Bob left in May.", "kettles.example"
    )
    assert challenger.get("/en/moderation/contests/1").status_code == 403
    assert browser_of(bob).get(there).status_code == 403
    db.rollback()
    db.expire_all()
    assert db.get(Representative, number).state == ClaimState.TAKEN_AWAY


def test_staff_note_it_on_a_page(db, browser_of, bob, staff, kettles, brand):
    there = "/en/moderation/companies/belonging"
    typed = {
        "company": "Whistle",
        "parent": str(kettles.id),
        "kinship": "reseller",
        "words": KNOWN,
    }
    judge = browser_of(staff)
    unknown = judge.post(there, data={**typed, "parent": "Nobody at all"})
    noted = judge.post(there, data=typed)

    assert browser_of(bob).post(there, data=typed).status_code == 403
    assert 'id="error-parent"' in unknown.text
    assert not missing_from(judge.get(noted.location), "Sells for Kettles & Co")
