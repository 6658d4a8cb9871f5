"""A fact of a story that the company disputes: its author says what is so."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import disputing, permissions, publishing
from stories.entries import Entry
from stories.entries.story import StoryEntry
from stories.models import Dispute, Story
from stories.models.facts import DisputeState
from stories.problems import Invalid, Missing, Problem
from stories.reading import evidence
from stories.text import replaced
from stories.wording import unasked
from web.addresses import dispute_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.limits import limited

pages = Blueprint("disputes", __name__)


@pages.get("/stories/<int:number>/disputes/<int:which>")
@signed_in
def show(number: int, which: int) -> str:
    """What the company disputes, and three answers to choose from."""
    story, dispute = _own(number, which)
    return _form(story, dispute, Form({"why": dispute.why, "words": dispute.fact}))


@pages.post("/stories/<int:number>/disputes/<int:which>")
@signed_in
@limited("publish")
def answer(number: int, which: int) -> Response | tuple[str, int]:
    """Agree, correct it, or stand by it."""
    story, dispute = _own(number, which)
    state, typed = request.form.get("state", ""), request.form.to_dict()
    if state not in set(DisputeState):
        raise Missing
    try:
        _answer(story, dispute, DisputeState(state), typed)
    except Invalid as trouble:
        form: Form[Entry] = Form({**typed})
        form.refuse(trouble)
        return _form(*_own(number, which), form), 422
    return redirect(dispute_url(story, dispute), 303)


def _answer(
    story: Story, dispute: Dispute, state: DisputeState, typed: dict[str, str]
) -> None:
    why, ready = typed.get("why", ""), None
    if state == DisputeState.CORRECTED and typed.get("words"):
        ready = publishing.prepare(_corrected(story, dispute, typed["words"]))
    with writing():
        if ready is not None:
            publishing.amend(db, me(), story, ready, why)
        disputing.answer(db, me(), dispute, state, why)


def _corrected(story: Story, dispute: Dispute, words: str) -> StoryEntry:
    """The story with other words instead of the disputed ones."""
    entry = publishing.entry_of(db, story)
    text = replaced(entry.text, dispute.fact, words)
    if text is None:
        problem = Problem("Change it in the story itself, then say so here.")
        raise Invalid(problem, "words")
    corrected = StoryEntry.model_validate({**entry.model_dump(), "text": text})
    if unasked(corrected):
        private = Problem("Leave numbers and addresses of people out.")
        raise Invalid(private, "words")
    return corrected


def _own(number: int, which: int) -> tuple[Story, Dispute]:
    story = permissions.require_seen(me(), db.get(Story, number))
    permissions.require(permissions.owns(me(), story))
    dispute = db.get(Dispute, which)
    if dispute is None or dispute.story_id != number or not dispute.made_here:
        raise Missing
    return story, dispute


def _form(story: Story, dispute: Dispute, form: Form[Entry]) -> str:
    return render_template(
        "disputes/show.html",
        story=story,
        dispute=dispute,
        evidence=evidence.own(db, me(), story.id).about(dispute.id),
        form=form,
    )
