"""What a search found: cards with the passage that fits, and counts to filter by."""

import re
from dataclasses import dataclass, field
from html import unescape

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories.models import Company, Product, Story, Update
from stories.models.codes import Visibility
from stories.reading.listing import Card, cards
from stories.search import Index, Question, highlight
from stories.search.questions import Facets

MOST_READ = 30_000
"""So many letters of each text are looked at for the best passage."""

_TAG = re.compile(r"<[^>]*>?")
Passage = list[tuple[str, bool]]


@dataclass(frozen=True)
class Results:
    """One page of a search. `passages` have (words, whether they were asked for);
    `unread` counts, by language, what was left out since the reader does not read it.
    """

    total: int
    cards: list[Card]
    passages: dict[int, Passage]
    facets: Facets
    companies: dict[int, str]
    suggestion: str | None
    more: bool
    unread: dict[str, int]


@dataclass
class Names:
    """What the filters of a search are called."""

    companies: dict[int, str] = field(default_factory=dict)
    products: dict[int, str] = field(default_factory=dict)


def results(db: Session, index: Index, question: Question) -> Results:
    """Ask the index, and check every hit against the database before it is shown.

    A story that was withdrawn a second ago may still be a hit; it is left out.
    """
    found = index.search(question)
    shown = _still_public(db, [hit.id for hit in found.hits])
    total = max(found.total - (len(found.hits) - len(shown)), 0)
    listed = [int(key) for key in found.facets.get("company", ())]
    unsure = not total and bool(question.words)
    return Results(
        total=total,
        cards=cards(db, shown),
        passages=_passages(db, shown, question),
        facets=found.facets,
        companies=_names(db, Company, listed),
        suggestion=_suggestion(index, question) if unsure else None,
        more=question.offset + question.limit < found.total,
        unread=found.unread,
    )


def names(db: Session, question: Question) -> Names:
    """The names of the companies and products that a question asks for."""
    return Names(
        _names(db, Company, list(question.companies)),
        _names(db, Product, list(question.products)),
    )


def _suggestion(index: Index, question: Question) -> str | None:
    return index.suggest(question.words, question.languages)


def _still_public(db: Session, ids: list[int]) -> list[int]:
    public = select(Story.id).where(
        Story.id.in_(ids), Story.visibility == Visibility.PUBLIC
    )
    found = set(db.scalars(public)) if ids else set()
    return [number for number in ids if number in found]


def _names(
    db: Session, table: type[Company] | type[Product], ids: list[int]
) -> dict[int, str]:
    if not ids:
        return {}
    rows = db.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _passages(db: Session, ids: list[int], question: Question) -> dict[int, Passage]:
    """The passage of each story that answers the words best: of its text, else of an
    update; nothing where no word was asked for."""
    if not question.words or not ids:
        return {}
    texts = db.execute(
        select(Story.id, Story.language, Story.html).where(Story.id.in_(ids))
    ).all()
    added = db.execute(
        select(Update.story_id, Update.language, Update.html).where(
            Update.story_id.in_(ids), Update.visibility == Visibility.PUBLIC
        )
    ).all()
    passages: dict[int, Passage] = {}
    for number, language, html in [*texts, *added]:
        if not _marked(passages.get(number)):
            found = highlight(_plain(html), question.words, language)
            if _marked(found) or number not in passages:
                passages[number] = found
    return passages


def _marked(passage: Passage | None) -> bool:
    return any(match for _, match in passage or ())


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html[:MOST_READ])).split())
