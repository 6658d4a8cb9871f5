"""A member's public page: who they are, what they told, for whom they speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, load_only

from stories.models import (
    Member,
    Representative,
    Story,
    Translation,
    Verification,
    now,
)
from stories.models.codes import ClaimState, Standing, Visibility
from stories.problems import Missing
from stories.reading import listing, translated
from stories.reading.listing import Page
from stories.text import fold

TOLD = (
    Translation.id,
    Translation.story_id,
    Translation.target,
    Translation.target_id,
    Translation.title,
    Translation.language,
    Translation.posted_at,
)
MOST_TRANSLATIONS = 50
UNSEEN = (Standing.UNCONFIRMED, Standing.LEFT)


@dataclass(frozen=True)
class MemberPage:
    """A member, their stories and what they translated of others' (the newest first),
    and their verified roles."""

    member: Member
    stories: Page
    roles: list[Representative]
    translations: list[Translation]


def find(db: Session, handle: str) -> Member:
    """The member with this handle; raises Missing where nobody is to be seen."""
    found = db.scalar(select(Member).where(Member.handle_folded == fold(handle)))
    if found is None or found.standing in UNSEEN:
        raise Missing
    return found


def page(
    db: Session,
    member: Member,
    older: int | None = None,
    reads: Sequence[str] = (),
) -> MemberPage:
    """What a member has told in public, from `older` on, in the languages that
    somebody reads."""
    stories = listing.page(db, listing.by_author(member, older), reads=reads)
    return MemberPage(
        member, stories, _roles(db, member), [] if older else _translations(db, member)
    )


def _translations(db: Session, member: Member) -> list[Translation]:
    """What everybody can read of what they translated, each with its story."""
    wanted = (
        select(Translation)
        .join(Translation.story)
        .where(
            Translation.translator_id == member.id,
            Story.visibility == Visibility.PUBLIC,
            translated.SHOWN,
            translated.of_what_is_read(),
        )
        .options(
            load_only(*TOLD),
            contains_eager(Translation.story).load_only(
                Story.id, Story.title, Story.language
            ),
        )
        .order_by(Translation.posted_at.desc(), Translation.id.desc())
    )
    return list(db.scalars(wanted.limit(MOST_TRANSLATIONS)))


def _roles(db: Session, member: Member) -> list[Representative]:
    valid = Verification.expires_at.is_(None) | (Verification.expires_at > now())
    return list(
        db.scalars(
            select(Representative)
            .where(
                Representative.member_id == member.id,
                Representative.state == ClaimState.GRANTED,
                Representative.verifications.any(valid),
            )
            .options(joinedload(Representative.company))
            .order_by(Representative.decided_at)
        )
    )
