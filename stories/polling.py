"""“You be the judge”: an author asks readers one question, and counts what they think.

The counts stand apart from the outcome, which only the author sets.
"""

from typing import Annotated

from pydantic import Field, model_validator
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from stories import database, history, permissions
from stories.entries import Entry, Line
from stories.models import Member, Mention, Poll, Representative, Story, Vote, now
from stories.models.codes import MentionRole
from stories.models.readers import Answer, Question
from stories.problems import Forbidden, Invalid, Missing, Problem

MOST_QUESTION = 200


class PollEntry(Entry):
    """What readers are asked: a question of the list, or one of the author's own."""

    question: Question
    words: Annotated[Line, Field(max_length=MOST_QUESTION)] = ""

    @model_validator(mode="after")
    def _a_question_of_one_s_own_has_words(self) -> "PollEntry":
        if self.question == Question.OWN and not self.words:
            raise Invalid(Problem("Please fill this in."), "words")
        return self


class VoteEntry(Entry):
    """What a reader thinks."""

    answer: Answer


def ask(db: Session, author: Member, story: Story, entry: PollEntry) -> Poll:
    """Ask readers to judge, or ask otherwise while nobody has answered."""
    permissions.hold_to_write(db, author, story)
    if story.visibility not in permissions.SEEN:
        raise Missing
    poll = of(db, story) or Poll(story_id=story.id)
    if poll.id and _votes(poll):
        raise Invalid(Problem("Readers have answered already: the question stays."))
    poll.question = entry.question
    poll.words = entry.words if entry.question == Question.OWN else ""
    poll.closed_at = None
    db.add(poll)
    history.touch_quietly(db, story)
    db.flush()
    return poll


def close(db: Session, author: Member, story: Story) -> None:
    """Count no more answers; those that came stay."""
    poll = _own(db, author, story)
    poll.closed_at = poll.closed_at or now()
    history.touch_quietly(db, story)


def reopen(db: Session, author: Member, story: Story) -> None:
    """Take answers again."""
    poll = _own(db, author, story)
    poll.closed_at = None
    history.touch_quietly(db, story)


def vote(db: Session, member: Member, story: Story, entry: VoteEntry) -> Vote:
    """Say what the member thinks, or that they think otherwise now.

    Raises Forbidden to the parties, and where the poll is closed.
    """
    permissions.require_standing(member)
    permissions.require_seen(member, story)
    poll = of(db, story)
    if poll is None or story.visibility not in permissions.SEEN:
        raise Missing
    database.hold(db, poll)
    _require_judge(db, member, story, poll)
    given = db.get(Vote, (poll.id, member.id), populate_existing=True)
    if given is None:
        given = Vote(poll_id=poll.id, member_id=member.id, answer=entry.answer)
        db.add(given)
        _count(db, poll, entry.answer, 1)
    elif given.answer != entry.answer:
        _count(db, poll, given.answer, -1)
        _count(db, poll, entry.answer, 1)
        given.answer, given.at = entry.answer, now()
    db.flush()
    history.touch_quietly(db, story)
    return given


def take_back(db: Session, given: Vote) -> None:
    """It counts no longer."""
    poll = db.get_one(Poll, given.poll_id)
    _count(db, poll, given.answer, -1)
    db.delete(given)
    history.touch_quietly(db, db.get_one(Story, poll.story_id))


def of(db: Session, story: Story) -> Poll | None:
    """What readers of the story are asked, if anything."""
    return db.scalar(select(Poll).where(Poll.story_id == story.id))


def _own(db: Session, author: Member, story: Story) -> Poll:
    permissions.hold_to_write(db, author, story)
    poll = of(db, story)
    if poll is None:
        raise Missing
    return poll


def _votes(poll: Poll) -> int:
    return poll.yes + poll.no + poll.unsure


def _require_judge(db: Session, member: Member, story: Story, poll: Poll) -> None:
    if poll.closed_at is not None:
        raise Forbidden(Problem("This question is closed."))
    speaks = select(Representative.id).join(
        Mention, Mention.company_id == Representative.company_id
    )
    party = speaks.where(
        Mention.story_id == story.id,
        Mention.role == MentionRole.SUBJECT,
        Representative.member_id == member.id,
        permissions.on_team(Mention.company_id),
    )
    if permissions.owns(member, story) or db.scalar(party.limit(1)):
        raise Forbidden(Problem("Readers judge here, not those whom it is about."))


def _count(db: Session, poll: Poll, answer: Answer, change: int) -> None:
    """In SQL, so that no count is lost."""
    db.flush()
    column = getattr(Poll, answer.value)
    db.execute(update(Poll).where(Poll.id == poll.id).values({column: column + change}))
