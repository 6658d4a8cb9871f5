"""What an author adds to a story after it was published."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from stories import companies, publishing, updating, withdrawing
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Mention, Revision, Story, TimelineEntry
from stories.models.codes import (
    CaseState,
    ClosedWhy,
    Happening,
    Kind,
    Outcome,
    Precision,
    Standing,
    Target,
)
from stories.problems import Forbidden, Invalid, Missing
from tests.people import a_voice, an_entry, letters


@pytest.fixture
def story(db, ada, bob) -> Story:
    """Ada's complaint about Acme, for which Bob speaks."""
    a_voice(db, bob, companies.add(db, "Acme"))
    return publishing.publish(db, ada, an_entry(offers=[{"what": "half the price"}]))


def case(db) -> CaseState:
    return db.scalars(select(Mention.case_state)).one()


def line(db, happening) -> TimelineEntry:
    wanted = TimelineEntry.happening == happening
    return db.scalars(select(TimelineEntry).where(wanted)).one()


def an_update(**more) -> UpdateEntry:
    return UpdateEntry.model_validate({"text": "They *called*.", **more})


def test_an_update_stands_below_the_story_and_overwrites_nothing(db, ada, story):
    update = updating.add_update(db, ada, story, an_update())

    assert update.html == "<p>They <em>called</em>.</p>"
    assert story.text.startswith("I paid in May.")
    assert story.updated_at == update.published_at


def test_an_update_may_tell_of_an_earlier_day(db, ada, story):
    when = {"year": 2010, "month": 3, "day": 16}

    update = updating.add_update(db, ada, story, an_update(when=when))

    assert update.happened_at == datetime(2010, 3, 16, tzinfo=UTC)
    assert update.happened_precision == Precision.DAY
    assert update.published_at > update.happened_at


def test_an_update_tells_the_company(db, ada, bob, story):
    updating.add_update(db, ada, story, an_update())

    assert letters(db, "updated") == [f"member:{bob.id}"]


def test_only_the_author_adds_updates(db, cy, story):
    with pytest.raises(Forbidden):
        updating.add_update(db, cy, story, an_update())


def test_the_suspended_add_no_updates(db, ada, story):
    ada.standing = Standing.SUSPENDED

    with pytest.raises(Forbidden):
        updating.add_update(db, ada, story, an_update())


def test_an_update_has_words():
    with pytest.raises(ValidationError):
        an_update(text=" \u200b ")


def test_a_name_is_masked_in_an_update(db, ada, story):
    entry = an_update(text="Jane Doe called.", names=[{"name": "Jane Doe"}])

    assert updating.add_update(db, ada, story, entry).text == "[…] called."


def test_a_changed_update_keeps_its_earlier_wording_and_its_day(db, ada, story):
    update = updating.add_update(db, ada, story, an_update(when={"year": 2010}))

    updating.amend_update(db, ada, update, an_update(text="They wrote."), "wrong")

    mine = select(Revision.text).where(Revision.target == Target.UPDATE)
    texts = db.scalars(mine.order_by(Revision.number)).all()
    assert texts == ["They *called*.", "They wrote."]
    assert update.happened_precision == Precision.YEAR


def test_only_the_author_amends_an_update(db, ada, cy, story):
    update = updating.add_update(db, ada, story, an_update())

    with pytest.raises(Forbidden):
        updating.amend_update(db, cy, update, an_update())


def test_the_outcome_is_a_line_that_says_what_changed(db, ada, story):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))

    changed = line(db, Happening.OUTCOME_CHANGED)
    assert changed.details == {"from": "open", "to": "resolved"}
    assert story.outcome == Outcome.RESOLVED
    assert case(db) == CaseState.CLOSED


def test_a_word_about_the_outcome_becomes_an_update_and_the_case_is_closed(
    db, ada, story
):
    entry = OutcomeEntry(outcome="resolved", text="The kettle is here!")

    updating.set_outcome(db, ada, story, entry)

    assert story.updated_at is not None
    assert case(db) == CaseState.CLOSED


def test_the_verdict_is_a_line_of_its_own(db, ada, story):
    evaluation = {"grade": 7, "would_buy_again": "unsure"}

    entry = OutcomeEntry.model_validate({"outcome": "open", "evaluation": evaluation})
    updating.set_outcome(db, ada, story, entry)

    assert line(db, Happening.EVALUATED).details == evaluation


def test_an_outcome_without_a_verdict_leaves_the_verdict_as_it_was(db, ada, story):
    entry = {"outcome": "open", "evaluation": {"grade": 7}}
    updating.set_outcome(db, ada, story, OutcomeEntry.model_validate(entry))

    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))

    assert story.grade == 7


def test_of_what_only_the_author_sees_nobody_is_told(db, ada, story):
    withdrawing.withdraw(db, ada, story)

    updating.add_update(db, ada, story, an_update())

    assert letters(db, "updated") == []


def test_an_outcome_said_again_is_no_change(db, ada, story):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="not_resolved"))
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="not_resolved"))

    assert line(db, Happening.OUTCOME_CHANGED)


def test_resolved_said_again_after_an_update_closes_the_case_again(db, ada, story):
    resolved = OutcomeEntry(outcome="resolved")
    updating.set_outcome(db, ada, story, resolved)
    updating.add_update(db, ada, story, an_update())
    assert case(db) == CaseState.AWAITING_COMPANY

    updating.set_outcome(db, ada, story, resolved)

    assert case(db) == CaseState.CLOSED


def test_only_the_author_says_how_it_ended(db, bob, story):
    with pytest.raises(Forbidden):
        updating.set_outcome(db, bob, story, OutcomeEntry(outcome="resolved"))


def test_a_complaint_that_ended_well_may_become_praise(db, ada, story):
    updating.change_kind(db, ada, story, Kind.PRAISE)

    changed = line(db, Happening.KIND_CHANGED)
    assert changed.details == {"from": "complaint", "to": "praise"}
    assert case(db) == CaseState.CLOSED


def test_an_update_to_praise_opens_no_case(db, ada, bob):
    a_voice(db, bob, companies.add(db, "Acme"))
    praise = an_entry(kind="praise", outcome="resolved")
    story = publishing.publish(db, ada, praise)

    updating.add_update(db, ada, story, an_update())

    assert case(db) == CaseState.CLOSED
    assert letters(db, "updated") == [f"member:{bob.id}"]


def test_praise_whose_author_says_it_is_not_resolved_opens_a_case(db, ada, bob):
    a_voice(db, bob, companies.add(db, "Acme"))
    story = publishing.publish(db, ada, an_entry(kind="praise", outcome="resolved"))
    updating.add_update(db, ada, story, an_update())

    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="not_resolved"))

    assert case(db) == CaseState.AWAITING_COMPANY


def test_an_update_to_what_was_resolved_opens_the_case_again(db, ada, story):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))
    updating.change_kind(db, ada, story, Kind.MIXED)

    updating.add_update(db, ada, story, an_update())

    assert case(db) == CaseState.AWAITING_COMPANY


def test_no_author_leaves_the_kind_unknown(db, ada, story):
    with pytest.raises(Invalid):
        updating.change_kind(db, ada, story, Kind.UNKNOWN)


def test_only_the_author_changes_the_kind(db, cy, story):
    with pytest.raises(Forbidden):
        updating.change_kind(db, cy, story, Kind.PRAISE)


def test_the_author_closes_and_opens_the_comments(db, ada, story):
    updating.close_comments(db, ada, story)
    closed = story.comments_closed_why

    updating.open_comments(db, ada, story)

    assert closed == ClosedWhy.AUTHOR
    assert story.comments_closed_at is None


def test_the_author_does_not_open_what_staff_closed(db, ada, story):
    updating.close_comments(db, ada, story)
    story.comments_closed_why = ClosedWhy.STAFF

    with pytest.raises(Forbidden):
        updating.open_comments(db, ada, story)


def test_only_the_author_closes_the_comments(db, cy, story):
    with pytest.raises(Forbidden):
        updating.close_comments(db, cy, story)


def test_an_author_who_expects_no_more_closes_the_case(db, ada, bob, story):
    updating.close_case(db, ada, story)

    assert case(db) == CaseState.CLOSED
    assert letters(db, "updated") == [f"member:{bob.id}"]


def test_a_closed_case_is_opened_again(db, ada, story):
    updating.close_case(db, ada, story)

    updating.reopen_case(db, ada, story)

    assert case(db) == CaseState.AWAITING_COMPANY


def test_there_is_no_case_to_close_with_a_company_that_was_not_told(db, ada, story):
    with pytest.raises(Missing):
        updating.close_case(db, ada, story, companies.add(db, "Zenith"))


def test_only_the_author_closes_the_case(db, bob, story):
    with pytest.raises(Forbidden):
        updating.close_case(db, bob, story)
