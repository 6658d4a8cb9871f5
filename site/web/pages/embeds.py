"""Cards that other sites show in a frame: of a story, and of a company.

A card's address leads to the one of its present version, which never changes and may
be kept for ever. Cards are the same for everybody and know nobody.
"""

from hashlib import sha256

from flask import Blueprint, Response, g, redirect, render_template
from werkzeug.wrappers import Response as Answer

from stories import figures, permissions
from stories.problems import Missing
from stories.reading import company as companies
from stories.reading import listing
from web.addresses import absolute, card_url, company_url, story_url
from web.db import db
from web.i18n import gettext as _
from web.limits import limited
from web.rendering.static import FOREVER

BRIEFLY = "public, max-age=300"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
)

pages = Blueprint("embeds", __name__)


@pages.get("/stories/<int:story>/card")
@pages.get("/stories/<int:story>/card-<asked>")
@limited("shared")
def story(story: int, asked: str = "") -> Answer:
    """A story: what it is about, how it begins, its thread, and how it ended."""
    card = next(iter(listing.cards(db, [story])), None)
    if card is None or not permissions.may_see(None, card.story):
        raise Missing
    return _card(
        ("stories", story),
        asked,
        "embeds/story.html",
        card=card,
        author=listing.author(card.story) or _("Anonymous"),
        address=absolute(story_url(card.story)),
    )


@pages.get("/companies/<int:company>/card")
@pages.get("/companies/<int:company>/card-<asked>")
@limited("shared")
def company(company: int, asked: str = "") -> Answer:
    """A company: what the stories about it add up to."""
    row = companies.found(db, company)
    return _card(
        ("companies", row.id),
        asked,
        "embeds/company.html",
        company=row,
        figures=figures.of_company(db, row).ever,
        address=absolute(company_url(row)),
    )


def _card(of: tuple[str, int], asked: str, template: str, **places: object) -> Answer:
    """The card; where another version was asked for, the way to this one."""
    g.pop("time_zone", None)
    html = render_template(template, **places)
    version = sha256(html.encode()).hexdigest()[:16]
    if asked != version:
        answer = redirect(card_url(*of, version))
        answer.headers["Cache-Control"] = BRIEFLY
        return answer
    headers = {
        "Cache-Control": FOREVER,
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
    }
    return Response(html, headers=headers)
