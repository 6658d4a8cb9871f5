"""Tokens of the API: what lets a program act for somebody who speaks for a company."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload

from stories import permissions
from stories.entries import SEEN, Entry, Line
from stories.handling import seat
from stories.models import ApiToken, Company, Member, Representative, now
from stories.models.handling import Scope
from stories.problems import Invalid, Missing, Problem

PREFIX = "earshot_"
BEGINNING = 14
MOST = 20
MOST_DAYS = 366
USED_WITHIN = timedelta(minutes=5)
"""When it was last used is noted to this."""


class TokenEntry(Entry):
    """A token to be made: what it is for, what it may do, and for how many days."""

    name: Annotated[Line, Field(min_length=1, max_length=100)]
    scopes: Annotated[list[Scope], SEEN, Field(min_length=1)]
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 90


def make(
    db: Session, member: Member, company_id: int, entry: TokenEntry
) -> tuple[ApiToken, str]:
    """A new token, and its words, which nobody can read again."""
    role = seat(db, member, company_id)
    mine = (ApiToken.representative_id == role.id) & ApiToken.revoked_at.is_(None)
    alive = mine & (ApiToken.expires_at > now())
    if (db.scalar(select(func.count()).where(alive)) or 0) >= MOST:
        raise Invalid(Problem("At most %(n)s tokens at a time.", n=MOST), "name")
    words = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken(
        representative_id=role.id,
        name=entry.name,
        digest=_digest(words),
        beginning=words[:BEGINNING],
        scopes=[each.value for each in dict.fromkeys(entry.scopes)],
        expires_at=now() + timedelta(days=entry.days),
    )
    db.add(made)
    db.flush()
    return made, words


def revoke(db: Session, member: Member, number: int) -> int:
    """End a token of one's own, even where the role has ended; of which company."""
    found = db.get(
        ApiToken,
        number,
        options=[joinedload(ApiToken.representative)],
        populate_existing=True,
    )
    if found is None or found.representative.member_id != member.id:
        raise Missing
    found.revoked_at = found.revoked_at or now()
    db.flush()
    return found.representative.company_id


def own(db: Session, role: Representative) -> list[ApiToken]:
    """Somebody's tokens for a company, the newest first."""
    mine = select(ApiToken).where(ApiToken.representative_id == role.id)
    return list(db.scalars(mine.order_by(ApiToken.id.desc()).limit(100)))


def admitted(db: Session, words: str) -> ApiToken | None:
    """The token, with the role and the company it acts for; None where it is not good,
    or its member may not speak for the company (any more)."""
    good = (
        select(ApiToken)
        .join(Representative, Representative.id == ApiToken.representative_id)
        .join(Company, Company.id == Representative.company_id)
        .where(
            ApiToken.digest == _digest(words),
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > now(),
            permissions.reading_for(Representative.company_id),
        )
        .options(
            contains_eager(ApiToken.representative).options(
                contains_eager(Representative.company),
                joinedload(Representative.member),
            )
        )
    )
    found = db.scalars(good).first()
    if found is None or not permissions.may_write(found.representative.member):
        return None
    return found


def is_to_note(token: ApiToken) -> bool:
    """Whether it is time to note that the token was used."""
    return token.used_at is None or now() - token.used_at > USED_WITHIN


def used(db: Session, number: int) -> None:
    """Note that a token was used."""
    db.execute(update(ApiToken).where(ApiToken.id == number).values(used_at=now()))


def _digest(words: str) -> str:
    """The words are drawn by lot from 2^256: no salt makes them harder to guess."""
    return sha256(words.encode()).hexdigest()
