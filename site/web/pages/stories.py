"""A story's page."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from stories.models import Member, Talk
from stories.models.codes import Party, Visibility
from stories.reading import revisions as revisions_reading
from stories.reading import story as reading
from stories.reading import talks
from stories.reading.listing import OPENING, opening
from stories.reading.story import StoryPage
from web.addresses import (
    Slugged,
    absolute,
    natural,
    numbered,
    original_language,
    story_url,
)
from web.auth import visitor
from web.cache import cached
from web.db import db
from web.editions import of_story

pages = Blueprint("stories", __name__)


def _shows_more(reader: Member, story: int, **_arguments: object) -> bool:
    return reading.shows_more(db, reader, int(story))


@pages.get("/stories/<numbered:story>")
@cached(of_story, _shows_more)
def show(story: Slugged) -> str | Response:
    """The story, and everything that came of it."""
    after = request.args.get("after", 0, type=natural)
    page = reading.page(db, story, visitor(), after)
    if story.address != numbered(page.story.id, page.story.title):
        return redirect(story_url(page.story), 301)
    lang = original_language(page.story.language)
    return render_template(
        "stories/show.html",
        page=page,
        story=page.story,
        after=after,
        talks=_in_private(page),
        excerpt=opening(page.story.html[:OPENING]),
        canonical=absolute(story_url(page.story, lang=lang)),
        listed=page.story.visibility == Visibility.PUBLIC,
    )


def _in_private(page: StoryPage) -> list[Talk]:
    """What the reader has in private about the story; most have no part in any."""
    if page.own:
        return talks.beside(db, page.story, Party.AUTHOR, ())
    if page.speaks_for:
        return talks.beside(db, page.story, Party.COMPANY, page.speaks_for)
    return []


@pages.get("/stories/<int:story>/revisions")
@pages.get("/stories/<int:story>/revisions/<int:revision>")
@cached(of_story, _shows_more)
def revisions(story: int, revision: int | None = None) -> str:
    """What was changed in the wording, beside what stood there before."""
    page = revisions_reading.page(db, story, visitor(), revision)
    return render_template("stories/revisions.html", page=page, story=page.story)
