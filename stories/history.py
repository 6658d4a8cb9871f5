"""The timeline and the public log: one dated line per deed."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    bindparam,
    delete,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from stories import counting, outbox
from stories.models import (
    Base,
    Comment,
    Company,
    Decision,
    Member,
    Mention,
    Product,
    Representative,
    Revision,
    Site,
    Story,
    TimelineEntry,
    Translation,
    mention_product,
    now,
)
from stories.models.codes import (
    FlagReason,
    Happening,
    StaffDeed,
    Target,
    Visibility,
)

SITE = 1


def note(
    db: Session,
    story: Story,
    happening: Happening,
    by: str,
    *,
    at: datetime | None = None,
    company_id: int | None = None,
    **details: Any,
) -> TimelineEntry:
    """Add a line to the story's timeline. `by` is author, company, staff or site."""
    line = TimelineEntry(
        story_id=story.id,
        company_id=company_id,
        happening=happening,
        by=by,
        at=at or now(),
        details=details,
    )
    db.add(line)
    return line


def touch(db: Session, story: Story, at: datetime | None = None) -> None:
    """Something about the story changed: every page that shows it is stale, and the
    figures of its companies follow.

    Bumps, in SQL, the story and the others of its series, its companies and products,
    its author, its translators and the site. With `at`, it is also the story's last
    activity.
    """
    touch_lists(db, story, at)
    counting.follow(db, story.id)  # after the bumps, which let one writer go first


def touch_lists(db: Session, story: Story, at: datetime | None = None) -> None:
    """The same for a deed that changes no figure: somebody remarked something."""
    if at is not None and at > story.last_activity_at:
        story.last_activity_at = at
    db.flush()
    db.connection().execute(THE_STORY, {"story": story.id})
    touch_beside(db, story)


def touch_beside(db: Session, story: Story) -> None:
    """All that shows the story, but not the story itself: its series, its companies
    and products, its author and its translators, and the lists of the site."""
    execute = db.connection().execute  # the session would look for what it knows
    if story.series_id is not None:
        execute(ITS_SERIES, {"story": story.id, "series": story.series_id})
    for statement in ITS_NAMED:
        execute(statement, {"story": story.id})
    execute(ITS_PEOPLE, {"story": story.id, "author": story.author_id})
    execute(SHOWS_ALL)


def recount(db: Session, company_id: int) -> None:
    """Count a company's figures from scratch; all pages that show them are stale."""
    for statement in (
        _bump(Company, Company.id == company_id),  # first: others wait
        _bump(Product, Product.company_id == company_id),
    ):
        db.execute(statement)
    counting.rebuild(db, company_id)
    touch_site(db)


def touch_figures(db: Session) -> None:
    """The figures of many companies changed: every page that shows any is stale."""
    for table in (Company, Product):
        db.execute(_bump(table, true()))
    touch_site(db)


def touch_quietly(db: Session, story: Story) -> None:
    """Only the story's own page changed: a comment, a count."""
    db.execute(_bump(Story, Story.id == story.id))


def touch_site(db: Session) -> None:
    """The lists of the whole site changed."""
    db.execute(SHOWS_ALL)


def touch_product(db: Session, product_id: int) -> None:
    """What a product's page counts changed."""
    db.execute(_bump(Product, Product.id == product_id))


def touch_company_page(db: Session, company_id: int) -> None:
    """What only a company's own page counts changed."""
    db.execute(_bump(Company, Company.id == company_id))


def touch_company(db: Session, company_id: int) -> None:
    """A company's name or voices changed: its page, the stories that name it, and the
    lists in which these stand."""
    naming = select(Mention.story_id).where(Mention.company_id == company_id)
    authors = select(Story.author_id).where(Story.id.in_(naming))
    voices = select(Representative.member_id).where(
        Representative.company_id == company_id
    )
    for statement in (
        _bump(Company, Company.id == company_id),
        _bump(Story, Story.id.in_(naming)),
        *_bump_named(Mention.story_id.in_(naming)),
        _bump(Member, or_(Member.id.in_(authors), Member.id.in_(voices))),
    ):
        db.execute(statement)
    touch_site(db)


def touch_member(db: Session, member: Member) -> None:
    """A member's name changed: their page, all that they wrote or translated, and the
    lists in which these stories stand."""
    remarked = select(Comment.story_id).where(Comment.author_id == member.id)
    said = select(Translation.story_id).where(
        or_(
            Translation.translator_id == member.id, Translation.reviewer_id == member.id
        )
    )
    told = select(Story.id).where(Story.author_id == member.id)
    spoken = select(Representative.company_id).where(
        Representative.member_id == member.id
    )
    for statement in (
        _bump(Member, Member.id == member.id),
        _bump(
            Story,
            or_(
                Story.author_id == member.id,
                Story.id.in_(remarked),
                Story.id.in_(said),
            ),
        ),
        *_bump_named(or_(Mention.story_id.in_(told), Mention.story_id.in_(said))),
        _bump(Company, Company.id.in_(spoken)),
    ):
        db.execute(statement)
    touch_site(db)


def _bump_named(mentions: ColumnElement[bool]) -> tuple[Executable, Executable]:
    """The companies and products of these mentions: their lists show the stories."""
    bought = (
        select(mention_product.c.product_id)
        .join(Mention, Mention.id == mention_product.c.mention_id)
        .where(mentions)
    )
    named = select(Mention.company_id).where(mentions)
    return _bump(Company, Company.id.in_(named)), _bump(Product, Product.id.in_(bought))


def _bump(rows: type[Base], condition: ColumnElement[bool]) -> Executable:
    """The rows' versions move on, in SQL: 4 writers lose none."""
    table = Base.metadata.tables[rows.__tablename__]
    return update(table).where(condition).values(version=table.c.version + 1)


_STORY = bindparam("story", type_=Story.id.type)
_OTHERS = (Story.series_id == bindparam("series")) & (Story.id != _STORY)
THE_STORY = _bump(Story, Story.id == _STORY)
ITS_SERIES = _bump(Story, _OTHERS)
ITS_NAMED = _bump_named(Mention.story_id == _STORY)
_TRANSLATORS = select(Translation.translator_id).where(Translation.story_id == _STORY)
ITS_PEOPLE = _bump(
    Member,
    or_(
        Member.id == bindparam("author", type_=Member.id.type),
        Member.id.in_(_TRANSLATORS),
    ),
)
SHOWS_ALL = _bump(Site, Site.id == SITE)
"""Everything that shows a story. Made once: to make such statements takes as long as to
execute them."""


def decide(
    db: Session,
    staff: Member | None,
    deed: StaffDeed,
    subject: Any,
    *,
    words: str = "",
    reason: FlagReason | None = None,
    story_id: int | None = None,
    snapshot: str = "",
) -> Decision:
    """Write an act of the staff into the public log (None: by command)."""
    decision = Decision(
        deed=deed,
        subject=subject.__tablename__,
        subject_id=subject.id,
        story_id=story_id,
        staff_id=staff.id if staff else None,
        reason=reason,
        words=words,
        snapshot=snapshot,
    )
    db.add(decision)
    db.flush()
    touch_site(db)
    return decision


def keep_revision(db: Session, target: Target, text: Any, why: str = "") -> Revision:
    """Keep the present wording of a text as its next revision, numbered from 1."""
    last = db.scalar(
        select(Revision.number)
        .where(Revision.target == target, Revision.target_id == text.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    revision = Revision(
        target=target,
        target_id=text.id,
        number=(last or 0) + 1,
        title=getattr(text, "title", ""),
        text=getattr(text, "whole_text", text.text),
        language=text.language,
        why=why,
    )
    db.add(revision)
    if revision.number > 1:
        _outdate(db, target, text.id)
    return revision


def _outdate(db: Session, target: Target, target_id: int) -> None:
    """What was translated says something else now: who accepted or reviewed it read
    another wording. Its translators are told."""
    made = select(Translation).where(
        Translation.target == target,
        Translation.target_id == target_id,
        Translation.outdated_at.is_(None),
    )
    for each in db.scalars(made).all():
        each.outdated_at = now()
        each.accepted_at = each.reviewer_id = each.reviewed_at = None
        shown = each.visibility == Visibility.PUBLIC
        if shown and each.translator_id is not None:
            outbox.letter(
                db,
                "translation_outdated",
                f"member:{each.translator_id}",
                story_id=each.story_id,
                translation_id=each.id,
            )


def forget_revisions(db: Session, target: Target, target_id: int) -> None:
    """The text is gone for good, and every earlier wording with it."""
    db.execute(
        delete(Revision).where(
            Revision.target == target, Revision.target_id == target_id
        )
    )
