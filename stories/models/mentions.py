"""What mentions say of their stories, of the clock, and of how they are handled: it
changes with what it is said of, in the same transaction."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Update,
    event,
    exists,
    func,
    inspect,
    select,
    update,
)

from stories.models.codes import ClaimState
from stories.models.conversation import Representative
from stories.models.handling import Handling
from stories.models.pace import PACED, paced
from stories.models.stories import Mention, Story


@event.listens_for(Story, "after_update")
def _follow(_: Any, connection: Connection, story: Story) -> None:
    """What mentions say of their story changes with it."""
    said = inspect(story).attrs
    new = {
        name: getattr(story, name)
        for name in ("kind", "language")
        if said[name].history.has_changes()
    }
    if new:
        its = update(Mention).where(Mention.story_id == story.id)
        connection.execute(its.values(new))


@event.listens_for(Mention, "before_update")
def _keep_pace(_: Any, _connection: Connection, mention: Mention) -> None:
    mention.pace = paced(*(getattr(mention, name) for name in PACED))


def said(*which: ColumnElement[bool]) -> Update:
    """What these mentions say of how their companies' teams handle them, made true."""
    its = (
        Handling.company_id == Mention.company_id,
        Handling.story_id == Mention.story_id,
    )
    dealing = (
        select(Handling.assigned_id)
        .join(Representative, Representative.id == Handling.assigned_id)
        .where(
            *its,
            Representative.company_id == Mention.company_id,
            Representative.state == ClaimState.GRANTED,
        )
        .correlate(Mention)
        .scalar_subquery()
    )
    looked = exists().where(*its, Handling.seen_at.is_not(None)).correlate(Mention)
    true = update(Mention).where(*which)
    made = true.values(dealt_by=func.coalesce(dealing, 0), seen=looked)
    return made.execution_options(synchronize_session=False)


@event.listens_for(Representative, "after_update")
def _come_or_gone(_: Any, connection: Connection, role: Representative) -> None:
    """Nobody deals with what somebody dealt with who has left; who is back does."""
    if inspect(role).attrs.state.history.has_changes():
        theirs = select(Handling.story_id).where(
            Handling.company_id == role.company_id, Handling.assigned_id == role.id
        )
        which = Mention.company_id == role.company_id, Mention.story_id.in_(theirs)
        connection.execute(said(*which))
