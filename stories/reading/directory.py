"""Companies found by what somebody begins to type, in any script."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from stories.models import Alias, Company
from stories.text import fold

MOST = 200
LAST = "\U0010ffff"
"""Sorts behind every letter."""


@dataclass(frozen=True)
class Match:
    """A company, and its name that fits what was typed."""

    company: Company
    name: str


def matching(db: Session, typed: str, most: int = 10) -> list[Match]:
    """Companies with a name that begins like what was typed, or that what was typed
    begins with (`Acme of Springfield` finds Acme), the closest first."""
    words = fold(typed)
    if not words:
        return []
    named = aliased(Company)
    rows = db.execute(
        select(Company, Alias.name, Alias.folded, Alias.main)
        .select_from(Alias)
        .join(named, named.id == Alias.company_id)
        .join(Company, Company.id == func.coalesce(named.merged_into_id, named.id))
        .where(
            or_(
                Alias.folded.between(words, words + LAST),
                Alias.folded.in_(_beginnings(words)),
            )
        )
        .limit(MOST)
    )
    ranked = sorted(
        rows, key=lambda row: (_distance(words, row.folded), not row.main, row.name)
    )
    found: dict[int, Match] = {}
    for row in ranked:
        found.setdefault(row.Company.id, Match(row.Company, row.name))
    return list(found.values())[:most]


def _beginnings(words: str) -> list[str]:
    """The first words of what was typed: all of them, all but one, and so on."""
    parts = words.split()
    return [" ".join(parts[:n]) for n in range(1, len(parts) + 1)]


def _distance(words: str, name: str) -> int:
    """How much longer one is than the other; a name that is only a part comes last."""
    longer = len(name) - len(words)
    return longer if longer >= 0 else 1_000 - longer
