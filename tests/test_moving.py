"""Stories that name the wrong company: reported, moved, and moved back."""

import pytest
from sqlalchemy import func, select

from stories import companies, figures, moving, publishing, responding
from stories.models import (
    Company,
    Contact,
    Decision,
    Errand,
    Mention,
    Misnaming,
    Response,
    Story,
    TimelineEntry,
)
from stories.models.codes import CaseState, FlagState, Happening, StaffDeed
from stories.moving import MisnamingEntry
from stories.problems import Forbidden, Invalid, Missing
from stories.responding import ResponseEntry
from tests.people import a_voice, an_entry, letters
from tests.reading_eyes import missing_from, words_of

MEANT = MisnamingEntry(meant="Acme Kettles", words="Their shop, not the railway.")


@pytest.fixture
def right(db, cy) -> Company:
    company = companies.add(db, "Acme Kettles", domain="kettles.example")
    db.commit()
    a_voice(db, cy, company)
    return company


@pytest.fixture
def story(db, ada, acme, right) -> Story:
    entry = an_entry(
        mentions=[{"company": "Acme", "products": ["Kettle"]}],
        contacts=[{"channel": "phone", "company": "Acme", "minutes": 20}],
    )
    story = publishing.publish(db, ada, entry)
    db.commit()
    return story


@pytest.fixture
def told(db, story, acme) -> Misnaming:
    told = moving.report(db, None, story, acme, MEANT)
    db.commit()
    return told


def mention(db) -> Mention:
    db.flush()
    db.expire_all()
    return db.scalars(select(Mention)).one()


def cases_of(db, company) -> int:
    return figures.of_company(db, company).ever.told


def test_a_report_knows_the_company_where_its_name_is_clear(db, told, right):
    assert (told.other_id, told.state, told.member_id) == (right.id, "open", None)


def test_a_second_report_of_a_member_replaces_the_first(db, ada, cy, story, acme):
    moving.report(db, cy, story, acme, MEANT)
    again = moving.report(db, cy, story, acme, MisnamingEntry(meant="Nobody here"))

    assert db.scalar(select(func.count(Misnaming.id))) == 1
    assert (again.meant, again.other_id) == ("Nobody here", None)


def test_a_company_that_the_story_does_not_name_is_not_reported(db, story, right):
    with pytest.raises(Missing):
        moving.report(db, None, story, right, MEANT)


def test_a_story_moves_with_what_its_author_said(db, staff, story, told, acme, right):
    moving.move(db, staff, told, right)

    case = mention(db)
    assert (case.company_id, case.case_state) == (right.id, CaseState.AWAITING_COMPANY)
    assert db.scalars(select(Contact.company_id)).one() == right.id
    db.refresh(case, ["products"])
    assert [(each.name, each.company_id) for each in case.products] == [
        ("Kettle", right.id)
    ]
    assert (cases_of(db, acme), cases_of(db, right)) == (0, 1)


def test_of_a_move_everybody_is_told(db, ada, bob, cy, staff, story, told, right):
    moving.move(db, staff, told, right)

    assert letters(db, "moved") == [f"member:{ada.id}"]
    assert letters(db, "moved_away") == [f"member:{bob.id}"]
    assert f"member:{cy.id}" in letters(db, "story_told")
    indexed = select(func.count(Errand.id)).where(Errand.task == "index")
    assert db.scalar(indexed) > 1
    deeds = db.scalars(select(Decision.deed).where(Decision.story_id == story.id))
    assert list(deeds) == [StaffDeed.MOVE]
    moved = select(TimelineEntry).where(TimelineEntry.happening == Happening.MOVED)
    assert db.scalars(moved).one().by == "staff"
    assert told.state == FlagState.UPHELD


def test_what_the_wrong_company_answered_stays_as_it_was_said(
    db, bob, staff, story, told, acme, right
):
    entry = ResponseEntry(kind="wrong_company", text="That is not us.")
    responding.respond(db, bob, story, acme.id, entry)

    moving.move(db, staff, told, right)

    assert db.scalars(select(Response.company_id)).one() == acme.id
    assert mention(db).answered_at is None


def test_a_move_is_undone_with_all_that_moved(db, staff, story, told, acme, right):
    before = mention(db).told_at
    moving.move(db, staff, told, right)

    moving.undo(db, staff, told)

    case = mention(db)
    db.refresh(case, ["products"])
    assert (case.company_id, case.told_at) == (acme.id, before)
    assert [each.company_id for each in case.products] == [acme.id]
    assert db.scalars(select(Contact.company_id)).one() == acme.id
    assert (cases_of(db, acme), cases_of(db, right)) == (1, 0)
    with pytest.raises(Invalid):
        moving.undo(db, staff, told)


def test_a_story_that_names_both_is_not_moved(db, ada, staff, acme, right):
    entry = an_entry(mentions=[{"company": "Acme"}, {"company": "Acme Kettles"}])
    both = publishing.publish(db, ada, entry)
    told = moving.report(db, None, both, acme, MEANT)

    with pytest.raises(Invalid):
        moving.move(db, staff, told, right)
    with pytest.raises(Invalid):
        moving.move(db, staff, told, acme)


def test_only_staff_move_and_dismiss(db, ada, bob, staff, told, right):
    for stranger in (ada, bob):
        with pytest.raises(Forbidden):
            moving.move(db, stranger, told, right)
        with pytest.raises(Forbidden):
            moving.dismiss(db, stranger, told)
    moving.dismiss(db, staff, told)

    assert told.state == FlagState.DISMISSED


def test_who_is_not_signed_in_says_so_on_a_page(db, client, story, acme, right):
    address = f"/en/stories/{story.id}/wrong-company"
    link = client.get(f"/en/stories/{story.id}-the-kettle-that-never-came")
    assert f'href="{address}"' in link.text

    typed = {"company": acme.id, "meant": "Acme Kettles", "words": "The shop."}
    sent = client.post(address, data=typed)

    assert sent.status_code == 303
    db.rollback()
    assert db.scalars(select(Misnaming)).one().other_id == right.id


@pytest.mark.parametrize("typed", [{}, {"company": "4711", "meant": "Acme Kettles"}])
def test_nonsense_is_told_at_its_field(db, client, story, typed):
    page = client.post(f"/en/stories/{story.id}/wrong-company", data=typed)

    assert page.status_code == 422
    assert 'id="error-company"' in page.text
    assert not db.scalars(select(Misnaming)).all()


def test_staff_move_with_one_click_and_undo(
    db, browser_of, client, staff, story, told, right
):
    browser = browser_of(staff)
    page = browser.get("/en/moderation/moves")
    assert not missing_from(page, "It names Acme and means Acme Kettles.")

    browser.post(f"/en/moderation/moves/{told.id}", data={"other": str(right.id)})
    db.rollback()
    assert mention(db).company_id == right.id
    seen = client.get(f"/en/stories/{story.id}-the-kettle-that-never-came")
    assert "moved the story to the company that it means" in words_of(seen)
    assert "A story was moved" in words_of(client.get("/en/log"))
    browser.post(f"/en/moderation/moves/{told.id}/undo")

    db.rollback()
    assert mention(db).company_id != right.id


def test_a_company_that_nobody_knows_is_told_at_its_field(browser_of, staff, told):
    address = f"/en/moderation/moves/{told.id}"

    page = browser_of(staff).post(address, data={"other": "Nowhere"})

    assert page.status_code == 422
    assert "No company is known by this name" in words_of(page)


def test_the_desk_of_moves_is_for_staff(browser_of, client, ada, told):
    stranger, address = browser_of(ada), f"/en/moderation/moves/{told.id}"

    assert stranger.get("/en/moderation/moves").status_code == 403
    assert stranger.post(address, data={"do": "dismiss"}).status_code == 403
    assert client.get("/en/moderation/moves").status_code == 303


def test_a_wrong_company_is_put_right_without_script(
    page_of, db, staff, story, acme, right
):
    reader = page_of(java_script_enabled=False)
    reader.goto(f"/en/stories/{story.id}-the-kettle-that-never-came")
    reader.get_by_role("link", name="Wrong company?").click()
    reader.locator('[name="meant"]').fill("Acme Kettles")
    reader.get_by_role("button", name="Send report").click()
    reader.wait_for_url("**/flag/thanks*")

    judge = page_of(staff, java_script_enabled=False)
    judge.goto("/en/moderation/moves")
    judge.get_by_role("button", name="Move the story").click()
    judge.get_by_text("From Acme to Acme Kettles").wait_for()

    assert mention(db).company_id == right.id
