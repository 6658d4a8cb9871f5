"""Who is told of something new: some at once, others of a morning.

A deed leaves one errand; the worker tells those who want to know at once, some hundred
in a transaction. The others get a letter which gathers what is new.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, literal, select, union_all
from sqlalchemy.orm import Session

from stories import outbox, permissions
from stories.following.mornings import next_due
from stories.models import (
    Company,
    Digest,
    Errand,
    Follow,
    Member,
    Mention,
    Product,
    Representative,
    Story,
    mention_product,
)
from stories.models.codes import MentionRole, Visibility
from stories.models.following import Followed, Often

AT_ONCE = 200
"""So many are told in one transaction."""
LAG = timedelta(minutes=1)
"""What is younger can wait: it may not be found by a search yet."""
INSTANT = timedelta(microseconds=1)


def tell(db: Session, places: dict[str, Any], by: int | None, after: int) -> int | None:
    """Leave letters for the next followers after one of them; the last one of these,
    or None where all have been told."""
    story = db.get(Story, places["story_id"], populate_existing=True)
    if story is None or story.visibility != Visibility.PUBLIC:
        return None
    told = db.execute(_to_tell(db, story, after)).all()
    spared = {by, story.author_id, *_told_anyway(db, story)}
    follows = {member_id: number for member_id, number, _ in reversed(told)}
    written = [
        outbox.to_write(
            "followed",
            f"member:{member_id}",
            bulk=1,
            follow_id=follows[member_id],
            **places,
        )
        for member_id in sorted(follows.keys() - spared)
    ]
    if written:
        outbox.leave_all(db, written)
    return told[-1][0] if len(told) == AT_ONCE else None


def _to_tell(db: Session, story: Story, after: int) -> Select[Any]:
    """Members, and why they are told: what they follow, the story first."""
    each = [
        select(Follow.member_id, Follow.id, literal(rank).label("rank"))
        .where(
            Follow.what == what,
            Follow.number == number,
            Follow.often == Often.AT_ONCE,
            Follow.member_id > after,
        )
        .order_by(Follow.member_id)
        .limit(AT_ONCE)
        .subquery()
        for rank, (what, number) in enumerate(_about(db, story))
    ]
    every = union_all(*(select(one) for one in each)).subquery()
    return select(every).order_by(every.c.member_id, every.c.rank).limit(AT_ONCE)


def _about(db: Session, story: Story) -> list[tuple[Followed, int]]:
    """Everything by which one may follow the story; what was merged, too."""
    subject = select(Mention.company_id).where(
        Mention.story_id == story.id, Mention.role == MentionRole.SUBJECT
    )
    bought = (
        select(mention_product.c.product_id)
        .join(Mention, Mention.id == mention_product.c.mention_id)
        .where(Mention.story_id == story.id)
    )
    return [
        (Followed.STORY, story.id),
        *((Followed.COMPANY, n) for n in db.scalars(_and_merged(Company, subject))),
        *((Followed.PRODUCT, n) for n in db.scalars(_and_merged(Product, bought))),
    ]


def _and_merged(
    table: type[Company] | type[Product], numbers: Select[Any]
) -> Select[int]:
    return select(table.id).where(
        table.id.in_(numbers) | table.merged_into_id.in_(numbers)
    )


def _told_anyway(db: Session, story: Story) -> list[int]:
    """Who speaks for a company that the story is about gets letters of their own."""
    speaks = (
        select(Representative.member_id)
        .join(Mention, Mention.company_id == Representative.company_id)
        .where(
            Mention.story_id == story.id,
            Mention.role == MentionRole.SUBJECT,
            permissions.speaking_for(Mention.company_id),
        )
    )
    return list(db.scalars(speaks))


# Told by a letter that gathers -------------------------------------------------------


def any_due(db: Session, at: datetime) -> bool:
    """Whether a gathered letter is due: a look that takes no lock."""
    due = select(Digest.member_id).where(Digest.due_at <= at).limit(1)
    return db.scalar(due) is not None


def gather(db: Session, at: datetime, most: int = AT_ONCE) -> int:
    """Leave the gathered letters that are due, each together with when the next one is,
    so that none is left twice; how many were looked at."""
    due = db.execute(
        select(Digest, Member.time_zone)
        .join(Member, Member.id == Digest.member_id)
        .where(Digest.due_at <= at)
        .order_by(Digest.due_at)
        .limit(most)
        .with_for_update(of=Digest, skip_locked=True)
    ).all()
    until = _found_until(db, at) if due else at
    for digest, time_zone in due:
        _gather(db, digest, until)
        digest.due_at = next_due(time_zone, digest.often, at)
    db.flush()
    return len(due)


def _found_until(db: Session, at: datetime) -> datetime:
    """Up to when searches find everything: what waits for the index, however long,
    is told by a later letter and never passed over."""
    unfound = (
        select(func.min(Story.last_activity_at))
        .join(Errand, Errand.details["story_id"].as_integer() == Story.id)
        .where(Errand.task == "index", Errand.dead_at.is_(None), Errand.bulk == 0)
    )
    oldest = db.scalar(unfound)
    return min(at - LAG, oldest - INSTANT) if oldest else at - LAG


def _gather(db: Session, digest: Digest, until: datetime) -> None:
    if not _is_followed(db, digest):
        db.delete(digest)
        return
    if until <= digest.told_until or not _anything_happened(db, digest.told_until):
        return
    window = {
        "often": digest.often.value,
        "since": digest.told_until.isoformat(),
        "until": until.isoformat(),
    }
    outbox.letter(db, "digest", f"member:{digest.member_id}", bulk=1, **window)
    digest.told_until = until


def _is_followed(db: Session, digest: Digest) -> bool:
    """Whether there is anything to gather: what is new in stories is told at once."""
    often = digest.often
    any_ = exists().where(Follow.member_id == digest.member_id, Follow.often == often)
    if often == Often.AT_ONCE:
        any_ = any_.where(Follow.what == Followed.SEARCH)
    return bool(db.scalar(select(any_)))


def _anything_happened(db: Session, since: datetime) -> bool:
    """Whether anything at all did, on the whole site."""
    last = select(Story.last_activity_at).where(Story.visibility == Visibility.PUBLIC)
    newest = db.scalar(last.order_by(Story.last_activity_at.desc()).limit(1))
    return newest is not None and newest > since
