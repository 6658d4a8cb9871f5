"""Pressure on authors: disclosed in private, checked by staff, then seen by all."""

import json

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import pressing, withdrawing
from stories.exporting import own_record, public_record
from stories.models import Caution, Decision, Pressure
from stories.pressing import JudgementEntry, PressureEntry
from stories.problems import Forbidden, Invalid
from stories.reading import company as company_page
from stories.reading import story as story_page
from tests.lives import a_story
from tests.people import a_voice, letters
from tests.reading_eyes import missing_from

MONEY = PressureEntry(kind="money", words="They offered 200 euros for silence.")
SEEN = JudgementEntry(words="We have seen the message.")


@pytest.fixture
def story(db, ada, kettles):
    """Ada's story about Kettles."""
    return a_story(db, ada, kettles)


def shown(db, story):
    db.commit()
    return story_page.page(db, story.id, None).added.cautions


def counted(db, company):
    db.commit()
    return company_page.page(db, company.id).pressure


def test_what_an_author_tells_is_private_until_staff_agree(
    db, ada, staff, story, kettles
):
    told = pressing.disclose(db, ada, story, MONEY)
    assert shown(db, story) == []
    assert counted(db, kettles).notices == []
    assert "silence" not in "".join(public_record(db))

    pressing.uphold(db, staff, told, SEEN)

    (notice,) = shown(db, story)
    assert (notice.by, notice.words) == ("checked", MONEY.words)
    (seen,) = counted(db, kettles).notices
    assert (seen.kind, seen.title) == ("money", story.title)
    assert counted(db, kettles).kinds == [("money", 1)]
    assert db.scalar(select(Decision.deed)) == "pressure_upheld"
    assert letters(db, "decision") == [f"member:{ada.id}"]
    assert '"table": "pressure"' in "".join(public_record(db))


def test_what_staff_do_not_agree_with_no_reader_sees(db, ada, staff, story, kettles):
    told = pressing.disclose(db, ada, story, MONEY)

    pressing.dismiss(db, staff, told, SEEN)

    assert shown(db, story) == []
    assert counted(db, kettles).notices == []
    assert db.scalars(select(Decision.story_id)).all() == [None]
    assert '"table": "pressure"' not in "".join(public_record(db))


def test_the_company_learns_of_the_notice_and_not_of_the_words(
    db, browser_of, post, ada, bob, staff, story, kettles
):
    a_voice(db, bob, kettles)
    browser_of(bob)
    told = pressing.disclose(db, ada, story, MONEY)
    db.commit()
    assert not post()

    pressing.uphold(db, staff, told, SEEN)
    db.commit()

    (letter,) = [each for each in post() if "notice" in each.subject]
    assert f"/companies/{kettles.id}-kettles-co" in letter.text
    assert story.title in letter.text
    assert MONEY.words not in letter.text


def test_of_what_staff_do_not_agree_with_the_company_hears_nothing(
    db, ada, bob, staff, story, kettles
):
    a_voice(db, bob, kettles)
    told = pressing.disclose(db, ada, story, MONEY)

    pressing.dismiss(db, staff, told, SEEN)

    assert letters(db, "pressure_noticed") == []


def test_staff_can_think_again(db, ada, staff, story, kettles):
    told = pressing.disclose(db, ada, story, MONEY)
    pressing.uphold(db, staff, told, SEEN)
    with pytest.raises(Invalid):
        pressing.uphold(db, staff, told, SEEN)

    pressing.dismiss(db, staff, told, SEEN)

    assert shown(db, story) == []
    assert counted(db, kettles).notices == []


def test_words_taken_back_go_and_the_count_stays(db, ada, staff, story, kettles):
    first = pressing.disclose(db, ada, story, MONEY)
    second = pressing.disclose(db, ada, story, MONEY)
    pressing.uphold(db, staff, first, SEEN)

    pressing.withdraw(db, ada, first)
    pressing.withdraw(db, ada, second)

    assert shown(db, story) == []
    assert counted(db, kettles).kinds == [("money", 1)]
    assert db.scalars(select(Pressure.words)).all() == [""]


def test_an_erased_story_keeps_the_count_without_words(db, ada, staff, story, kettles):
    told = pressing.disclose(db, ada, story, MONEY)
    pressing.uphold(db, staff, told, SEEN)

    withdrawing.erase(db, ada, story)

    (seen,) = counted(db, kettles).notices
    assert seen.title == ""
    assert db.scalar(select(Pressure.words)) == ""
    assert not db.scalar(select(Caution.words).where(Caution.words != ""))


def test_strangers_neither_tell_nor_decide(db, ada, bob, staff, story):
    with pytest.raises(Forbidden):
        pressing.disclose(db, bob, story, MONEY)
    told = pressing.disclose(db, ada, story, MONEY)
    with pytest.raises(Forbidden):
        pressing.withdraw(db, bob, told)

    for deed in (pressing.uphold, pressing.dismiss):
        for member in (ada, bob):
            with pytest.raises(Forbidden):
                deed(db, member, told, SEEN)


def test_staff_with_a_part_in_it_do_not_decide(db, ada, staff, story, kettles):
    told = pressing.disclose(db, ada, story, MONEY)
    a_voice(db, staff, kettles)
    own = pressing.disclose(db, staff, a_story(db, staff, kettles), MONEY)

    for each in (told, own):
        with pytest.raises(Forbidden):
            pressing.uphold(db, staff, each, SEEN)


def test_it_was_one_of_the_story_s_companies(db, ada, story):
    other = PressureEntry(kind="threat", company_id=999, words="A letter came.")

    with pytest.raises(Invalid):
        pressing.disclose(db, ada, story, other)


@pytest.mark.parametrize(
    "nonsense",
    [{}, {"kind": "money"}, {"kind": "love", "words": "x"}, {"words": "x"}],
)
def test_pressure_of_no_kind_or_in_no_words_is_none(nonsense):
    with pytest.raises(ValueError):
        PressureEntry.model_validate(nonsense)


def test_enough_is_enough(db, ada, story):
    for _ in range(pressing.MOST):
        pressing.disclose(db, ada, story, MONEY)

    with pytest.raises(Invalid):
        pressing.disclose(db, ada, story, MONEY)


def test_it_is_in_the_author_s_own_export(db, ada, story):
    pressing.disclose(db, ada, story, MONEY)

    assert own_record(db, ada)["pressure"][0]["words"] == MONEY.words
    json.dumps(own_record(db, ada))


def test_author_and_staff_do_it_on_pages(
    browser_of, client, db, ada, bob, staff, story
):
    here = f"/en/stories/{story.id}/pressure"
    author, other, desk = map(browser_of, (ada, bob, staff))
    assert other.get(here).status_code == 403
    assert author.post(here, data={"words": ""}).status_code == 422

    told = author.post(here, data={"kind": "gag_clause", "words": "Sign, or else."})

    assert not missing_from(author.get(told.location), "Staff have not looked at it")
    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert "Sign, or else." not in page.text
    assert other.get("/en/moderation/pressure").status_code == 403
    assert other.post("/en/moderation/pressure/1").status_code == 403
    assert not missing_from(desk.get("/en/moderation/pressure"), story.title)
    assert not missing_from(desk.get("/en/moderation/pressure/1"), "Sign, or else.")
    assert desk.post("/en/moderation/pressure/1").status_code == 422
    desk.post("/en/moderation/pressure/1", data={"deed": "uphold", "words": "Seen."})

    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert not missing_from(page, "Sign, or else.", "staff have checked it")
    page = client.get("/en/companies/1", follow_redirects=True)
    assert not missing_from(page, "An author was pressed", "A promise of silence")
    known = client.get("/api/v1/companies/1").json["pressure"]
    assert [each["kind"] for each in known] == ["gag_clause"]
    assert not missing_from(client.get("/en/log"), "staff agree")
    author.post(f"{here}/1/back")
    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert "Sign, or else." not in page.text


def test_without_scripts_it_is_told_and_checked(db, page_of, ada, staff, story):
    page = page_of(ada, java_script_enabled=False)
    page.goto(f"/en/stories/{story.id}/pressure")

    page.get_by_role("radio", name="A threat").check()
    page.get_by_role("textbox", name="What happened?").fill("Their lawyer wrote.")
    page.get_by_role("button", name="Tell staff").click()

    expect(page.get_by_text("Staff have not looked at it yet")).to_be_visible()
    desk = page_of(staff, java_script_enabled=False)
    desk.goto("/en/moderation")
    desk.get_by_role("link", name="Pressure on authors").click()
    desk.get_by_role("link", name=story.title).click()
    desk.get_by_role("textbox", name="In words").fill("We have read the letter.")
    desk.get_by_role("button", name="Tell readers", exact=True).click()
    desk.goto("/en/companies/1")
    desk.get_by_text("When, and which stories").click()
    desk.get_by_role("link", name=story.title).first.click()
    expect(desk.get_by_text("Their lawyer wrote.")).to_be_visible()
