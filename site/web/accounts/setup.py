"""Flask-Security, set up for Earshot."""

from datetime import timedelta
from typing import Any

from flask import Flask, Request, abort, request
from flask_security import Security

from stories.languages.interface import folder
from stories.models import now
from stories.settings import Settings
from web.accounts import codes, forms, hashing, letters, views, words
from web.accounts.people import People
from web.keys import keys

STAY = timedelta(days=30)
"""How long a device stays signed in, where its owner wants that."""

ADDRESSES = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "REGISTER_URL": "/register",
    "RESET_URL": "/reset",
    "CONFIRM_URL": "/confirm",
    "VERIFY_URL": "/sign-in/again",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/help",
    "TWO_FACTOR_SELECT_URL": "/sign-in/choose",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
    "CHANGE_URL": "/account/password",
    "CHANGE_EMAIL_URL": "/account/address",
    "TWO_FACTOR_SETUP_URL": "/account/second-factor",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
}
AFTERWARDS = {
    "POST_LOGIN_VIEW": "accounts.arrived",
    "POST_LOGOUT_VIEW": "accounts.left",
    "POST_REGISTER_VIEW": "accounts.sent",
    "POST_CONFIRM_VIEW": "security.login",
    "POST_RESET_VIEW": "security.login",
    "POST_CHANGE_VIEW": "settings.show",
    "POST_CHANGE_EMAIL_VIEW": "settings.show",
    "POST_VERIFY_VIEW": "settings.show",
    "TWO_FACTOR_POST_SETUP_VIEW": "security.mf_recovery_codes",
    "TWO_FACTOR_ERROR_VIEW": "security.login",
}
LETTERS = {
    "REGISTER_EMAIL_TEMPLATE": letters.CONFIRM,
    "EMAIL_TEMPLATE_CONFIRM": letters.CONFIRM,
    "REGISTER_EMAIL_EXISTING_TEMPLATE": letters.KNOWN,
    "EMAIL_TEMPLATE_PASSWORD_RESET": letters.RESET,
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": letters.PASSWORD_CHANGED,
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": letters.PASSWORD_CHANGED,
    "CHANGE_EMAIL_EMAIL_TEMPLATE": letters.CHANGE_ADDRESS,
    "EMAIL_PLAINTEXT": False,  # the worker renders them
    "EMAIL_HTML": False,
}
FEATURES = {
    "REGISTERABLE": True,
    "CONFIRMABLE": True,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "CHANGE_EMAIL": True,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "RETURN_GENERIC_RESPONSES": True,
    "PASSWORD_CONFIRM_REQUIRED": False,
    "PASSWORD_LENGTH_MIN": 10,
    "EMAIL_VALIDATOR_ARGS": {
        "check_deliverability": False,
        "allow_smtputf8": False,  # few servers take such addresses
    },
    "FRESHNESS": timedelta(hours=1),
    "FRESHNESS_GRACE_PERIOD": timedelta(0),
}
INNARDS = {
    "URL_PREFIX": "/<lang>",
    "STATIC_FOLDER": None,
    "JOIN_USER_ROLES": False,
    "CACHE_CONTROL": None,  # it writes what is no directive; ours is in the views
    "DATETIME_FACTORY": now,
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": {"argon2"},  # else a change of keys ends all passwords
    "PASSWORD_HASH_PASSLIB_OPTIONS": hashing.OPTIONS,
    "HASHING_SCHEMES": ["hex_sha256"],
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
}
FORMS = {
    "register_form": forms.RegisterForm,
    "login_form": forms.SignInForm,
    "forgot_password_form": forms.RecoverForm,
    "send_confirmation_form": forms.ConfirmAgainForm,
    "reset_password_form": forms.ResetForm,
    "change_password_form": forms.PasswordForm,
    "change_email_form": forms.AddressForm,
    "verify_form": forms.AgainForm,
    "two_factor_setup_form": forms.FactorForm,
    "two_factor_rescue_form": forms.HelpForm,
}


def install(app: Flask) -> None:
    """Let members register, sign in and keep their accounts safe."""
    settings: Settings = app.config["SETTINGS"]
    for part in (ADDRESSES, AFTERWARDS, LETTERS, FEATURES, INNARDS, _secrets(settings)):
        app.config.update({f"SECURITY_{name}": value for name, value in part.items()})
    app.config.update(words.settings())
    app.config["SECURITY_I18N_DIRNAME"] = ["builtin", str(folder())]
    app.config["WTF_CSRF_ENABLED"] = False
    _configure_cookies(app, settings)
    security = Security(
        app, People(), mail_util_cls=letters.Letters, totp_cls=codes.Codes, **FORMS
    )
    security.i18n_domain = words.Domain(app)
    security.want_json(_never)
    security.unauthn_handler(views.ask_to_sign_in)
    security.pwd_context = hashing.Slots(security.pwd_context)
    security.login_manager.request_loader(_nobody)
    _without_roles(app, security)
    _sign_with_present_key(security)
    app.before_request(_refuse_json)
    views.install(app)


def _secrets(settings: Settings) -> dict[str, Any]:
    return {
        "PASSWORD_SALT": keys(settings)[0],
        "TOTP_ISSUER": codes.ISSUER,
        "TOTP_SECRETS": codes.totp_secrets(keys(settings)),
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": codes.recovery_keys(keys(settings)),
    }


def _configure_cookies(app: Flask, settings: Settings) -> None:
    app.config.update(
        REMEMBER_COOKIE_NAME="__Host-stay" if settings.secure else "stay",
        REMEMBER_COOKIE_DURATION=STAY,
        REMEMBER_COOKIE_SECURE=settings.secure,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
    )


def _sign_with_present_key(security: Security) -> None:
    """Itsdangerous signs with the last key; Flask-Security puts the oldest there."""
    for value in vars(security).values():
        if hasattr(value, "secret_keys"):
            value.secret_keys.reverse()


def _without_roles(app: Flask, security: Security) -> None:
    """Flask-Principal looks at every request for the roles of its sender; rights are
    the domain's matter."""
    app.before_request_funcs[None].remove(security.principal._on_before_request)


def _never(_request: Request) -> bool:
    return False


def _nobody(_request: Request) -> None:
    """Sign nobody in by a token in the address; every page would look for one."""


def _refuse_json() -> None:
    """Flask-Security's forms are for people; programs have the API."""
    if request.blueprint == "security" and request.is_json:
        abort(415)
