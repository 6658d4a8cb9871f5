"""The companies and products that a story names, found or added, each with its role."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from stories import companies, desks
from stories.entries.story import MentionEntry
from stories.models import Company, Member, Mention, Product, Story
from stories.models.codes import MentionRole
from stories.problems import Invalid, Problem
from stories.text import fold

STRONGEST = list(MentionRole)


@dataclass
class Named:
    """One company, with all that the mentions of it say; the strongest role wins."""

    company: Company
    role: MentionRole
    reasons: list[str] = field(default_factory=list)
    products: dict[int, Product] = field(default_factory=dict)

    def add(self, db: Session, mention: MentionEntry) -> None:
        """Take in what a mention says of the company."""
        self.role = min(self.role, mention.role, key=STRONGEST.index)
        if mention.reason and mention.reason not in self.reasons:
            self.reasons.append(mention.reason)
        for name in mention.products:
            product = companies.product_named(db, self.company, name)
            self.products[product.id] = product


@dataclass(frozen=True)
class Names:
    """What came of a story's mentions: new passing ones, and who is meant by a name."""

    ids: dict[str, int]
    in_passing: list[int]

    def company_id(self, name: str) -> int | None:
        """The company that a fact names; the story's mentions say whom that means."""
        return self.ids.get(fold(name))


def keep(
    db: Session, author: Member, story: Story, mentions: list[MentionEntry]
) -> Names:
    """Give the story these mentions. Those of companies that were told stay as told."""
    named, ids = _named(db, author, mentions)
    before = _before(db, story)
    for company_id, mention in before.items():
        _let_go(db, mention, named.get(company_id))
    for position, (company_id, each) in enumerate(named.items()):
        mention = before.get(company_id) or _new(db, story, company_id)
        mention.position, mention.role = position, each.role
        mention.reason = "\n\n".join(each.reasons)
        mention.products = list(each.products.values())
    db.flush()
    for company_id in named.keys() - before.keys() if before else ():
        desks.follow(db, company_id, [story.id])
    passing = [
        company_id
        for company_id, each in named.items()
        if each.role != MentionRole.SUBJECT and company_id not in before
    ]
    return Names(ids, passing)


def _named(
    db: Session, author: Member, mentions: list[MentionEntry]
) -> tuple[dict[int, Named], dict[str, int]]:
    named: dict[int, Named] = {}
    ids: dict[str, int] = {}
    for mention in mentions:
        company = companies.named(
            db,
            mention.company,
            company_id=mention.company_id,
            domain=mention.domain,
            by=author,
        )
        ids.setdefault(fold(mention.company), company.id)
        named.setdefault(company.id, Named(company, mention.role)).add(db, mention)
    return named, ids


def _before(db: Session, story: Story) -> dict[int, Mention]:
    found = db.scalars(
        select(Mention)
        .where(Mention.story_id == story.id)
        .options(selectinload(Mention.products), selectinload(Mention.company))
        .execution_options(populate_existing=True)
    )
    return {mention.company_id: mention for mention in found}


def _new(db: Session, story: Story, company_id: int) -> Mention:
    mention = Mention(
        story_id=story.id,
        company_id=company_id,
        published_at=story.published_at,
        kind=story.kind,
        language=story.language,
    )
    db.add(mention)
    return mention


def _let_go(db: Session, mention: Mention, still: Named | None) -> None:
    """Drop a mention that the story no longer has, unless its company was told."""
    subject = still is not None and still.role == MentionRole.SUBJECT
    if (mention.told_at or mention.answered_at) and not subject:
        raise Invalid(
            Problem(
                "%(company)s has been told of this story and stays in it, as a company"
                " that the story is about.",
                company=mention.company.name,
            ),
            "mentions",
        )
    if still is None:
        db.delete(mention)
