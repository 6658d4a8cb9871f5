"""Publishing a story, and amending what was published.

Rendering costs more than a write transaction should last, so a caller prepares the
entry before it and publishes what was prepared:

    ready = publishing.prepare(entry)
    with writing():
        story = publishing.publish(db, author, ready)
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from stories import (
    cases,
    history,
    marks,
    outbox,
    permissions,
    series,
    telling,
    unnaming,
)
from stories.entries import note
from stories.entries.story import StoryEntry
from stories.models import (
    Draft,
    Invited,
    Member,
    Mention,
    Story,
    now,
)
from stories.models.codes import Happening, MentionRole, OriginKind, Target
from stories.problems import Overtaken, Problem
from stories.publishing import disclosing, facts, naming
from stories.publishing.preparing import Prepared, columns, prepare
from stories.publishing.recalling import entry_of, fields_of
from stories.wording import without

__all__ = ["Prepared", "amend", "entry_of", "fields_of", "prepare", "publish"]


def publish(
    db: Session,
    author: Member,
    entry: StoryEntry | Prepared,
    draft: Draft | None = None,
    mail_domain: str = "",
) -> Story:
    """Publish a story, tell its companies, and let its draft go. `mail_domain` is that
    of the author's address, until they were asked whether they work there."""
    ready, at = prepare(entry), now()
    permissions.require_standing(author)
    _use_up(db, author, draft)
    story = Story(
        author_id=author.id,
        kind=ready.entry.kind,
        visibility=ready.entry.visibility,
        published_at=at,
        last_activity_at=at,
        **columns(ready),
    )
    db.add(story)
    db.flush()
    history.note(db, story, Happening.PUBLISHED, "author", at=at)
    history.keep_revision(db, Target.STORY, story)
    _keep_the_rest(db, author, story, ready, at, mail_domain)
    _mark_invited(db, story, ready.entry.invited_by)
    outbox.news(db, story.id, author.id, fresh=True)
    history.touch(db, story, at)
    return story


def amend(
    db: Session,
    author: Member,
    story: Story,
    entry: StoryEntry | Prepared,
    why: str = "",
    draft: Draft | None = None,
) -> Story:
    """Change a published story. A changed title or text is a new revision; facts are
    replaced; what companies were told and answered stays, and so does what the author
    has added elsewhere since the draft was begun."""
    ready, at = prepare(entry), now()
    why = without(note(why, "why"), ready.hidden)
    permissions.hold_to_write(db, author, story)
    since = draft.begun_at if draft else None
    _use_up(db, author, draft)
    db.execute(delete(Draft).where(Draft.story_id == story.id))  # of earlier wordings
    history.touch(db, story)
    before = (story.title, story.text)
    _take(story, ready)
    named = unnaming.out_of_story(db, story, "\n".join(before), ready.hidden)
    if (story.title, story.text) != before:
        story.revision = history.keep_revision(db, Target.STORY, story, why).number
        history.note(db, story, Happening.AMENDED, "author", at=at)
    if named:
        unnaming.mark(db, Target.STORY, story.id)
    _keep_the_rest(db, author, story, ready, at, since=since)
    history.touch(db, story)
    return story


def _mark_invited(db: Session, story: Story, company_id: int | None) -> None:
    """A story that is about a company which asked for it says so, for good."""
    about = select(Mention.id).where(
        Mention.story_id == story.id,
        Mention.company_id == company_id,
        Mention.role == MentionRole.SUBJECT,
    )
    if company_id is None or db.scalar(about) is None:
        return
    if permissions.is_told(db, company_id):
        story.origin = OriginKind.INVITED
        db.add(Invited(story_id=story.id, company_id=company_id))
        db.flush()


def _take(story: Story, ready: Prepared) -> None:
    """Change what stands in the story's own row; an import's source is not its own."""
    source = story.source_address
    for name, value in columns(ready).items():
        setattr(story, name, value)
    if story.origin == OriginKind.IMPORTED:
        story.source_address = source
    if story.visibility in permissions.SEEN:
        story.visibility = ready.entry.visibility


def _keep_the_rest(
    db: Session,
    author: Member,
    story: Story,
    ready: Prepared,
    at: datetime,
    mail_domain: str = "",
    since: datetime | None = None,
) -> None:
    """All that stands in rows of its own, and the tidings of it."""
    entry = ready.entry
    names = naming.keep(db, author, story, entry.mentions)
    disclosing.require(db, author, story, mail_domain)
    facts.keep(db, story, ready, names, since)
    series.place(db, author, story, entry.series)
    marks.set_kind(db, story, entry.kind, at)
    if not _is_newer(story.outcome_at, since):
        marks.set_outcome(db, story, entry.outcome, at)
    if not _is_newer(story.evaluated_at, since):
        marks.set_evaluation(db, story, entry.evaluation, at)
    if entry.comments_open:
        marks.open_comments(db, story, at)
    else:
        marks.close_comments(db, story, at)
    telling.begin(db, story, at)
    telling.mentioned(db, story, names.in_passing)
    cases.settle(db, story)
    outbox.index(db, story.id)


def _is_newer(said_at: datetime | None, since: datetime | None) -> bool:
    return bool(said_at and since and said_at > since)


def _use_up(db: Session, author: Member, draft: Draft | None) -> None:
    """The draft has become the story; another tab cannot publish it again."""
    if draft is None:
        return
    permissions.require(draft.member_id in (None, author.id))
    used = db.scalar(delete(Draft).where(Draft.id == draft.id).returning(Draft.id))
    if used is None:
        raise Overtaken(Problem("This draft has been published or deleted already."))
