"""Account settings: what members decide about themselves and their letters."""

from flask import Blueprint, render_template

from web.auth import me, signed_in

pages = Blueprint("settings", __name__)


@pages.get("/account")
@signed_in
def show() -> str:
    """Everything that can be set, and what leads further."""
    return render_template("settings/show.html", member=me())
