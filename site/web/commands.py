"""The console script `earshot`: Flask's own commands and ours."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import click
from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from stories.problems import Refused
from stories.settings import BadSetting
from web import cli
from web.app import create_app


def main() -> None:
    """Run the command that the command line names, and say calmly what went wrong."""
    try:
        everything().main(prog_name="earshot")
    except (BadSetting, Refused) as trouble:
        click.echo(str(trouble), err=True)
        sys.exit(2)
    except (OperationalError, ProgrammingError) as trouble:
        click.echo(f"The database: {trouble.orig}", err=True)
        click.echo(
            "If it is new, or an earlier release's: `earshot migrate`.", err=True
        )
        sys.exit(2)


def everything() -> FlaskGroup:
    """Flask's commands, and those of every module of `web.cli`."""
    group = FlaskGroup(
        name="earshot",
        help="Earshot: service stories, told to their end.",
        create_app=create_app,
        load_dotenv=False,
        set_debug_flag=False,
    )
    for found in iter_modules(cli.__path__):
        for command in import_module(f"web.cli.{found.name}").COMMANDS:
            group.add_command(command)
    return group
