"""What Flask-Security says, in our words: short, calm, and blaming nobody."""

from typing import Any

from flask_security.babel import FsDomain
from flask_security.core import _default_messages

from web.i18n import gettext
from web.labels.base import say as _

WORDS = {
    "GENERIC_AUTHN_FAILED": _("This address and this password do not go together."),
    "UNAUTHENTICATED": _("Sign in to see this page."),
    "REAUTHENTICATION_REQUIRED": _("For this step we ask for your password again."),
    "REAUTHENTICATION_SUCCESSFUL": _("Thank you, that was right."),
    "CONFIRM_REGISTRATION": _("We have sent a letter to %(email)s."),
    "EMAIL_CONFIRMED": _("Your address is confirmed. Now you can sign in."),
    "ALREADY_CONFIRMED": _("This address is confirmed already."),
    "INVALID_CONFIRMATION_TOKEN": _(
        "This link is not complete, or was replaced by a newer one."
    ),
    "CONFIRMATION_EXPIRED": _("This link is too old. We gladly send another one."),
    "CONFIRMATION_REQUEST": _(
        "If %(email)s belongs to an account that is not confirmed, a letter is on its"
        " way."
    ),
    "PASSWORD_RESET_REQUEST": _(
        "If %(email)s belongs to an account, a letter is on its way."
    ),
    "PASSWORD_RESET_EXPIRED": _("This link is too old. We gladly send another one."),
    "INVALID_RESET_PASSWORD_TOKEN": _(
        "This link is not complete, or was used already. We gladly send another one."
    ),
    "PASSWORD_RESET_NO_LOGIN": _("Your password is changed. Now sign in with it."),
    "PASSWORD_CHANGE": _("Your password is changed."),
    "PASSWORD_NOT_PROVIDED": _("Type your password."),
    "PASSWORD_INVALID_LENGTH": _("A password has at least %(length)s characters."),
    "PASSWORD_IS_THE_SAME": _("This is the password that you have already."),
    "INVALID_PASSWORD": _("This is not your password."),
    "EMAIL_NOT_PROVIDED": _("Type your e-mail address."),
    "INVALID_EMAIL_ADDRESS": _("An address looks like name@example.org."),
    "CHANGE_EMAIL_SENT": _("We have sent a letter to %(email)s."),
    "CHANGE_EMAIL_EXPIRED": _("This link is too old. Type the new address once more."),
    "CHANGE_EMAIL_CONFIRMED": _("Your address is changed."),
    "API_ERROR": _("This link is not complete, or was used already."),
    "TWO_FACTOR_INVALID_TOKEN": _("This code is not the current one."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": _("Welcome back."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": _(
        "The second factor is on. Make recovery codes now, for the day when the phone"
        " is lost."
    ),
    "TWO_FACTOR_DISABLED": _("The second factor is off."),
    "TWO_FACTOR_SETUP_EXPIRED": _("That took too long. Begin again."),
    "TWO_FACTOR_PERMISSION_DENIED": _("Sign in first."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": _("Choose one of the ways that are offered."),
    "INVALID_RECOVERY_CODE": _(
        "This is not one of your codes, or it was used already."
    ),
    "NO_RECOVERY_CODES_SETUP": _("You have no codes yet."),
    "INVALID_REDIRECT": _("Links to other sites are not followed from here."),
}
"""What people can come to read; the rest of Flask-Security's words is its own."""

OURS = frozenset(words.message for words in WORDS.values())


def settings() -> dict[str, tuple[str, str]]:
    """The words as Flask-Security wants them set, each with its manner."""
    return {
        f"SECURITY_MSG_{key}": (words.message, _default_messages[key][1])
        for key, words in WORDS.items()
    }


class Domain(FsDomain):  # type: ignore[misc]
    """Flask-Security's catalogue, and before it ours."""

    def gettext(self, string: str, **places: Any) -> str:
        if string in OURS:
            return gettext(string, **places)
        return str(super().gettext(string, **places))
