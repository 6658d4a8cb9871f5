"""Company figures, by rule 10."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories import figures
from stories.companies import product_named
from stories.figures import Share
from stories.models import Mention, now
from tests.lives import a_story, later, mention


def a_case(db, company, *, told=True, days=None, outcome="open", **more):
    """A case that the company was told of, and answered after so many days."""
    story = a_story(db, None, company, outcome=outcome, **more)
    case = db.query(Mention).filter_by(story_id=story.id).one()
    if told:
        case.told_at = later(0)
        case.case_state, case.case_changed_at = "awaiting_company", later(0)
    if days is not None:
        case.answered_at, case.answer_days = later(days), days
    db.commit()
    return case


def test_the_worked_example_of_the_rules(db, kettles):
    endings = ["resolved"] * 6 + ["partly_resolved"] + ["not_resolved"] * 2
    endings += ["no_answer", "open", "moot"]
    for n, outcome in enumerate(endings):
        a_case(db, kettles, outcome=outcome, days=n if n < 9 else None)

    found = figures.of_company(db, kettles)

    assert (found.told, found.answered) == (12, Share(9, 12))
    assert found.resolved == Share(6, 10)
    assert round(100 * found.resolved.low) == 31
    assert round(100 * found.resolved.high) == 83
    assert found.days == 4
    assert found.outcomes["moot"] == found.outcomes["open"] == 1


def test_silence_is_counted_for_itself_and_in_no_share(db, kettles):
    silent = a_case(db, kettles, days=1)
    silent.case_state = "awaiting_author"
    silent.case_changed_at = now() - timedelta(days=91)
    waiting = a_case(db, kettles, days=1)
    waiting.case_state, waiting.case_changed_at = "awaiting_author", now()
    a_case(db, kettles, outcome="resolved")
    db.commit()

    found = figures.of_company(db, kettles)

    assert found.outcomes["no_word"] == 1
    assert found.outcomes["open"] == 1
    assert found.resolved == Share(1, 1)


def test_praise_is_praise_and_no_solved_complaint(db, kettles):
    a_case(db, kettles, kind="praise", outcome="resolved")
    a_case(db, kettles, kind="mixed")

    found = figures.of_company(db, kettles)

    assert found.kinds == {"praise": 1, "mixed": 1}
    assert found.told == 1
    assert found.resolved is None


def test_cases_that_were_not_told_stand_apart(db, kettles):
    a_case(db, kettles, told=False, outcome="not_resolved")

    found = figures.of_company(db, kettles)

    assert (found.told, found.answered, found.since) == (0, None, None)
    assert found.untold == {"not_resolved": 1}


def test_a_mention_in_passing_counts_nothing(db, ada, kettles):
    story = a_story(db, ada, None)
    mention(db, story, kettles, "criticised")

    assert figures.of_company(db, kettles).stories == 0


@pytest.mark.parametrize(
    ("visibility", "count"),
    [
        ("public", 1),
        ("tombstone", 1),
        ("hidden", 0),
        ("author_only", 0),
        ("unlisted", 0),
    ],
)
def test_what_was_erased_still_counts(db, kettles, visibility, count):
    a_case(db, kettles, visibility=visibility)

    assert figures.of_company(db, kettles).told == count


def test_a_product_has_figures_of_its_own(db, kettles):
    a_case(db, kettles, products=["Kettle"], outcome="resolved")
    a_case(db, kettles, products=["Teapot"], outcome="not_resolved")
    kettle = product_named(db, kettles, "Kettle")

    assert figures.of_product(db, kettle).resolved == Share(1, 1)


def test_all_figures_take_one_statement(db, kettles, statements):
    a_case(db, kettles, days=3)
    statements.clear()

    figures.of_company(db, kettles)

    assert len([s for s in statements if s.startswith("SELECT")]) == 1


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(counts):
    share = Share(*counts)

    assert 0 <= share.low <= share.value <= share.high <= 1
