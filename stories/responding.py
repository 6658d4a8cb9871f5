"""Companies answer and authors answer back, in turns; the author has the last word."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import Field, model_validator
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from stories import cases, database, history, outbox, permissions, telling
from stories.entries import Currency, Entry, Language, Line, Note, Remark, Value
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
    Precision,
    ResponseKind,
    Target,
    Visibility,
)
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.text import quoted
from stories.wording import Wording, worded

LEAST_DAYS, MOST_DAYS = 3, 366
"""So soon, and so late, an offer may lapse."""


class AnswerEntry(Entry):
    """What a company's answer does, and its words."""

    kind: ResponseKind
    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None


class TermsEntry(Entry):
    """What a company offers in an answer; the author alone accepts or refuses it."""

    what: Line = ""
    value: Value | None = None
    list_value: Value | None = None
    currency: Currency | None = None
    deadline: date | None = None

    @model_validator(mode="after")
    def _money_has_a_currency(self) -> "TermsEntry":
        given = self.value is not None or self.list_value is not None
        if given and self.currency is None:
            raise Invalid(Problem("Choose the currency."), "offer-currency")
        return self

    @model_validator(mode="after")
    def _there_is_time_to_decide(self) -> "TermsEntry":
        left = (self.deadline - now().date()).days if self.deadline else LEAST_DAYS
        if left < LEAST_DAYS:
            soon = Problem("Leave the author at least %(n)s days.", n=LEAST_DAYS)
            raise Invalid(soon, "offer-deadline")
        if left > MOST_DAYS:
            raise Invalid(Problem("At most a year from now."), "offer-deadline")
        return self


class ContestEntry(Entry):
    """What a company disputes in an answer, as the story says it; the text of the
    answer tells how the company sees it."""

    passage: Note = ""


class ResponseEntry(AnswerEntry):
    """A company's new answer, which may hold an offer, or dispute one fact."""

    offer: TermsEntry = TermsEntry()
    dispute: ContestEntry = ContestEntry()

    @model_validator(mode="after")
    def _an_offer_says_what(self) -> "ResponseEntry":
        if self.kind == ResponseKind.OFFER and not self.offer.what:
            raise Invalid(Problem("Say in one line what you offer."), "offer-what")
        if self.kind != ResponseKind.OFFER and self.offer != TermsEntry():
            raise Invalid(
                Problem("To make an offer choose that the answer makes one."), "kind"
            )
        return self

    @model_validator(mode="after")
    def _a_dispute_says_what(self) -> "ResponseEntry":
        if self.kind == ResponseKind.DISPUTE_FACTS and not self.dispute.passage:
            problem = Problem("Quote the words of the story that you dispute.")
            raise Invalid(problem, "dispute-passage")
        if self.kind != ResponseKind.DISPUTE_FACTS and self.dispute.passage:
            raise Invalid(
                Problem("To dispute a fact choose that the answer does."), "kind"
            )
        return self


class RejoinderEntry(Entry):
    """The author's answer to a company."""

    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None


E = TypeVar("E", AnswerEntry, ResponseEntry, RejoinderEntry)


@dataclass(frozen=True)
class Prepared(Generic[E]):
    """An answer ready to be kept: rendered, its language known."""

    entry: E
    words: Wording


def prepare(entry: E | Prepared[E]) -> Prepared[E]:
    """Do what needs no database, before the write transaction. Twice does no harm."""
    if isinstance(entry, Prepared):
        return entry
    return Prepared(entry, worded(entry.text, entry.language))


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
    answer = _frozen(db, role, story)
    answer.kind = ready.entry.kind
    _word(answer, ready.words)
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
    if answer.visibility != Visibility.PUBLIC:
        raise Forbidden
    kinds = {answer.kind, ready.entry.kind}
    if ResponseKind.OFFER in kinds and len(kinds) > 1:
        raise Invalid(Problem("An offer is made in an answer of its own."), "kind")
    if ResponseKind.DISPUTE_FACTS in kinds and len(kinds) > 1:
        raise Invalid(Problem("A fact is disputed in an answer of its own."), "kind")
    if len(kinds) > 1:
        answer.kind, answer.amended_at = ready.entry.kind, now()
    _reword(db, Target.RESPONSE, answer, ready.words)
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
    return list(db.scalars(speakers))


def _voice(db: Session, member: Member, company_id: int) -> Representative:
    role = permissions.representative(db, member, company_id)
    if role is None:
        raise Forbidden(
            Problem("Only a verified representative of the company can do this.")
        )
    return role


def _require_named(db: Session, story: Story, company_id: int) -> None:
    """Everybody who is named has the right of reply, in passing too (ISO 20488)."""
    db.flush()
    database.hold(db, story)
    if story.visibility not in permissions.SEEN:
        raise Missing
    mention = db.scalar(
        select(Mention).where(
            Mention.story_id == story.id, Mention.company_id == company_id
        )
    )
    if mention is None:
        raise Forbidden(Problem("This story does not name the company."))


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


def _reword(
    db: Session, target: Target, row: Response | Rejoinder, words: Wording
) -> None:
    if words.text != row.text or words.language != row.language:
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
