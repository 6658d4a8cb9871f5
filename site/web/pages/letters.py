"""Links in letters that switch letters off and on again: by a button, or by the mail
program."""

from flask import Blueprint, render_template

from web.accounts import silence
from web.csrf import from_anywhere
from web.db import writing

pages = Blueprint("letters", __name__)
WITHOUT_LANGUAGE = True


@pages.get("/l/<token>")
def ask(token: str) -> str:
    """What the link would do; opening it does nothing, for mail scanners open links."""
    _, letter = silence.meant(token)
    return render_template("letters/ask.html", letter=letter)


@pages.post("/l/<token>")
@from_anywhere
def switch_off(token: str) -> str:
    """Send no more such letters (RFC 8058: mail programs post here by themselves)."""
    whom, letter = silence.meant(token)
    with writing():
        silence.silence(whom, letter)
    return render_template("letters/off.html", letter=letter, token=token)


@pages.post("/l/<token>/on")
def switch_on(token: str) -> str:
    """They have changed their mind: send such letters again."""
    whom, letter = silence.meant(token)
    with writing():
        silence.speak(whom, letter)
    return render_template("letters/on.html", letter=letter)
