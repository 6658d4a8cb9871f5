"""What is indexed of a story: plain text to be found by, and facts to filter by."""

from dataclasses import dataclass
from typing import NamedTuple

Ids = tuple[int, ...]
Names = tuple[str, ...]


class Said(NamedTuple):
    """The same in another language, as somebody has translated it."""

    language: str
    title: str = ""
    body: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One story as a search engine sees it; `id` is the story's.

    Companies by role, products, and their names as searchable words.
    Times are whole seconds since 1970 in UTC (32 bits, enough until 2106).
    """

    id: int
    title: str = ""
    body: str = ""
    extra: str = ""
    """Updates, responses and comments as plain text."""
    language: str = "und"
    """BCP 47 tag of the story's text."""
    said: tuple[Said, ...] = ()
    kind: str = ""
    outcome: str = ""
    origin: str = ""
    subjects: Ids = ()
    praised: Ids = ()
    criticised: Ids = ()
    mentioned: Ids = ()
    products: Ids = ()
    company_names: Names = ()
    product_names: Names = ()
    issues: Names = ()
    clocks: Names = ()
    """How soon each company that it is about answered."""
    minutes: int = 0
    """What it cost the author; 0 where unknown."""
    amounts: tuple[tuple[str, int], ...] = ()
    """What was paid, lost or at stake: currencies, and ten-thousandths of them."""
    answered: bool = False
    year: int | None = None
    """Of the experience, else of the first publication."""
    published_at: int = 0
    last_activity_at: int = 0
