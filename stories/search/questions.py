"""What can be asked of a search engine, and what it answers."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Role = Literal["subject", "praised", "criticised", "mentioned", "any"]
Sort = Literal["relevance", "newest", "activity"]
Facets = dict[str, dict[str, int]]

FACETS = (
    "kind",
    "outcome",
    "answered",
    "clock",
    "issue",
    "origin",
    "company",
    "role",
    "language",
    "year",
    "effort",
    "currency",
)
EFFORTS = (30, 120, 480)
"""Minutes that a story cost its author at least, to count by."""
TOP_COMPANIES = 20
MOST_HITS = 500
"""No answer has more."""
DEEPEST = 10_000
"""No page begins behind this many hits."""
MOST_LETTERS = 500
MOST_WORDS = 32
"""A longer query is cut here, in letters and in words."""


class Span(NamedTuple):
    """From one number to another, both included; open where None."""

    least: int | None = None
    most: int | None = None


ANY = Span()


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """What a story must not have: none of the values of any of these."""

    companies: tuple[int, ...] = ()
    products: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    issues: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


NOTHING = Without()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Words and filters: one value or another within a filter, all filters at once.

    `languages` are those that the reader reads (none: all). They choose the stemmers
    for `words`, and filter only with `only_languages`. `language` is a filter.
    `year_span` adds to `years`. `minutes` are what it cost the author, `amount` is in
    ten-thousandths of the `currency`, or of any. Where no story has all the words,
    those that have the most of them answer a question that is asked `loosely`.
    """

    words: str = ""
    loosely: bool = False
    languages: tuple[str, ...] = ()
    only_languages: bool = False
    companies: tuple[int, ...] = ()
    role: Role = "subject"
    products: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    answered: bool | None = None
    issues: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    without: Without = NOTHING
    year_span: Span = ANY
    minutes: Span = ANY
    amount: Span = ANY
    currency: str = ""
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    facets: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that was found, and how well it fits (0 without words)."""

    id: int
    score: float


class Loosened(NamedTuple):
    """What became of words that no story has all of: those that none has at all
    (`missing`), the others (`rest`), and what to mark in texts."""

    missing: tuple[str, ...]
    rest: str
    marks: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: how many in all, one page of hits, and counts to filter further.

    Each facet is counted with its own filter left out; `role` only where companies
    are asked for. Keys are codes, tags, years, ids, `yes` or `no` for `answered`, and
    EFFORTS, each counting what cost as much or more.
    `unread` counts, by tag, what only the reader's languages have left out.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Facets = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    loosened: Loosened | None = None
