"""Taking a story back: out of sight, without its author's name, or for good.

Suspended members may do this too. Text goes; a tombstone and the counts stay.
"""

from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from stories import history, outbox, permissions, series, talks, telling, texts
from stories.models import (
    Amount,
    Caution,
    Contact,
    Corroboration,
    DeskNote,
    Dispute,
    Draft,
    Evidence,
    Letter,
    Member,
    Mention,
    Misnaming,
    Offer,
    Point,
    Poll,
    Pressure,
    Promise,
    Quotation,
    Rejoinder,
    Response,
    Story,
    StoryClaim,
    StoryIssue,
    TimelineEntry,
    Translation,
    TranslationDraft,
    Update,
    now,
)
from stories.models.codes import Happening, OriginKind, Precision, Target, Visibility
from stories.problems import Invalid, Problem

FACTS = (
    Amount,
    Contact,
    DeskNote,
    Letter,
    Point,
    Promise,
    Quotation,
    StoryIssue,
)
WORDLESS = {"text": "", "html": "", "language": "und"}


def withdraw(db: Session, author: Member, story: Story) -> None:
    """Only the author sees it from now on."""
    permissions.hold(db, author, story)
    if story.visibility == Visibility.AUTHOR_ONLY:
        return
    _require_seen(story)
    talks.close(db, story)
    _note(db, story, Happening.WITHDRAWN, before=story.visibility.value)
    _show(db, story, Visibility.AUTHOR_ONLY)


def restore(db: Session, author: Member, story: Story) -> None:
    """What was withdrawn can be read again, as before."""
    permissions.hold_to_write(db, author, story)
    if story.visibility != Visibility.AUTHOR_ONLY:
        raise Invalid(Problem("This story was not withdrawn."))
    _note(db, story, Happening.RESTORED)
    _show(db, story, _before_withdrawal(db, story))
    telling.begin(db, story, now())


def unlist(db: Session, author: Member, story: Story) -> None:
    """Reachable by its address, but neither listed nor searched."""
    permissions.hold(db, author, story)
    _require_seen(story)
    _show(db, story, Visibility.UNLISTED)


def enlist(db: Session, author: Member, story: Story) -> None:
    """Listed and searched again."""
    permissions.hold_to_write(db, author, story)
    _require_seen(story)
    _show(db, story, Visibility.PUBLIC)


def anonymise(db: Session, author: Member, story: Story) -> None:
    """Cut the tie between story and author for good: nobody can tie it again.

    The series that it shares with named stories, the page where its author first
    published it, the number by which the company knows them, their evidence, and what
    they wrote to it in private go too.
    """
    permissions.hold(db, author, story)
    talks.forget(db, story)
    _note(db, story, Happening.ANONYMISED)
    _untie(db, story)
    outbox.index(db, story.id)
    history.touch(db, story)


def erase(db: Session, author: Member, story: Story) -> None:
    """Remove all words of the story, and those said in answer to it, for good.

    What stays is a tombstone: companies and products, kind, outcome, dates, and that
    there were updates, answers and comments.
    """
    permissions.hold(db, author, story)
    talks.forget(db, story)
    _note(db, story, Happening.ERASED)
    _untie(db, story)
    _remove_facts(db, story)
    _remove_words(db, story)
    story.visibility = Visibility.TOMBSTONE
    outbox.index(db, story.id)
    history.touch(db, story)


def erase_entry(db: Session, author: Member, entry: Update | Rejoinder) -> None:
    """Remove the words of one update, or of one answer to a company, for good.

    Its place and date stay, and so does what it did to the case.
    """
    story = db.get_one(Story, entry.story_id)
    permissions.hold(db, author, story)
    for column, value in WORDLESS.items():
        setattr(entry, column, value)
    entry.visibility = Visibility.TOMBSTONE
    target = Target(entry.__tablename__)
    history.forget_revisions(db, target, entry.id)
    said = (Translation.target == target) & (Translation.target_id == entry.id)
    _remove_translations(db, said)
    begun = (TranslationDraft.target == target, TranslationDraft.target_id == entry.id)
    db.execute(delete(TranslationDraft).where(*begun))
    outbox.index(db, story.id)
    history.touch(db, story)


def _require_seen(story: Story) -> None:
    hidden = Problem("Staff of this site have hidden this story.")
    permissions.require(story.visibility in permissions.SEEN, hidden)


def _note(db: Session, story: Story, happening: Happening, **details: Any) -> None:
    history.note(db, story, happening, "author", **details)


def _show(db: Session, story: Story, visibility: Visibility) -> None:
    story.visibility = visibility
    outbox.index(db, story.id)
    history.touch(db, story)


def _before_withdrawal(db: Session, story: Story) -> Visibility:
    line = db.scalars(
        select(TimelineEntry)
        .where(
            TimelineEntry.story_id == story.id,
            TimelineEntry.happening == Happening.WITHDRAWN,
        )
        .order_by(TimelineEntry.id.desc())
        .limit(1)
    ).first()
    return Visibility(line.details["before"]) if line else Visibility.PUBLIC


def _untie(db: Session, story: Story) -> None:
    history.touch(db, story)  # the author's page too, while it is known whose it is
    series.part_ways(db, story)
    mine = Translation.translator_id == story.author_id
    here = mine & (Translation.story_id == story.id)
    db.execute(update(Translation).where(here).values(translator_id=None))
    story.author_id = story.author_name = None
    story.private_reference = ""
    if story.origin != OriginKind.IMPORTED:
        story.source_address = None
    db.execute(delete(Draft).where(Draft.story_id == story.id))
    db.execute(delete(StoryClaim).where(StoryClaim.story_id == story.id))
    files = db.scalars(select(Evidence.id).where(Evidence.story_id == story.id)).all()
    texts.forget_flags(db, Target.EVIDENCE, files)
    db.execute(delete(Evidence).where(Evidence.story_id == story.id))
    outbox.sweep(db, story.id)
    db.flush()


def _remove_facts(db: Session, story: Story) -> None:
    for kind in FACTS:
        db.execute(delete(kind).where(kind.story_id == story.id))
    for said, column in ((Offer, "what"), (Dispute, "fact")):
        mine = said.story_id == story.id
        db.execute(delete(said).where(mine, said.response_id.is_(None)))
        db.execute(update(said).where(mine).values({column: "", "why": ""}))
    db.execute(update(Mention).where(Mention.story_id == story.id).values(reason=""))
    story.disclosure = story.remedy_sought = story.remedy_received = ""
    story.happened_at = story.first_published_at = None
    story.happened_precision = story.first_published_precision = Precision.UNKNOWN


def _remove_translations(db: Session, said: ColumnElement[bool]) -> None:
    for each in db.scalars(select(Translation.id).where(said)).all():
        history.forget_revisions(db, Target.TRANSLATION, each)
    db.execute(delete(Translation).where(said))


def _remove_words(db: Session, story: Story) -> None:
    _remove_translations(db, Translation.story_id == story.id)
    begun = TranslationDraft.story_id == story.id
    db.execute(delete(TranslationDraft).where(begun))
    history.forget_revisions(db, Target.STORY, story.id)
    said: list[tuple[Any, Target]] = [
        (Update, Target.UPDATE),
        (Rejoinder, Target.REJOINDER),
        (Response, Target.RESPONSE),
    ]
    for kind, target in said:
        for each in db.scalars(select(kind.id).where(kind.story_id == story.id)).all():
            history.forget_revisions(db, target, each)
        db.execute(update(kind).where(kind.story_id == story.id).values(**WORDLESS))
    also = {f"also_{name}": value for name, value in WORDLESS.items()}
    db.execute(update(Response).where(Response.story_id == story.id).values(**also))
    for others in (Caution, Misnaming, Poll, Pressure):
        db.execute(update(others).where(others.story_id == story.id).values(words=""))
    mine = Corroboration.story_id == story.id
    db.execute(update(Corroboration).where(mine).values(**WORDLESS))
    story.title = story.text = story.html = ""
    story.language = "und"
    series.leave(db, story)
