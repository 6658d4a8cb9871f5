"""Links in letters by which somebody follows one thing no longer: by a button, or by
the mail program."""

from flask import Blueprint, render_template

from stories import following
from stories.models import Follow
from web.accounts.silence import UNFOLLOW
from web.csrf import from_anywhere
from web.db import db, writing
from web.signing import signed

pages = Blueprint("unfollowing", __name__)
WITHOUT_LANGUAGE = True


@pages.get("/l/follows/<token>")
def ask(token: str) -> str:
    """What the link would do; opening it does nothing, for mail scanners open links."""
    signed(UNFOLLOW, token)
    return render_template("following/off.html", done=False)


@pages.post("/l/follows/<token>")
@from_anywhere
def stop(token: str) -> str:
    """Tell no more of it (RFC 8058: mail programs post here by themselves)."""
    kept = db.get(Follow, signed(UNFOLLOW, token))
    if kept is not None:
        with writing():
            following.stop(db, kept)
    return render_template("following/off.html", done=True)
