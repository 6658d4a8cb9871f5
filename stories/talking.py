"""A private conversation between author and company, by the author's consent.

Nothing of it is ever public but that it was opened, and that it has ended. It stops no
clock and is no answer: what is agreed there is to be told in public.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories import database, permissions, talks
from stories.entries.talks import AskEntry, BeginEntry, EndEntry, MessageEntry
from stories.models import Member, Mention, Message, Representative, Story, Talk, now
from stories.models.codes import Happening, MentionRole, Party
from stories.models.talks import TalkState
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.wording import Wording, worded

MOST_A_DAY = 30
"""So many messages one side writes in one conversation within a day."""
DAY = timedelta(days=1)
OTHER = {Party.AUTHOR: Party.COMPANY, Party.COMPANY: Party.AUTHOR}


@dataclass(frozen=True)
class Prepared:
    """A message ready to be kept: rendered, its language known."""

    words: Wording


def prepare(entry: MessageEntry | BeginEntry | AskEntry | Prepared) -> Prepared:
    """Do what needs no database, before the write transaction. Twice does no harm."""
    if isinstance(entry, Prepared):
        return entry
    if isinstance(entry, AskEntry):
        return Prepared(worded(entry.reason))
    return Prepared(worded(entry.text, entry.language))


def ask(
    db: Session,
    member: Member,
    story: Story,
    company_id: int,
    entry: AskEntry | Prepared,
) -> Talk:
    """Ask the author, in the name of a company that the story is about, with a first
    message that says why.

    Raises Forbidden for strangers, and where the author has said no before.
    """
    ready = prepare(entry)
    permissions.require_standing(member)
    role = _voice(db, member, company_id)
    _hold_shown(db, story)
    _require_named(db, story, company_id, MentionRole.SUBJECT)
    if story.author_id is None:
        raise Invalid(Problem("Nobody of this site stands behind this story."))
    if _last_state(db, story, company_id) == TalkState.REFUSED:
        refused = Problem("The author has said no: only they can open one now.")
        raise Forbidden(refused)
    talk = _begun(db, story, company_id, Party.COMPANY)
    _say(db, talk, Party.COMPANY, ready, role)
    talks.tell(db, "talk_asked", story, talk, Party.AUTHOR)
    return talk


def begin(
    db: Session,
    author: Member,
    story: Story,
    company_id: int,
    entry: BeginEntry,
    ready: Prepared | None = None,
) -> Talk:
    """The author opens a conversation with a company that the story names, and writes
    the first message."""
    ready = ready or prepare(entry)
    permissions.hold_to_write(db, author, story)
    _require_shown(story)
    _require_named(db, story, company_id)
    if not permissions.is_told(db, company_id):
        nobody = Problem("Nobody speaks for this company here yet.")
        raise Invalid(nobody, "company_id")
    talk = _begun(db, story, company_id, Party.AUTHOR)
    _open(db, story, talk, entry)
    _say(db, talk, Party.AUTHOR, ready)
    talks.tell(db, "talk_answered", story, talk, Party.COMPANY)
    return talk


def agree(db: Session, author: Member, talk: Talk, entry: EndEntry) -> None:
    """The author lets a company that asked write to them, until a day."""
    story = _asked(db, author, talk)
    permissions.require_standing(author)
    _require_shown(story)
    _open(db, story, talk, entry)
    talk.author_read = talk.company_wrote
    talks.tell(db, "talk_answered", story, talk, Party.COMPANY)


def refuse(db: Session, author: Member, talk: Talk) -> None:
    """The author wants none; the company does not ask again. The suspended may do
    this too, and so may authors whose story is hidden."""
    story = _asked(db, author, talk)
    talk.state, talk.ended_at = TalkState.REFUSED, now()
    talk.author_read = talk.company_wrote
    db.flush()
    talks.tell(db, "talk_answered", story, talk, Party.COMPANY)


def write(
    db: Session, member: Member, talk: Talk, entry: MessageEntry | Prepared
) -> Message:
    """Write to the other side, while it is open; they get a letter without the words.

    Raises Missing for strangers, Forbidden for observers and where it has ended.
    """
    ready = prepare(entry)
    permissions.require_standing(member)
    side = talks.require_side(db, member, talk)
    role = _voice(db, member, talk.company_id) if side == Party.COMPANY else None
    story = db.get_one(Story, talk.story_id)
    database.hold(db, talk)
    _require_shown(story)
    if not talk.is_open:
        raise Forbidden(Problem("This conversation has ended."))
    _require_room(db, talk, side)
    message = _say(db, talk, side, ready, role)
    _seen(talk, side)
    talks.tell(db, "talk_written", story, talk, OTHER[side])
    return message


def read(db: Session, member: Member, talk: Talk) -> None:
    """One side has read what there is; who only observes reads for nobody else."""
    side = talks.require_side(db, member, talk)
    if side == Party.COMPANY:
        speaks = permissions.representative(db, member, talk.company_id)
        if speaks is None:
            return
    database.hold(db, talk)
    _seen(talk, side)
    db.flush()


def extend(db: Session, author: Member, talk: Talk, entry: EndEntry) -> None:
    """The author chooses another last day, while it is open."""
    _own(db, author, talk)
    permissions.require_standing(author)
    if not talk.is_open:
        raise Forbidden(Problem("This conversation has ended."))
    talk.ends_at = entry.ends_at
    db.flush()


def end(db: Session, author: Member, talk: Talk) -> None:
    """The author ends it, at any time; both can still read it."""
    story = _own(db, author, talk)
    if not talk.is_open:
        raise Forbidden(Problem("This conversation has ended."))
    talks.end(db, story, talk, "author")


def take_back(db: Session, author: Member, message: Message) -> None:
    """The author takes words of theirs back; a mark keeps their place. What a company
    has promised stays."""
    _own(db, author, db.get_one(Talk, message.talk_id))
    permissions.require(message.by == Party.AUTHOR)
    talks.blank(db, [message.id])


def end_due(db: Session, at: datetime, most: int = 200) -> list[Talk]:
    """What has come to its last day ends by itself; both sides are told."""
    over = (Talk.state == TalkState.OPEN) & (Talk.ends_at <= at)
    due = db.scalars(select(Talk).where(over).order_by(Talk.id).limit(most)).all()
    ended = []
    for talk in due:
        story = db.get_one(Story, talk.story_id)
        database.hold(db, story)
        database.hold(db, talk)
        if talk.state == TalkState.OPEN:  # no other worker has ended it
            talks.end(db, story, talk, "site")
            ended.append(talk)
    return ended


def _begun(db: Session, story: Story, company_id: int, by: Party) -> Talk:
    """A new conversation; Invalid while another with the company stands."""
    both = (Talk.story_id == story.id) & (Talk.company_id == company_id)
    standing = select(Talk).where(both, Talk.state.in_(talks.STANDING))
    for other in db.scalars(standing).all():
        if other.state == TalkState.ASKED and by == Party.AUTHOR:
            asked = Problem("The company has asked you already: answer that.")
            raise Invalid(asked, "company_id")
        if other.state == TalkState.ASKED or other.is_open:
            raise Invalid(Problem("There is one already."), "company_id")
        talks.end(db, story, other, "site")
    talk = Talk(story_id=story.id, company_id=company_id, by=by)
    db.add(talk)
    db.flush()
    return talk


def _open(db: Session, story: Story, talk: Talk, entry: EndEntry) -> None:
    talk.state, talk.opened_at = TalkState.OPEN, now()
    talk.ends_at = entry.ends_at
    db.flush()
    talks.line(db, story, talk, Happening.TALK_OPENED, "author")


def _say(
    db: Session,
    talk: Talk,
    side: Party,
    ready: Prepared,
    role: Representative | None = None,
) -> Message:
    message = Message(talk_id=talk.id, by=side, **ready.words.columns())
    if role is not None:
        message.representative_id = role.id
        message.speaker, message.job_title = role.name, role.job_title
    db.add(message)
    db.flush()
    if side == Party.AUTHOR:
        talk.author_wrote = message.id
    else:
        talk.company_wrote = message.id
    db.flush()
    return message


def _seen(talk: Talk, side: Party) -> None:
    if side == Party.AUTHOR:
        talk.author_read = talk.company_wrote
    else:
        talk.company_read = talk.author_wrote


def _voice(db: Session, member: Member, company_id: int) -> Representative:
    role = permissions.representative(db, member, company_id)
    if role is None:
        raise Forbidden(
            Problem("Only a verified representative of the company can do this.")
        )
    return role


def _own(db: Session, author: Member, talk: Talk) -> Story:
    """The author's story, held, and the conversation as it stands now."""
    story = db.get_one(Story, talk.story_id)
    if not permissions.owns(author, story):
        raise Missing
    permissions.hold(db, author, story)
    database.hold(db, talk)
    return story


def _asked(db: Session, author: Member, talk: Talk) -> Story:
    story = _own(db, author, talk)
    if talk.state != TalkState.ASKED:
        raise Invalid(Problem("You have answered this already."))
    return story


def _hold_shown(db: Session, story: Story) -> None:
    db.flush()
    database.hold(db, story)
    if story.visibility not in permissions.SEEN:
        raise Missing


def _require_shown(story: Story) -> None:
    hidden = Problem("The story is not shown at present.")
    permissions.require(story.visibility in permissions.SEEN, hidden)


def _require_named(
    db: Session, story: Story, company_id: int, role: MentionRole | None = None
) -> None:
    """Forbidden where the story does not name the company, or not in this role."""
    named = select(Mention.role).where(
        Mention.story_id == story.id, Mention.company_id == company_id
    )
    found = db.scalar(named)
    unnamed = Problem("This story does not name the company.")
    permissions.require(found is not None, unnamed)
    about = Problem("Only a company that the story is about asks for this.")
    permissions.require(role in (None, found), about)


def _last_state(db: Session, story: Story, company_id: int) -> TalkState | None:
    both = (Talk.story_id == story.id) & (Talk.company_id == company_id)
    return db.scalar(select(Talk.state).where(both).order_by(Talk.id.desc()).limit(1))


def _require_room(db: Session, talk: Talk, side: Party) -> None:
    written = select(func.count()).where(
        Message.talk_id == talk.id,
        Message.by == side,
        Message.posted_at > now() - DAY,
    )
    if (db.scalar(written) or 0) >= MOST_A_DAY:
        enough = Problem("At most %(n)s messages a day: go on tomorrow.", n=MOST_A_DAY)
        raise Invalid(enough, "text")
