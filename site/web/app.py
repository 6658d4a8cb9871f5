"""The application: the only place where its parts are wired together."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask
from sqlalchemy import Engine

from stories.database import open_engine
from stories.settings import Settings, read_settings
from web import (
    answering,
    api,
    auth,
    cache,
    cards,
    csrf,
    db,
    entrance,
    errors,
    headers,
    i18n,
    keeping,
    limits,
    logs,
    pages,
    rendering,
    understanding,
)
from web.accounts import setup as accounts
from web.addresses import Numbered, Whole
from web.editions import Versions
from web.keys import keys
from web.rendering.templates import Templates
from web.rules import Patient


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> Flask:
    """An application for `settings`, or for those of the environment; on an engine
    that others use too, where one is given."""
    settings = settings or read_settings()
    app = Flask("web", static_folder=None)
    app.jinja_environment = Templates
    app.url_rule_class = Patient
    _configure(app, settings)
    logs.install(app)
    db.install(app, engine or open_engine(settings.database))
    app.url_map.converters.update(numbered=Numbered, int=Whole)
    i18n.install(app)
    rendering.install(app)
    auth.install(app)
    headers.install(app, settings)
    csrf.install(app)
    limits.install(app, settings)
    errors.install(app)
    accounts.install(app)
    _register_pages(app, settings)
    api.install(app)
    _wrap(app, settings)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    present, *old = keys(settings)
    app.config.update(
        SETTINGS=settings,
        ADDRESS=settings.address,
        SECRET_KEY=present,
        SECRET_KEY_FALLBACKS=old,
        SECURITY_PASSWORD_SALT=present,
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
    )


def _register_pages(app: Flask, settings: Settings) -> None:
    """Every module of `web.pages` has a blueprint named `pages`."""
    for found in iter_modules(pages.__path__):
        module = import_module(f"web.pages.{found.name}")
        if settings.development or not getattr(module, "DEVELOPMENT", False):
            prefix = None if getattr(module, "WITHOUT_LANGUAGE", False) else "/<lang>"
            app.register_blueprint(module.pages, url_prefix=prefix)


def _wrap(app: Flask, settings: Settings) -> None:
    """What stands around the application, the innermost first."""
    store = None if app.debug else keeping.open_store(settings.cache_url)
    cache.install(app, store)
    cards.install(app)
    understanding.install(app)
    if store is not None:
        versions = Versions(app.extensions["engine"])
        app.wsgi_app = answering.Answering(  # type: ignore[method-assign]
            app.wsgi_app, versions, store
        )
    app.wsgi_app = entrance.Entrance(app.wsgi_app)  # type: ignore[method-assign]
    headers.behind_proxies(app, settings.proxies)
