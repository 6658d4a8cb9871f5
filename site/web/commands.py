"""The console script `earshot`: Flask's own commands and ours."""

import gc

gc.disable()  # nothing that is imported is rubbish, and to look for it takes a fifth

import sys  # noqa: E402
from importlib import import_module  # noqa: E402

import click  # noqa: E402
from flask.cli import FlaskGroup  # noqa: E402
from sqlalchemy.exc import OperationalError, ProgrammingError  # noqa: E402

from stories.problems import Refused  # noqa: E402
from stories.settings import BadSetting  # noqa: E402
from web.app import create_app  # noqa: E402

OURS = {
    "bounces": "bounces",
    "check": "checking",
    "demo": "demo",
    "desks": "desks",
    "export": "exporting",
    "figures": "figures",
    "import": "importing",
    "index": "index",
    "migrate": "serving",
    "outbox": "checking",
    "restore": "exporting",
    "serve": "serving",
    "staff": "staff",
    "worker": "serving",
}
"""The module of `web.cli` that each command is in: no other is loaded."""


class Commands(FlaskGroup):
    """Flask's commands and ours."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        return sorted({*super().list_commands(ctx), *OURS})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name."""
        if name not in OURS:
            return super().get_command(ctx, name)
        commands = import_module(f"web.cli.{OURS[name]}").COMMANDS
        return next((one for one in commands if one.name == name), None)


def main() -> None:
    """Run the command that the command line names, and say calmly what went wrong."""
    gc.freeze()
    gc.enable()
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
    """Flask's commands, and those of `web.cli`."""
    return Commands(
        name="earshot",
        help="Earshot: service stories, told to their end.",
        create_app=create_app,
        load_dotenv=False,
        set_debug_flag=False,
    )
