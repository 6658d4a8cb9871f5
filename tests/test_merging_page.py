"""Companies that are one: from a reader's report to the merger, and back."""

import pytest
from sqlalchemy import select

from stories import companies
from stories.models import Company, Duplicate, Merger
from tests.lives import a_story, count
from tests.reading_eyes import missing_from, words_of


@pytest.fixture
def twin(db, ada):
    company = companies.add(db, "Kettles Limited")
    count(db, a_story(db, ada, company))
    return company


def test_a_reader_reports_and_staff_merge_and_undo(
    db, browser_of, bob, staff, kettles, twin
):
    reader, desk = browser_of(bob), browser_of(staff)
    sent = reader.post(
        f"/en/companies/{kettles.id}/duplicate",
        data={"other": f"https://localhost/en/companies/{twin.id}-kettles-limited"},
    )
    assert sent.location == "/en/flag/thanks"
    assert not missing_from(
        desk.get("/en/moderation/companies"), "Kettles & Co = Kettles Limited"
    )

    data = {"company": twin.id, "into": "Kettles & Co", "words": "One firm."}
    assert desk.post("/en/moderation/companies", data=data).status_code == 303

    page = reader.get(f"/en/companies/{twin.id}", follow_redirects=True)
    assert not missing_from(page, "Kettles & Co", "1 story", "Also called")
    assert "Two companies were found to be one" in words_of(reader.get("/en/log"))
    number = db.scalar(select(Merger.id))
    undo = f"/en/moderation/companies/mergers/{number}/undo"
    assert desk.post(undo).status_code == 303
    db.rollback()
    db.expire_all()
    assert db.get(Company, twin.id).merged_into_id is None


def test_what_nobody_knows_is_said_at_the_field(db, browser_of, bob, kettles):
    browser = browser_of(bob)

    page = browser.post(
        f"/en/companies/{kettles.id}/duplicate", data={"other": "Nobody"}
    )

    assert page.status_code == 422
    assert "No company is known by this name or number" in words_of(page)


def test_a_company_is_not_its_own_twin(db, browser_of, bob, kettles):
    address = f"/en/companies/{kettles.id}/duplicate"

    page = browser_of(bob).post(address, data={"other": str(kettles.id)})

    assert "These are one company already" in words_of(page)


def test_staff_say_that_they_are_two(db, browser_of, bob, staff, kettles, twin):
    browser_of(bob).post(
        f"/en/companies/{kettles.id}/duplicate", data={"other": "Kettles Limited"}
    )
    number = db.scalar(select(Duplicate.id))

    address = f"/en/moderation/companies/reports/{number}/dismiss"
    browser_of(staff).post(address)

    db.rollback()
    db.expire_all()
    assert db.get(Duplicate, number).state == "dismissed"


@pytest.mark.parametrize(
    "path", ["companies", "companies/mergers/1/undo", "companies/reports/1/dismiss"]
)
def test_only_staff_come_to_this_desk(browser_of, bob, path):
    browser = browser_of(bob)

    assert browser.post(f"/en/moderation/{path}").status_code == 403
    assert browser.get("/en/moderation/companies").status_code == 403
