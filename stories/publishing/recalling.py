"""A published story as the entry that it could be written from."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from stories.entries.story import StoryEntry
from stories.models import (
    Amount,
    Contact,
    Dispute,
    Letter,
    Mention,
    Offer,
    PartElsewhere,
    Point,
    Promise,
    Quotation,
    Series,
    Story,
    StoryIssue,
)
from stories.models.codes import IssueType, Precision, Side, Visibility
from stories.publishing.facts import authors
from stories.wording import published

Fields = dict[str, Any]


def entry_of(db: Session, story: Story) -> StoryEntry:
    """The entry that the story could be published from (Invalid for some imports)."""
    return StoryEntry.model_validate(fields_of(db, story))


def fields_of(db: Session, story: Story) -> Fields:
    """The fields of that entry as plain data, ready for JSON, valid or not."""
    mentions = _mentions(db, story)
    fields = {
        **_copied(story, "title text language kind author_relation disclosure"),
        **_copied(story, "remedy_sought private_reference effort_minutes"),
        **_copied(story, "source_address outcome"),
        "visibility": _visibility(story),
        "mentions": [_mention(each) for each in mentions],
        "issues": _issues(db, story),
        **_lists(db, story, {each.company_id: each.company.name for each in mentions}),
        "happened": _when(story.happened_at, story.happened_precision),
        "first_published": _when(
            story.first_published_at, story.first_published_precision
        ),
        "series": _series(db, story),
        "evaluation": _copied(story, "grade would_buy_again remedy_received"),
        "comments_open": story.comments_closed_at is None,
    }
    return {**fields, "private": published(fields)}


def _lists(db: Session, story: Story, names: dict[int, str]) -> Fields:
    points = _rows(db, story, Point)
    return {
        "points_good": [each.words for each in points if each.side == Side.GOOD],
        "points_bad": [each.words for each in points if each.side == Side.BAD],
        "disputes": [each.fact for each in _rows(db, story, Dispute)],
        "contacts": [_contact(each, names) for each in _rows(db, story, Contact)],
        "promises": [_promise(each) for each in _rows(db, story, Promise)],
        "amounts": [_amount(each, names) for each in _rows(db, story, Amount)],
        "offers": [_offer(each, names) for each in _rows(db, story, Offer)],
        "letters": [_letter(each) for each in _rows(db, story, Letter)],
        "quotations": [
            _copied(each, "who address text language")
            for each in _rows(db, story, Quotation)
        ],
    }


def _rows(db: Session, story: Story, kind: Any) -> list[Any]:
    mine = select(kind).where(kind.story_id == story.id, authors(kind))
    return list(db.scalars(mine.order_by(kind.position, kind.id)))


def _copied(row: Any, names: str) -> Fields:
    return {name: _plain(getattr(row, name)) for name in names.split()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    return getattr(value, "value", value)


def _visibility(story: Story) -> str:
    unlisted = story.visibility == Visibility.UNLISTED
    return (Visibility.UNLISTED if unlisted else Visibility.PUBLIC).value


def _when(at: datetime | None, precision: Precision) -> Fields:
    """The parts of a moment that are known."""
    if at is None or precision == Precision.UNKNOWN:
        return {}
    about, _, part = precision.value.rpartition("_")
    when: Fields = {"year": at.year, "about": bool(about)}
    if part != "year":
        when["month"] = at.month
    if part in ("day", "minute"):
        when["day"] = at.day
    if part == "minute":
        when["time"] = f"{at:%H:%M}"
    return when


def _mentions(db: Session, story: Story) -> list[Mention]:
    return list(
        db.scalars(
            select(Mention)
            .where(Mention.story_id == story.id)
            .order_by(Mention.position, Mention.id)
            .options(selectinload(Mention.company), selectinload(Mention.products))
            .execution_options(populate_existing=True)
        )
    )


def _mention(mention: Mention) -> Fields:
    return {
        "company": mention.company.name,
        "company_id": mention.company_id,
        **_copied(mention, "role reason"),
        "products": sorted(product.name for product in mention.products),
    }


def _issues(db: Session, story: Story) -> list[str]:
    found = set(
        db.scalars(select(StoryIssue.issue).where(StoryIssue.story_id == story.id))
    )
    return [issue.value for issue in IssueType if issue in found]


def _series(db: Session, story: Story) -> Fields:
    if story.series_id is None or story.part is None:
        return {}
    before = db.scalar(
        select(PartElsewhere).where(
            PartElsewhere.series_id == story.series_id,
            PartElsewhere.part == story.part - 1,
        )
    )
    return {
        "series_id": story.series_id,
        "title": db.get_one(Series, story.series_id).title,
        "part": story.part,
        "elsewhere_note": before.note if before else "",
        "elsewhere_address": before.address if before else None,
    }


def _contact(contact: Contact, names: dict[int, str]) -> Fields:
    return {
        **_copied(contact, "channel by hours_after rhythm minutes wait_minutes"),
        **_copied(contact, "transfers people numbers_called role_spoken_to result"),
        "company": _named(contact.company_id, names),
        "when": _when(contact.at, contact.precision),
        "until": _when(contact.until, contact.until_precision),
    }


def _promise(promise: Promise) -> Fields:
    due = _when(promise.due_at, promise.due_precision)
    return {**_copied(promise, "by what state note"), "due": due}


def _amount(amount: Amount, names: dict[int, str]) -> Fields:
    copied = _copied(amount, "role value currency what")
    return {**copied, "company": _named(amount.company_id, names)}


def _offer(offer: Offer, names: dict[int, str]) -> Fields:
    return {
        **_copied(offer, "what value list_value currency state why"),
        "company": _named(offer.company_id, names),
        "when": _when(offer.at, offer.precision),
    }


def _letter(letter: Letter) -> Fields:
    when = _when(letter.at, letter.precision)
    return {**_copied(letter, "by sender text language"), "when": when}


def _named(company_id: int | None, names: dict[int, str]) -> str:
    return names.get(company_id, "") if company_id is not None else ""
