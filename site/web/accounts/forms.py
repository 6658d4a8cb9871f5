"""Flask-Security's forms, with what Earshot asks besides and the limits it sets."""

from typing import Any
from urllib.parse import urlsplit

from flask import request, session
from flask_security.change_email import ChangeEmailForm
from flask_security.forms import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    RegisterFormV2,
    ResetPasswordForm,
    SendConfirmationForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    VerifyForm,
)
from flask_security.utils import hash_password
from wtforms import (
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    StringField,
)
from wtforms.validators import StopValidation

from stories import joining
from stories.entries.member import MOST_NAME, JoinEntry
from stories.entries.member import handle as checked_handle
from stories.problems import Invalid, Problem
from stories.text import clean
from web.accounts import letters
from web.db import db
from web.i18n import language, translate

MOST_EMAIL = 254
MOST_PASSWORD = 200
MOST_KEY = 200
NO_WAY_BACK = ("", "sign-in", "register", "reset", "confirm", "account")
"""First parts of addresses to which nobody wants to go after signing in."""


class Limited:
    """Refuses what is too long before it is looked up or hashed."""

    _fields: dict[str, Field]

    def validate(self, **more: Any) -> bool:
        long = [field for field in self._fields.values() if _too_long(field)]
        if not long:
            return bool(super().validate(**more))  # type: ignore[misc]
        for field in long:
            most = _most(field)
            field.errors = [_at_most(most)]
        return False


def _at_most(n: int) -> str:
    words = Problem.plural("At most %(n)d character.", "At most %(n)d characters.", n=n)
    return translate(words)


def _most(field: Field) -> int:
    if isinstance(field, PasswordField):
        return MOST_PASSWORD
    return MOST_EMAIL if isinstance(field, EmailField) else MOST_KEY


def _too_long(field: Field) -> bool:
    if not isinstance(field, StringField) or field.name == "next":
        return False
    return isinstance(field.data, str) and len(field.data) > _most(field)


def _take_draft(form: Any) -> None:
    if not form.draft.data:
        form.draft.data = request.args.get("draft", "")[:MOST_KEY]


def _way_back() -> str:
    """The page of ours that somebody comes from, if one can go back to it."""
    came = urlsplit(request.referrer or "")
    rest = came.path.lstrip("/").partition("/")[2]
    ours = came.netloc == request.host and not came.path.startswith("//")
    if not ours or rest.partition("/")[0] in NO_WAY_BACK:
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


class RegisterForm(Limited, RegisterFormV2):  # type: ignore[misc]
    """A handle, perhaps a name, an address and a password; and what was written."""

    handle = StringField()
    display_name = StringField()
    draft = HiddenField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _take_draft(self)

    def validate(self, **more: Any) -> bool:
        """Remember what was written, whether the address is new or known."""
        if self.draft.data:
            session["draft"] = self.draft.data
        return bool(super().validate(**more))

    def validate_handle(self, field: Field) -> None:
        """The handle is well formed, and looks like nobody else's."""
        try:
            field.data = checked_handle(field.data or "")
        except Invalid as refused:
            raise StopValidation(translate(refused.problem)) from refused
        if joining.is_taken(db, field.data):
            raise StopValidation(translate(joining.handle_taken()))

    def validate_display_name(self, field: Field) -> None:
        """A name of one line; who gives none is called by the handle."""
        field.data = " ".join(clean(field.data or "").split())
        if len(field.data) > MOST_NAME:
            raise StopValidation(_at_most(MOST_NAME))

    @property
    def entry(self) -> JoinEntry:
        """Who wants to join."""
        handle = str(self.handle.data)
        name = str(self.display_name.data or handle)
        return JoinEntry(handle=handle, display_name=name, language=language())

    def to_dict(self, only_user: bool) -> dict[str, Any]:  # noqa: FBT001
        if not only_user:
            return {"joins": self.entry}
        return {
            "joins": self.entry,
            "email": self.email.data,
            "password": self.password.data,
            "draft_key": self.draft.data or None,
        }


class SignInForm(Limited, LoginForm):  # type: ignore[misc]
    """Address and password; who has not confirmed the address is told so, and only
    after the right password. What was written before comes along."""

    draft = HiddenField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _take_draft(self)
        if request.method == "GET" and not (self.next.data or self.draft.data):
            self.next.data = _way_back()

    def validate(self, **more: Any) -> bool:
        if super().validate(**more):
            if self.draft.data:
                session["draft"] = self.draft.data
            return True
        if self.user_authenticated and self.requires_confirmation:
            self.email.errors = []
            words = Problem("Confirm your address first, by the link in our letter.")
            self.form_errors.append(translate(words))
        return False


class Even(Limited):
    """Costs the same for an address that we know and one that we do not."""

    def validate(self, **more: Any) -> bool:
        valid = super().validate(**more)
        if not valid and not any(_too_long(field) for field in self._fields.values()):
            letters.leave(letters.DECOY, "nobody")
        if valid or isinstance(self, SendConfirmationForm):
            hash_password("not a password")  # as Flask-Security does for the unknown
        return valid


class RecoverForm(Even, ForgotPasswordForm):  # type: ignore[misc]
    """An address that forgot its password."""


class ConfirmAgainForm(Even, SendConfirmationForm):  # type: ignore[misc]
    """An address that wants another letter to confirm it."""


class ResetForm(Limited, ResetPasswordForm):  # type: ignore[misc]
    """A new password, instead of a forgotten one; typed once, for it can be seen."""

    password_confirm = None


class PasswordForm(Limited, ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""

    new_password_confirm = None


class AddressForm(Limited, ChangeEmailForm):  # type: ignore[misc]
    """A new address."""


class FactorForm(TwoFactorSetupForm):  # type: ignore[misc]
    """A button per way, for there are no more than two."""

    setup = StringField()


class HelpForm(TwoFactorRescueForm):  # type: ignore[misc]
    """Not offered: recovery codes are a link, and people are written to."""

    help_setup = RadioField(choices=[])


class AgainForm(Limited, VerifyForm):  # type: ignore[misc]
    """The password once more, before something grave."""
