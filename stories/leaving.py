"""A member leaves, with all their stories at once."""

from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from stories import (
    corroborating,
    discussing,
    handling,
    history,
    outbox,
    polling,
    representing,
    translating,
    withdrawing,
)
from stories.models import (
    Comment,
    Company,
    Corroboration,
    Digest,
    Draft,
    Duplicate,
    Flag,
    Follow,
    Member,
    Misnaming,
    Representative,
    SavedSearch,
    Story,
    StoryClaim,
    Translation,
    TranslationDraft,
    Vote,
)
from stories.models.codes import Standing, Visibility


class Way(StrEnum):
    """What becomes of what a leaving member wrote."""

    WITHDRAW = "withdraw"
    ANONYMISE = "anonymise"
    ERASE = "erase"


def leave(db: Session, member: Member, way: Way) -> None:
    """Take all stories back in one way, end the member's roles, and let them go.

    What is withdrawn stays with the member's name, so that they can come back. What
    they said for a company stays as it was said (rule 7).
    """
    for kept in (Draft, TranslationDraft, SavedSearch, Follow, Digest):
        db.execute(delete(kept).where(kept.member_id == member.id))
    for story in _stories(db, member):
        _take_back(db, member, story, way)
    if way != Way.WITHDRAW:
        _take_back_comments(db, member, way)
        _take_back_answers(db, member, way)
        _take_back_translations(db, member, way)
        _forget_deeds(db, member)
        _forget_name(member)
    _end_roles(db, member)
    member.standing = Standing.LEFT
    db.flush()
    history.touch_member(db, member)


def _stories(db: Session, member: Member) -> list[Story]:
    mine = Story.author_id == member.id
    return list(db.scalars(select(Story).where(mine).order_by(Story.id)))


def _take_back(db: Session, member: Member, story: Story, way: Way) -> None:
    if way == Way.ERASE:
        withdrawing.erase(db, member, story)
    elif way == Way.ANONYMISE:
        withdrawing.anonymise(db, member, story)
    elif story.visibility != Visibility.HIDDEN:
        withdrawing.withdraw(db, member, story)


def _take_back_comments(db: Session, member: Member, way: Way) -> None:
    mine = select(Comment).where(Comment.author_id == member.id)
    for remark in db.scalars(mine).all():
        if way == Way.ERASE:
            discussing.delete(db, member, remark)
        remark.author_id = None
        story = db.get_one(Story, remark.story_id)
        history.touch_quietly(db, story)
        outbox.index(db, story.id)


def _take_back_answers(db: Session, member: Member, way: Way) -> None:
    """What they said of others' stories: their own facts, and how they judged."""
    mine = select(Corroboration).where(Corroboration.member_id == member.id)
    for kept in db.scalars(mine).all():
        if way == Way.ERASE:
            corroborating.forget(db, kept)
        else:
            kept.member_id = None
    for given in db.scalars(select(Vote).where(Vote.member_id == member.id)).all():
        if way == Way.ERASE:
            polling.take_back(db, given)
        else:
            db.delete(given)


def _take_back_translations(db: Session, member: Member, way: Way) -> None:
    """What they said of others' texts in other languages, and what they reviewed."""
    mine = select(Translation).where(Translation.translator_id == member.id)
    for kept in db.scalars(mine).all():
        if way == Way.ERASE:
            translating.forget(db, kept)
        else:
            kept.translator_id = None
            history.touch_lists(db, db.get_one(Story, kept.story_id))
    read = select(Translation).where(Translation.reviewer_id == member.id)
    for each in db.scalars(read).all():
        each.reviewer_id = each.reviewed_at = None
        history.touch_quietly(db, db.get_one(Story, each.story_id))


def _forget_deeds(db: Session, member: Member) -> None:
    """What else would tell of them: flags, claims, companies that they added."""
    mine = Representative.member_id == member.id
    private = {"name": "", "job_title": "", "words": "", "contact": None}
    db.execute(update(Representative).where(mine).values(**private))
    handling.forget_member(db, member)
    db.execute(delete(StoryClaim).where(StoryClaim.member_id == member.id))
    flagged, added = Flag.member_id == member.id, Company.added_by_id == member.id
    db.execute(update(Flag).where(flagged).values(member_id=None))
    for told in (Duplicate, Misnaming):
        mine = told.member_id == member.id
        db.execute(update(told).where(mine).values(member_id=None))
    db.execute(update(Company).where(added).values(added_by_id=None))


def _end_roles(db: Session, member: Member) -> None:
    held = Representative.state.in_(representing.OPEN)
    mine = select(Representative).where(Representative.member_id == member.id, held)
    for role in db.scalars(mine).all():
        representing.give_back(db, member, role)
    member.staff = False


def _forget_name(member: Member) -> None:
    member.handle = member.handle_folded = f"left-{member.id}"
    member.handle_shape = member.handle
    member.display_name = member.about = ""
    member.reads = []
    member.time_zone = "UTC"


def come_back(db: Session, member: Member) -> None:
    """Be a member again; withdrawn stories stay withdrawn until they are restored."""
    if member.standing == Standing.LEFT:
        member.standing = Standing.ACTIVE
        db.flush()
        history.touch_member(db, member)
