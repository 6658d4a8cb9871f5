"""What companies report: counted for all to see, and an alarm where it is a flood."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import alarms, companies, moderating
from stories.entries.judging import FlagEntry, RulingEntry
from stories.exporting import public_record
from stories.models import Alarm, Flag
from stories.models.codes import FlagReason, Target
from stories.problems import Forbidden
from stories.reading import pressure
from tests.lives import a_story
from tests.people import a_voice
from tests.reading_eyes import missing_from

FLAG = FlagEntry(reason=FlagReason.SPAM)
RULING = RulingEntry(reason=FlagReason.SPAM, words="It advertises.")


@pytest.fixture
def told(db, ada, kettles, bob):
    """Two stories about Kettles, for whom Bob speaks."""
    a_voice(db, bob, kettles)
    return [a_story(db, ada, kettles) for _ in range(2)]


def test_reports_of_the_verified_are_counted_by_kind_and_verdict(
    db, bob, cy, staff, told, kettles
):
    for member, story in ((bob, told[0]), (bob, told[1]), (cy, told[0])):
        moderating.flag(db, member, Target.STORY, story.id, FLAG)
    before = kettles.version

    moderating.hide(db, staff, Target.STORY, told[0].id, RULING)
    moderating.dismiss(db, staff, Target.STORY, told[1].id, RULING)

    (seen,) = pressure.reports(db, kettles)
    assert (seen.kind, seen.number) == ("complaint", 2)
    assert (seen.upheld, seen.dismissed) == (1, 1)
    db.refresh(kettles)
    assert kettles.version > before


def test_a_report_about_somebody_else_s_story_is_a_person_s_own(db, ada, bob, told):
    other = a_story(db, ada, companies.named(db, "Pans"))

    flag = moderating.flag(db, bob, Target.STORY, other.id, FLAG)

    assert flag.company_id is None


def flood(db, member, told, number):
    """So many reports at once."""
    for at in range(number):
        db.add(
            Flag(
                target=Target.UPDATE,
                target_id=at,
                story_id=told[0].id,
                member_id=member.id,
                company_id=1,
                reason=FlagReason.SPAM,
            )
        )
    db.flush()


def test_ten_reports_in_an_hour_are_one_alarm(db, bob, told, kettles):
    flood(db, bob, told, alarms.FLOOD - 2)
    moderating.flag(db, bob, Target.STORY, told[0].id, FLAG)
    assert db.scalars(select(Alarm)).all() == []

    moderating.flag(db, bob, Target.STORY, told[1].id, FLAG)

    (alarm,) = pressure.alarms(db)
    assert (alarm.company_id, alarm.number) == (kettles.id, alarms.FLOOD)
    assert '"table": "alarm"' not in "".join(public_record(db))


def test_staff_see_it_and_others_do_not(browser_of, client, db, bob, staff, told):
    flood(db, bob, told, alarms.FLOOD)
    moderating.flag(db, bob, Target.STORY, told[0].id, FLAG)
    db.commit()
    (alarm,) = pressure.alarms(db)
    with pytest.raises(Forbidden):
        moderating.see_alarm(db, bob, alarm)
    desk = browser_of(staff)

    queue = desk.get("/en/moderation")

    assert not missing_from(queue, "11 reports within one hour")
    assert browser_of(bob).post(f"/en/moderation/alarms/{alarm.id}").status_code == 403
    assert desk.post("/en/moderation/alarms/99").status_code == 404
    desk.post(f"/en/moderation/alarms/{alarm.id}")
    assert "within one hour" not in desk.get("/en/moderation").text
    page = client.get("/en/companies/1", follow_redirects=True)
    assert not missing_from(page, "What the company reported", "11 reports")
    assert client.get("/api/v1/companies/1").json["reports"][0]["number"] == 11


def test_without_scripts_staff_put_an_alarm_away(db, page_of, bob, staff, told):
    flood(db, bob, told, alarms.FLOOD)
    moderating.flag(db, bob, Target.STORY, told[0].id, FLAG)
    db.commit()
    page = page_of(staff, java_script_enabled=False)
    page.goto("/en/moderation")

    page.get_by_role("button", name="Seen").click()

    expect(page.get_by_role("button", name="Seen")).to_have_count(0)
    expect(page.get_by_text("within one hour")).to_have_count(0)
