"""A company's desk for its own programs: what waits, and answers to it."""

from flask import Blueprint, Response, request
from pydantic import ValidationError

from stories import repeating, responding
from stories.models import Response as Answer
from stories.models import Story
from stories.models.handling import Scope
from stories.problems import Invalid
from stories.reading import desk as reading
from stories.reading import representing
from stories.reading.desk import Row
from stories.responding import ResponseEntry
from stories.wording import confirmed, of_company, unasked
from web import forms
from web.addresses import absolute, response_url
from web.admitting import role, speaker, with_token
from web.api import shaping
from web.api.desk_shapes import (
    DeskList,
    DeskStory,
    FieldProblem,
    ResponseShape,
    UnfitShape,
)
from web.api.fact_shapes import Shape
from web.csrf import from_anywhere
from web.db import db, writing
from web.desking import page, sieve, words_of
from web.i18n import gettext as _
from web.i18n import translate
from web.limits import limited

api = Blueprint("api_desk", __name__)


@api.get("/desk")
@limited("token")
@with_token(Scope.DESK_READ)
def show() -> Response:
    """A page of the desk, what waits for the company first."""
    asked, speaks = page(request.args), role()
    desk = reading.desk(db, speaks, asked, sieve(request.args, speaks))
    shape = DeskList(
        company=shaping.company(speaks.company),
        next=words_of(desk.next) or None,
        counts={pile.value: number for pile, number in desk.counts.items()},
        items=[_lying(each) for each in desk.rows],
    )
    return _private(shape)


@api.post("/stories/<int:story>/responses")
@from_anywhere
@limited("token")
@limited("publish")
@with_token(Scope.RESPONSES_WRITE)
def respond(story: int) -> Response:
    """Publish the company's answer to a story."""
    try:
        entry = ResponseEntry.model_validate_json(request.get_data())
    except ValidationError as trouble:
        return _unfit(forms.problems(trouble))
    speaks, member = role(), speaker()
    voice = representing.voice(db, member, story, speaks.company_id)
    found, domain = voice.story, voice.role.company.domain
    entry = confirmed(entry, of_company(entry, domain))
    if fresh := unasked(entry):
        asks = _("Say whether this is kept: %(words)s", words=", ".join(fresh))
        return _unfit({"private": asks})
    try:
        ready = responding.prepare(entry)
        with writing():
            answer = repeating.answered(
                db, found, speaks.company_id, ready.entry, ready.words
            ) or responding.respond(db, member, found, speaks.company_id, ready)
    except Invalid as trouble:
        return _unfit({trouble.field or "": translate(trouble.problem)})
    return _made(found, answer)


def _lying(row: Row) -> DeskStory:
    mention, clock = row.mention, row.clock
    return DeskStory(
        id=row.story.id,
        address=shaping.address(row.story),
        title=row.story.title,
        language=row.story.language,
        kind=row.story.kind,
        outcome=row.story.outcome,
        role=mention.role,
        state=row.pile,
        published_at=row.story.published_at,
        told_at=mention.told_at,
        answered_at=mention.answered_at,
        since=row.standing.since,
        days=clock.days if clock else None,
        clock=clock.pace if clock else None,
        reference=row.reference,
        assigned=row.assigned.name if row.assigned else None,
        seen=row.seen,
        notes=row.notes,
    )


def _made(story: Story, answer: Answer) -> Response:
    address = absolute(response_url(story, answer))
    shape = ResponseShape(
        id=answer.id,
        address=address,
        kind=answer.kind,
        speaker=answer.speaker,
        posted_at=answer.posted_at,
        language=answer.language,
    )
    made = _private(shape)
    made.status_code = 201
    made.headers["Location"] = address
    return made


def _unfit(found: dict[str, str]) -> Response:
    """What is wrong, field by field (RFC 9457 with an extension)."""
    shape = UnfitShape(
        errors=[FieldProblem(field=name, detail=said) for name, said in found.items()]
    )
    answer = _private(shape)
    answer.status_code = 422
    answer.content_type = "application/problem+json"
    return answer


def _private(shape: Shape) -> Response:
    answer = Response(shape.model_dump_json(), mimetype="application/json")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
