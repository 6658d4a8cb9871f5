"""Letters that a mail server will never take: who rests on the address is in doubt."""

from stories.representing import lasting
from web.accounts import contacts
from web.db import db, writing
from web.mail.recipients import recipient_of


def bounced(to: str) -> None:
    """The mail server refused the address of `to` (as in the outbox) for good."""
    kind, _, number = to.partition(":")
    with writing():
        if kind == "contact":
            lasting.bounced(db, number)
        elif kind == "member" and (found := recipient_of(to)):
            domain = contacts.domain_of(found.email)
            lasting.bounced_at(db, int(number), domain)
