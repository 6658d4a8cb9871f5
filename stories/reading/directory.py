"""Companies found by what somebody types, in any script, in part or with a slip."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf, log
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, String, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from stories.counting import stories_about
from stories.models import Alias, Company
from stories.text import (
    begins_with_slip,
    disguised,
    fold,
    one_slip,
    other_keyboards,
    other_spellings,
)

MOST = 200
"""So many names that begin like what was typed are looked at, the shortest ones."""
MOST_NEAR = 1000
"""So many names are looked at that could be meant but for a slip."""
LAST = "\U0010ffff"
"""Sorts behind every letter."""
LONG = 5
"""From so many letters on, a slip is looked for in names that are longer, too."""
LONGER = 12
"""How many letters longer."""

SHORTEST_SPELLED = 3
"""Fewer letters begin too many names in another script."""

# What makes a name less likely, counted in letters that are not typed yet.
EXACT = -1000.0
SLIP = 3.0
SLIP_AND_MORE = 6.0
SPELLED = 1.0
PART = 1000.0
# And more likely: the main name, and a company that goes by many names.
MAIN = 2.0
NAMES = 2.0

Name = Row[int, str, bool]
"""Of which company, without spaces, and whether it is the main one."""
Names = Select[int, str, bool]


@dataclass(frozen=True)
class Match:
    """A company, and its name that fits what was typed."""

    company: Company
    name: str


class Named(NamedTuple):
    """A company that goes by a name, and how many stories are about it."""

    id: int
    name: str
    country: str | None
    stories: int


@dataclass
class _Candidate:
    company_id: int
    squeezed: str
    cost: float


_NAMES = select(Alias.company_id, Alias.squeezed, Alias.main)
"""What is compared of every name: all of it stands in an index."""
_SIZE = func.length(Alias.squeezed)
_LETTERS: tuple[Any, Any] = (
    bindparam("first", "", String()),
    bindparam("last", "", String()),
)
_SIZES = _SIZE.between(bindparam("shortest"), bindparam("longest"))
_BEGINNING = _NAMES.where(Alias.squeezed.between(*_LETTERS)).order_by(_SIZE).limit(MOST)
_FIRST_HALF = _NAMES.where(Alias.squeezed.between(*_LETTERS), _SIZES).limit(MOST_NEAR)
_SECOND_HALF = _NAMES.where(Alias.backwards.between(*_LETTERS), _SIZES).limit(MOST_NEAR)
_WHOLE = _NAMES.where(
    Alias.squeezed.in_(bindparam("names", (), String(), expanding=True))
)

_OF_THESE = Alias.company_id.in_(bindparam("companies", expanding=True))
_COUNTED = (
    select(Alias.company_id, func.count()).where(_OF_THESE).group_by(Alias.company_id)
)
_ASKED = aliased(Company)
_COMPANIES = (
    select(Company, Alias.company_id, Alias.squeezed, Alias.name)
    .select_from(Alias)
    .join(_ASKED, _ASKED.id == Alias.company_id)
    .join(Company, Company.id == func.coalesce(_ASKED.merged_into_id, _ASKED.id))
    .where(_OF_THESE)
    .order_by(Alias.main, Alias.id.desc())
)

_BEGINS = or_(
    Alias.folded == bindparam("name", "", String()),
    Alias.folded.between(*_LETTERS),
)
_SO_NAMED = select(Alias.company_id).where(_BEGINS).limit(MOST)
_ABOUT = func.coalesce(stories_about(Company.id), 0).label("stories")
_NAMED = (
    select(Company.id, Company.name, Company.country, _ABOUT)
    .where(
        Company.id.in_(
            select(func.coalesce(_ASKED.merged_into_id, _ASKED.id)).where(
                _ASKED.id.in_(_SO_NAMED)
            )
        )
    )
    .order_by(_ABOUT.desc(), Company.id)
    .limit(bindparam("most"))
)


def named(db: Session, words: str, most: int = 3) -> list[Named]:
    """Companies of which what was typed is a whole name, or the first words of one;
    those first that most stories are about. None where the words are no letters."""
    name = fold(words.replace("\0", ""))
    if not name:
        return []
    asked = {"name": name, "first": f"{name} ", "last": f"{name} {LAST}", "most": most}
    rows = db.connection().execute(_NAMED, asked)
    return [Named(*row) for row in rows]


def matching(db: Session, typed: str, most: int = 10) -> list[Match]:
    """Companies by what was typed of a name: the whole name, its beginning, either of
    them with one slip, or more than the name (`Acme of Springfield` finds Acme); else
    as it is spelled in another script, or typed on another keyboard. The likeliest
    first. A name in letters that pass for others is only found as it is written."""
    typed = typed.replace("\0", "")
    words = fold(typed)
    asked = words.replace(" ", "")
    if not asked:
        return []
    found = _ranked(asked, _names(db, _BEGINNING, _starting(asked)))
    if disguised(typed):
        return _matches(db, _weighed(db, found)[:most]) if found else []
    if sum(each.cost < SLIP for each in found) < most:
        found = _best([*found, *_ranked(asked, _near(db, asked))])
    if len(found) < most:
        found = _best([*found, *_whole(db, words, typed, found)])
    found = found or _spelled_otherwise(db, words)
    return _matches(db, _weighed(db, found)[:most]) if found else []


def _whole(
    db: Session, words: str, typed: str, found: list[_Candidate]
) -> Iterator[_Candidate]:
    """Companies by the first words of what was typed; and, where nothing begins so, by
    all of it as it is spelled in another script, or on another keyboard."""
    asked, ways = words.replace(" ", ""), set[str]()
    if all(each.cost >= SLIP for each in found):
        others = (*other_spellings(words), *other_keyboards(typed))
        ways = {fold(each).replace(" ", "") for each in others} - {""}
    names = {*_parts(words), *ways}
    for row in _names(db, _WHOLE, {"names": sorted(names)}) if names else ():
        cost = SPELLED if row[1] in ways else _cost(asked, row)
        yield _Candidate(row[0], row[1], cost)


def _spelled_otherwise(db: Session, words: str) -> list[_Candidate]:
    """Companies by the beginnings of their names in another script, or with a slip."""
    found: list[_Candidate] = []
    for asked in other_spellings(words):
        if len(asked) >= SHORTEST_SPELLED:
            named = _names(db, _BEGINNING, _starting(asked))
            found += _ranked(asked, named) or _ranked(asked, _near(db, asked))
    return _best(found)


def _names(db: Session, query: Names, values: dict[str, Any]) -> Iterable[Name]:
    return db.execute(query, values)


def _near(db: Session, asked: str) -> Iterator[Name]:
    """Names that have the first or the second half of the letters as they were typed:
    one slip is never in both. The letter between is left out of the second half, as
    two that changed places may lie on either side."""
    size = len(asked)
    half = size // 2
    sizes = {"shortest": size - 1, "longest": size + 1}
    more = {"longest": size + LONGER} if size >= LONG else {}
    if half:
        yield from _names(db, _FIRST_HALF, _starting(asked[:half]) | sizes | more)
    if ending := asked[half + 1 :][::-1]:
        yield from _names(db, _SECOND_HALF, _starting(ending) | sizes)


def _starting(letters: str) -> dict[str, Any]:
    return {"first": letters, "last": letters + LAST}


def _parts(words: str) -> list[str]:
    """The first words of what was typed: all but one, all but two, and so on."""
    parts = words.split()
    return ["".join(parts[:n]) for n in range(1, len(parts))]


def _ranked(asked: str, rows: Iterable[Name]) -> list[_Candidate]:
    costs = (_Candidate(row[0], row[1], _cost(asked, row)) for row in rows)
    return _best(each for each in costs if each.cost < inf)


def _best(found: Iterable[_Candidate]) -> list[_Candidate]:
    """Every company once, by its likeliest name; the likeliest first."""
    kept: dict[int, _Candidate] = {}
    for each in sorted(found, key=lambda one: one.cost):
        kept.setdefault(each.company_id, each)
    return list(kept.values())


def _cost(asked: str, row: Name) -> float:
    """How unlikely it is that the name is meant."""
    _, name, main = row
    longer = len(name) - len(asked)
    if name == asked:
        return EXACT
    if name.startswith(asked):
        return longer - MAIN * main
    if one_slip(asked, name):
        return SLIP
    if longer > 0 and len(asked) >= LONG and begins_with_slip(name, asked):
        return SLIP_AND_MORE + longer
    return PART - longer if asked.startswith(name) else inf


def _weighed(db: Session, found: list[_Candidate]) -> list[_Candidate]:
    """A company of many names is known to many: it comes before another as likely."""
    likely = found[:MOST]
    companies = [each.company_id for each in likely]
    counted = db.execute(_COUNTED, {"companies": companies})
    names = {row[0]: row[1] for row in counted}
    return sorted(
        likely, key=lambda each: each.cost - NAMES * log(names[each.company_id])
    )


def _matches(db: Session, found: list[_Candidate]) -> list[Match]:
    """The companies themselves, or those that they were merged into."""
    companies = [each.company_id for each in found]
    rows = db.execute(_COMPANIES, {"companies": companies})
    known = {(row.company_id, row.squeezed): Match(row[0], row.name) for row in rows}
    matches = [known[each.company_id, each.squeezed] for each in found]
    return list({match.company.id: match for match in reversed(matches)}.values())[::-1]
