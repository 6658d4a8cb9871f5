"""Companies answer and authors answer back, in turns; the author has the last word."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from stories import cases, history, languages, outbox, permissions, text
from stories.entries import Entry, Language, Remark
from stories.models import (
    Company,
    Member,
    Mention,
    Rejoinder,
    Representative,
    Response,
    Story,
    Verification,
    now,
)
from stories.models.codes import (
    ResponseKind,
    Target,
    Visibility,
)
from stories.problems import Forbidden, Invalid, Problem


class ResponseEntry(Entry):
    """A company's answer: what it does, and its words."""

    kind: ResponseKind
    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None


class RejoinderEntry(Entry):
    """The author's answer to a company."""

    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None


def respond(
    db: Session, member: Member, story: Story, company_id: int, entry: ResponseEntry
) -> Response:
    """Publish a company's official answer, with who speaks frozen into it (rule 7).

    Raises Forbidden where the member is not verified for the company or the story
    does not name it.
    """
    permissions.require_standing(member)
    role = _voice(db, member, company_id)
    _require_named(db, story, company_id)
    answer = _frozen(db, role, story)
    answer.kind = entry.kind
    _word(answer, entry.text, entry.language)
    db.add(answer)
    db.flush()
    history.keep_revision(db, Target.RESPONSE, answer)
    _count(db, story)
    _after(db, story, answer)
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
    db: Session, member: Member, answer: Response, entry: ResponseEntry
) -> Response:
    """Change the wording of an answer; earlier ones stay public.

    Anybody who speaks for the company today may.
    """
    permissions.require_standing(member)
    _voice(db, member, answer.company_id)
    if answer.visibility != Visibility.PUBLIC:
        raise Forbidden
    answer.kind = entry.kind
    _reword(db, Target.RESPONSE, answer, entry)
    return answer


def rejoin(
    db: Session, author: Member, answer: Response, entry: RejoinderEntry
) -> Rejoinder:
    """Publish the author's answer to a company's response."""
    permissions.require_standing(author)
    story = db.get_one(Story, answer.story_id)
    permissions.require(permissions.owns(author, story))
    if answer.visibility != Visibility.PUBLIC:
        raise Invalid(Problem("The answer that you reply to is not shown any more."))
    words = Rejoinder(
        story_id=story.id, company_id=answer.company_id, response_id=answer.id
    )
    _word(words, entry.text, entry.language)
    db.add(words)
    db.flush()
    history.keep_revision(db, Target.REJOINDER, words)
    _after(db, story, words)
    for member_id in voices(db, answer.company_id):
        outbox.letter(
            db,
            "rejoined",
            f"member:{member_id}",
            story_id=story.id,
            rejoinder_id=words.id,
        )
    return words


def amend_rejoinder(
    db: Session, author: Member, words: Rejoinder, entry: RejoinderEntry
) -> Rejoinder:
    """Change the wording of the author's answer; earlier ones stay public."""
    permissions.require_standing(author)
    story = db.get_one(Story, words.story_id)
    permissions.require(permissions.owns(author, story))
    if words.visibility != Visibility.PUBLIC:
        raise Forbidden
    _reword(db, Target.REJOINDER, words, entry)
    return words


def voices(db: Session, company_id: int) -> list[int]:
    """The members who speak for a company today, to write to."""
    return list(
        db.scalars(
            select(Representative.member_id).where(permissions.speaking_for(company_id))
        )
    )


def _voice(db: Session, member: Member, company_id: int) -> Representative:
    role = permissions.representative(db, member, company_id)
    if role is None:
        raise Forbidden(
            Problem("Only a verified representative of the company can do this.")
        )
    return role


def _require_named(db: Session, story: Story, company_id: int) -> None:
    """Everybody who is named has the right of reply, in passing too (ISO 20488)."""
    permissions.require(story.visibility in permissions.SEEN)
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
    )


def _word(row: Response | Rejoinder, words: str, language: str | None) -> None:
    row.text, row.html = words, text.render(words)
    row.renderer = text.RENDERER
    row.language = language or languages.detect(words).tag


def _reword(
    db: Session,
    target: Target,
    row: Response | Rejoinder,
    entry: ResponseEntry | RejoinderEntry,
) -> None:
    if entry.text != row.text:
        _word(row, entry.text, entry.language)
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
