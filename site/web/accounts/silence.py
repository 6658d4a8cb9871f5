"""Letters switched off: by a link in the letter, or in the settings."""

from sqlalchemy import delete, select

from stories.problems import Missing
from web.accounts.models import Silence
from web.db import db
from web.signing import sign, signed

PURPOSE = "letters off"
ALL = "*"
UNFOLLOW = "unfollow"
"""What the link in a letter about one thing signs: the number of its follow."""

OPTIONAL = (
    *("answered", "commented", "replied", "offer_asked", "offer_ended"),
    *("talk_asked", "nudge"),
    *("translated", "translation_outdated"),
    *("story_told", "mentioned", "updated", "rejoined", "offer_decided"),
    *("dispute_answered", "moved", "moved_away"),
    *("talk_answered", "talk_written", "talk_ended", "pressure_noticed"),
    *("followed", "digest"),
)
"""The letters that members can do without, in the order in which they are offered."""

OWED = frozenset(("decision", "suspended"))
"""The law wants these to be sent."""


def off_token(whom: str, letter: str) -> str:
    """What the link in a letter carries, for as long as letters are kept."""
    return sign(PURPOSE, [whom, letter])


def meant(token: str) -> tuple[str, str]:
    """Who wants to be spared which letter; raises Missing for what is not ours."""
    whom, letter = signed(PURPOSE, token)
    if letter in OWED:
        raise Missing
    return whom, letter


def silenced(whom: str) -> set[str]:
    """The letters that somebody has switched off."""
    return set(db.scalars(select(Silence.letter).where(Silence.whom == whom)))


def choosable(off: set[str]) -> tuple[str, ...]:
    """The letters that somebody chooses among: those that they can do without, and
    others that they have switched off by a link."""
    return (*OPTIONAL, *sorted(off.difference(OPTIONAL, (ALL,))))


def is_silenced(whom: str, letter: str) -> bool:
    """Whether somebody wants no such letters, or none at all."""
    return not silenced(whom).isdisjoint((letter, ALL))


def silence(whom: str, letter: str) -> None:
    """Send no more such letters."""
    if letter not in silenced(whom):
        db.add(Silence(whom=whom, letter=letter))


def speak(whom: str, letter: str) -> None:
    """Send such letters again."""
    db.execute(delete(Silence).where(Silence.whom == whom, Silence.letter == letter))
