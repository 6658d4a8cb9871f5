"""`earshot staff grant|revoke HANDLE`: who keeps the site fair."""

import click
from flask.cli import with_appcontext

from stories import moderating
from stories.reading import members
from web.db import db, writing


@click.group()
def staff() -> None:
    """Make members staff, or end it; a line in the public log, without the name."""


@staff.command()
@click.argument("handle")
@with_appcontext
def grant(handle: str) -> None:
    """Make the member HANDLE one of the staff."""
    with writing():
        moderating.appoint(db, members.find(db, handle))
    click.echo(f"{handle} is staff now, as soon as they use a second factor:")
    click.echo("they are asked to set one up when they next sign in.")


@staff.command()
@click.argument("handle")
@with_appcontext
def revoke(handle: str) -> None:
    """End the time of HANDLE on the staff."""
    with writing():
        moderating.dismiss_staff(db, members.find(db, handle))
    click.echo(f"{handle} is no longer staff.")


COMMANDS = (staff,)
