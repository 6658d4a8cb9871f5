"""What an author adds after publication: updates, the outcome, a change of mind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories import (
    cases,
    history,
    marks,
    outbox,
    permissions,
    telling,
    unnaming,
    wording,
)
from stories.entries import MOST_ROWS, note
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Company, Letter, Member, Mention, Story, Update, now
from stories.models.codes import (
    CaseState,
    ClosedWhy,
    Happening,
    Kind,
    MentionRole,
    Outcome,
    Precision,
    Target,
)
from stories.problems import Invalid, Missing, Problem
from stories.wording import Masks, Wording, discreet, masked, masks, worded_within


@dataclass(frozen=True)
class Prepared:
    """An update ready to be kept: rendered, its language known, without the names that
    are `hidden`."""

    entry: UpdateEntry
    words: Wording
    letters: list[Wording]
    hidden: Masks


def prepare(entry: UpdateEntry | Prepared, story: Story) -> Prepared:
    """Do what takes its time before the write transaction. Twice does no harm."""
    if isinstance(entry, Prepared):
        return entry
    hidden = masks(entry.names)
    entry = masked(discreet(entry), hidden)
    words = worded_within(entry.text, entry.language, story.language)
    letters = [
        worded_within(each.text, each.language, words.language)
        for each in entry.letters
    ]
    return Prepared(entry, words, letters, hidden)


def add_update(
    db: Session, author: Member, story: Story, entry: UpdateEntry | Prepared
) -> Update:
    """Add a dated text below the story, and letters. It may tell of an earlier day."""
    ready, at = prepare(entry, story), now()
    permissions.hold_to_write(db, author, story)
    update = _add(db, story, _columns(ready), at)
    _add_letters(db, story, ready, at)
    _spoken(db, story, at, update_id=update.id)
    return update


def amend_update(
    db: Session,
    author: Member,
    update: Update,
    entry: UpdateEntry | Prepared,
    why: str = "",
) -> Update:
    """Change an update's words (a new revision) or its date."""
    story = db.get_one(Story, update.story_id)
    ready = prepare(entry, story)
    why = wording.without(note(why, "why"), ready.hidden)
    columns = _columns(ready)
    permissions.hold_to_write(db, author, story)
    permissions.hold_standing(db, update)
    if not ready.entry.when.year:  # no date was given: the one it has stays
        del columns["happened_at"], columns["happened_precision"]
    before = update.text
    named = unnaming.out_of_update(db, update, before, ready.hidden)
    for name, value in columns.items():
        setattr(update, name, value)
    if update.text != before:
        update.amended_at = now()
        history.keep_revision(db, Target.UPDATE, update, why)
    if named:
        unnaming.mark(db, Target.UPDATE, update.id)
    outbox.index(db, story.id)
    history.touch(db, story)
    return update


def set_outcome(
    db: Session,
    author: Member,
    story: Story,
    entry: OutcomeEntry,
    words: Prepared | None = None,
) -> None:
    """Say how it stands or ended; a word about it is an update (`words`, if it was
    prepared before). Without an evaluation the one that was given before stays.
    """
    at, told = now(), words or entry.update
    columns = _columns(prepare(told, story)) if told else None
    permissions.hold_to_write(db, author, story)
    added = {"update_id": _add(db, story, columns, at).id} if columns else {}
    if entry.outcome != story.outcome:
        marks.set_outcome(db, story, entry.outcome, at)
    elif entry.outcome in cases.SETTLED and _is_open(db, story):
        marks.confirm_outcome(db, story, at)
    if entry.evaluation is not None:
        marks.set_evaluation(db, story, entry.evaluation, at)
    _spoken(db, story, at, **added)


def answer_nudge(db: Session, author: Member, story: Story, outcome: Outcome) -> None:
    """Say how it stands, as a letter asked; the same again is a word, too."""
    permissions.hold_to_write(db, author, story)
    at = now()
    if outcome == story.outcome:
        marks.confirm_outcome(db, story, at)
    else:
        marks.set_outcome(db, story, outcome, at)
    _spoken(db, story, at)


def change_kind(db: Session, author: Member, story: Story, kind: Kind) -> None:
    """The overall stance changed: a complaint that ended well, say."""
    permissions.hold_to_write(db, author, story)
    if kind == Kind.UNKNOWN:
        raise Invalid(Problem("Say whether it is a complaint, praise or both."), "kind")
    at = now()
    marks.set_kind(db, story, kind, at)
    _spoken(db, story, at)


def close_comments(db: Session, author: Member, story: Story) -> None:
    """Take no more comments."""
    permissions.hold_to_write(db, author, story)
    marks.close_comments(db, story, now())
    history.touch(db, story)


def open_comments(db: Session, author: Member, story: Story) -> None:
    """Take comments again. What staff closed, staff open."""
    permissions.hold_to_write(db, author, story)
    permissions.require(
        story.comments_closed_why != ClosedWhy.STAFF,
        Problem("Staff of this site have closed the comments."),
    )
    marks.open_comments(db, story, now())
    history.touch(db, story)


def close_case(
    db: Session, author: Member, story: Story, company: Company | None = None
) -> None:
    """The author expects no more of a company (or of any)."""
    permissions.hold_to_write(db, author, story)
    _note_case(db, story, company, Happening.CLOSED_CASE)


def reopen_case(
    db: Session, author: Member, story: Story, company: Company | None = None
) -> None:
    """It is not over after all, nor was it solved."""
    permissions.hold_to_write(db, author, story)
    if story.outcome in cases.SETTLED:
        marks.set_outcome(db, story, Outcome.OPEN, now())
    _note_case(db, story, company, Happening.REOPENED)


def _columns(ready: Prepared) -> dict[str, Any]:
    """The columns of an update; without a date it happened now."""
    happened = {"happened_at": now(), "happened_precision": Precision.MINUTE}
    when = ready.entry.when
    if when.at:
        happened = {"happened_at": when.at, "happened_precision": when.precision}
    return {**ready.words.columns(), **happened}


def _add(db: Session, story: Story, columns: dict[str, Any], at: datetime) -> Update:
    update = Update(story_id=story.id, published_at=at, **columns)
    db.add(update)
    db.flush()
    history.keep_revision(db, Target.UPDATE, update)
    story.updated_at = at
    return update


def _add_letters(db: Session, story: Story, ready: Prepared, at: datetime) -> None:
    """The letters of an update, behind those that the story has."""
    mine = select(func.count()).where(Letter.story_id == story.id)
    had = db.scalar(mine) or 0
    if ready.letters and had + len(ready.letters) > MOST_ROWS:
        raise Invalid(wording.MOST_LETTERS, "letters")
    pairs = zip(ready.entry.letters, ready.letters, strict=True)
    for position, (letter, words) in enumerate(pairs, had):
        columns = wording.letter(letter, words)
        place = {"story_id": story.id, "position": position, "added_at": at}
        db.add(Letter(**place, **columns))


def _spoken(db: Session, story: Story, at: datetime, **places: int) -> None:
    """The other side is told, the search index follows, and pages are stale."""
    telling.spoke(db, story, **places)
    outbox.news(db, story.id, story.author_id, **places)
    outbox.index(db, story.id)
    history.touch(db, story, at)


def _note_case(
    db: Session, story: Story, company: Company | None, happening: Happening
) -> None:
    company_id = company.id if company else None
    if company_id not in (None, *(each.company_id for each in _told(db, story))):
        raise Missing
    at = now()
    history.note(db, story, happening, "author", at=at, company_id=company_id)
    _spoken(db, story, at)


def _is_open(db: Session, story: Story) -> bool:
    return any(each.case_state != CaseState.CLOSED for each in _told(db, story))


def _told(db: Session, story: Story) -> list[Mention]:
    return list(
        db.scalars(
            select(Mention).where(
                Mention.story_id == story.id,
                Mention.role == MentionRole.SUBJECT,
                Mention.told_at.is_not(None),
            )
        )
    )
