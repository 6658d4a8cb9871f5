"""“Same here”: a reader says that it happened to them too, with their own facts."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from stories import companies, database, history, permissions
from stories.entries import FIRST_YEAR, WHOLE_YEAR, Entry, Id, Line
from stories.models import Company, Corroboration, Flag, Member, Mention, Story, now
from stories.models.codes import FlagState, MentionRole, Outcome, Target, Visibility
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.wording import Wording, worded

MOST_PRODUCT = 200


class CorroborationEntry(Entry):
    """The reader's own facts: with whom, what, when, how it ended, and a line on it."""

    company_id: Id | None = None
    product: Annotated[Line, Field(max_length=MOST_PRODUCT)] = ""
    year: Annotated[int, Field(ge=FIRST_YEAR), WHOLE_YEAR] | None = None
    outcome: Outcome
    text: Line = ""


@dataclass(frozen=True)
class Prepared:
    """Facts ready to be kept: the line rendered, its language known."""

    entry: CorroborationEntry
    words: Wording


def prepare(entry: CorroborationEntry | Prepared) -> Prepared:
    """Do what needs no database, before the write transaction. Twice does no harm."""
    if isinstance(entry, Prepared):
        return entry
    return Prepared(entry, worded(entry.text, None))


def corroborate(
    db: Session, member: Member, story: Story, entry: CorroborationEntry | Prepared
) -> Corroboration:
    """Say that it happened to the member too, or say it otherwise than before.

    Raises Forbidden to the author, and to who was hidden here by staff.
    """
    ready = prepare(entry)
    permissions.require_standing(member)
    db.flush()
    database.hold(db, story)
    _require_open(member, story)
    company = _company(db, story, ready.entry.company_id)
    kept = own(db, member, story) or _added(db, member, story, company)
    if kept.visibility == Visibility.HIDDEN:
        raise Forbidden(Problem("Staff of this site have hidden what you said here."))
    _fill(db, kept, company, ready)
    _changed(db, story)
    return kept


def take_back(db: Session, member: Member, story: Story) -> None:
    """It is said no longer, and nothing of it stays but what staff decided."""
    kept = own(db, member, story)
    if kept is None:
        raise Missing
    forget(db, kept)


def forget(db: Session, kept: Corroboration) -> None:
    """Remove it, with the reports that still wait."""
    db.execute(
        delete(Flag).where(
            Flag.target == Target.CORROBORATION,
            Flag.target_id == kept.id,
            Flag.state == FlagState.OPEN,
        )
    )
    story = db.get_one(Story, kept.story_id)
    db.delete(kept)
    _changed(db, story)
    _touch_products(db, kept.product_id)


def own(db: Session, member: Member, story: Story) -> Corroboration | None:
    """What the member said of this story, if anything."""
    return db.scalar(
        select(Corroboration).where(
            Corroboration.story_id == story.id, Corroboration.member_id == member.id
        )
    )


def _require_open(member: Member, story: Story) -> None:
    permissions.require_seen(member, story)
    if permissions.owns(member, story):
        raise Forbidden(Problem("This is your own story."))
    if story.visibility not in permissions.SEEN:
        raise Missing


def _company(db: Session, story: Story, number: int | None) -> Company:
    """The company that is meant: one of those that the story is about."""
    about = db.scalars(
        select(Company)
        .join(Mention, Mention.company_id == Company.id)
        .where(Mention.story_id == story.id, Mention.role == MentionRole.SUBJECT)
        .order_by(Mention.position)
    ).all()
    if number is None and len(about) == 1:
        return about[0]
    meant = next((each for each in about if each.id == number), None)
    if meant is None:
        raise Invalid(Problem("Choose one from the list."), "company_id")
    return meant


def _added(
    db: Session, member: Member, story: Story, company: Company
) -> Corroboration:
    made = Corroboration(story_id=story.id, member_id=member.id, company_id=company.id)
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError as trouble:  # another tab was faster
        found = own(db, member, story)
        if found is None:
            raise Missing from trouble
        return found
    return made


def _fill(db: Session, kept: Corroboration, company: Company, ready: Prepared) -> None:
    entry = ready.entry
    if entry.year is not None and entry.year > now().year:
        raise Invalid(Problem("This is still to come."), "year")
    before, kept.company_id, kept.product_id = kept.product_id, company.id, None
    if entry.product:
        kept.product_id = companies.product_named(db, company, entry.product).id
    _touch_products(db, before, kept.product_id)
    kept.year, kept.outcome = entry.year, entry.outcome
    for name, value in ready.words.columns().items():
        setattr(kept, name, value)
    db.flush()


def _touch_products(db: Session, *numbers: int | None) -> None:
    """The story need not name the product that the reader had."""
    for number in sorted({each for each in numbers if each is not None}):
        history.touch_product(db, number)


def _changed(db: Session, story: Story) -> None:
    """It is counted on the pages of the story and its companies; in no figure."""
    history.touch_lists(db, story)
