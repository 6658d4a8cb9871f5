"""Companies answer and authors answer back, in turns; the author has the last word."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from stories import (
    cases,
    database,
    history,
    languages,
    outbox,
    permissions,
    telling,
)
from stories.entries.answers import (
    AnswerEntry,
    ContestEntry,
    RejoinderEntry,
    ResponseEntry,
    TermsEntry,
)
from stories.models import (
    Company,
    Dispute,
    Member,
    Mention,
    Offer,
    Rejoinder,
    Representative,
    Response,
    Story,
    Verification,
    now,
)
from stories.models.codes import (
    CaseState,
    Precision,
    ResponseKind,
    Target,
    Visibility,
)
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.text import quoted
from stories.wording import Wording, discreet, worded

__all__ = [
    "AnswerEntry",
    "Prepared",
    "RejoinderEntry",
    "ResponseEntry",
    "amend_rejoinder",
    "amend_response",
    "prepare",
    "rejoin",
    "respond",
    "voices",
]

E = TypeVar("E", AnswerEntry, ResponseEntry, RejoinderEntry)


@dataclass(frozen=True)
class Prepared(Generic[E]):
    """An answer ready to be kept: rendered, its language known."""

    entry: E
    words: Wording
    also: Wording | None = None


def prepare(entry: E | Prepared[E]) -> Prepared[E]:
    """Do what needs no database, before the write transaction. Twice does no harm."""
    if isinstance(entry, Prepared):
        return entry
    entry = discreet(entry)
    also: str = getattr(entry, "also", "")
    words = worded(entry.text, entry.language)
    return Prepared(entry, words, worded(also, languages.UNKNOWN) if also else None)


def respond(
    db: Session,
    member: Member,
    story: Story,
    company_id: int,
    entry: ResponseEntry | Prepared[ResponseEntry],
) -> Response:
    """Publish a company's official answer, with who speaks frozen into it (rule 7).

    Raises Forbidden where the member is not verified for the company or the story
    does not name it, Missing where the story is not there any more.
    """
    ready = prepare(entry)
    permissions.require_standing(member)
    role = _voice(db, member, company_id)
    _require_named(db, story, company_id)
    passage = _passage(story, ready.entry.dispute)
    if ready.entry.closing:
        _require_closed(db, story, company_id)
    answer = _frozen(db, role, story)
    answer.kind, answer.closing = ready.entry.kind, ready.entry.closing
    _word(answer, ready.words)
    _word_also(answer, story, ready.also)
    db.add(answer)
    db.flush()
    _open_offer(db, answer, ready.entry.offer)
    _open_dispute(db, story, answer, passage)
    history.keep_revision(db, Target.RESPONSE, answer)
    _count(db, story)
    _after(db, story, answer)
    outbox.news(db, story.id, member.id, response_id=answer.id)
    if story.author_id:
        outbox.letter(
            db,
            "answered",
            f"member:{story.author_id}",
            story_id=story.id,
            response_id=answer.id,
        )
    return answer


def amend_response(
    db: Session,
    member: Member,
    answer: Response,
    entry: AnswerEntry | Prepared[AnswerEntry],
) -> Response:
    """Change the wording of an answer; earlier ones stay public.

    Anybody who speaks for the company today may. What was offered stays: an offer is
    made, or made anew, in an answer of its own.
    """
    ready = prepare(entry)
    permissions.require_standing(member)
    _voice(db, member, answer.company_id)
    _hold_shown(db, db.get_one(Story, answer.story_id))
    database.hold(db, answer)
    if answer.visibility != Visibility.PUBLIC:
        raise Forbidden
    kinds = {answer.kind, ready.entry.kind}
    if ResponseKind.OFFER in kinds and len(kinds) > 1:
        raise Invalid(Problem("An offer is made in an answer of its own."), "kind")
    if ResponseKind.DISPUTE_FACTS in kinds and len(kinds) > 1:
        raise Invalid(Problem("A fact is disputed in an answer of its own."), "kind")
    if len(kinds) > 1:
        answer.kind, answer.amended_at = ready.entry.kind, now()
    before = answer.also_text
    _word_also(answer, db.get_one(Story, answer.story_id), ready.also)
    also = answer.also_text != before
    _reword(db, Target.RESPONSE, answer, ready.words, also=also)
    return answer


def rejoin(
    db: Session,
    author: Member,
    answer: Response,
    entry: RejoinderEntry | Prepared[RejoinderEntry],
) -> Rejoinder:
    """Publish the author's answer to a company's response."""
    ready = prepare(entry)
    story = db.get_one(Story, answer.story_id)
    permissions.hold_to_write(db, author, story)
    if answer.visibility != Visibility.PUBLIC:
        raise Invalid(Problem("The answer that you reply to is not shown any more."))
    words = Rejoinder(
        story_id=story.id, company_id=answer.company_id, response_id=answer.id
    )
    _word(words, ready.words)
    db.add(words)
    db.flush()
    history.keep_revision(db, Target.REJOINDER, words)
    _after(db, story, words)
    outbox.news(db, story.id, author.id, rejoinder_id=words.id)
    places = {"story_id": story.id, "rejoinder_id": words.id}
    outbox.call(db, answer.company_id, "rejoinder.posted", **places)
    for member_id in voices(db, story, answer.company_id):
        outbox.letter(
            db,
            "rejoined",
            f"member:{member_id}",
            story_id=story.id,
            rejoinder_id=words.id,
        )
    return words


def amend_rejoinder(
    db: Session,
    author: Member,
    words: Rejoinder,
    entry: RejoinderEntry | Prepared[RejoinderEntry],
) -> Rejoinder:
    """Change the wording of the author's answer; earlier ones stay public."""
    ready = prepare(entry)
    story = db.get_one(Story, words.story_id)
    permissions.hold_to_write(db, author, story)
    database.hold(db, words)
    if words.visibility != Visibility.PUBLIC:
        raise Forbidden
    _reword(db, Target.REJOINDER, words, ready.words)
    return words


def voices(db: Session, story: Story, company_id: int) -> list[int]:
    """The members who speak for a company today, and to whom what is said in a story
    comes in a letter of its own."""
    speakers = select(Representative.member_id).where(
        permissions.speaking_for(company_id)
    )
    if story.visibility == Visibility.PUBLIC:
        speakers = speakers.where(~telling.gathers(company_id))
    return list(db.scalars(speakers.distinct()))


def _voice(db: Session, member: Member, company_id: int) -> Representative:
    role = permissions.representative(db, member, company_id)
    if role is None:
        raise Forbidden(
            Problem("Only a verified representative of the company can do this.")
        )
    return role


def _require_named(db: Session, story: Story, company_id: int) -> None:
    """Everybody who is named has the right of reply, in passing too (ISO 20488)."""
    _hold_shown(db, story)
    mention = db.scalar(
        select(Mention).where(
            Mention.story_id == story.id, Mention.company_id == company_id
        )
    )
    if mention is None:
        raise Forbidden(Problem("This story does not name the company."))


def _hold_shown(db: Session, story: Story) -> None:
    db.flush()
    database.hold(db, story)
    if story.visibility not in permissions.SEEN:
        raise Missing


def _frozen(db: Session, role: Representative, story: Story) -> Response:
    company = db.get_one(Company, role.company_id)
    proof = db.scalars(
        select(Verification)
        .where(Verification.representative_id == role.id)
        .order_by(Verification.verified_at.desc())
        .limit(1)
    ).one()
    return Response(
        story_id=story.id,
        company_id=company.id,
        representative_id=role.id,
        speaker=role.name,
        job_title=role.job_title,
        company_name=company.name,
        method=proof.method,
        verified_on=proof.verified_at.date(),
        verified_by=proof.verifier,
        verified_until=proof.expires_at.date() if proof.expires_at else None,
    )


def _open_offer(db: Session, answer: Response, terms: TermsEntry) -> None:
    """The offer in an answer, which waits for the author's word (rule 6)."""
    if not terms.what:
        return
    db.add(
        Offer(
            story_id=answer.story_id,
            company_id=answer.company_id,
            response_id=answer.id,
            at=answer.posted_at,
            precision=Precision.MINUTE,
            **terms.model_dump(),
        )
    )


def _passage(story: Story, contest: ContestEntry) -> str:
    """The words that are disputed, as the story has them today."""
    if not contest.passage:
        return ""
    found = quoted(story.html, contest.passage)
    if found is None:
        raise Invalid(
            Problem("The story does not say this. Copy the words as they stand in it."),
            "dispute-passage",
        )
    return found


def _open_dispute(db: Session, story: Story, answer: Response, passage: str) -> None:
    """The disputed fact in an answer, which waits for the author's word."""
    if not passage:
        return
    db.add(
        Dispute(
            story_id=story.id,
            company_id=answer.company_id,
            response_id=answer.id,
            fact=passage,
            revision=story.revision,
            at=answer.posted_at,
        )
    )


def _word(row: Response | Rejoinder, words: Wording) -> None:
    for name, value in words.columns().items():
        setattr(row, name, value)


def _word_also(answer: Response, story: Story, also: Wording | None) -> None:
    """The same in the story's language, credited to the company."""
    if also is not None and answer.language == story.language:
        problem = Problem("The answer is in the language of the story already.")
        raise Invalid(problem, "also")
    answer.also_text = also.text if also else ""
    answer.also_html = worded(also.text, story.language).html if also else ""
    answer.also_language = story.language if also else languages.UNKNOWN


def _require_closed(db: Session, story: Story, company_id: int) -> None:
    """A closing statement comes after the author's last word, and once."""
    mention = db.scalars(
        select(Mention).where(
            Mention.story_id == story.id, Mention.company_id == company_id
        )
    ).one()
    case = cases.standing(mention)
    if case.state != CaseState.CLOSED:
        raise Invalid(Problem("The case is still open: answer as usual."), "closing")
    given = select(Response.id).where(
        Response.story_id == story.id,
        Response.company_id == company_id,
        Response.closing,
        Response.posted_at >= case.since,
    )
    if db.scalar(given.limit(1)) is not None:
        raise Invalid(Problem("You have made your closing statement."), "closing")


def _reword(
    db: Session,
    target: Target,
    row: Response | Rejoinder,
    words: Wording,
    *,
    also: bool = False,
) -> None:
    if also or words.text != row.text or words.language != row.language:
        _word(row, words)
        row.amended_at = now()
        db.flush()
        history.keep_revision(db, target, row)
    story = db.get_one(Story, row.story_id)
    history.touch(db, story)
    outbox.index(db, story.id)


def _after(db: Session, story: Story, row: Response | Rejoinder) -> None:
    cases.settle(db, story)
    history.touch(db, story, row.posted_at)
    outbox.index(db, story.id)


def _count(db: Session, story: Story) -> None:
    shown = (
        select(func.count())
        .select_from(Response)
        .where(Response.story_id == story.id, Response.visibility == Visibility.PUBLIC)
        .scalar_subquery()
    )
    db.execute(
        update(Story)
        .where(Story.id == story.id)
        .values(response_count=shown)
        .execution_options(synchronize_session=False)
    )
