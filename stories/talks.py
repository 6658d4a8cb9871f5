"""Whose a private conversation is, and how it ends."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from stories import history, outbox, permissions, telling
from stories.models import (
    Company,
    Decision,
    Flag,
    Member,
    Message,
    Story,
    Talk,
    now,
)
from stories.models.codes import Happening, Party, Target
from stories.models.talks import MessageState, TalkState
from stories.problems import Missing

STANDING = (TalkState.ASKED, TalkState.OPEN)
WORDLESS = {"text": "", "html": "", "language": "und"}


def side(db: Session, member: Member, talk: Talk) -> Party | None:
    """On which side of a conversation a member is, who may read it: the author, or
    the company's team of today; None for everybody else."""
    story = db.get_one(Story, talk.story_id)
    if permissions.owns(member, story):
        return Party.AUTHOR
    role = permissions.place_at_desk(db, member, talk.company_id)
    return Party.COMPANY if role else None


def require_side(db: Session, member: Member, talk: Talk | None) -> Party:
    """The same; Missing for strangers, who do not learn that it is there."""
    found = side(db, member, talk) if talk else None
    if found is None:
        raise Missing
    return found


def close(db: Session, story: Story, company_id: int | None = None) -> None:
    """End what stands between the author and a company (or any): the story was taken
    back, or is about another company."""
    standing = select(Talk).where(Talk.story_id == story.id, Talk.state.in_(STANDING))
    if company_id is not None:
        standing = standing.where(Talk.company_id == company_id)
    for talk in db.scalars(standing).all():
        end(db, story, talk, "site" if company_id else "author")


def forget(db: Session, story: Story) -> None:
    """The author's words go for good, and every conversation about the story ends."""
    close(db, story)
    talks = select(Talk.id).where(Talk.story_id == story.id)
    mine = Message.talk_id.in_(talks) & (Message.by == Party.AUTHOR)
    blank(db, db.scalars(select(Message.id).where(mine)).all())


def blank(db: Session, numbers: Sequence[int]) -> None:
    """The words of these messages go for good, also where they were kept beside a
    report or a decision of the staff; that they were reported and decided on stays."""
    gone = {**WORDLESS, "state": MessageState.TOMBSTONE}
    db.execute(update(Message).where(Message.id.in_(numbers)).values(**gone))
    kept: list[tuple[Any, ColumnElement[bool]]] = [
        (Flag, (Flag.target == Target.MESSAGE) & Flag.target_id.in_(numbers)),
        (
            Decision,
            (Decision.subject == Target.MESSAGE) & Decision.subject_id.in_(numbers),
        ),
    ]
    for table, about in kept:
        db.execute(update(table).where(about).values(snapshot=""))


def end(db: Session, story: Story, talk: Talk, by: str) -> None:
    """Nobody writes any more. That it ended is public where it had begun."""
    was, talk.state = talk.state, TalkState.ENDED
    talk.ended_at = now()
    db.flush()
    if was == TalkState.OPEN:
        line(db, story, talk, Happening.TALK_ENDED, by)
        tell(db, "talk_ended", story, talk, Party.COMPANY)
        if by == "site":
            tell(db, "talk_ended", story, talk, Party.AUTHOR)


def line(db: Session, story: Story, talk: Talk, what: Happening, by: str) -> None:
    """All that readers ever see of it: that it was opened, or has ended."""
    company = db.get_one(Company, talk.company_id)
    told: dict[str, Any] = {"company": company.name}
    history.note(db, story, what, by, company_id=company.id, **told)
    history.touch_quietly(db, story)


def tell(db: Session, letter: str, story: Story, talk: Talk, whom: Party) -> None:
    """Write to one side: where to look, and nothing of what was said."""
    if whom == Party.COMPANY:
        telling.deliver(db, letter, story, talk.company_id, talk_id=talk.id)
    elif story.author_id is not None:
        outbox.letter(
            db,
            letter,
            f"member:{story.author_id}",
            story_id=story.id,
            company_id=talk.company_id,
            talk_id=talk.id,
        )
