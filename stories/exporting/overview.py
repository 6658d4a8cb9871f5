"""All public stories as one sheet (CSV), for whoever counts with a spreadsheet.

A line for each company that a story names, with its role; one line where it names none.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from stories.exporting.sheets import MARK, line
from stories.models import (
    Company,
    Mention,
    Product,
    Story,
    StoryIssue,
    mention_product,
)
from stories.models.codes import Visibility

AT_ONCE = 500
COLUMNS = (
    "story",
    "address",
    "title",
    "language",
    "kind",
    "outcome",
    "issues",
    "published",
    "company",
    "role",
    "products",
    "told",
    "answered",
    "days",
    "minutes",
    "grade",
    "would_buy_again",
    "origin",
    "licence",
)

Address = Callable[[Story], str]
Names = dict[int, list[str]]


def public_sheet(db: Session, address: Address) -> Iterator[str]:
    """Every public story, the oldest number first; the first line names the columns."""
    yield MARK + line(COLUMNS)
    last = 0
    while numbers := _after(db, last):
        issues, products = _issues(db, numbers), _products(db, numbers)
        for story, mention, company in db.execute(_named(numbers)):
            yield line(
                (
                    *_about(story, address(story), issues.get(story.id, [])),
                    *_naming(mention, company, products),
                    *(story.effort_minutes, story.grade, story.would_buy_again),
                    *(story.origin, story.licence),
                )
            )
        last = numbers[-1]
        db.expunge_all()


def _after(db: Session, last: int) -> Sequence[int]:
    public = (Story.id > last) & (Story.visibility == Visibility.PUBLIC)
    return db.scalars(
        select(Story.id).where(public).order_by(Story.id).limit(AT_ONCE)
    ).all()


def _named(numbers: Sequence[int]) -> Select[Story, Mention | None, str | None]:
    """These stories, each with the companies that it names."""
    return (
        select(Story, Mention, Company.name)
        .outerjoin(Mention, Mention.story_id == Story.id)
        .outerjoin(Company, Company.id == Mention.company_id)
        .where(Story.id.in_(numbers))
        .options(defer(Story.text), defer(Story.html))
        .order_by(Story.id, Mention.position, Mention.id)
    )


def _issues(db: Session, numbers: Sequence[int]) -> Names:
    """What went wrong, by story."""
    return _gathered(
        db,
        select(StoryIssue.story_id, StoryIssue.issue)
        .where(StoryIssue.story_id.in_(numbers))
        .order_by(StoryIssue.story_id, StoryIssue.issue),
    )


def _products(db: Session, numbers: Sequence[int]) -> Names:
    """Names of products, by mention."""
    return _gathered(
        db,
        select(Mention.id, Product.name)
        .join(mention_product, mention_product.c.mention_id == Mention.id)
        .join(Product, Product.id == mention_product.c.product_id)
        .where(Mention.story_id.in_(numbers))
        .order_by(Mention.id, Product.name),
    )


def _gathered(db: Session, pairs: Select[int, Any]) -> Names:
    found: Names = {}
    for number, name in db.execute(pairs):
        found.setdefault(number, []).append(str(name))
    return found


def _about(story: Story, address: str, issues: list[str]) -> Iterator[Any]:
    yield from (story.id, address, story.title, story.language)
    yield from (story.kind, story.outcome, "; ".join(issues), _day(story.published_at))


def _naming(
    mention: Mention | None, company: str | None, products: Names
) -> Iterator[Any]:
    if mention is None:
        yield from ("",) * 6
        return
    yield from (company, mention.role, "; ".join(products.get(mention.id, [])))
    yield from (_day(mention.told_at), _day(mention.answered_at), mention.answer_days)


def _day(at: datetime | None) -> str:
    return at.date().isoformat() if at else ""
