"""What a search found: stories with the passage that fits, and counts to filter by."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from stories.models import Base, Company, Product, Story, Translation, Update
from stories.models.codes import Visibility
from stories.search import Highlighter, Index, Question
from stories.search.questions import Facets, Loosened

MOST_READ = 30_000
"""So many letters of each text are looked at for the best passage."""

_TAG = re.compile(r"<[^>]*>?")
Passage = list[tuple[str, bool]]


@dataclass(frozen=True)
class Results:
    """One page of a search. `versions` are those of the stories found, in order;
    `unread` counts, by language, what was left out since the reader does not read it.
    """

    total: int
    versions: dict[int, int]
    facets: Facets
    companies: dict[int, str]
    suggestion: str | None
    more: bool
    unread: dict[str, int]
    loosened: Loosened | None = None

    @property
    def marks(self) -> str | None:
        """What to mark in texts where no story has all the words that were typed."""
        return self.loosened.marks if self.loosened else None


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
    unsure = bool(question.words) and (not total or found.loosened is not None)
    return Results(
        total=total,
        versions=shown,
        facets=found.facets,
        companies=_names(db, Company, listed),
        suggestion=_suggestion(index, question) if unsure else None,
        more=question.offset + question.limit < found.total,
        unread=found.unread,
        loosened=found.loosened,
    )


def names(db: Session, question: Question) -> Names:
    """The names of the companies and products that a question names."""
    without = question.without
    return Names(
        _names(db, Company, [*question.companies, *without.companies]),
        _names(db, Product, [*question.products, *without.products]),
    )


def _suggestion(index: Index, question: Question) -> str | None:
    return index.suggest(question.words, question.languages)


def _still_public(db: Session, ids: list[int]) -> dict[int, int]:
    """The versions of those of these stories that everybody may find, in this order."""
    if not ids:
        return {}
    found = {
        number: version
        for number, version, visibility in db.connection().execute(FOUND, {"ids": ids})
        if visibility == Visibility.PUBLIC
    }
    return {number: found[number] for number in ids if number in found}


def _names(
    db: Session, table: type[Company] | type[Product], ids: list[int]
) -> dict[int, str]:
    if not ids:
        return {}
    rows = db.connection().execute(NAMES[table], {"ids": ids})
    return {row.id: row.name for row in rows}


def passages(db: Session, ids: Sequence[int], words: str) -> dict[int, Passage]:
    """The passage of each story that answers the words best, of its text, else of an
    update, in pieces: (words, whether they were asked for)."""
    highlighter = Highlighter(words)
    asked = db.connection().execute
    found = _passages(highlighter, asked(TEXTS, {"ids": ids})) if ids else {}
    bare = [number for number, passage in found.items() if not _marked(passage)]
    if bare:
        added = _passages(highlighter, asked(ADDED, {"ids": bare}))
        found |= {number: each for number, each in added.items() if _marked(each)}
    return found


def told_passages(
    db: Session, told: Mapping[int, int], words: str
) -> dict[int, Passage]:
    """The same of stories that are shown in another language: `told` names for each
    its translation."""
    if not told:
        return {}
    texts = db.execute(TRANSLATED, {"ids": list(told.values())})
    return _passages(Highlighter(words), texts)


def _passages(highlighter: Highlighter, texts: Iterable[Any]) -> dict[int, Passage]:
    """One for each story, of several texts the first that says what was asked for."""
    found: dict[int, Passage] = {}
    for number, language, html in texts:
        if number not in found or not _marked(found[number]):
            found[number] = highlighter.passage(_plain(html), language)
    return found


def _marked(passage: Passage) -> bool:
    return any(match for _, match in passage)


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_STORY = Base.metadata.tables["story"].c
FOUND = select(_STORY.id, _STORY.version, _STORY.visibility).where(_STORY.id.in_(_IDS))
"""By their ids alone: SQLite would look through all that is public."""
NAMES = {
    table: select(row.id, row.name).where(row.id.in_(_IDS))
    for table in (Company, Product)
    for row in (Base.metadata.tables[table.__tablename__].c,)
}
"""Both for the tables: the session takes longer over rows than the database."""
TEXTS = select(Story.id, Story.language, func.substr(Story.html, 1, MOST_READ)).where(
    Story.id.in_(_IDS)
)
TRANSLATED = select(
    Translation.story_id,
    Translation.language,
    func.substr(Translation.html, 1, MOST_READ),
).where(Translation.id.in_(_IDS))
ADDED = (
    select(Update.story_id, Update.language, func.substr(Update.html, 1, MOST_READ))
    .where(Update.story_id.in_(_IDS), Update.visibility == Visibility.PUBLIC)
    .order_by(Update.id)
)
