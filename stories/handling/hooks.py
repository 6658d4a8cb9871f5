"""Webhooks: what happens is sent to a company's own programs, signed.

The scheme is that of Standard Webhooks: a message keeps its number through all tries,
a signature covers number, time and body, and the pauses between tries grow.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from stories import database, outbox, permissions
from stories.entries import Address, Entry
from stories.handling import voice
from stories.models import Company, Delivery, Member, Representative, Webhook, now
from stories.problems import Invalid, Missing, Problem
from stories.sealing import Seal, Unreadable

MOST = 5
PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between the tries, as the standard has them."""
GIVEN_UP_AFTER = timedelta(days=5)
"""So long all may fail; then nothing more is sent."""
BOTH_SIGN = timedelta(hours=24)
KEPT = timedelta(days=30)
MOST_OLD = 3
"""So many secrets before sign beside the present one: a change that was sent twice
leaves what a program knows good."""
PLAIN = "whsec_"
"""With this secrets begin, and what was kept before they were sealed."""
GONE = 410
UNSIGNED = "unsigned"
"""The trouble where the key is lost that sealed the secret."""
SHOWN = 50


class HookEntry(Entry):
    """Where to send what happens."""

    address: Address


def add(
    db: Session, member: Member, company_id: int, entry: HookEntry, seal: Seal
) -> tuple[Webhook, str]:
    """Send what happens to an address from now on; and the secret that signs it, which
    is shown to nobody again."""
    voice(db, member, company_id)
    database.hold(db, db.get_one(Company, company_id))
    theirs = Webhook.company_id == company_id
    if (db.scalar(select(func.count()).where(theirs)) or 0) >= MOST:
        raise Invalid(Problem("At most %(n)s addresses.", n=MOST), "address")
    same = theirs & (Webhook.address == entry.address)
    if db.scalar(select(Webhook.id).where(same).limit(1)):
        raise Invalid(Problem("We send to this address already."), "address")
    secret = _secret()
    made = Webhook(
        company_id=company_id, address=entry.address, secret=seal.close(secret)
    )
    db.add(made)
    db.flush()
    return made, secret


def rotate(db: Session, member: Member, number: int, seal: Seal) -> tuple[Webhook, str]:
    """A new secret, which is shown to nobody again; those before sign beside it for a
    day."""
    hook, secret = theirs(db, member, number), _secret()
    database.hold(db, hook)
    before = _good(hook, now(), seal)[:MOST_OLD]
    hook.old_secret = seal.close(" ".join(before)) if before else None
    hook.old_until = now() + BOTH_SIGN if before else None
    hook.secret, hook.known_since = seal.close(secret), None
    db.flush()
    return hook, secret


def test(db: Session, member: Member, number: int) -> Webhook:
    """Send something without meaning; one that was given up begins anew."""
    hook = theirs(db, member, number)
    hook.ended_at = hook.failing_since = None
    outbox.send(db, hook.id, "test", {"company_id": hook.company_id})
    db.flush()
    return hook


def remove(db: Session, member: Member, number: int) -> int:
    """Send nothing there any more, and forget what was sent; of which company."""
    hook = theirs(db, member, number)
    db.execute(delete(Delivery).where(Delivery.webhook_id == hook.id))
    db.delete(hook)
    db.flush()
    return hook.company_id


def theirs(db: Session, member: Member, number: int) -> Webhook:
    """A webhook of a company that the member speaks for. Raises Missing, or Forbidden
    for strangers."""
    found = db.get(Webhook, number, populate_existing=True)
    if found is None:
        raise Missing
    voice(db, member, found.company_id)
    return found


def of_company(db: Session, company_id: int) -> list[Webhook]:
    """A company's webhooks, the oldest first."""
    every = select(Webhook).where(Webhook.company_id == company_id)
    return list(db.scalars(every.order_by(Webhook.id)))


def log(db: Session, company_id: int) -> list[Delivery]:
    """What was sent lately, the newest first."""
    sent = (
        select(Delivery)
        .join(Webhook, Webhook.id == Delivery.webhook_id)
        .where(Webhook.company_id == company_id)
        .options(joinedload(Delivery.webhook))
    )
    return list(db.scalars(sent.order_by(Delivery.id.desc()).limit(SHOWN)))


# Sending ----------------------------------------------------------------------------


def waiting(db: Session, number: int) -> Delivery | None:
    """What is to be sent now; None where it has come, or nobody wants it any more."""
    found = db.get(
        Delivery,
        number,
        options=[joinedload(Delivery.webhook)],
        populate_existing=True,
    )
    if found is None or found.came_at or found.webhook.ended_at:
        return None
    return found


def signatures(hook: Webhook, message: str, at: datetime, body: str, seal: Seal) -> str:
    """One for each secret that is good, as the header takes them; "" where the site
    has lost the key to them."""
    signed = f"{message}.{int(at.timestamp())}.{body}".encode()
    known = _good(hook, at, seal)
    return " ".join(f"v1,{_signature(secret, signed)}" for secret in known)


def _good(hook: Webhook, at: datetime, seal: Seal) -> list[str]:
    """The secrets that sign, the newest first."""
    graced = hook.old_until is not None and hook.old_until > at
    kept = [hook.secret, hook.old_secret if graced else None]
    return [secret for each in kept for secret in _opened(each, seal).split()]


def _opened(kept: str | None, seal: Seal) -> str:
    """What was sealed, or kept as it was before; "" where nobody can read it."""
    if not kept or kept.startswith(PLAIN):
        return kept or ""
    try:
        return seal.open(kept)
    except Unreadable:
        return ""


def came(db: Session, sent: Delivery, status: int) -> None:
    """Its receiver has taken it."""
    _tried(sent, status, "")
    sent.came_at, sent.next_at = now(), None
    sent.webhook.failing_since = None
    db.flush()


def failed(db: Session, sent: Delivery, status: int | None, trouble: str) -> None:
    """Its receiver has not taken it: again later, or never, where all has failed for
    days or the receiver says that it is gone."""
    _tried(sent, status, trouble)
    hook = sent.webhook
    hook.failing_since = hook.failing_since or now()
    sent.next_at = None
    if status == GONE or now() - hook.failing_since > GIVEN_UP_AFTER:
        _give_up(db, hook)
    elif sent.tries <= len(PAUSES):
        sent.next_at = now() + PAUSES[sent.tries - 1]
        outbox.leave(db, "hook", due_at=sent.next_at, delivery_id=sent.id)
    db.flush()


def forget_old(db: Session) -> None:
    """What was sent long ago is of no use to anybody, nor are secrets that sign no
    more."""
    db.execute(delete(Delivery).where(Delivery.at < now() - KEPT))
    over = update(Webhook).where(Webhook.old_until <= now())
    db.execute(over.values(old_secret=None, old_until=None))


def seal_anew(db: Session, seal: Seal) -> int:
    """Seal with the present key what is kept in the open, or under a key before; how
    many. What nobody can read stays as it is."""
    done = 0
    for hook in db.scalars(select(Webhook).order_by(Webhook.id).with_for_update()):
        for name in ("secret", "old_secret"):
            kept = getattr(hook, name) or ""
            words = "" if seal.is_present(kept) else _opened(kept, seal)
            if words:
                setattr(hook, name, seal.close(words))
                done += 1
    db.flush()
    return done


def _tried(sent: Delivery, status: int | None, trouble: str) -> None:
    sent.tries += 1
    sent.status, sent.trouble = status, trouble[:300]


def _give_up(db: Session, hook: Webhook) -> None:
    hook.ended_at = now()
    speaks = permissions.answering_for(hook.company_id)
    told = db.scalars(select(Representative).where(speaks)).all()
    for role in {each.member_id: each for each in told}.values():
        to = f"member:{role.member_id}"
        outbox.letter(db, "hook_ended", to, representative_id=role.id)


def _secret() -> str:
    return PLAIN + base64.b64encode(secrets.token_bytes(24)).decode()


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PLAIN))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
