"""The environment that templates live in."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Flask's, whose templates share one plain dict of globals.

    Jinja compares the globals of a page and of every macro file that it imports, page
    by page; with its usual chains of dicts that takes as long as half the macros.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> Any:
        return {**self.globals, **d} if d else self.globals
