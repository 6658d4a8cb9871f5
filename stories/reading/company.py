"""A company's page: what people told, and who speaks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from stories import companies, permissions
from stories.models import (
    Alias,
    Caution,
    Company,
    Member,
    Mention,
    Moment,
    Product,
    Representative,
    Verification,
    now,
)
from stories.models.codes import MentionRole, Outcome
from stories.problems import Missing
from stories.reading import listing, pressure, readers
from stories.reading.gathering import Gathered, Gathering, Wish, place
from stories.reading.listing import Card, Page
from stories.reading.pressure import Record, Reports

MOST_PRODUCTS = 60
MOST_ALIASES = 40
MOST_PASSING = 5
MOST_BELOW = 60
PASSING = (MentionRole.PRAISED, MentionRole.CRITICISED, MentionRole.MENTIONED)

COMPANY = place("company")

_it = aliased(Company)
_parent = select(_it.parent_id).where(_it.id == COMPANY).scalar_subquery()
_merged = select(_it.merged_into_id).where(_it.id == COMPANY).scalar_subquery()
_child = aliased(Company)
_below = (
    select(_child.id)
    .where(_child.parent_id == COMPANY, _child.merged_into_id.is_(None))
    .order_by(_child.id)
    .limit(MOST_BELOW)
)
_sold = aliased(Product)
_products = (
    select(_sold.id)
    .where(_sold.company_id == COMPANY, _sold.merged_into_id.is_(None))
    .order_by(_sold.folded)
    .limit(MOST_PRODUCTS)
)
_called = aliased(Alias)
_names = select(_called.id).where(_called.company_id == COMPANY).limit(MOST_ALIASES)
_speaks = permissions.speaking_for(COMPANY, place("now"))
_voices = select(Representative.id).where(_speaks)
EVERYTHING = Gathering(
    Wish(
        Company,
        or_(
            Company.id == COMPANY,
            Company.id.in_((_parent, _merged)),
            Company.id.in_(_below),
        ),
    ),
    Wish(Alias, Alias.id.in_(_names)),
    Wish(Product, Product.id.in_(_products)),
    Wish(Representative, _speaks),
    Wish(Verification, Verification.representative_id.in_(_voices)),
    Wish(
        Member,
        Member.id.in_(select(Representative.member_id).where(_speaks)),
        ("id", "handle", "display_name"),
    ),
    Wish(Caution, (Caution.company_id == COMPANY) & Caution.ended_at.is_(None)),
    pressure.WISH,
    places=(bindparam("now", type_=Moment()),),
)


@dataclass(frozen=True)
class CompanyPage:
    """A company and all that its page shows. `merged_into` is its successor, `below`
    are its brands and the others that belong to it."""

    company: Company
    merged_into: Company | None
    parent: Company | None
    below: list[Company]
    aliases: list[Alias]
    products: list[Product]
    representatives: list[Representative]
    stories: Page
    passing: list[Card]
    said: "Said"
    more_passing: bool
    cautions: list[Caution]
    pressure: Record
    reports: list[Reports]
    same: list[tuple[Outcome, int]]


def page(
    db: Session, number: int, older: int | None = None, reads: Sequence[str] = ()
) -> CompanyPage:
    """The company with this number, and its stories from `older` on, in the languages
    that somebody reads."""
    gathered = EVERYTHING.ask(db, company=number, now=now())
    named = gathered.by_id(Company)
    if number not in named:
        raise Missing
    company = named[number]
    about = listing.about(company, MentionRole.SUBJECT, older)
    stories = listing.page(db, about, reads=reads)
    passing = listing.page(db, listing.in_passing(company), MOST_PASSING)
    return CompanyPage(
        company=company,
        merged_into=named.get(company.merged_into_id or 0),
        parent=named.get(company.parent_id or 0),
        below=_below_it(gathered, number),
        aliases=[alias for alias in gathered.of(Alias) if not alias.main],
        products=sorted(gathered.of(Product), key=lambda each: each.folded),
        representatives=_representatives(gathered),
        stories=stories,
        passing=passing.cards,
        said=said(db, company, passing.cards),
        more_passing=passing.older is not None,
        cautions=gathered.of(Caution),
        pressure=pressure.record(gathered),
        reports=pressure.reports(db, company),
        same=readers.of_company(db, company),
    )


def _below_it(found: Gathered, number: int) -> list[Company]:
    """Those that belong to the company, by name."""
    theirs = [each for each in found.of(Company) if each.parent_id == number]
    return sorted(theirs, key=lambda each: (each.name.casefold(), each.id))


def _representatives(found: Gathered) -> list[Representative]:
    """Who speaks for the company, each with how and when that was verified."""
    members = found.by_id(Member)
    for each in found.of(Representative):
        mine = [v for v in found.of(Verification) if v.representative_id == each.id]
        mine.sort(key=lambda verification: verification.verified_at)
        set_committed_value(each, "verifications", mine)
        set_committed_value(each, "member", members[each.member_id])
    return sorted(found.of(Representative), key=lambda each: each.name)


def found(db: Session, number: int) -> Company:
    """The company with this number, or the one that it was merged into."""
    company = db.get(Company, number)
    if company is None:
        raise Missing
    return companies.living(db, company)


def passing(
    db: Session, company: Company, role: MentionRole | None, older: int | None = None
) -> Page:
    """Stories that name the company in passing, in one role or in any."""
    if role in PASSING:
        return listing.page(db, listing.about(company, role, older))
    return listing.page(db, listing.in_passing(company, older))


Said = Mapping[int, Mention]
"""What stories say of the company in passing: role and reason, by story."""


def said(db: Session, company: Company, cards: Sequence[Card]) -> Said:
    """What these stories say of the company."""
    if not cards:
        return {}
    ids = [card.story.id for card in cards]
    mine = Mention.company_id == company.id, Mention.story_id.in_(ids)
    return {row.story_id: row for row in db.scalars(select(Mention).where(*mine))}
