"""What readers added to a story, and what they are warned of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from stories.models import (
    Caution,
    Company,
    Corroboration,
    Member,
    Mention,
    Poll,
    Product,
    Story,
    Vote,
)
from stories.models.codes import MentionRole, Outcome, Visibility
from stories.models.readers import Answer
from stories.permissions import require_seen
from stories.problems import Missing
from stories.reading.gathering import Gathered, Wish, place

STORY = place("story")
MOST = 100
"""So many are shown below a story."""

_first = (
    select(Corroboration.id)
    .where(
        Corroboration.story_id == STORY, Corroboration.visibility == Visibility.PUBLIC
    )
    .order_by(Corroboration.id.desc())
    .limit(MOST + 1)
)
_product = select(Product.name).where(Product.id == Corroboration.product_id)
WISHES = (
    Wish(
        Corroboration,
        Corroboration.id.in_(_first),
        ("id", "company_id", "year", "outcome", "posted_at", "text", "language"),
        beside=(_product.scalar_subquery(),),
    ),
    Wish(Poll, Poll.story_id == STORY),
    Wish(Caution, (Caution.story_id == STORY) & Caution.ended_at.is_(None)),
)
"""What a story's page asks for."""


_public = (Corroboration.visibility == Visibility.PUBLIC) & (
    Story.visibility == Visibility.PUBLIC
)


@dataclass(frozen=True)
class Same:
    """A reader's own facts, with the names of company and product."""

    row: Corroboration
    company: str
    product: str


@dataclass(frozen=True)
class Added:
    """What readers added to a story, and what they are warned of there."""

    same: list[Same]
    more: bool
    poll: Poll | None
    cautions: list[Caution]

    @property
    def outcomes(self) -> list[tuple[Outcome, int]]:
        """How it ended for the readers who are shown, the most frequent first."""
        return Counter(each.row.outcome for each in self.same).most_common()


def added(found: Gathered) -> Added:
    """All of it, out of what was gathered for a story's page; newest first."""
    companies = found.by_id(Company)
    rows = sorted(
        found.with_beside(Corroboration), key=lambda pair: pair[0].id, reverse=True
    )
    same = [
        Same(row, companies[row.company_id].name, product or "")
        for row, (product,) in rows
        if row.company_id in companies
    ]
    cautions = sorted(found.of(Caution), key=lambda each: (each.since, each.id))
    poll = next(iter(found.of(Poll)), None)
    return Added(same[:MOST], len(same) > MOST, poll, cautions)


@dataclass(frozen=True)
class Own:
    """A story, the companies that it is about, and what the member added to it."""

    story: Story
    companies: list[Company]
    products: list[str]
    said: Corroboration | None
    product: str
    poll: Poll | None
    vote: Answer | None


def of_company(db: Session, company: Company) -> list[tuple[Outcome, int]]:
    """How it ended for readers who say that it happened to them with this company,
    the most frequent outcome first."""
    return _ended(db, Corroboration.company_id == company.id)


def of_product(db: Session, product: Product) -> list[tuple[Outcome, int]]:
    """The same of one product."""
    return _ended(db, Corroboration.product_id == product.id)


def numbers(db: Session, things: Sequence[Company | Product]) -> list[int]:
    """How many readers say so of each of some companies, or of some products."""
    of = (
        Corroboration.company_id
        if any(isinstance(each, Company) for each in things)
        else Corroboration.product_id
    )
    counted = (
        select(of, func.count())
        .join(Story, Story.id == Corroboration.story_id)
        .where(of.in_([each.id for each in things]), _public)
        .group_by(of)
    )
    known = {row[0]: row[1] for row in db.execute(counted).all()}
    return [known.get(each.id, 0) for each in things]


def _ended(db: Session, wanted: ColumnElement[bool]) -> list[tuple[Outcome, int]]:
    counted = (
        select(Corroboration.outcome, func.count())
        .join(Story, Story.id == Corroboration.story_id)
        .where(wanted, _public)
        .group_by(Corroboration.outcome)
    )
    rows = [(outcome, count) for outcome, count in db.execute(counted).all()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def own(db: Session, member: Member, number: int) -> Own:
    """What a member may add, and has added. Raises Missing where they cannot see it."""
    story = require_seen(member, db.get(Story, number))
    named = db.scalars(
        select(Mention)
        .where(Mention.story_id == story.id, Mention.role == MentionRole.SUBJECT)
        .options(joinedload(Mention.company), selectinload(Mention.products))
        .order_by(Mention.position)
    ).all()
    said = db.scalar(
        select(Corroboration)
        .where(Corroboration.story_id == story.id, Corroboration.member_id == member.id)
        .options(joinedload(Corroboration.product))
    )
    poll = db.scalar(select(Poll).where(Poll.story_id == story.id))
    vote = db.get(Vote, (poll.id, member.id)) if poll else None
    return Own(
        story=story,
        companies=[each.company for each in named],
        products=[product.name for each in named for product in each.products],
        said=said,
        product=said.product.name if said and said.product else "",
        poll=poll,
        vote=vote.answer if vote else None,
    )


def cautions(db: Session) -> list[Caution]:
    """Every warning that stands, the newest first."""
    standing = select(Caution).where(Caution.ended_at.is_(None))
    return list(db.scalars(standing.order_by(Caution.id.desc()).limit(MOST)))


def caution(db: Session, number: int) -> Caution:
    """One of them; raises Missing."""
    found = db.get(Caution, number)
    if found is None:
        raise Missing
    return found
