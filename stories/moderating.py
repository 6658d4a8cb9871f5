"""Flags, and what staff decide: hide, restore, suspend, readmit; each explained."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from stories import (
    alarms,
    cases,
    database,
    history,
    outbox,
    permissions,
    sources,
    talks,
)
from stories.entries.judging import FlagEntry, RulingEntry
from stories.models import (
    Alarm,
    Comment,
    Decision,
    Evidence,
    Flag,
    Member,
    Mention,
    Message,
    Story,
    Talk,
    TimelineEntry,
    Translation,
    now,
)
from stories.models.codes import (
    CommentState,
    FlagState,
    Happening,
    MentionRole,
    StaffDeed,
    Standing,
    Target,
    Visibility,
)
from stories.models.talks import MessageState
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.texts import (
    HIDDEN,
    SHOWN,
    Flagged,
    author_of,
    set_state,
    state_of,
    story_of,
    there,
)


def found(db: Session, target: Target, target_id: int) -> Flagged:
    """A text as it stands now, whether readers see it or not; else Missing, as is what
    is private and nobody has reported."""
    text = there(db, target, target_id)
    reported = (Flag.target == target) & (Flag.target_id == target_id)
    if _is_private(text) and not db.scalar(select(Flag.id).where(reported).limit(1)):
        raise Missing
    return text


def _is_private(text: Flagged) -> bool:
    """Whether readers never saw it, as far as is known."""
    unseen = isinstance(text, Evidence) and state_of(text) == Visibility.AUTHOR_ONLY
    return unseen or isinstance(text, Message)


def flagged(
    db: Session, member: Member | None, target: Target, target_id: int
) -> Flagged:
    """The text that somebody means, or Missing where they cannot see it."""
    text = there(db, target, target_id)
    if state_of(text) not in SHOWN:
        raise Missing
    if isinstance(text, Message):
        if member is None:
            raise Missing
        talks.require_side(db, member, db.get_one(Talk, text.talk_id))
        return text
    if story_of(db, text).visibility not in permissions.SEEN:
        raise Missing
    return text


def flag(
    db: Session, member: Member, target: Target, target_id: int, entry: FlagEntry
) -> Flag:
    """Report a text to the staff; the text stays up while it is assessed.

    A member's second flag on the same text replaces the words of the first.
    """
    permissions.require_standing(member)
    text = _held(db, flagged(db, member, target, target_id))
    if state_of(text) not in SHOWN:
        raise Missing
    before = db.scalar(
        select(Flag).where(
            Flag.target == target,
            Flag.target_id == target_id,
            Flag.member_id == member.id,
            Flag.state == FlagState.OPEN,
        )
    )
    if before is not None:
        before.reason, before.words = entry.reason, entry.words
        return before
    story = story_of(db, text)
    made = Flag(
        target=target,
        target_id=target_id,
        story_id=story.id,
        member_id=member.id,
        company_id=_company_behind(db, member, text),
        reason=entry.reason,
        words=entry.words,
        snapshot=text.text,
    )
    db.add(made)
    db.flush()
    if made.company_id is not None:
        alarms.reported(db, made.company_id)
    return made


def _held(db: Session, text: Flagged) -> Flagged:
    """What may just be taken back is held, so that no copy is made of it then."""
    if isinstance(text, Message | Evidence):
        database.hold(db, text)
    return text


def _company_behind(db: Session, member: Member, text: Flagged) -> int | None:
    """The company that reports; what is private is counted nowhere in public."""
    if isinstance(text, Message):
        return None
    return alarms.company_behind(db, member, story_of(db, text))


def see_alarm(db: Session, staff: Member, alarm: Alarm) -> None:
    """Staff have seen how much a company reports; the next flood rings anew."""
    _require_staff(staff)
    alarm.seen_at = alarm.seen_at or now()
    db.flush()


def hide(
    db: Session, staff: Member, target: Target, target_id: int, ruling: RulingEntry
) -> Decision:
    """Hide a text and tell its author why; open flags on it are upheld."""
    _require_staff(staff)
    text = _held(db, found(db, target, target_id))
    if state_of(text) not in SHOWN:
        raise Invalid(Problem("This text is not shown anyway."))
    _require_other(db, staff, text)
    if isinstance(text, Story):
        history.note(db, text, Happening.HIDDEN, "staff", was=text.visibility.value)
    set_state(text, Visibility.HIDDEN, CommentState.HIDDEN, MessageState.HIDDEN)
    decision = _ruled(db, staff, StaffDeed.HIDE, text, ruling)
    _settle_flags(db, target, target_id, FlagState.UPHELD, decision)
    _after(db, text)
    return decision


def restore(
    db: Session, staff: Member, target: Target, target_id: int, ruling: RulingEntry
) -> Decision:
    """Show a hidden text again and tell its author why."""
    _require_staff(staff)
    text = _held(db, found(db, target, target_id))
    if state_of(text) not in HIDDEN:
        raise Invalid(Problem("This text is not hidden."))
    _require_other(db, staff, text)
    if isinstance(text, Translation):
        sources.require_place(db, text)
    shown = _before_hiding(db, text)
    set_state(text, shown, CommentState.PUBLIC, MessageState.SHOWN)
    if isinstance(text, Story):
        history.note(db, text, Happening.SHOWN, "staff")
    decision = _ruled(db, staff, StaffDeed.RESTORE, text, ruling)
    _after(db, text)
    return decision


def dismiss(
    db: Session, staff: Member, target: Target, target_id: int, ruling: RulingEntry
) -> Decision:
    """The flags on a text are not upheld: it stays as it is."""
    _require_staff(staff)
    text = _held(db, found(db, target, target_id))
    _require_other(db, staff, text)
    decision = history.decide(
        db,
        staff,
        StaffDeed.DISMISS,
        text,
        reason=ruling.reason,
        words=ruling.words,
        story_id=_named_in_log(db, text),
        snapshot=text.text,
    )
    _settle_flags(db, target, target_id, FlagState.DISMISSED, decision)
    return decision


def suspend(
    db: Session, staff: Member, member: Member, ruling: RulingEntry
) -> Decision:
    """Let a member read, export and leave, but write no more; they are told why."""
    _require_staff(staff)
    if member.staff:
        raise Forbidden(Problem("Staff are suspended by command only."))
    if member.standing != Standing.ACTIVE:
        raise Invalid(Problem("This member is not active."))
    member.standing = Standing.SUSPENDED
    return _judged(db, staff, StaffDeed.SUSPEND, member, ruling)


def readmit(
    db: Session, staff: Member, member: Member, ruling: RulingEntry
) -> Decision:
    """Let a suspended member write again; they are told."""
    _require_staff(staff)
    if member.standing != Standing.SUSPENDED:
        raise Invalid(Problem("This member is not suspended."))
    member.standing = Standing.ACTIVE
    return _judged(db, staff, StaffDeed.READMIT, member, ruling)


def appoint(db: Session, member: Member) -> Decision:
    """Make a member staff; done by command, and a line in the public log."""
    member.staff = True
    return history.decide(db, None, StaffDeed.STAFF_GRANTED, member)


def dismiss_staff(db: Session, member: Member) -> Decision:
    """End a member's time on the staff; done by command."""
    member.staff = False
    return history.decide(db, None, StaffDeed.STAFF_REVOKED, member)


def _named_in_log(db: Session, text: Flagged) -> int | None:
    """The story that the public log names; none for what is private."""
    return None if isinstance(text, Message) else story_of(db, text).id


def _require_staff(staff: Member) -> None:
    permissions.require(permissions.is_staff(staff))


def _require_other(db: Session, staff: Member, text: Flagged) -> None:
    names = ("author_id", "member_id", "translator_id")
    author = next((getattr(text, name) for name in names if hasattr(text, name)), None)
    own = author is not None and author == staff.id
    if isinstance(text, Evidence):
        own = _has_part(db, staff, story_of(db, text))
    if isinstance(text, Message):
        own = talks.side(db, staff, db.get_one(Talk, text.talk_id)) is not None
    if own:
        raise Forbidden(Problem("Somebody else of the staff has to decide this."))


def _has_part(db: Session, staff: Member, story: Story) -> bool:
    """Whether they wrote the story, or are in the team of a company it is about."""
    about = select(Mention.company_id).where(
        Mention.story_id == story.id, Mention.role == MentionRole.SUBJECT
    )
    teams = db.scalars(about).all()
    in_team = any(permissions.place_in_team(db, staff, each) for each in teams)
    return in_team or permissions.owns(staff, story)


PICTURES = {
    StaffDeed.HIDE: StaffDeed.EVIDENCE_WITHHELD,
    StaffDeed.RESTORE: StaffDeed.EVIDENCE_SHOWN,
}
"""What the same is called where it is no text."""


def _ruled(
    db: Session, staff: Member, deed: StaffDeed, text: Flagged, ruling: RulingEntry
) -> Decision:
    decision = history.decide(
        db,
        staff,
        PICTURES[deed] if isinstance(text, Evidence) else deed,
        text,
        reason=ruling.reason,
        words=ruling.words,
        story_id=_named_in_log(db, text),
        snapshot=text.text,
    )
    author = author_of(db, text)
    if author:
        outbox.letter(db, "decision", author, decision_id=decision.id)
    return decision


def _judged(
    db: Session, staff: Member, deed: StaffDeed, member: Member, ruling: RulingEntry
) -> Decision:
    decision = history.decide(
        db, staff, deed, member, reason=ruling.reason, words=ruling.words
    )
    history.touch_member(db, member)
    outbox.letter(db, "suspended", f"member:{member.id}", decision_id=decision.id)
    return decision


def _settle_flags(
    db: Session, target: Target, target_id: int, state: FlagState, by: Decision
) -> None:
    about = (Flag.target == target) & (Flag.target_id == target_id)
    waiting = about & (Flag.state == FlagState.OPEN)
    for company_id in db.scalars(select(Flag.company_id).where(waiting).distinct()):
        if company_id is not None:
            history.touch_company_page(db, company_id)
    db.execute(update(Flag).where(waiting).values(state=state, decision_id=by.id))


def _before_hiding(db: Session, text: Flagged) -> Visibility:
    """An unlisted story comes back unlisted, and a translation that waited to be looked
    through waits again."""
    if isinstance(text, Translation) and text.held_at is not None:
        return Visibility.AUTHOR_ONLY
    line = db.scalar(
        select(TimelineEntry)
        .where(
            TimelineEntry.story_id == story_of(db, text).id,
            TimelineEntry.happening == Happening.HIDDEN,
        )
        .order_by(TimelineEntry.id.desc())
        .limit(1)
    )
    known = line is not None and isinstance(text, Story)
    return Visibility(line.details["was"]) if line and known else Visibility.PUBLIC


def _after(db: Session, text: Flagged) -> None:
    """Who shows it is stale; nothing shows what is private."""
    if isinstance(text, Message):
        return
    story = story_of(db, text)
    if isinstance(text, Comment):
        _recount(db, story)
    cases.settle(db, story)
    history.touch(db, story, now())
    outbox.index(db, story.id)


def _recount(db: Session, story: Story) -> None:
    db.flush()
    shown = (
        select(func.count())
        .select_from(Comment)
        .where(Comment.story_id == story.id, Comment.state == CommentState.PUBLIC)
        .scalar_subquery()
    )
    db.execute(
        update(Story)
        .where(Story.id == story.id)
        .values(comment_count=shown)
        .execution_options(synchronize_session=False)
    )
