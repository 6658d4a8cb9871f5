"""Company figures, by rule 10."""

from datetime import timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories import figures
from stories.companies import product_named
from stories.figures.shares import Share
from stories.figures.windows import Days
from stories.models import Contact, Mention, Promise, now
from tests.lives import a_story, count, later, mention

ENDINGS = ["resolved"] * 6 + ["partly_resolved"] + ["not_resolved"] * 2
ENDINGS += ["no_answer", "open", "moot"]


def a_case(db, company, *, at=None, told=True, days=None, outcome="open", **more):
    """A case that the company was told of, and answered after so many days."""
    at = at or later(0)
    story = a_story(
        db, None, company, outcome=outcome, outcome_at=at, published_at=at, **more
    )
    case = db.query(Mention).filter_by(story_id=story.id).one()
    if told:
        case.told_at = at
        case.case_state, case.case_changed_at = "awaiting_company", at
    if days is not None:
        case.answered_at, case.answer_days = at + timedelta(days), days
    count(db, story)
    return case


def of(db, company):
    return figures.of_company(db, company).ever


def the_worked_example(db, company, at):
    """Told 12, answered 9; 8 grades, mean 6.0; 5 of 8 would buy again."""
    for n, outcome in enumerate(ENDINGS):
        more = {}
        if n < 8:
            more = {"grade": 6, "would_buy_again": "yes" if n < 5 else "never"}
        days = n if n < 9 else None
        a_case(db, company, at=at, outcome=outcome, days=days, **more)


def test_the_worked_example_of_the_rules(db, kettles):
    the_worked_example(db, kettles, now())

    found = figures.of_company(db, kettles)

    assert (found.ever.told, found.ever.answered) == (12, Share(9, 12))
    assert found.ever.resolved == Share(6, 10)
    assert round(100 * found.ever.resolved.low) == 31
    assert round(100 * found.ever.resolved.high) == 83
    assert found.ever.days.median == 4
    assert found.ever.outcomes["moot"] == found.ever.outcomes["open"] == 1
    assert found.ever.again == Share(5, 8)
    assert found.decided == 10


def test_the_index_of_the_worked_example_is_5_8(db, kettles):
    the_worked_example(db, kettles, now())

    index = figures.of_company(db, kettles).index

    parts = (index.answered, index.grade, index.resolved, index.again)
    assert [round(part.value, 3) for part in parts] == [0.658, 5.533, 0.559, 0.567]
    assert [round(part.points, 1) for part in parts] == [131.6, 166.0, 167.6, 113.3]
    assert round(index.value, 1) == 5.8


@pytest.mark.usefixtures("noon")
def test_a_year_halves_what_a_case_counts_in_the_index(db, kettles):
    the_worked_example(db, kettles, now() - timedelta(days=365))

    index = figures.of_company(db, kettles).index

    assert index.answered.cases == pytest.approx(6, abs=0.001)
    assert index.resolved.sum == pytest.approx(3, abs=0.001)
    assert index.resolved.value == pytest.approx((3 + 3.5) / (5 + 7), abs=0.001)
    assert index.grade.value == pytest.approx((24 + 35) / (4 + 7), abs=0.001)


def test_nine_decided_cases_make_no_index(db, kettles):
    for _ in range(9):
        a_case(db, kettles, outcome="resolved", days=1, grade=10)

    found = figures.of_company(db, kettles)

    assert (found.decided, found.index) == (9, None)


def test_silence_is_counted_for_itself_and_in_no_share(db, kettles):
    silent = a_case(db, kettles, days=1)
    silent.case_state = "awaiting_author"
    silent.case_changed_at = now() - timedelta(days=91)
    waiting = a_case(db, kettles, days=1)
    waiting.case_state, waiting.case_changed_at = "awaiting_author", now()
    a_case(db, kettles, outcome="resolved")
    for case in (silent, waiting):
        count(db, case.story_id)

    found = of(db, kettles)

    assert found.outcomes["no_word"] == 1
    assert found.outcomes["open"] == 1
    assert found.resolved == Share(1, 1)


def test_praise_is_praise_and_no_solved_complaint(db, kettles):
    a_case(db, kettles, kind="praise", outcome="resolved")
    a_case(db, kettles, kind="mixed")

    found = of(db, kettles)

    assert found.kinds == {"praise": 1, "mixed": 1}
    assert found.told == 1
    assert found.resolved is None


def test_cases_that_were_not_told_stand_apart(db, kettles):
    a_case(db, kettles, told=False, outcome="not_resolved", grade=1)

    found = of(db, kettles)

    assert (found.told, found.answered, found.since) == (0, None, None)
    assert found.untold == {"not_resolved": 1}
    assert found.grades == 0


def test_a_mention_in_passing_counts_nothing(db, ada, kettles):
    story = a_story(db, ada, None)
    mention(db, story, kettles, "criticised")

    assert of(db, kettles).stories == 0


@pytest.mark.parametrize(
    ("visibility", "number"),
    [
        ("public", 1),
        ("tombstone", 1),
        ("hidden", 0),
        ("author_only", 0),
        ("unlisted", 0),
    ],
)
def test_what_was_erased_still_counts(db, kettles, visibility, number):
    a_case(db, kettles, visibility=visibility)

    assert of(db, kettles).told == number


def test_a_product_has_figures_of_its_own(db, kettles):
    a_case(db, kettles, products=["Kettle"], outcome="resolved")
    a_case(db, kettles, products=["Teapot"], outcome="not_resolved")
    kettle = product_named(db, kettles, "Kettle")

    assert figures.of_product(db, kettle).ever.resolved == Share(1, 1)


def test_the_window_of_twelve_months_begins_with_a_month(db, kettles):
    today = now()
    begins = today.replace(year=today.year - 1, day=1)
    a_case(db, kettles, at=begins, days=3)
    a_case(db, kettles, at=begins - timedelta(days=1), days=30)

    found = figures.of_company(db, kettles)

    assert (found.year.told, found.ever.told) == (1, 2)
    assert found.year.days.median == 3
    assert found.year.since == begins.date()


def test_promises_hours_and_contacts_are_of_this_company(db, kettles):
    case = a_case(db, kettles, effort_minutes=None)
    rows = [
        Promise(what="Tomorrow", state="kept"),
        Promise(what="On Monday", state="broken"),
        Promise(what="Some day", state="open"),
        Promise(what="I shall pay", state="kept", by="author"),
        Contact(channel="phone", by="author", minutes=40),
        Contact(channel="phone", by="company", minutes=20),
        Contact(channel="email", by="author", company_id=kettles.id),
    ]
    for row in rows:
        row.story_id = case.story_id
        db.add(row)
    count(db, case.story_id)

    found = of(db, kettles)

    assert found.promises == Share(1, 2)
    assert (found.minutes, found.efforts, found.contacts) == (60, 1, 2)


def test_all_figures_take_one_statement(db, kettles, statements):
    a_case(db, kettles, days=3)
    statements.clear()

    figures.of_company(db, kettles)

    assert len(statements) == 1


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(counts):
    share = Share(*counts)

    assert 0 <= share.low <= share.value <= share.high <= 1


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_days_are_grouped_without_loss(days):
    found = Days({day: days.count(day) for day in days})

    assert found.median == median(days)
    assert sum(group.number for group in found.groups) == len(days)
    for group in found.groups:
        last = 10_000 if group.last is None else group.last
        assert group.number == sum(group.first <= day <= last for day in days)
