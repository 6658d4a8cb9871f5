"""Where letters come back to: an address that names whose letter it was, and that only
we can make. A report that comes to any other is nobody's."""

import hashlib
import hmac
import re
from base64 import b32encode
from datetime import date
from itertools import islice

from flask import current_app

from stories.models import now
from stories.settings import Settings
from web.mail.recipients import Recipient, recipient_of

HEADER = "X-Earshot-Return"
"""Holds the same in the letter itself, which a report quotes."""
KINDS = {"m": "member", "c": "contact"}
SEAL = re.compile(
    r"\b(m\d{1,9}|c[a-z0-9-]{1,36})-([0-9a-f]{4})([a-z2-7]{12})\b", re.ASCII
)
SEALED_LETTERS = 12
"""Sixty bits: who guesses has to send a mail for each guess."""
BEGINNING = date(2020, 1, 1).toordinal()
GOOD = 30
MOST_SEALS = 20
"""Days after a letter within which a report of it counts."""


def sealed(recipient: Recipient) -> str:
    """Whose letter it is, the day, and a seal over both and the address."""
    kind, _, number = recipient.whom.partition(":")
    words = f"{kind[0]}{number}-{_today():04x}"
    return words + _seal(_keys()[0], words, recipient)


def path(settings: Settings, seal: str) -> str:
    """The address that reports of a letter go to; "" where the site has none."""
    name, _, domain = settings.mail_bounces.partition("@")
    return f"{name}+{seal}@{domain}" if domain else ""


def meant(words: str) -> Recipient | None:
    """Whose letter it was, by the first good seal in these words. None where there is
    none, or it is too old, or they have another address now."""
    for found in islice(SEAL.finditer(words.lower()), MOST_SEALS):
        recipient = _recipient(found)
        if recipient is not None:
            return recipient
    return None


def _recipient(found: re.Match[str]) -> Recipient | None:
    whom, day, seal = found.groups()
    if not 0 <= _today() - int(day, 16) <= GOOD:
        return None
    recipient = recipient_of(f"{KINDS[whom[0]]}:{whom[1:]}")
    if recipient is None:
        return None
    words = found[0].removesuffix(seal)
    good = [_seal(key, words, recipient) for key in _keys()]
    known = any(hmac.compare_digest(seal, each) for each in good)
    return recipient if known else None


def _seal(key: str, words: str, recipient: Recipient) -> str:
    said = f"earshot return {words} {recipient.email.lower()}".encode()
    made = hmac.new(key.encode(), said, hashlib.sha256).digest()
    return b32encode(made).decode().lower()[:SEALED_LETTERS]


def _today() -> int:
    return now().date().toordinal() - BEGINNING


def _keys() -> list[str]:
    """The key that seals, then those that are still understood."""
    config = current_app.config
    return [config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]]
