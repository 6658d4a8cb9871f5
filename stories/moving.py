"""Stories that name the wrong company: anybody says so, staff move them, or back.

The story keeps its address and its words. What its author said about the company goes
to the right one; what the wrong one answered stays as it was said.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from stories import (
    cases,
    companies,
    database,
    desks,
    history,
    outbox,
    permissions,
    talks,
    telling,
)
from stories.entries import Entry, Line, Note
from stories.models import (
    Amount,
    Company,
    Contact,
    Dispute,
    Member,
    Mention,
    Misnaming,
    Offer,
    Product,
    Story,
    mention_product,
    now,
)
from stories.models.codes import FlagState, Happening, MentionRole, StaffDeed
from stories.problems import Invalid, Missing, Problem

FACTS: tuple[Any, ...] = (Contact, Amount, Offer, Dispute)
"""What the author told of the company; what it said itself stays with it."""


class MisnamingEntry(Entry):
    """Which company is meant instead, as a reader calls it, and how they know."""

    meant: Annotated[Line, Field(min_length=1)]
    words: Note = ""


def report(
    db: Session,
    reader: Member | None,
    story: Story,
    company: Company,
    entry: MisnamingEntry,
) -> Misnaming:
    """Tell staff that a story means another company. Nobody has to be a member.

    A member's second report of the same replaces the first.
    """
    permissions.require_seen(reader, story)
    _mention(db, story, company)
    before = _before(db, reader, story, company) if reader else None
    told = before or Misnaming(
        story_id=story.id,
        company_id=company.id,
        member_id=reader.id if reader else None,
    )
    told.meant, told.words = entry.meant, entry.words
    known = companies.called(db, entry.meant)
    told.other_id = known[0].id if len(known) == 1 else None
    db.add(told)
    db.flush()
    return told


def dismiss(db: Session, staff: Member, told: Misnaming) -> None:
    """The story names the company that it means; nothing changes."""
    permissions.require(permissions.is_staff(staff))
    told.state = FlagState.DISMISSED
    db.flush()


def move(db: Session, staff: Member, told: Misnaming, other: Company) -> None:
    """Let the story be about another company, with all that its author said of it."""
    permissions.require(permissions.is_staff(staff))
    story = _held(db, told)
    if told.moved_at is not None:
        raise Invalid(Problem("This story has been moved already."))
    company, other = db.get_one(Company, told.company_id), companies.living(db, other)
    mention = _mention(db, story, company)
    _require_unnamed(db, story, other)
    products = _products(db, mention)
    told.moved = {
        "told_at": mention.told_at.isoformat() if mention.told_at else None,
        "products": products,
        "facts": _carry(db, story, company, other),
    }
    _sell(db, mention, [_same(db, other, each) for each in products])
    mention.company_id, mention.told_at = other.id, None
    told.other_id, told.moved_at = other.id, now()
    _uphold(db, told)
    _log(db, staff, StaffDeed.MOVE, story, company, other)
    if mention.role != MentionRole.SUBJECT:
        telling.mentioned(db, story, [other.id])
    _after(db, story, company, other)


def undo(db: Session, staff: Member, told: Misnaming) -> None:
    """It meant the first company after all: what moved goes back."""
    permissions.require(permissions.is_staff(staff))
    story = _held(db, told)
    if told.moved_at is None or told.undone_at is not None:
        raise Invalid(Problem("This has been undone already."))
    company = db.get_one(Company, told.company_id)
    other = db.get_one(Company, told.other_id or 0)
    mention = _mention(db, story, other)
    _require_unnamed(db, story, company)
    told.undone_at = now()
    mention.company_id = company.id
    mention.told_at = _moment(told.moved["told_at"])
    _sell(db, mention, told.moved["products"])
    for table in FACTS:
        mine = told.moved["facts"].get(table.__tablename__, [])
        back = update(table).where(table.id.in_(mine))
        db.execute(back.values(company_id=company.id))
    _log(db, staff, StaffDeed.MOVE_BACK, story, other, company)
    _after(db, story, other, company)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _uphold(db: Session, told: Misnaming) -> None:
    """All who reported the same were right."""
    told.state = FlagState.UPHELD
    same = update(Misnaming).where(
        Misnaming.story_id == told.story_id,
        Misnaming.company_id == told.company_id,
        Misnaming.state == FlagState.OPEN,
    )
    db.execute(same.values(state=FlagState.UPHELD))


def _held(db: Session, told: Misnaming) -> Story:
    """The story and the report as they stand now: nobody moves it twice."""
    db.flush()
    story = db.get_one(Story, told.story_id)
    database.hold(db, story)
    database.hold(db, told)
    return story


def _before(
    db: Session, reader: Member, story: Story, company: Company
) -> Misnaming | None:
    mine = select(Misnaming).where(
        Misnaming.member_id == reader.id,
        Misnaming.story_id == story.id,
        Misnaming.company_id == company.id,
        Misnaming.state == FlagState.OPEN,
    )
    return db.scalar(mine)


def _mention(db: Session, story: Story, company: Company) -> Mention:
    named = select(Mention).where(
        Mention.story_id == story.id, Mention.company_id == company.id
    )
    found = db.scalar(named)
    if found is None:
        raise Missing(Problem("This story does not name the company."))
    return found


def _require_unnamed(db: Session, story: Story, other: Company) -> None:
    named = select(Mention.id).where(
        Mention.story_id == story.id, Mention.company_id == other.id
    )
    if db.scalar(named) is not None:
        raise Invalid(Problem("The story names this company already."), "other")


def _products(db: Session, mention: Mention) -> list[int]:
    bought = select(mention_product.c.product_id).where(
        mention_product.c.mention_id == mention.id
    )
    return sorted(db.scalars(bought))


def _same(db: Session, other: Company, product_id: int) -> int:
    """The other company's product of the same name."""
    name = db.get_one(Product, product_id).name
    return companies.product_named(db, other, name).id


def _sell(db: Session, mention: Mention, product_ids: list[int]) -> None:
    """The mention names just these products."""
    mine = mention_product.c.mention_id == mention.id
    db.execute(delete(mention_product).where(mine))
    rows = [{"mention_id": mention.id, "product_id": each} for each in product_ids]
    if rows:
        db.execute(insert(mention_product), rows)
    db.expire(mention, ["products"])


def _carry(
    db: Session, story: Story, company: Company, other: Company
) -> dict[str, list[int]]:
    """The author's facts about the one are about the other; gives their numbers."""
    carried = {}
    for table in FACTS:
        mine = [table.story_id == story.id, table.company_id == company.id]
        if hasattr(table, "response_id"):
            mine.append(table.response_id.is_(None))
        numbers = list(db.scalars(select(table.id).where(*mine)))
        moved = update(table).where(table.id.in_(numbers))
        db.execute(moved.values(company_id=other.id))
        carried[table.__tablename__] = numbers
    return carried


def _log(
    db: Session,
    staff: Member,
    deed: StaffDeed,
    story: Story,
    company: Company,
    other: Company,
) -> None:
    db.flush()
    history.note(
        db, story, Happening.MOVED, "staff", company_id=other.id, company=other.name
    )
    history.decide(db, staff, deed, company, story_id=story.id)


def _after(db: Session, story: Story, company: Company, other: Company) -> None:
    """Both companies and the author are told; cases, search and figures follow. What
    the author and the one talked of in private has ended."""
    talks.close(db, story, company.id)
    for each in (company, other):
        desks.follow(db, each.id, [story.id])
    cases.settle(db, story)
    telling.begin(db, story, now())
    outbox.index(db, story.id)
    history.touch(db, story, now())
    history.touch_company(db, company.id)
    telling.write(db, "moved_away", story, company.id)
    if story.author_id is not None:
        to = f"member:{story.author_id}"
        outbox.letter(db, "moved", to, story_id=story.id, company_id=other.id)
