"""Evidence: an author keeps files with a story, says who sees them, covers what is
nobody's business, and publishes pictures."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories import database, history, outbox, permissions, texts
from stories.entries.evidence import (
    MOST_FILE_NAME,
    MOST_FILES,
    MOST_OF_MEMBER,
    BoxesEntry,
    EvidenceEntry,
)
from stories.models import Dispute, Evidence, Member, Mention, Story, now
from stories.models.codes import MentionRole, Target
from stories.models.evidence import FileKind
from stories.problems import Invalid, Missing, Problem
from stories.storage import Store, Written
from stories.text import clean
from stories.wording import discreet, masked, masks

ABANDONED = timedelta(hours=1)
"""After so long a file that was written for no deed is let go."""


@dataclass(frozen=True)
class File:
    """A file that was looked at and written: a picture has a small copy and a size."""

    kind: FileKind
    suffix: str
    full: Written
    small: Written | None = None
    width: int | None = None
    height: int | None = None


def add(
    db: Session,
    author: Member,
    story: Story,
    entry: EvidenceEntry,
    *,
    name: str,
    file: File,
    store: Store,
) -> Evidence:
    """Keep a file with the story; who sees it is as the author says."""
    permissions.hold_to_write(db, author, story)
    _require_room(db, author, story, file.full.size)
    made = Evidence(
        story_id=story.id,
        name=file_name(name),
        kind=file.kind,
        suffix=file.suffix,
        size=file.full.size,
        width=file.width,
        height=file.height,
        boxes=[],
    )
    _describe(db, story, made, entry)
    made.original = store.place(file.full, story.id)
    made.original_small = store.place(file.small, story.id) if file.small else None
    db.add(made)
    db.flush()
    return made


def describe(
    db: Session, author: Member, evidence: Evidence, entry: EvidenceEntry
) -> None:
    """Say anew what it shows, and who may see it."""
    story = _held(db, author, evidence)
    permissions.require_standing(author)
    _describe(db, story, evidence, entry)
    _shown_anew(db, story, evidence)


def cover(
    db: Session,
    author: Member,
    evidence: Evidence,
    entry: BoxesEntry,
    file: File | None,
    store: Store,
) -> None:
    """Let nobody but the author see what lies under these boxes. `file` has them burnt
    in; without boxes there is none, and readers no longer see what was covered: its
    author publishes it anew."""
    story = _held(db, author, evidence)
    _require_original(evidence)
    if file is None and evidence.covered is not None:
        permissions.require_standing(author)
        evidence.published_at = None
    evidence.boxes = [
        [float(part) for part in (box.left, box.top, box.width, box.height)]
        for box in entry.boxes
    ]
    evidence.covered = store.place(file.full, story.id) if file else None
    small = file.small if file else None
    evidence.covered_small = store.place(small, story.id) if small else None
    outbox.sweep(db, story.id)
    _shown_anew(db, story, evidence)


def forget_original(db: Session, author: Member, evidence: Evidence) -> None:
    """Keep only the picture with its boxes: what they cover is gone for good."""
    story = _held(db, author, evidence)
    _require_original(evidence)
    if evidence.covered is None:
        raise Invalid(Problem("Cover something first, or remove the file."))
    evidence.original = evidence.original_small = None
    evidence.name = ""
    outbox.sweep(db, story.id)
    db.flush()


def publish(db: Session, author: Member, evidence: Evidence) -> None:
    """Let every reader of the story see a picture, with its boxes."""
    story = _held(db, author, evidence)
    permissions.require_standing(author)
    if evidence.kind != FileKind.PICTURE:
        raise Invalid(Problem("Only pictures are published."))
    if evidence.withheld_at is not None:
        raise Invalid(Problem("Staff of this site have taken it from readers."))
    if evidence.published_at is None:
        evidence.published_at = now()
        db.flush()
        history.touch(db, story)


def take_back(db: Session, author: Member, evidence: Evidence) -> None:
    """Readers no longer see it."""
    story = _held(db, author, evidence)
    if evidence.published_at is not None:
        evidence.published_at = None
        db.flush()
        history.touch(db, story)


def erase(db: Session, author: Member, evidence: Evidence) -> None:
    """The file goes, and all its copies."""
    story = _held(db, author, evidence)
    texts.forget_flags(db, Target.EVIDENCE, [evidence.id])
    db.delete(evidence)
    outbox.sweep(db, story.id)
    db.flush()
    history.touch(db, story)


def sweep(db: Session, store: Store, story_id: int) -> int:
    """Remove the files of a story that no evidence names; how many went."""
    story = db.get(Story, story_id)
    if story is not None:
        database.hold(db, story)
    kept = db.scalars(select(Evidence).where(Evidence.story_id == story_id)).all()
    return store.sweep(story_id, frozenset().union(*(each.files for each in kept)))


def sweep_all_later(db: Session, store: Store) -> None:
    """Look through the files of all stories, once a day: a deed may have been undone
    when its files were in their places."""
    for story_id in store.stories():
        outbox.sweep(db, story_id)
    store.forget_abandoned(now() - ABANDONED)


def file_name(typed: str) -> str:
    """The last part of a file's name, in one line: never a way to anywhere."""
    last = clean(typed).replace("\\", "/").rpartition("/")[2]
    shown = "".join(each for each in last if each.isprintable())
    return " ".join(shown.split()).strip(".")[:MOST_FILE_NAME]


def _held(db: Session, author: Member, evidence: Evidence) -> Story:
    """The story, held; Missing where the file is not there any more."""
    story = db.get_one(Story, evidence.story_id)
    permissions.hold(db, author, story)
    mine = Evidence.story_id == story.id
    again = select(Evidence).where(Evidence.id == evidence.id, mine)
    if db.scalar(again.execution_options(populate_existing=True)) is None:
        raise Missing
    return story


def _require_room(db: Session, author: Member, story: Story, size: int) -> None:
    mine = select(func.count()).where(Evidence.story_id == story.id)
    if (db.scalar(mine) or 0) >= MOST_FILES:
        most = Problem.plural(
            "A story keeps at most %(n)d file.",
            "A story keeps at most %(n)d files.",
            n=MOST_FILES,
        )
        raise Invalid(most, "file")
    all_mine = (
        select(func.sum(Evidence.size))
        .join(Story, Story.id == Evidence.story_id)
        .where(Story.author_id == author.id)
    )
    if int(db.scalar(all_mine) or 0) + size > MOST_OF_MEMBER:
        full = Problem("Your files fill your space. Remove some of them first.")
        raise Invalid(full, "file")


def _describe(
    db: Session, story: Story, evidence: Evidence, entry: EvidenceEntry
) -> None:
    if set(entry.companies) - set(_about(db, story)):
        problem = Problem("Choose one of the story’s companies.")
        raise Invalid(problem, "companies")
    if entry.dispute_id is not None:
        dispute = db.get(Dispute, entry.dispute_id)
        if dispute is None or dispute.story_id != story.id or not dispute.made_here:
            problem = Problem("Choose a fact that the company disputes.")
            raise Invalid(problem, "dispute_id")
    words = masked(discreet(entry), masks(entry.names)).words
    evidence.words, evidence.staff = words, entry.staff
    evidence.companies = sorted(entry.companies)
    evidence.dispute_id = entry.dispute_id


def _about(db: Session, story: Story) -> list[int]:
    named = select(Mention.company_id).where(
        Mention.story_id == story.id, Mention.role == MentionRole.SUBJECT
    )
    return list(db.scalars(named.order_by(Mention.position)))


def _require_original(evidence: Evidence) -> None:
    if evidence.kind != FileKind.PICTURE:
        raise Missing
    if evidence.original is None:
        raise Invalid(Problem("The original is gone: what is covered stays covered."))


def _shown_anew(db: Session, story: Story, evidence: Evidence) -> None:
    db.flush()
    if evidence.is_public:
        history.touch(db, story)
