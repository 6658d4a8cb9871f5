"""Flask-Security, set up for Earshot."""

from typing import Any, cast

from flask import Flask
from flask_security import Security, SQLAlchemySessionUserDatastore

from web.accounts.models import Account, Role
from web.db import db


def install(app: Flask) -> None:
    """Let members register, sign in and keep their accounts safe."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_REGISTERABLE=True,
        SECURITY_CONFIRMABLE=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_SEND_REGISTER_EMAIL=False,
        WTF_CSRF_ENABLED=False,
    )
    datastore = SQLAlchemySessionUserDatastore(cast("Any", db), Account, Role)
    Security(app, datastore)
