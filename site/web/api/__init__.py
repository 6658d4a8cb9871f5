"""The public record for machines, and a company's desk for its own programs: JSON, the
same readings, entries and deeds as the pages."""

from flask import Blueprint, Flask

from web.api import companies, description, desk, products, search, stories

PREFIX = "/api/v1"


def install(app: Flask) -> None:
    """Answer below `/api/v1`."""
    for module in (search, stories, companies, products, desk, description):
        api: Blueprint = module.api
        app.register_blueprint(api, url_prefix=PREFIX)
