"""Reports of mail servers that a letter could not be delivered (RFC 3464), read with
suspicion: anybody can write to the address that they come to."""

import re
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.policy import compat32
from typing import Any

MOST_BYTES = 200_000
MOST_PARAMETERS = 5_000
"""So many semicolons: the standard library reads them in quadratic time."""
MOST_RECIPIENTS = 50
OURS = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
"""Where the address stands that a report came to."""
FOR_GOOD = re.compile(r"5\.(?:1\.(?:[1-6]|10)|2\.[01])(?!\d)")
"""The recipient's address is wrong or gone (RFC 3463). Not: a full mailbox, a letter
that is too large, a server or a way in trouble, our own address, somebody who takes no
such mail."""


@dataclass(frozen=True)
class Report:
    """Whether the address is gone for good, and all words that may hold our seal."""

    gone: bool
    words: str


def read(raw: bytes, header: str) -> Report | None:
    """What a mail reports; None for a mail that is no such report. `header` is that
    of our letters which a report quotes."""
    if raw.count(b";") > MOST_PARAMETERS:
        return None
    try:
        mail = message_from_bytes(raw[:MOST_BYTES], policy=compat32)
        return _read(mail, header)
    except (RecursionError, LookupError, ValueError):  # made to confuse
        return None


def _read(mail: Message, header: str) -> Report | None:
    kind = str(mail.get_param("report-type", "")).lower()
    if mail.get_content_type() != "multipart/report" or kind != "delivery-status":
        return None
    parts = mail.get_payload()
    if not isinstance(parts, list):
        return None
    words = [str(value) for name in OURS for value in mail.get_all(name, [])]
    words += [value for part in _mails(parts) for value in _quoted(part, header)]
    return Report(any(map(_is_gone, _mails(parts))), "\n".join(words))


def _mails(parts: list[Any]) -> list[Message]:
    return [each for each in parts if isinstance(each, Message)]


def _is_gone(part: Message) -> bool:
    """Whether a part says of every recipient that delivery failed for good."""
    groups = part.get_payload()
    if part.get_content_type() != "message/delivery-status":
        return False
    if not isinstance(groups, list):
        return False
    recipients = [each for each in _mails(groups)[:MOST_RECIPIENTS] if "Action" in each]
    return bool(recipients) and all(_failed(each) for each in recipients)


def _failed(recipient: Message) -> bool:
    action = str(recipient["Action"]).strip().lower()
    status = str(recipient["Status"] or "").strip()
    return action == "failed" and FOR_GOOD.match(status) is not None


def _quoted(part: Message, header: str) -> list[str]:
    """Our header in the letter, or in its head, that a report gives back."""
    kind, inner = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(inner, list) and inner:
        return [str(value) for value in _mails(inner)[0].get_all(header, [])]
    if kind == "text/rfc822-headers" and isinstance(inner, str):
        head = message_from_string(inner, policy=compat32)
        return [str(value) for value in head.get_all(header, [])]
    return []
