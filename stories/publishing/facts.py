"""The lists of facts of a story: kept in their rows, in the author's order."""

from collections.abc import Iterable
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import wording
from stories.entries import MOST_ROWS
from stories.entries.facts import AmountEntry, ContactEntry, OfferEntry, PromiseEntry
from stories.entries.story import StoryEntry
from stories.models import (
    Amount,
    Contact,
    Dispute,
    Letter,
    Offer,
    Point,
    Promise,
    Quotation,
    Story,
    StoryIssue,
)
from stories.models.codes import Side
from stories.problems import Invalid
from stories.publishing.naming import Names
from stories.publishing.preparing import Prepared

Rows = list[dict[str, Any]]


def keep(
    db: Session,
    story: Story,
    ready: Prepared,
    names: Names,
    since: datetime | None = None,
) -> None:
    """Give the story these facts; rows that stand at the same place are kept, and so
    are letters that came with an update `since` these were written."""
    later = _later(db, story, since)
    if later and len(later) + len(ready.entry.letters) > MOST_ROWS:
        raise Invalid(wording.MOST_LETTERS, "letters")
    entry = ready.entry
    _fill(db, story, Contact, [_contact(each, names) for each in entry.contacts])
    _fill(db, story, Promise, [_promise(each) for each in entry.promises])
    _fill(db, story, Amount, [_amount(each, names) for each in entry.amounts])
    _fill(db, story, Offer, [_offer(each, names) for each in entry.offers])
    _fill(db, story, Point, _points(entry))
    _fill(db, story, Dispute, [{"fact": fact} for fact in entry.disputes])
    _fill(db, story, Letter, _letters(ready), [each.id for each in later])
    for position, letter in enumerate(later, len(entry.letters)):
        letter.position = position
    _fill(db, story, Quotation, _quotations(ready))
    _fill_issues(db, story, entry)
    db.flush()


def authors(kind: Any) -> Any:
    """The condition for facts that the author stated: what a response offers or
    disputes is not."""
    return kind.response_id.is_(None) if kind in (Offer, Dispute) else True


def _later(db: Session, story: Story, since: datetime | None) -> list[Letter]:
    if since is None:
        return []
    mine = select(Letter).where(Letter.story_id == story.id, Letter.added_at > since)
    return list(db.scalars(mine.order_by(Letter.position, Letter.id)))


def _fill(
    db: Session, story: Story, kind: Any, wanted: Rows, others: Iterable[int] = ()
) -> None:
    mine = select(kind).where(
        kind.story_id == story.id, kind.id.not_in(others), authors(kind)
    )
    old = db.scalars(mine.order_by(kind.position, kind.id)).all()
    for position, (row, values) in enumerate(zip_longest(old, wanted)):
        if values is None:
            db.delete(row)
        elif row is None:
            db.add(kind(story_id=story.id, position=position, **values))
        else:
            for name, value in values.items():
                setattr(row, name, value)


def _fill_issues(db: Session, story: Story, entry: StoryEntry) -> None:
    old = db.scalars(select(StoryIssue).where(StoryIssue.story_id == story.id)).all()
    for row in old:
        if row.issue not in entry.issues:
            db.delete(row)
    for issue in set(entry.issues) - {row.issue for row in old}:
        db.add(StoryIssue(story_id=story.id, issue=issue))


def _contact(contact: ContactEntry, names: Names) -> dict[str, Any]:
    return {
        **contact.model_dump(exclude={"company", "when", "until"}),
        "company_id": names.company_id(contact.company),
        "at": contact.when.at,
        "precision": contact.when.precision,
        "until": contact.until.at,
        "until_precision": contact.until.precision,
    }


def _promise(promise: PromiseEntry) -> dict[str, Any]:
    return {
        **promise.model_dump(exclude={"due"}),
        "due_at": promise.due.at,
        "due_precision": promise.due.precision,
    }


def _amount(amount: AmountEntry, names: Names) -> dict[str, Any]:
    company_id = names.company_id(amount.company)
    return {**amount.model_dump(exclude={"company"}), "company_id": company_id}


def _offer(offer: OfferEntry, names: Names) -> dict[str, Any]:
    return {
        **offer.model_dump(exclude={"company", "when"}),
        "company_id": names.company_id(offer.company),
        "at": offer.when.at,
        "precision": offer.when.precision,
    }


def _points(entry: StoryEntry) -> Rows:
    return [
        *({"side": Side.GOOD, "words": words} for words in entry.points_good),
        *({"side": Side.BAD, "words": words} for words in entry.points_bad),
    ]


def _letters(ready: Prepared) -> Rows:
    return [
        wording.letter(letter, words)
        for letter, words in zip(ready.entry.letters, ready.letters, strict=True)
    ]


def _quotations(ready: Prepared) -> Rows:
    return [
        {"who": quotation.who, "address": quotation.address, **words.quoted()}
        for quotation, words in zip(
            ready.entry.quotations, ready.quotations, strict=True
        )
    ]
