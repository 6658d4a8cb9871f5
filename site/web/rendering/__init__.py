"""How templates show values: dates, money, names of codes, static files.

Everything here is remembered by value and language, for it costs as much as the
database otherwise.
"""

from flask import Flask
from jinja2 import StrictUndefined

from web import addresses
from web.rendering import (
    dates,
    disputes,
    figures,
    linked,
    names,
    numbers,
    sharing,
    static,
    telling,
)
from web.rendering.calling import Straight
from web.rendering.static import static_url

__all__ = ["install", "static_url"]


def install(app: Flask) -> None:
    """Give templates their filters and functions, and serve `/static/`."""
    jinja = app.jinja_env
    jinja.trim_blocks = jinja.lstrip_blocks = True
    jinja.undefined = StrictUndefined
    jinja.code_generator_class = Straight
    for module in (dates, names, numbers, telling):
        jinja.filters.update(module.FILTERS)
        jinja.globals.update(module.GLOBALS)
    jinja.globals.update(addresses.GLOBALS)
    jinja.globals.update(linked.GLOBALS)
    jinja.globals.update(disputes.GLOBALS)
    jinja.globals.update(figures.GLOBALS)
    jinja.globals.update(sharing.GLOBALS)
    engine = app.config["SETTINGS"].translate_url
    jinja.globals["has_machine"] = lambda: bool(engine)
    static.install(app)
