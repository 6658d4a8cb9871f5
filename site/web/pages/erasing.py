"""Erasing one entry of a story for good: an update, or an answer to a company."""

from typing import Any

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from stories import permissions, withdrawing
from stories.models import Member, Rejoinder, Story, Update
from stories.models.codes import Target, Visibility
from stories.problems import Missing
from web.addresses import rejoinder_url, update_url
from web.auth import me, signed_in
from web.db import db, writing
from web.limits import limited

pages = Blueprint("erasing", __name__)

TABLES: dict[str, type[Update] | type[Rejoinder]] = {
    Target.UPDATE: Update,
    Target.REJOINDER: Rejoinder,
}
WHERE = "/stories/<int:number>/<any(update, rejoinder):what>s/<int:which>/erase"


@pages.get(WHERE)
@signed_in
def ask(number: int, what: str, which: int) -> str:
    """The entry, and whether it is to go."""
    story, entry = _own(me(), number, what, which)
    return render_template("authoring/erase.html", story=story, entry=entry, what=what)


@pages.post(WHERE)
@signed_in
@limited("publish")
def erase(number: int, what: str, which: int) -> ResponseReturnValue:
    """Remove its words; its place in the story stays."""
    author = me()
    story, entry = _own(author, number, what, which)
    with writing():
        withdrawing.erase_entry(db, author, entry)
    if isinstance(entry, Update):
        return redirect(update_url(story, entry), 303)
    return redirect(rejoinder_url(story, entry), 303)


def _own(
    author: Member, number: int, what: str, which: int
) -> tuple[Story, Update | Rejoinder]:
    story = permissions.require_seen(author, db.get(Story, number))
    permissions.require(permissions.owns(author, story))
    table: Any = TABLES[what]
    entry: Update | Rejoinder | None = db.get(table, which)
    if entry is None or entry.story_id != number:
        raise Missing
    if entry.visibility == Visibility.TOMBSTONE:
        raise Missing
    return story, entry
