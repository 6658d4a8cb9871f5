"""Private conversations, for the two sides that they concern."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from stories import permissions, talks
from stories.models import (
    Company,
    Member,
    Mention,
    Message,
    Representative,
    Story,
    Talk,
)
from stories.models.codes import Party
from stories.models.talks import TalkState

PAGE = 20
MESSAGES = 50
ORDER = (Message.posted_at, Message.id)
BACKWARDS = (Message.posted_at.desc(), Message.id.desc())
AROUND = 1
"""So many messages before and after a reported one are shown to staff."""


@dataclass(frozen=True)
class TalkPage:
    """A conversation as one side sees it: the messages in their order, the newest
    last. `older` is before which message the page before ends. `role` is by which
    right somebody of the company reads, `opens` whether the viewer can open it or let
    it go on, `writes` whether they can write now."""

    talk: Talk
    side: Party
    messages: list[Message]
    older: int | None
    role: Representative | None
    opens: bool
    writes: bool
    shown: bool

    @property
    def own(self) -> bool:
        """Whether the author looks at it."""
        return self.side == Party.AUTHOR

    @property
    def unread(self) -> bool:
        """Whether there is something that this side has not read."""
        theirs = (self.talk.company_wrote, self.talk.author_read)
        ours = (self.talk.author_wrote, self.talk.company_read)
        wrote, read = theirs if self.own else ours
        return wrote > read


def page(
    db: Session, viewer: Member, number: int, older: int | None = None
) -> TalkPage:
    """A conversation, or Missing for all others than the two sides."""
    talk = db.scalar(_whole().where(Talk.id == number))
    side = talks.require_side(db, viewer, talk)
    if talk is None:
        raise LookupError
    seen = talk.story.visibility in permissions.SEEN
    role, writes = None, permissions.may_write(viewer) and seen
    opens = writes and side == Party.AUTHOR
    if side == Party.COMPANY:
        role = permissions.place_at_desk(db, viewer, talk.company_id)
        if role is not None:
            db.refresh(role, ["company", "verifications"])
        speaks = permissions.representative(db, viewer, talk.company_id)
        writes = writes and speaks is not None
    found = _messages(db, talk, older)
    return TalkPage(
        talk,
        side,
        found[:MESSAGES][::-1],
        found[MESSAGES - 1].id if len(found) > MESSAGES else None,
        role,
        opens,
        writes and talk.is_open,
        seen or side == Party.AUTHOR,
    )


def partners(db: Session, story: Story) -> list[Company]:
    """The companies that a story names and that somebody speaks for, in its order."""
    named = (
        select(Company)
        .join(Mention, Mention.company_id == Company.id)
        .where(Mention.story_id == story.id)
        .where(exists().where(permissions.speaking_for(Company.id)))
    )
    return list(db.scalars(named.order_by(Mention.position, Mention.id)))


def beside(
    db: Session, story: Story, side: Party, companies: Iterable[int]
) -> list[Talk]:
    """What an author, or somebody who speaks for these companies, has in private about
    a story, the newest first."""
    theirs = _whole().where(Talk.story_id == story.id)
    if side == Party.COMPANY:
        theirs = theirs.where(Talk.company_id.in_(companies))
    return list(db.scalars(theirs.order_by(Talk.id.desc()).limit(PAGE)))


def of_company(
    db: Session, company_id: int, older: int | None = None
) -> tuple[list[Talk], int | None]:
    """A company's conversations, the newest first, and where the next page begins."""
    return _paged(db, Talk.company_id == company_id, older)


def of_author(
    db: Session, author: Member, older: int | None = None
) -> tuple[list[Talk], int | None]:
    """The same for all stories of an author."""
    mine = select(Story.id).where(Story.author_id == author.id)
    return _paged(db, Talk.story_id.in_(mine), older)


def new_to_company(db: Session, company_id: int) -> list[Talk]:
    """Where somebody of the company is to read something, the longest waiting first."""
    new = (Talk.author_wrote > Talk.company_read) & (Talk.company_id == company_id)
    return _few(db, new)


def new_to_author(db: Session, author: Member) -> list[Talk]:
    """Where an author is to read something, or to say whether they want to talk."""
    mine = select(Story.id).where(Story.author_id == author.id)
    wait = or_(
        Talk.state == TalkState.ASKED,
        Talk.company_wrote > Talk.author_read,
    )
    return _few(db, wait & Talk.story_id.in_(mine))


def around(db: Session, message: Message) -> list[Message]:
    """A reported message between its neighbours: all of it that staff see."""
    said = select(Message).where(Message.talk_id == message.talk_id)
    here = tuple_(message.posted_at, message.id)
    before = said.where(tuple_(*ORDER) < here).order_by(*BACKWARDS)
    after = said.where(tuple_(*ORDER) > here).order_by(*ORDER)
    return [
        *reversed(db.scalars(before.limit(AROUND)).all()),
        message,
        *db.scalars(after.limit(AROUND)).all(),
    ]


def _few(db: Session, condition: ColumnElement[bool]) -> list[Talk]:
    return list(db.scalars(_whole().where(condition).order_by(Talk.id).limit(PAGE)))


def _paged(
    db: Session, condition: ColumnElement[bool], older: int | None
) -> tuple[list[Talk], int | None]:
    wanted = _whole().where(condition)
    if older is not None:
        wanted = wanted.where(Talk.id < older)
    found = list(db.scalars(wanted.order_by(Talk.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _messages(db: Session, talk: Talk, older: int | None) -> list[Message]:
    said_here = Message.talk_id == talk.id
    said = select(Message).where(said_here)
    if older is not None:
        here = select(*ORDER).where(said_here, Message.id == older)
        said = said.where(tuple_(*ORDER) < here.scalar_subquery())
    return list(db.scalars(said.order_by(*BACKWARDS).limit(MESSAGES + 1)))


def _whole() -> Select[Talk]:
    story = joinedload(Talk.story).load_only(
        Story.title, Story.language, Story.author_id, Story.visibility
    )
    return select(Talk).options(story, joinedload(Talk.company))
