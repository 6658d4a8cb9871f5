"""A company's badge for its own site, and what it needs to put it there.

The badge's address leads to the one of its present version, which never changes and
may be kept for ever. It knows nobody, and is the same for everybody.
"""

from base64 import b64encode
from hashlib import sha256

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as Answer

from stories import figures
from stories.models import now
from stories.reading import company as companies
from stories.reading import desk as reading
from web.addresses import absolute, company_url
from web.auth import me, signed_in
from web.badging import STYLE, Badge, badge, badge_url, invitation_url
from web.db import db
from web.desking import asked_company
from web.limits import limited
from web.rendering.static import FOREVER

pages = Blueprint("badges", __name__)

BRIEFLY = "public, max-age=300"
_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'"


@pages.get("/companies/<int:company>/badge.svg")
@pages.get("/companies/<int:company>/badge-<asked>.svg")
@limited("shared")
def show(company: int, asked: str = "") -> Answer:
    """The badge; where another version was asked for, the way to this one."""
    drawn = render_template("badges/badge.svg", badge=_badge(company))
    version = sha256(drawn.encode()).hexdigest()[:16]
    if asked != version:
        answer = redirect(badge_url(company, version))
        answer.headers["Cache-Control"] = BRIEFLY
        return answer
    headers = {"Cache-Control": FOREVER, "Content-Security-Policy": POLICY}
    return Response(drawn, mimetype="image/svg+xml", headers=headers)


@pages.get("/desk/outside")
@signed_in
def outside() -> str:
    """The badge, and the link by which customers are asked to write."""
    role = reading.sits(db, me(), asked_company())
    number = role.company_id
    return render_template(
        "badges/outside.html",
        role=role,
        badge=badge_url(number),
        full_badge=absolute(badge_url(number)),
        address=absolute(company_url(role.company)),
        invitation=absolute(invitation_url(number)),
    )


def _badge(number: int) -> Badge:
    company = companies.found(db, number)
    return badge(company, figures.of_company(db, company).ever, now().date())
