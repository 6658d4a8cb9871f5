"""What Flask-Security's views lack: links that ask before they act, and arriving."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    after_this_request,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_security import (
    change_email_confirmed,
    login_user,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_confirmed,
    user_not_registered,
    user_registered,
)
from flask_security.change_email import _verify_token_status as address_status
from flask_security.confirmable import confirm_email_token_status

from stories import drafting, joining
from stories.models import Member
from stories.problems import Missing
from web.accounts import contacts, letters
from web.accounts.models import Account
from web.addresses import home_url, page_url
from web.db import db, lock
from web.i18n import gettext as _
from web.i18n import language
from web.limits import limited

View = Callable[..., Any]

PRIVATE = frozenset(("security", "accounts", "settings", "letters"))
"""Blueprints whose pages are for one person only."""

LIMITS = {
    "login": "sign_in",
    "verify": "sign_in",
    "change_password": "sign_in",
    "reset_password": "sign_in",
    "two_factor_token_validation": "code",
    "two_factor_rescue": "code",
    "mf_recovery": "code",
    "register": "register",
    "forgot_password": "mail",
    "send_confirmation": "mail",
    "change_email": "mail",
}
KEPT = ("_", "fs_", "tf_", "draft")
"""How the names begin of what a session may bring along when somebody signs in."""
pages = Blueprint("accounts", __name__)


def install(app: Flask) -> None:
    """Put our views before Flask-Security's, and follow what happens there."""
    app.register_blueprint(pages, url_prefix="/<lang>")
    views = app.view_functions
    for name, limit in LIMITS.items():
        views[f"security.{name}"] = limited(limit)(views[f"security.{name}"])
    views["security.confirm_email"] = _asking(views["security.confirm_email"])
    address = _asking_for_address(views["security.change_email_confirm"])
    views["security.change_email_confirm"] = address
    app.add_url_rule(
        "/<lang>/account/address/<token>",
        "security.change_email_confirm",
        address,
        methods=["POST"],
    )
    app.after_request(_keep_private)
    _follow(app)


@pages.get("/register/sent")
def sent() -> str:
    """A letter is on its way: what to do next."""
    return render_template("security/sent.html")


@pages.get("/sign-in/done")
def arrived() -> ResponseReturnValue:
    """Signed in: on to what was being written, or to the first page."""
    draft = session.pop("draft", None)
    if draft:
        flash(
            _("Your story is not published yet: look it over, and publish it."), "info"
        )
    return redirect(page_url("drafts", draft) if draft else home_url(), 303)


@pages.get("/sign-out/done")
def left() -> ResponseReturnValue:
    """Signed out: back to reading."""
    return redirect(home_url(), 303)


WORDS = ("text", "words")
"""The fields that hold what somebody has written at length."""


def ask_to_sign_in(*_: Any, **__: Any) -> ResponseReturnValue:
    """Send a visitor to sign in, and from there back to where they wanted to be.

    Who has written something and is not signed in any more gets it back.
    """
    wanted = request.path
    if request.query_string:
        wanted += f"?{request.query_string.decode('ascii', 'replace')}"
    words = next((name for name in WORDS if request.form.get(name)), None)
    if words:
        typed = list(request.form.items(multi=True))
        page = "security/expired.html"
        return render_template(page, typed=typed, words=words, here=wanted), 403
    back = wanted if request.method == "GET" else None
    return redirect(url_for("security.login", next=back), 303)


def _asking(act: View) -> View:
    """Confirm an address by a button: whoever opens the link may be a mail scanner.

    In the browser that registered, the new member is signed in at once.
    """

    @wraps(act)
    def confirm(token: str) -> Any:
        expired, invalid, account = confirm_email_token_status(token)
        if expired or invalid or account is None or account.confirmed_at:
            return act(token=token)
        if request.method != "POST":
            return render_template("security/confirm.html", account=account)
        here = session.pop("registered", None) == account.fs_uniquifier
        answer = act(token=token)
        if not here:
            return answer
        login_user(account, authn_via=["confirm"])
        session.pop("_flashes", None)  # it says that one can sign in now
        flash(_("Your address is confirmed, and you are signed in."), "success")
        return redirect(url_for("accounts.arrived"), 303)

    return confirm


def _asking_for_address(act: View) -> View:
    """Change an address by a button, likewise."""

    @wraps(act)
    def confirm(token: str) -> Any:
        expired, invalid, _account, email = address_status(token)
        if expired or invalid or request.method == "POST":
            return act(token=token)
        return render_template("security/confirm_address.html", email=email)

    return confirm


def _keep_private(response: Response) -> Response:
    """Nobody keeps these pages. Without the mark for a CSRF cookie that we do not use,
    an anonymous reader of them has an empty session, and gets no cookie."""
    if request.blueprint not in PRIVATE:
        return response
    response.headers["Cache-Control"] = "private, no-store"
    if session.modified:
        session.pop("fs_cc", None)
        name = current_app.config["SESSION_COOKIE_NAME"]
        session.modified = bool(session) or name in request.cookies
    return response


def _follow(app: Flask) -> None:
    user_registered.connect(_registered, app)
    user_not_registered.connect(_not_registered, app)
    user_confirmed.connect(_confirmed, app)
    user_authenticated.connect(_arrived, app)
    change_email_confirmed.connect(_address_changed, app)
    tf_profile_changed.connect(_factor_changed, app)
    tf_disabled.connect(_factor_changed, app)


def _registered(_app: Flask, user: Account, **_: Any) -> None:
    session["registered"] = user.fs_uniquifier


def _not_registered(_app: Flask, form_data: dict[str, Any], **_: Any) -> None:
    """The address has an account already: its owner is told by mail, the visitor sees
    what everybody sees, and the handle is taken as it would be."""
    lock()
    joining.join(db, form_data["joins"])
    session["registered"] = uuid.uuid4().hex


def _confirmed(_app: Flask, user: Account, **_: Any) -> None:
    joining.confirm(db, db.get_one(Member, user.member_id))


def _arrived(_app: Flask, user: Account, **_: Any) -> None:
    """Signed in: what they wrote before becomes theirs, and the rest is forgotten."""
    for name in [each for each in session if not each.startswith(KEPT)]:
        session.pop(name)
    key = user.draft_key or session.pop("draft", None)
    if key:
        _adopt(user, key)


def _adopt(account: Account, key: str) -> None:
    lock()
    account.draft_key = None
    after_this_request(letters.keep)
    with suppress(Missing):  # published or thrown away meanwhile
        drafting.adopt(db, db.get_one(Member, account.member_id), key)
        session["draft"] = key


def _address_changed(_app: Flask, user: Account, old_email: str, **_: Any) -> None:
    contact = contacts.contact_for(old_email, language())
    letters.leave(letters.ADDRESS_CHANGED, f"contact:{contact}", account_id=user.id)


def _factor_changed(_app: Flask, user: Account, **_: Any) -> None:
    letters.leave(letters.SECOND_FACTOR, f"account:{user.id}")
