"""What a company's team takes away: months and cases, safe in every spreadsheet."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from sqlalchemy import update

from stories import handling
from stories.exporting.sheets import FORMULA, MARK, cell, line
from stories.handling import NoteEntry
from stories.models import Company, Mention, Response, now
from stories.reading import desk as reading
from tests.desks import a_case
from tests.people import a_voice
from tests.reading_eyes import missing_from

PAGES = ("months", "months.csv", "cases.csv")


def answer(db, story, company, days_ago: int, speaker="Bob") -> None:
    at = now() - timedelta(days=days_ago)
    words = Response(
        story_id=story.id,
        company_id=company.id,
        kind="explain",
        company_name=company.name,
        speaker=speaker,
        posted_at=at,
    )
    db.add(words)
    db.commit()


def read(page) -> list[dict[str, str]]:
    assert page.status_code == 200
    text = page.data.decode()
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))


@given(some.text(max_size=40))
@example("=HYPERLINK(1)")
@example("\u00a0 @SUM(1)")
@example("＝1+1")
@example('"=1+1"')
@example("\r\n=1")
def test_no_cell_is_a_formula_and_nothing_is_lost(words):
    ((found, other),) = csv.reader(io.StringIO(line([words, "x"])))

    assert not found.lstrip(" \u00a0").startswith(FORMULA)
    assert found in (words.replace("\0", ""), "'" + words.replace("\0", ""))
    assert other == "x"


@given(some.integers() | some.floats(allow_nan=False))
def test_numbers_stay_numbers(number):
    assert float(cell(number)) == number


def test_months_count_answers_their_median_and_the_late(db, ada, kettles, voice):
    at = now()
    for days in (2, 4, 30):
        story = a_case(
            db, ada, kettles, days + 1, "awaiting_author", answered_at=at, title="x"
        )
        answer(db, story, kettles, 0)
        case = Mention.story_id == story.id
        db.execute(update(Mention).where(case).values(answer_days=days))
    db.commit()

    this, *before = reading.work(db, kettles.id).months

    assert (this.answers, this.first, this.days, this.late) == (3, 3, 4.0, 1)
    assert len(before) == 12
    assert {each.answers for each in before} == {0}
    assert reading.work(db, kettles.id).people == [("Bob", 3)]


def test_the_sheet_of_cases_holds_notes_and_references(
    db, browser_of, ada, bob, kettles, voice
):
    story = a_case(
        db, ada, kettles, 20, title="=1+1", private_reference="+4711", language="it"
    )
    handling.note(db, bob, kettles.id, [story.id], NoteEntry(text="=Ask\nthe depot"))
    db.commit()

    page = browser_of(bob).get(f"/en/desk/cases.csv?company={kettles.id}")

    (row,) = read(page)
    assert row["title"] == "'=1+1"
    assert row["reference"] == "'+4711"
    assert row["notes"].endswith("Bob: =Ask\nthe depot")
    assert (row["days"], row["clock"], row["language"]) == ("20", "late", "it")
    assert page.headers["Cache-Control"] == "private, no-store"


def test_hidden_stories_and_those_of_others_are_in_no_sheet(
    db, browser_of, ada, bob, kettles, voice
):
    teapots = Company(name="Teapots")
    db.add(teapots)
    db.commit()
    a_case(db, ada, kettles, 2, title="Hidden", visibility="hidden")
    a_case(db, ada, teapots, 2, title="Theirs")

    page = browser_of(bob).get(f"/en/desk/cases.csv?company={kettles.id}")

    assert read(page) == []


def test_months_are_shown_and_taken_away(db, browser_of, bob, kettles, voice):
    browser = browser_of(bob)

    page = browser.get(f"/en/desk/months?company={kettles.id}")
    sheet = read(browser.get(f"/en/desk/months.csv?company={kettles.id}"))

    assert not missing_from(page, "Median days", "All stories, with your notes")
    assert len(sheet) == 13
    assert sheet[0]["month"] == now().strftime("%Y-%m")


@pytest.mark.parametrize("page", PAGES)
def test_only_the_own_team_gets_them(db, browser_of, client, ada, cy, kettles, page):
    teapots = Company(name="Teapots")
    db.add(teapots)
    db.commit()
    a_voice(db, cy, teapots)
    address = f"/en/desk/{page}?company={kettles.id}"

    assert "/en/sign-in" in client.get(address).location
    assert browser_of(ada).get(address).status_code == 403
    other = browser_of(cy)
    assert other.get(address).status_code == 403
    assert other.get(f"/en/desk/{page}").status_code == 404
