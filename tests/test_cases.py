"""Whose turn it is, and the clock."""

from datetime import UTC, datetime, timedelta

from stories.cases import Clock, Standing, Word, clock, standing, state_after
from stories.models import Mention
from stories.models.codes import CaseState
from stories.models.pace import Pace

START = datetime(2026, 3, 1, 23, 50, tzinfo=UTC)


def days(n: int) -> datetime:
    return START + timedelta(days=n)


def test_an_answer_passes_the_turn_to_the_author():
    begun = Word(days(0), CaseState.AWAITING_COMPANY)
    answer = Word(days(3), CaseState.AWAITING_AUTHOR)

    assert state_after(begun, [answer]) == (CaseState.AWAITING_AUTHOR, days(3))


def test_an_answer_to_what_the_author_closed_changes_nothing():
    begun = Word(days(0), CaseState.CLOSED)
    thanks = Word(days(3), CaseState.AWAITING_AUTHOR)

    assert state_after(begun, [thanks]) == (CaseState.CLOSED, days(0))


def test_of_two_words_of_one_moment_the_last_one_counts():
    begun = Word(days(0), CaseState.AWAITING_COMPANY)
    update = Word(days(2), CaseState.AWAITING_COMPANY)
    resolved = Word(days(2), CaseState.CLOSED)

    assert state_after(begun, [update, resolved])[0] == CaseState.CLOSED


def test_ninety_days_without_a_word_from_the_author_close_the_case():
    case = Mention(case_state=CaseState.AWAITING_AUTHOR, case_changed_at=days(3))

    assert standing(case, days(92)) == Standing(CaseState.AWAITING_AUTHOR, days(3))
    assert standing(case, days(93)) == Standing(
        CaseState.CLOSED, days(93), no_word=True
    )


def test_a_later_word_of_the_author_opens_a_closed_case():
    begun = Word(days(0), CaseState.CLOSED)
    update = Word(days(5), CaseState.AWAITING_COMPANY)

    assert state_after(begun, [update])[0] == CaseState.AWAITING_COMPANY


def test_the_clock_counts_days_of_the_calendar_in_utc():
    told = Mention(told_at=START, answered_at=START + timedelta(minutes=20))

    assert clock(told) == Clock(days=1, answered=True)


def test_the_clock_of_a_company_that_was_not_told_does_not_run():
    assert clock(Mention()) is None


def test_the_pace_is_on_time_for_14_days_and_late_for_30():
    paces = [Clock(n, answered=False).pace for n in (14, 15, 30, 31)]

    assert paces == [Pace.ON_TIME, Pace.LATE, Pace.LATE, Pace.OVERDUE]
