"""A representative's desk: the stories about a company, what waits for it first.

Here, and nowhere else but to the author, a story's private reference is shown: to those
who are verified to speak for a company that the story is about.
"""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from stories import permissions
from stories.models import Company, Member, Mention, Product, Representative, Story, now
from stories.models.codes import MentionRole
from stories.problems import Forbidden, Problem
from stories.reading.desk import few, piles
from stories.reading.desk.months import Work, work
from stories.reading.desk.piles import FIRST, PAGE, Page
from stories.reading.desk.places import WITHOUT_CASE, Pile, Place, place
from stories.reading.desk.rows import Case, Row, case, rows, sits
from stories.reading.desk.sieve import ALL, NOBODY, Sieve, finer

__all__ = [
    "ALL",
    "NOBODY",
    "WITHOUT_CASE",
    "Case",
    "Desk",
    "Door",
    "Page",
    "Pile",
    "Place",
    "Row",
    "Sieve",
    "Work",
    "case",
    "desk",
    "door",
    "referred",
    "rows",
    "sits",
    "team",
    "work",
]

MOST_PRODUCTS = 200


@dataclass(frozen=True)
class Door:
    """For whom a member speaks: all rights, what is not granted, or no longer, and the
    one at whose desk they sit."""

    roles: list[Representative]
    asked: list[Representative]
    role: Representative | None = None


@dataclass(frozen=True)
class Desk:
    """What lies on the desk of one company.

    `counts` are how high each pile is, up to MOST_COUNTED and one; `next` is the place
    after which another page begins. `team` are all who speak for the company,
    `products` what it sells.
    """

    role: Representative
    counts: dict[Pile, int]
    rows: list[Row]
    next: Place | None
    team: list[Representative]
    products: list[Product]


def door(db: Session, member: Member, company_id: int | None = None) -> Door:
    """The way to the desk of a company, or of the first, where none is asked for.

    Raises Forbidden for a company that the member does not speak for.
    """
    roles, asked = _roles(db, member)
    role = next((r for r in roles if company_id in (None, r.company_id)), None)
    if role is None and company_id is not None:
        raise Forbidden(Problem("You do not speak for this company."))
    return Door(roles, asked, role)


def desk(
    db: Session,
    role: Representative,
    page: Page = FIRST,
    sieve: Sieve = ALL,
) -> Desk:
    """What lies on a page of the desk of somebody's company."""
    at, company_id = now(), role.company_id
    sieve = finer(db, company_id, sieve)
    way = piles.piled if sieve.stories is None else few.piled
    found, heights = way(db, company_id, page, sieve, at)
    lie = rows(db, company_id, found[:PAGE], at)
    last = lie[-1] if len(found) > PAGE else None
    return Desk(
        role,
        heights,
        lie,
        place(last.pile, last.mention) if last else None,
        team(db, company_id),
        _products(db, company_id),
    )


def team(db: Session, company_id: int) -> list[Representative]:
    """All who speak for the company today, by name."""
    good = permissions.answering_for(company_id)
    theirs = select(Representative).where(good)
    return list(db.scalars(theirs.order_by(Representative.name, Representative.id)))


def referred(db: Session, company_id: int, words: str) -> list[int]:
    """The stories about the company whose private reference is just this."""
    named = exists().where(
        Mention.story_id == Story.id,
        Mention.company_id == company_id,
        Mention.role == MentionRole.SUBJECT,
    )
    theirs = select(Story.id).where(Story.private_reference == words, named)
    return list(db.scalars(theirs.limit(PAGE))) if words else []


def _roles(
    db: Session, member: Member
) -> tuple[list[Representative], list[Representative]]:
    """The companies that the member speaks for today, and those asked for."""
    good = permissions.reading_for(Company.id)
    mine = (
        select(Representative, good)
        .join(Company, Company.id == Representative.company_id)
        .where(
            Representative.member_id == member.id,
            Representative.state.in_(permissions.UNDER_WAY),
        )
        .options(
            contains_eager(Representative.company),
            selectinload(Representative.verifications),
        )
        .order_by(Company.name, Company.id)
    )
    found = db.execute(mine).all()
    speaks = [role for role, is_good in found if is_good]
    return speaks, [role for role, is_good in found if not is_good]


def _products(db: Session, company_id: int) -> list[Product]:
    theirs = select(Product).where(
        Product.company_id == company_id, Product.merged_into_id.is_(None)
    )
    return list(db.scalars(theirs.order_by(Product.folded).limit(MOST_PRODUCTS)))
