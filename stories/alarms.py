"""Reports by companies: whose they are, and when so many come that staff must know.

A report counts as a company's where somebody verified for it reports a text of a story
that names it.
"""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories import history, permissions
from stories.models import Alarm, Flag, Member, Mention, Representative, Story, now

FLOOD = 10
WITHIN = timedelta(hours=1)


def company_behind(db: Session, member: Member, story: Story) -> int | None:
    """The company of the story for which the member is verified, if there is one."""
    named = select(Mention.company_id).join(
        Representative, permissions.on_team(Mention.company_id)
    )
    mine = (Mention.story_id == story.id) & (Representative.member_id == member.id)
    return db.scalar(named.where(mine).order_by(Mention.position).limit(1))


def reported(db: Session, company_id: int) -> None:
    """The company has reported one text more: its page counts it, and ten within an
    hour are an alarm to staff."""
    history.touch_company_page(db, company_id)
    recent = (Flag.company_id == company_id) & (Flag.at > now() - WITHIN)
    number = db.scalar(select(func.count()).select_from(Flag).where(recent)) or 0
    if number >= FLOOD:
        _ring(db, company_id, number)


def _ring(db: Session, company_id: int, number: int) -> None:
    """One alarm for one flood: it goes on while staff have not seen it."""
    ringing = (Alarm.company_id == company_id) & Alarm.seen_at.is_(None)
    alarm = db.scalar(select(Alarm).where(ringing).order_by(Alarm.id).limit(1))
    if alarm is None:
        alarm = Alarm(company_id=company_id, number=number)
        db.add(alarm)
    alarm.number = max(alarm.number, number)
    db.flush()
