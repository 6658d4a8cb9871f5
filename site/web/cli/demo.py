"""`earshot demo`: sample content and sample sign-ins, on a site that only you reach."""

from functools import partial
from importlib import import_module
from types import ModuleType

import click
from flask import current_app
from flask.cli import with_appcontext

from stories.models import Member, now
from stories.problems import Forbidden, Problem
from stories.settings import Settings
from web import checks, keys, migrations
from web.accounts import codes, contacts, people
from web.db import db, engine, writing

PASSWORD = "listen to people"  # noqa: S105  # known to everybody, on loopback only
SECRET = "EARSHOTSAMPLESECRETFACTR"  # noqa: S105  # so is this
SIGN_INS = {
    "tamsin": "an author, in English",
    "ginevra": "an author, in Italian",
    "jonah": "a reader",
    "elif": "speaks for Hollin & Wray",
    "inger": "a moderator",
}


@click.command()
@with_appcontext
def demo() -> None:
    """Load sample content into an empty site, and print the sample sign-ins."""
    migrations.upgrade(engine())
    load(current_app.config["SETTINGS"])
    for line in sign_ins():
        click.echo(line)


COMMANDS = (demo,)


def load(settings: Settings) -> None:
    """Load everything, with a progress bar; refuses where strangers could come."""
    if settings.exposed:
        raise Forbidden(Problem("Sample content stays on this machine."))
    with writing():
        _play()
        for handle in SIGN_INS:
            _open_account(db.query(Member).filter_by(handle=handle).one())


def sign_ins() -> list[str]:
    """Who can sign in with what, a line each; nothing without sample accounts."""
    if not checks.has_sample_accounts():
        return []
    widest = max(len(_email(handle)) for handle in SIGN_INS)
    return [
        f"Sample sign-ins, all with the password “{PASSWORD}”:",
        *(f"  {_email(who):{widest}}  {what}" for who, what in SIGN_INS.items()),
        f"  The moderator's second factor: {SECRET} (now {codes.present(SECRET)})",
    ]


def is_wanted() -> bool:
    """Whether nobody and nothing is on the site yet."""
    return bool(_samples().is_empty(db))


def _samples() -> ModuleType:
    return import_module("stories.demo")  # many words, which most starts do not need


def _play() -> None:
    samples = _samples()
    contact_of = partial(contacts.contact_for, language="en")
    left = samples.load(db, contact_of, keys.seal())
    total = len(samples.acts(now()))
    with click.progressbar(left, total, label="Loading sample content") as progress:
        for _ in progress:
            pass


def _email(handle: str) -> str:
    return f"{handle}{checks.SAMPLE}"


def _open_account(member: Member) -> None:
    security = current_app.extensions["security"]
    more = {}
    if member.staff:
        secret = security.totp_factory.kept(SECRET)
        more = {"tf_primary_method": "authenticator", "tf_totp_secret": secret}
    people.add(
        member,
        email=_email(member.handle),
        password=security.pwd_context.hash(PASSWORD),
        confirmed_at=member.joined_at,
        **more,
    )
