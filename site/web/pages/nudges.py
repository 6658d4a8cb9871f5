"""Links in letters by which an author says how it stands: opening one does nothing, for
mail scanners open links; a button does. Nobody has to sign in."""

from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import cases, nudging, updating
from stories.models import Member, Story
from stories.models.codes import Outcome
from stories.problems import Missing
from web.addresses import story_url
from web.db import db, writing
from web.limits import limited
from web.signing import NUDGE, signed

pages = Blueprint("nudges", __name__)
WITHOUT_LANGUAGE = True

WITHIN = timedelta(days=180)
ANSWERS = (
    Outcome.RESOLVED,
    Outcome.PARTLY_RESOLVED,
    Outcome.NOT_RESOLVED,
    Outcome.MOOT,
)


class Asked(NamedTuple):
    """What a letter asked: about a story, as it stood at its last entry."""

    story: Story
    author: Member
    since: str
    later: bool

    @property
    def overtaken(self) -> bool:
        """Whether somebody has spoken since: then the link says nothing any more."""
        known = datetime.fromisoformat(self.since)
        return cases.last_word(db, self.story) > known


@pages.get("/l/nudges/<token>")
def ask(token: str) -> str:
    """The question, and a button for each answer."""
    return _page(_asked(token))


@pages.post("/l/nudges/<token>")
@limited("publish")
def answer(token: str) -> ResponseReturnValue:
    """Write down how it stands, or ask later. The letter went to the author alone."""
    asked, said = _asked(token), request.form.get("answer", "")
    if said not in ("later", *ANSWERS):
        raise Missing
    if asked.overtaken:
        return _page(asked), 409
    if said == "later":
        return _later(asked)
    with writing():
        updating.answer_nudge(db, asked.author, asked.story, Outcome(said))
    return redirect(story_url(asked.story), 303)


def _later(asked: Asked) -> str:
    if asked.later:
        raise Missing
    with writing():
        nudging.later(db, asked.story, asked.since)
    return _page(asked, done=True)


def _page(asked: Asked, *, done: bool = False) -> str:
    return render_template("nudges/ask.html", asked=asked, done=done, answers=ANSWERS)


def _asked(token: str) -> Asked:
    number, since, later = signed(NUDGE, token, within=WITHIN)
    story = db.get(Story, number)
    author = db.get(Member, story.author_id or 0) if story else None
    if story is None or author is None:
        raise Missing
    return Asked(story, author, since, later)
