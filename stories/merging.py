"""Two companies that are one: readers report them, staff merge them and can undo it.

Everything that names the one names the other from then on: mentions, answers, names,
products, who speaks, who follows. Which rows moved is kept, so that undoing moves back
just these.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    UniqueConstraint,
    exists,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Session

from stories import companies, database, desks, history, outbox, permissions
from stories.entries import note
from stories.models import (
    Alias,
    Base,
    Company,
    Duplicate,
    Evidence,
    Follow,
    Member,
    Mention,
    Merger,
    Product,
    mention_product,
    now,
)
from stories.models.codes import FlagState, StaffDeed
from stories.models.following import Followed
from stories.problems import Invalid, Problem

STAYS = frozenset(("company", "figure", "counted", "duplicate", "merger"))
"""Tables whose rows do not move: they are of the company itself, or counted anew."""
FILES = "evidence"
"""Which say in a list what companies may see them."""


def report(
    db: Session, member: Member, company: Company, other: Company, words: str = ""
) -> Duplicate:
    """Tell staff that two companies are one; a second report replaces the first."""
    permissions.require_standing(member)
    _require_two(company, other)
    both = {company.id, other.id}
    mine = select(Duplicate).where(
        Duplicate.member_id == member.id,
        Duplicate.company_id.in_(both),
        Duplicate.other_id.in_(both),
        Duplicate.state == FlagState.OPEN,
    )
    reported = db.scalar(mine) or Duplicate(
        company_id=company.id, other_id=other.id, member_id=member.id
    )
    reported.words = note(words, "words")
    db.add(reported)
    db.flush()
    return reported


def dismiss(db: Session, staff: Member, reported: Duplicate) -> None:
    """They are two companies; nothing changes."""
    permissions.require(permissions.is_staff(staff))
    reported.state = FlagState.DISMISSED
    db.flush()


def merge(
    db: Session, staff: Member, company: Company, into: Company, words: str
) -> Merger:
    """Let one company become part of another, and count both anew."""
    permissions.require(permissions.is_staff(staff))
    words = note(words, "words")
    for each in sorted((company, into), key=lambda one: one.id):
        database.hold(db, each)
    _require_two(company, into)
    _require_living(company, into)
    merger = Merger(
        company_id=company.id, into_id=into.id, staff_id=staff.id, words=words
    )
    merger.sold = _merge_products(db, company, into)
    merger.moved = _move_all(db, company, into)
    merger.moved[FILES] = _lend(db, company.id, into.id)
    merger.followed = _move_follows(db, merger)
    company.merged_into_id = into.id
    _name(db, merger.moved, into)
    db.add(merger)
    _settle_reports(db, company, into)
    history.decide(db, staff, StaffDeed.MERGE, company, words=words)
    _after(db, merger)
    return merger


def undo(db: Session, staff: Member, merger: Merger) -> None:
    """They are two after all: what moved goes back; what came since stays."""
    permissions.require(permissions.is_staff(staff))
    database.hold(db, merger)
    company = db.get_one(Company, merger.company_id)
    if merger.undone_at or company.merged_into_id != merger.into_id:
        raise Invalid(Problem("This has been undone already."))
    if db.get_one(Company, merger.into_id).merged_into_id is not None:
        raise Invalid(Problem("The other company was merged since: undo that first."))
    merger.undone_at = now()
    company.merged_into_id = None
    _take_files_back(db, merger)
    for name, rows in merger.moved.items():
        if name == FILES:
            continue
        for column, numbers in rows.items():
            _set(db, Base.metadata.tables[name], column, numbers, merger.company_id)
    _name(db, merger.moved, company)
    for gone, stayed, mentions in merger.sold:
        db.get_one(Product, gone).merged_into_id = None
        _sell(db, mentions, stayed, gone)
    _give_follows_back(db, merger)
    history.decide(db, staff, StaffDeed.UNMERGE, company)
    _after(db, merger)


def _require_two(company: Company, other: Company) -> None:
    if company.id == other.id:
        raise Invalid(Problem("These are one company already."), "other")


def _require_living(*both: Company) -> None:
    if any(company.merged_into_id for company in both):
        raise Invalid(Problem("One of them was merged before."), "other")


def _after(db: Session, merger: Merger) -> None:
    """Both are counted anew; their stories and whoever shows them are stale."""
    db.flush()
    db.expire_all()
    moved = merger.moved.get("mention", {}).get("company_id", [])
    for number in (merger.company_id, merger.into_id):
        desks.follow(db, number)
        history.recount(db, number)
        history.touch_company(db, number)
    stories = select(Mention.story_id).where(Mention.id.in_(moved))
    for story_id in db.scalars(stories).all():
        outbox.index(db, story_id, bulk=1)


def _settle_reports(db: Session, company: Company, into: Company) -> None:
    both = (company.id, into.id)
    db.execute(
        update(Duplicate)
        .where(Duplicate.company_id.in_(both), Duplicate.other_id.in_(both))
        .values(state=FlagState.UPHELD)
    )


# Rows that move ---------------------------------------------------------------------


def _move_all(
    db: Session, company: Company, into: Company
) -> dict[str, dict[str, list[int]]]:
    """Every row that names the company names the other; gives their numbers."""
    moved: dict[str, dict[str, list[int]]] = {}
    for table, column in _naming():
        free = _free(table, column, into.id)
        rows = select(table.c.id).where(column == company.id, *free)
        numbers = list(db.scalars(rows))
        if numbers:
            moved.setdefault(table.name, {})[column.name] = numbers
            _set(db, table, column.name, numbers, into.id)
    return moved


def _naming() -> list[tuple[Table, Column[Any]]]:
    """The columns that name a company, in tables whose rows have a number."""
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        if table.name not in STAYS and "id" in table.columns
        for column in table.columns
        if any(key.column.table.name == "company" for key in column.foreign_keys)
    ]


def _free(table: Table, column: Column[Any], into_id: int) -> list[ColumnElement[bool]]:
    """A row stays where the other company has one like it: a story names both."""
    conditions = []
    for constraint in table.constraints:
        if not isinstance(constraint, UniqueConstraint):
            continue
        names = {each.name for each in constraint.columns}
        if column.name in names:
            twin = table.alias()
            others = names - {column.name}
            alike = [twin.c[name] == table.c[name] for name in others]
            twins = exists().where(twin.c[column.name] == into_id, *alike)
            conditions.append(~twins)
    return conditions


def _name(db: Session, moved: dict[str, dict[str, list[int]]], whose: Company) -> None:
    """Of the names that moved, the one that the company goes by is its main one."""
    numbers = moved.get("alias", {}).get("company_id", [])
    main = Alias.name == whose.name
    db.execute(update(Alias).where(Alias.id.in_(numbers)).values(main=main))


def _set(
    db: Session, table: Table, column: str, numbers: list[int], company_id: int
) -> None:
    rows = table.c.id.in_(numbers)
    db.execute(update(table).where(rows).values({column: company_id}))


def _merge_products(db: Session, company: Company, into: Company) -> list[Any]:
    """Products of one name are one: mentions of the one name the other."""
    theirs = {
        product.folded: product
        for product in db.scalars(select(Product).where(Product.company_id == into.id))
    }
    sold = []
    mine = select(Product).where(Product.company_id == company.id)
    for product in db.scalars(mine).all():
        other = theirs.get(product.folded)
        if other is None or product.merged_into_id is not None:
            continue
        stays = companies.living_product(db, other)
        bought = select(mention_product.c.mention_id).where(
            mention_product.c.product_id == product.id
        )
        mentions = list(db.scalars(bought))
        _sell(db, mentions, product.id, stays.id)
        product.merged_into_id = stays.id
        sold.append([product.id, stays.id, mentions])
    return sold


def _sell(db: Session, mentions: list[int], before: int, after: int) -> None:
    """These mentions name another product now, unless they name it already."""
    table = mention_product
    named = select(table.c.mention_id).where(table.c.product_id == after)
    known = set(db.scalars(named))
    rows = [(number, before) for number in mentions if number not in known]
    db.execute(
        update(table)
        .where(tuple_(table.c.mention_id, table.c.product_id).in_(rows))
        .values(product_id=after)
    )


# Files that were let be seen ---------------------------------------------------------


def _lend(db: Session, gone: int, stays: int) -> dict[str, list[int]]:
    """What authors let the one see they let the other see: the files that name it
    instead, and those that named both."""
    lent: dict[str, list[int]] = {"one": [], "both": []}
    named = Mention.company_id.in_((gone, stays))
    stories = select(Mention.story_id).where(named)
    for file in db.scalars(select(Evidence).where(Evidence.story_id.in_(stories))):
        if gone in file.companies:
            lent["both" if stays in file.companies else "one"].append(file.id)
            file.companies = sorted({*file.companies, stays} - {gone})
    return lent


def _take_files_back(db: Session, merger: Merger) -> None:
    """The same before; what authors took back since stays so."""
    gone, stays = merger.company_id, merger.into_id
    for how, numbers in merger.moved.get(FILES, {}).items():
        for file in db.scalars(select(Evidence).where(Evidence.id.in_(numbers))):
            if stays in file.companies:
                kept = {*file.companies, gone} - ({stays} if how == "one" else set())
                file.companies = sorted(kept)


# Follows that move ------------------------------------------------------------------


def _move_follows(db: Session, merger: Merger) -> list[Any]:
    """Who follows the one follows the other from now on, and once: of each pair what
    it is, the one that went, the one that stayed, the follows moved, those joined."""
    pairs = [(Followed.COMPANY, merger.company_id, merger.into_id)]
    pairs += [(Followed.PRODUCT, gone, stays) for gone, stays, _ in merger.sold]
    found = [(pair, *_joined(db, *pair)) for pair in pairs]
    return [[*pair, *both] for pair, *both in found if any(both)]


def _joined(
    db: Session, what: Followed, gone: int, stays: int
) -> tuple[list[int], list[Any]]:
    followed = {each.member_id for each in _follows(db, what, stays)}
    moved, joined = [], []
    for each in _follows(db, what, gone):
        if each.member_id in followed:
            joined.append([each.member_id, each.often.value, each.since.isoformat()])
            db.delete(each)
        else:
            moved.append(each.id)
            each.number = stays
    db.flush()
    return moved, joined


def _give_follows_back(db: Session, merger: Merger) -> None:
    """What moved goes back; what was joined is two again, where it goes on."""
    for what, gone, stays, moved, joined in merger.followed:
        there = {each.member_id: each for each in _follows(db, what, stays)}
        for each in there.values():
            if each.id in moved:
                each.number = gone
        for member_id, often, since in joined:
            if member_id in there:
                row = Follow(member_id=member_id, what=what, number=gone, often=often)
                row.since = datetime.fromisoformat(since)
                db.add(row)
    db.flush()


def _follows(db: Session, what: str, number: int) -> list[Follow]:
    of = select(Follow).where(Follow.what == what, Follow.number == number)
    return list(db.scalars(of.order_by(Follow.id)))
