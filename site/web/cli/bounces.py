"""`earshot bounces [FILE…]`: mail servers report letters that nobody took."""

import sys
from typing import BinaryIO

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from web.mail import bouncing
from web.mail.reports import MOST_BYTES

LATER = 75
"""Tells a mail server to try again (EX_TEMPFAIL of sysexits)."""


@click.command()
@click.argument("files", nargs=-1, type=click.File("rb"))
@with_appcontext
def bounces(files: tuple[BinaryIO, ...]) -> None:
    """Read reports that letters could not be delivered, one mail in each FILE.

    Without a FILE one mail is read as a mail server pipes it. Addresses that are gone
    are marked, and a verification that rests on one is put under check.
    """
    for file in files or (sys.stdin.buffer,):
        try:
            finding = bouncing.returned(file.read(MOST_BYTES))
        except OperationalError as trouble:
            click.echo(f"The database: {trouble.orig}", err=True)
            sys.exit(LATER)
        click.echo(finding.value)


COMMANDS = (bounces,)
