"""The public record for machines: read only, JSON, the same readings as the pages."""

from flask import Blueprint, Flask

from web.api import companies, description, products, search, stories

PREFIX = "/api/v1"


def install(app: Flask) -> None:
    """Answer below `/api/v1`."""
    for module in (search, stories, companies, products, description):
        api: Blueprint = module.api
        app.register_blueprint(api, url_prefix=PREFIX)
