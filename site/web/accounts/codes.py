"""The second factor: codes of an authenticator, and recovery codes on paper."""

import base64
from collections.abc import Iterable
from hashlib import sha256
from importlib import import_module
from typing import Any

from flask_security import Totp
from markupsafe import Markup
from passlib.totp import TOTP, AppWallet, TotpMatch

from web.accounts.models import Account

ISSUER = "Earshot"
QUIET = 4
"""Modules of white around a QR code, so that cameras find it."""


class Codes(Totp):  # type: ignore[misc]
    """Codes that work once, and a QR code that stands in the page itself."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        newest = next(iter(secrets))
        wallet = AppWallet(secrets, default_tag=newest)
        self._totp = TOTP.using(issuer=issuer, wallet=wallet)

    def generate_qrcode(self, username: str, totp: str) -> Markup:
        return drawn(self.get_totp_uri(username, totp))

    def kept(self, key: str) -> str:
        """A secret of ours (base32), as it is kept for an account."""
        return str(self._totp(key=key).to_json(encrypt=True))

    def get_last_counter(self, user: Account) -> int | None:
        return user.tf_last_counter

    def set_last_counter(self, user: Account, tmatch: TotpMatch) -> None:
        user.tf_last_counter = tmatch.counter


def present(key: str) -> str:
    """The code that an authenticator with this secret (base32) shows now."""
    return str(TOTP(key=key).generate().token)


def drawn(words: str) -> Markup:
    """A QR code as SVG without styles, black on white in every colour scheme."""
    # it imports Pillow where there is one: not before somebody needs a square
    code: Any = import_module("qrcode").QRCode(border=QUIET)
    code.add_data(words)
    size = len(code.get_matrix())
    dark = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(code.get_matrix())
        for x, on in enumerate(row)
        if on
    )
    return Markup(
        '<svg class="qr" viewBox="0 0 {size} {size}" width="240" height="240"'
        ' shape-rendering="crispEdges" role="img" aria-labelledby="qr-words">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{dark}"/></svg>'
    ).format(size=size, dark=dark)


def totp_secrets(keys: Iterable[str]) -> dict[str, str]:
    """The site's keys for the secrets of authenticators, the present one first.

    They are named by their content: after a change of keys old secrets are still read.
    """
    derived = (_derived("second factor", key) for key in keys)
    return {f"k{secret[:8].hex()}": secret.hex() for secret in derived}


def recovery_keys(keys: Iterable[str]) -> list[bytes]:
    """The site's keys for recovery codes, the present one first."""
    return [base64.urlsafe_b64encode(_derived("recovery", key)) for key in keys]


def _derived(purpose: str, key: str) -> bytes:
    return sha256(f"earshot {purpose}: {key}".encode()).digest()
