"""A site with the sample content, and its people signed in."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP

from stories.settings import Settings
from web import migrations, worker
from web.app import create_app
from web.cli import demo as command


def loaded(data: Path) -> Flask:
    """The site in a new data folder; nobody is slowed down."""
    app = create_app(Settings(data=data, unlimited=True, base_url="http://localhost"))
    app.testing = True
    with app.app_context():
        migrations.upgrade(app.extensions["engine"])
        command.load(app.config["SETTINGS"])
    worker.drain(app)
    return app


def sign_in(site: Flask, handle: str) -> FlaskClient:
    """A browser of somebody of the sample content, second factor and all."""
    browser = site.test_client()
    browser.post(
        "/en/sign-in",
        data={"email": f"{handle}@earshot.example", "password": command.PASSWORD},
    )
    if handle == "inger":
        code = TOTP(key=command.SECRET).generate().token
        browser.post("/en/sign-in/code", data={"code": code})
    browser.get("/en/", follow_redirects=True)  # where we are welcomed back
    return browser
