"""Who may do what: one question per deed, and `require` to insist on the answer."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, or_, select
from sqlalchemy.orm import Session

from stories import database
from stories.models import (
    Comment,
    Company,
    Member,
    Mention,
    Rejoinder,
    Representative,
    Story,
    Update,
    now,
)
from stories.models.codes import (
    ClaimState,
    CommentState,
    Kind,
    MentionRole,
    Method,
    OriginKind,
    Standing,
    Visibility,
)
from stories.models.conversation import Verification
from stories.models.speaking import TeamRole
from stories.problems import Forbidden, Missing, Problem

SEEN = (Visibility.PUBLIC, Visibility.UNLISTED)
RENEWED_WITHIN = timedelta(days=30)
"""So long before a verification lapses it can be made anew."""
UNDER_WAY = (ClaimState.ASKED, ClaimState.PROVEN, ClaimState.GRANTED)
"""Roles that are asked for or held, lapsed ones among them."""
STANDING = (CommentState.UNCONFIRMED, CommentState.PUBLIC)
"""Comments that whoever wrote them may still change or take back."""


def require(allowed: bool, problem: Problem | None = None) -> None:  # noqa: FBT001
    """Raises Forbidden, with `problem` as the reason, unless `allowed`."""
    if not allowed:
        raise Forbidden(problem)


def may_write(member: Member) -> bool:
    """Suspended members read, and take their texts with them; no more."""
    return member.standing == Standing.ACTIVE


def require_standing(member: Member) -> None:
    """Raises Forbidden where the member is suspended."""
    require(
        may_write(member),
        Problem("Your account is suspended: you can read, export and leave."),
    )


def owns(member: Member | None, story: Story) -> bool:
    """Whether the member is the author of the story."""
    return member is not None and story.author_id == member.id


def is_staff(member: Member | None) -> bool:
    """Whether the member keeps the site fair."""
    return member is not None and member.staff and may_write(member)


def may_see(member: Member | None, story: Story) -> bool:
    """Public and unlisted stories are for everybody; the rest for author and staff."""
    if story.visibility in SEEN:
        return True
    if story.visibility == Visibility.TOMBSTONE:
        return False
    return owns(member, story) or is_staff(member)


def require_seen(member: Member | None, story: Story | None) -> Story:
    """The story, or Missing where it is not there for this member."""
    if story is None or not may_see(member, story):
        raise Missing
    return story


def may_comment(story: Story) -> bool:
    """Whether the thread is open."""
    return story.visibility in SEEN and story.comments_closed_at is None


def thread_is_open() -> ColumnElement[bool]:
    """The same, as a condition for the story's row."""
    seen = or_(*(Story.visibility == each for each in SEEN))
    return seen & Story.comments_closed_at.is_(None)


def may_amend_comment(member: Member, comment: Comment) -> bool:
    """One's own comments, while they stand."""
    return (
        comment.author_id == member.id
        and comment.state == CommentState.PUBLIC
        and may_write(member)
    )


CompanyId = int | SQLColumnExpression[int]
At = datetime | SQLColumnExpression[datetime]


def has_desk() -> ColumnElement[bool]:
    """The condition for members who speak for a company, or asked to."""
    asked = Representative.member_id == Member.id
    under_way = or_(*(Representative.state == each for each in UNDER_WAY))
    return exists().where(asked, under_way)  # a list is put together at every asking


def on_team(company_id: CompanyId, at: At | None = None) -> ColumnElement[bool]:
    """The condition for people who are verified for a company today, whatever they do
    in its team."""
    today = now() if at is None else at
    valid = exists(
        select(Verification.id).where(
            Verification.representative_id == Representative.id,
            or_(Verification.expires_at.is_(None), Verification.expires_at > today),
        )
    )
    return (
        (Representative.company_id == company_id)
        & (Representative.state == ClaimState.GRANTED)
        & valid
    )


def speaking_for(company_id: CompanyId, at: At | None = None) -> ColumnElement[bool]:
    """The condition for those of them who speak for it: they are told, and shown. A
    doubt takes nothing from that: no company stops its clock by losing its proof."""
    observes = Representative.team_role == TeamRole.OBSERVER
    return on_team(company_id, at) & ~observes


def answering_for(company_id: CompanyId, at: At | None = None) -> ColumnElement[bool]:
    """The condition for those of them who may say something in its name today."""
    return speaking_for(company_id, at) & Representative.doubt.is_(None)


def reading_for(company_id: CompanyId, at: At | None = None) -> ColumnElement[bool]:
    """The condition for those who may read what only the company is shown."""
    return on_team(company_id, at) & Representative.doubt.is_(None)


def owning(company_id: CompanyId) -> ColumnElement[bool]:
    """The condition for those who decide who is in the company's team."""
    owns_it = Representative.team_role == TeamRole.OWNER
    return answering_for(company_id) & owns_it


def representative(
    db: Session, member: Member, company_id: int
) -> Representative | None:
    """The member's own verified right to speak for the company, if there is one."""
    return _theirs(db, member, answering_for(company_id))


def place_in_team(
    db: Session, member: Member, company_id: int
) -> Representative | None:
    """The member's verified place in a company's team, under check or not."""
    return _theirs(db, member, on_team(company_id))


def place_at_desk(
    db: Session, member: Member, company_id: int
) -> Representative | None:
    """The member's right to read what waits for the company."""
    return _theirs(db, member, reading_for(company_id))


def ownership(db: Session, member: Member, company_id: int) -> Representative | None:
    """The member's right to decide who is in the company's team."""
    return _theirs(db, member, owning(company_id))


def _theirs(
    db: Session, member: Member, condition: ColumnElement[bool]
) -> Representative | None:
    mine = Representative.member_id == member.id
    found = select(Representative).where(mine, condition)
    return db.scalar(found.order_by(Representative.id.desc()).limit(1))


def may_renew(role: Representative) -> bool:
    """Whether a role is to be proven anew: it has lapsed, will soon, or is in doubt.
    Its verifications are loaded."""
    if role.state != ClaimState.GRANTED or role.method == Method.PARENT:
        return False
    if role.method == Method.EMAIL and role.contact is None:
        return False
    proofs = [each.expires_at for each in role.verifications]
    good = any(until is None or until > now() + RENEWED_WITHIN for until in proofs)
    return not good or role.doubt is not None


def is_told(db: Session, company: Company | int) -> bool:
    """Whether somebody is verified to speak for the company, so that it is told."""
    company_id = company if isinstance(company, int) else company.id
    return bool(
        db.scalar(select(Representative.id).where(speaking_for(company_id)).limit(1))
    )


def is_own_story(story: Story) -> bool:
    """Whether an author stands behind the story here (rule 16: else nobody is told)."""
    return story.origin != OriginKind.IMPORTED or story.claimed_at is not None


def is_case(mention: Mention, story: Story) -> bool:
    """Whether a mention counts as a case: the story is about the company."""
    return mention.role == MentionRole.SUBJECT and story.kind != Kind.UNKNOWN


def hold(db: Session, author: Member, story: Story) -> None:
    """Hold the author's own story for the length of a deed, as it stands now.

    Raises Missing where it is not there for the member, Forbidden where it is not
    theirs.
    """
    db.flush()
    database.hold(db, story)
    require_seen(author, story)
    require(owns(author, story), Problem("Only its author may do this."))


def hold_to_write(db: Session, author: Member, story: Story) -> None:
    """Like `hold`, for deeds that suspended members may not do."""
    hold(db, author, story)
    require_standing(author)


def hold_standing(db: Session, entry: Update | Rejoinder) -> None:
    """Hold an entry of the author's, as it stands now; Missing where it was erased."""
    database.hold(db, entry)
    if entry.visibility == Visibility.TOMBSTONE:
        raise Missing
