"""The list of companies that stories are about, by name."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Select, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from stories.counting import stories_about
from stories.models import Company
from stories.text import fold

PAGE = 60
LAST = "\U0010ffff"
OTHER = "…"
INITIALS: tuple[tuple[str, str], ...] = (
    ("0–9", ""),
    *((letter.upper(), letter) for letter in "abcdefghijklmnopqrstuvwxyz"),
    (OTHER, "{"),
    ("Α–Ω", "\u0370"),
    ("А–Я", "\u0400"),
    (OTHER, "\u0530"),
    ("א–ת", "\u0590"),
    ("ا–ي", "\u0600"),
    (OTHER, "\u0700"),
    ("अ–ह", "\u0900"),
    (OTHER, "\u0980"),
    ("ก–ฮ", "\u0e00"),
    (OTHER, "\u0e80"),
    ("あ–ん", "\u3040"),
    (OTHER, "\u3100"),
    ("漢字", "\u3400"),
    (OTHER, "\ua000"),
    ("가–힣", "\uac00"),
    (OTHER, "\ud7b0"),
)
"""Letters, and scripts other than Latin, each with the place where its names begin."""
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_BEGINS = [begins for _, begins in INITIALS]
_ENDS = [*_BEGINS[1:], LAST]

_stories = stories_about(Company.id)
_there = select(
    *(
        exists().where(Company.listed >= begins, Company.listed < ends)
        for begins, ends in zip(_BEGINS, _ENDS, strict=True)
    )
)


@dataclass(frozen=True)
class Initial:
    """A letter or a script, and where its names begin; whether there are any."""

    words: str
    begins: str
    there: bool


@dataclass(frozen=True)
class Entry:
    """A company, how many stories are about it, and under which initial it stands."""

    company: Company
    stories: int
    initial: str


@dataclass(frozen=True)
class Companies:
    """Some companies in order; `after` is the one after which the next page begins."""

    entries: list[Entry]
    initials: list[Initial]
    after: int | None

    @property
    def sections(self) -> list[tuple[str, list[Entry]]]:
        """The companies under their initials."""
        grouped = groupby(self.entries, key=lambda each: each.initial)
        return [(words, list(entries)) for words, entries in grouped]


def page(db: Session, begins: str = "", after: int | None = None) -> Companies:
    """The companies whose names begin like this, or come behind; or those after one."""
    rows = db.execute(_listed(begins, after).limit(PAGE + 1)).all()
    entries = [Entry(row[0], row[1] or 0, initial(row[0])) for row in rows[:PAGE]]
    more = len(rows) > PAGE
    return Companies(entries, _initials(db), entries[-1].company.id if more else None)


def initial(company: Company) -> str:
    """The letter, or the script, under which a company stands."""
    return INITIALS[bisect_right(_BEGINS, company.listed or "") - 1][0]


def _listed(begins: str, after: int | None) -> Select[Company, int]:
    order = (Company.listed, Company.id)
    first = fold(begins.replace("\0", "")).replace(" ", "")
    listed = select(Company, _stories).where(Company.listed >= first).order_by(*order)
    if after is None:
        return listed
    it = aliased(Company)
    start = select(it.listed, it.id).where(it.id == after)
    return listed.where(tuple_(*order) > start.scalar_subquery())


def _initials(db: Session) -> list[Initial]:
    there = db.execute(_there).one()
    return [
        Initial(words, begins, found)
        for (words, begins), found in zip(INITIALS, there, strict=True)
        if found or begins in _LATIN
    ]
