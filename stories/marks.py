"""The marks that an author sets on a story: kind, outcome, evaluation, open comments.

Each change is a dated line of the timeline; the caller settles the cases.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from stories import history
from stories.entries.story import EvaluationEntry
from stories.models import Story
from stories.models.codes import ClosedWhy, Happening, Kind, Outcome


def set_kind(db: Session, story: Story, kind: Kind, at: datetime) -> None:
    """The author's overall stance changed."""
    if kind == story.kind:
        return
    _changed(db, story, Happening.KIND_CHANGED, at, (story.kind, kind))
    story.kind = kind


def set_outcome(db: Session, story: Story, outcome: Outcome, at: datetime) -> None:
    """It ended otherwise, or goes on."""
    if outcome == story.outcome:
        return
    _changed(db, story, Happening.OUTCOME_CHANGED, at, (story.outcome, outcome))
    story.outcome, story.outcome_at = outcome, at


def confirm_outcome(db: Session, story: Story, at: datetime) -> None:
    """It did end as the author said before."""
    same = (story.outcome, story.outcome)
    _changed(db, story, Happening.OUTCOME_CHANGED, at, same)
    story.outcome_at = at


def set_evaluation(
    db: Session, story: Story, evaluation: EvaluationEntry, at: datetime
) -> None:
    """The author's verdict on the handling, and what was given in the end."""
    story.remedy_received = evaluation.remedy_received
    grade, again = evaluation.grade, evaluation.would_buy_again
    if (grade, again) == (story.grade, story.would_buy_again):
        return
    story.grade, story.would_buy_again, story.evaluated_at = grade, again, at
    history.note(
        db,
        story,
        Happening.EVALUATED,
        "author",
        at=at,
        grade=grade,
        would_buy_again=again and again.value,
    )


def close_comments(db: Session, story: Story, at: datetime) -> None:
    """The author wants no more comments."""
    if story.comments_closed_at is None:
        story.comments_closed_at, story.comments_closed_why = at, ClosedWhy.AUTHOR
        history.note(db, story, Happening.COMMENTS_CLOSED, "author", at=at)


def open_comments(db: Session, story: Story, at: datetime) -> None:
    """The author takes comments again."""
    if story.comments_closed_at is not None:
        story.comments_closed_at = story.comments_closed_why = None
        history.note(db, story, Happening.COMMENTS_OPENED, "author", at=at)


def _changed(
    db: Session, story: Story, what: Happening, at: datetime, change: tuple[Any, Any]
) -> None:
    before, after = change
    details = {"from": before.value, "to": after.value}
    history.note(db, story, what, "author", at=at, **details)
