"""What was changed in the wording of a story, and of what was added to it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, defer

from stories import permissions
from stories.models import Member, Rejoinder, Response, Revision, Story, Update
from stories.models.codes import Target, Visibility
from stories.problems import Missing
from stories.text import Change, diff

PARTS: dict[Target, type[Update | Response | Rejoinder]] = {
    Target.UPDATE: Update,
    Target.RESPONSE: Response,
    Target.REJOINDER: Rejoinder,
}


@dataclass(frozen=True)
class Comparison:
    """One wording beside the one before it."""

    revision: Revision
    title: list[Change]
    text: list[Change]


@dataclass(frozen=True)
class RevisionsPage:
    """A story's later wordings, newest first, and one of them in full."""

    story: Story
    revisions: list[Revision]
    shown: Comparison | None


def page(
    db: Session, number: int, viewer: Member | None, revision: int | None = None
) -> RevisionsPage:
    """Every changed wording of a story's texts; `revision` (or the newest) in full."""
    story = permissions.require_seen(viewer, db.get(Story, number))
    found = list(
        db.scalars(
            select(Revision)
            .where(Revision.number > 1, _of(story))
            .options(defer(Revision.text))
            .order_by(Revision.at.desc(), Revision.id.desc())
        )
    )
    chosen = next((r for r in found if revision in (None, r.id)), None)
    if chosen is None and revision is not None:
        raise Missing
    return RevisionsPage(story, found, _compared(db, chosen) if chosen else None)


def _of(story: Story) -> ColumnElement[bool]:
    """Revisions of the story, and of those of its parts that everybody may read."""
    mine = (Revision.target == Target.STORY) & (Revision.target_id == story.id)
    return or_(mine, *(_of_part(story, target) for target in PARTS))


def _of_part(story: Story, target: Target) -> ColumnElement[bool]:
    table = PARTS[target]
    shown = select(table.id).where(
        table.story_id == story.id, table.visibility == Visibility.PUBLIC
    )
    return (Revision.target == target) & Revision.target_id.in_(shown)


def _compared(db: Session, revision: Revision) -> Comparison | None:
    """The revision in full, beside the one before."""
    number = revision.number
    return between(db, revision.target, revision.target_id, number - 1, number)


def between(
    db: Session, target: Target, target_id: int, first: int, last: int
) -> Comparison | None:
    """What changed from one wording of a text to a later one; None where they were not
    kept."""
    pair = db.scalars(
        select(Revision)
        .where(
            Revision.target == target,
            Revision.target_id == target_id,
            Revision.number.in_((first, last)),
        )
        .order_by(Revision.number)
        .execution_options(populate_existing=True)
    ).all()
    if not pair:
        return None
    before, after = pair[0], pair[-1]
    return Comparison(
        after, diff(before.title, after.title), diff(before.text, after.text)
    )
