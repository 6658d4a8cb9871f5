"""Single facts that a company disputes: the author agrees, corrects them, or stands by
them. The story stays."""

from sqlalchemy.orm import Session

from stories import cases, database, history, outbox, permissions, telling
from stories.entries import note
from stories.models import Dispute, Member, Response, Story, now
from stories.models.codes import Happening, Visibility
from stories.models.facts import DisputeState
from stories.problems import Invalid, Missing, Problem
from stories.text import quoted

ANSWERS = {
    DisputeState.CONFIRMED: Happening.DISPUTE_CONFIRMED,
    DisputeState.CORRECTED: Happening.DISPUTE_CORRECTED,
    DisputeState.STOOD_BY: Happening.DISPUTE_STOOD_BY,
}


def answer(
    db: Session, author: Member, dispute: Dispute, state: DisputeState, why: str = ""
) -> None:
    """Say what is so, with words; minds may change, and each change is dated.

    A fact is corrected when the story says it no longer.
    """
    story = db.get_one(Story, dispute.story_id)
    permissions.hold_to_write(db, author, story)
    why = note(why, "why")
    database.hold(db, dispute)
    _require_shown(db, dispute)
    _require_sense(story, dispute, state, why)
    if dispute.state == state and dispute.why == why:
        return
    at = now()
    dispute.state, dispute.state_at, dispute.why = state, at, why
    whose, places = dispute.company_id, {"dispute_id": dispute.id}
    history.note(db, story, ANSWERS[state], "author", at=at, company_id=whose, **places)
    cases.settle(db, story)
    telling.write(db, "dispute_answered", story, whose or 0, **places)
    outbox.news(db, story.id, author.id)
    outbox.index(db, story.id)
    history.touch(db, story, at)


def _require_shown(db: Session, dispute: Dispute) -> None:
    told = db.get(Response, dispute.response_id or 0)
    if told is None or told.visibility != Visibility.PUBLIC:
        raise Missing


def _require_sense(
    story: Story, dispute: Dispute, state: DisputeState, why: str
) -> None:
    if state not in ANSWERS:
        raise Invalid(Problem("Say whether you agree, or stand by what you wrote."))
    if state == DisputeState.STOOD_BY and not why:
        raise Invalid(Problem("Say in a few words why you stand by it."), "why")
    still = quoted(story.html, dispute.fact) is not None
    if state == DisputeState.CORRECTED and still:
        raise Invalid(Problem("The story still says it. Change its text first."))
