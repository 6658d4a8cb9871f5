"""Stories in lists: which come next, and what a card shows of each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import NamedTuple, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    bindparam,
    func,
    select,
    tuple_,
    union,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from stories.cases import Clock, clock
from stories.effort import Effort, effort
from stories.languages import understands
from stories.models import (
    Caution,
    Company,
    Contact,
    Corroboration,
    Member,
    Mention,
    Product,
    Rejoinder,
    Response,
    Story,
    Translation,
    Update,
    mention_product,
)
from stories.models.codes import (
    CaseState,
    Kind,
    MentionRole,
    Party,
    Visibility,
)
from stories.models.stories import IN_PASSING
from stories.reading import translated
from stories.reading.gathering import Gathered, Gathering, Wish, among
from stories.text import excerpt

PAGE = 20
WALK = 400
"""So many stories are looked through for those in the reader's languages."""
OPENING = 1_500
SHOWN = (
    "id",
    "version",
    "title",
    "kind",
    "outcome",
    "language",
    "origin",
    "claimed_at",
    "author_id",
    "author_name",
    "published_at",
    "first_published_at",
    "first_published_precision",
    "updated_at",
    "last_activity_at",
    "comment_count",
    "response_count",
    "effort_minutes",
    "visibility",
)

_INLINE = re.compile(r"</?(?:a|em|strong|code)\b[^>]*>?")
_BLOCK = re.compile(r"<[^>]*>?")
Entered = Contact | Update | Response | Rejoinder
Of = Entered | Mention
Row = TypeVar("Row", bound=Of)
Named = tuple[Company, Mention]


class Answer(NamedTuple):
    """How soon a company answered, or how long it is waited for; no clock runs where
    it was not told."""

    company: Company
    clock: Clock | None


@dataclass(frozen=True)
class Card:
    """What a list shows of a story.

    `companies` are those that it is about, `answers` tells of those of them whose
    answer says something. `steps` has a letter for each step of its thread: a for the
    author's, c for the company's. `cautions` are what readers are warned of; `same` is
    how many say that it happened to them too; `told` are its translations.
    """

    story: Story
    companies: list[Company]
    excerpt: str
    steps: str
    effort: Effort
    answers: list[Answer]
    cautions: list[Caution]
    same: int
    told: list[translated.Told]


@dataclass(frozen=True)
class Page:
    """Some cards; `older` is the story after which the next page begins, `unread`
    counts those between them, by language, that the reader does not read."""

    cards: list[Card]
    older: int | None = None
    unread: dict[str, int] = field(default_factory=dict)


def _theirs(table: type[Of]) -> ColumnElement[bool]:
    return among(table.story_id, "stories")


_authors = union(
    select(Story.author_id).where(among(Story.id, "stories")),
    select(Translation.translator_id).where(translated.OF_STORIES),
)
_about = select(Mention.company_id).where(
    _theirs(Mention), Mention.role == MentionRole.SUBJECT
)
_same = select(func.count()).where(
    Corroboration.story_id == Story.id, Corroboration.visibility == Visibility.PUBLIC
)
WARNINGS = Wish(
    Caution,
    among(Caution.story_id, "stories") & Caution.ended_at.is_(None),
    ("id", "story_id", "concern", "by", "words", "since"),
)
"""What readers are warned of before some stories."""
CARDS = Gathering(
    Wish(
        Story,
        among(Story.id, "stories"),
        SHOWN,
        beside=(func.substr(Story.html, 1, OPENING), _same.scalar_subquery()),
    ),
    WARNINGS,
    Wish(Member, Member.id.in_(_authors), ("id", "handle", "display_name")),
    Wish(
        Mention,
        _theirs(Mention) & (Mention.role == MentionRole.SUBJECT),
        (
            *("id", "story_id", "company_id", "position"),
            *("told_at", "answered_at", "case_state"),
        ),
    ),
    Wish(Company, Company.id.in_(_about), ("id", "name")),
    Wish(
        Contact,
        _theirs(Contact),
        (
            *("id", "story_id", "position", "by", "channel"),
            *("at", "until", "rhythm", "minutes", "people"),
        ),
    ),
    Wish(
        Update,
        _theirs(Update) & (Update.visibility == Visibility.PUBLIC),
        ("id", "story_id", "published_at"),
    ),
    Wish(
        Response,
        _theirs(Response) & (Response.visibility == Visibility.PUBLIC),
        ("id", "story_id", "posted_at"),
    ),
    Wish(
        Rejoinder,
        _theirs(Rejoinder) & (Rejoinder.visibility == Visibility.PUBLIC),
        ("id", "story_id", "posted_at"),
    ),
    translated.WISH_OF_CARDS,
    places=(bindparam("stories", expanding=True),),
)


def cards(db: Session, ids: Sequence[int]) -> list[Card]:
    """The cards of these stories, in this order, in one statement."""
    if not ids:
        return []
    found = CARDS.ask(db, stories=list(ids))
    members, about = found.by_id(Member), _about_companies(found)
    steps, contacts = _steps(found), _by_story(found.of(Contact))
    warned, told = warnings(found), translated.told(found)
    made = {}
    for story, (begin, same) in found.with_beside(Story):
        set_committed_value(story, "author", members.get(story.author_id or 0))
        named = about.get(story.id, [])
        made[story.id] = Card(
            story,
            companies=[company for company, _ in named],
            excerpt=opening(begin),
            steps=steps.get(story.id, ""),
            effort=effort(contacts.get(story.id, ()), story.effort_minutes),
            answers=list(_answers(story, named)),
            cautions=warned.get(story.id, []),
            same=same,
            told=told.get(story.id, []),
        )
    return [made[number] for number in ids if number in made]


def warnings(found: Gathered) -> dict[int, list[Caution]]:
    """What readers are warned of before each story, the oldest first."""
    warned: dict[int, list[Caution]] = {}
    for each in sorted(found.of(Caution), key=lambda one: (one.since, one.id)):
        warned.setdefault(each.story_id or 0, []).append(each)
    return warned


def told_in(card: Card, wanted: Sequence[str]) -> translated.Told | None:
    """The translation that a list shows to who wants these languages."""
    by_id = {each.row.id: each for each in card.told}
    rows = [each.row for each in card.told]
    row = translated.chosen(card.story.language, rows, wanted)
    return by_id[row.id] if row else None


def author(story: Story) -> str:
    """Who wrote it, by name; empty where nobody did any more."""
    return story.author.display_name if story.author else story.author_name or ""


def opening(html: str) -> str:
    """The first words of clean HTML, which may end within a tag."""
    return excerpt(unescape(_BLOCK.sub(" ", _INLINE.sub("", html))))


def _about_companies(found: Gathered) -> dict[int, list[Named]]:
    """The companies that each story is about, each with its mention."""
    companies = found.by_id(Company)
    mentions = sorted(found.of(Mention), key=lambda each: each.position)
    return {
        story: [(companies[each.company_id], each) for each in rows]
        for story, rows in _by_story(mentions).items()
    }


def _answers(story: Story, named: Iterable[Named]) -> Iterator[Answer]:
    """Praise waits for no answer, nor does a case that the author has closed."""
    for company, mention in named:
        known = clock(mention)
        if known is None:
            if story.kind != Kind.PRAISE and mention.answered_at is None:
                yield Answer(company, None)
        elif known.answered or mention.case_state == CaseState.AWAITING_COMPANY:
            yield Answer(company, known)


def _steps(found: Gathered) -> dict[int, str]:
    """The letters of each story's thread: contacts, publication, what followed."""
    entered: list[Entered] = [
        *found.of(Contact),
        *found.of(Update),
        *found.of(Response),
        *found.of(Rejoinder),
    ]
    whose = _by_story(entered)
    return {story.id: letters(whose.get(story.id, ())) for story in found.of(Story)}


def _by_story(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for each in rows:
        found.setdefault(each.story_id, []).append(each)
    return found


def letters(entered: Iterable[Entered]) -> str:
    """The letters of one story's thread, of its contacts and of what was said."""
    tried, said = [], []
    for each in entered:
        if isinstance(each, Contact):
            tried.append((each.position, "c" if each.by == Party.COMPANY else "a"))
        else:
            at = each.published_at if isinstance(each, Update) else each.posted_at
            said.append((at, "c" if isinstance(each, Response) else "a"))
    both = (*sorted(tried), (0, "a"), *sorted(said))
    return "".join(letter for _, letter in both)


def page(
    db: Session, ids: Select[int], most: int = PAGE, reads: Sequence[str] = ()
) -> Page:
    """The first `most` stories of a list, and where the next page begins; only those
    in the languages that somebody `reads`, where any are named."""
    if reads:
        return _understood(db, ids, most, reads)
    found = list(db.scalars(ids.limit(most + 1)))
    older = found[most - 1] if len(found) > most else None
    return Page(cards(db, found[:most]), older)


def _understood(db: Session, ids: Select[int], most: int, reads: Sequence[str]) -> Page:
    """A page after which the next begins where this one has looked to, so that a rare
    language costs no more than another."""
    shown: list[int] = []
    unread: Counter[str] = Counter()
    last = None
    walked = db.execute(ids.add_columns(Story.language).limit(WALK + 1)).all()
    others = [number for number, tag in walked if not understands(reads, tag)]
    said = translated.tags(db, others)
    for number, tag in walked[:WALK]:
        if len(shown) == most:
            break
        last = number
        if any(understands(reads, each) for each in (tag, *said.get(number, ()))):
            shown.append(number)
        else:
            unread[tag] += 1
    more = len(shown) + unread.total() < len(walked)
    return Page(cards(db, shown), last if more else None, dict(unread.most_common()))


def newest(older: int | None = None) -> Select[int]:
    """Every public story, newest first, or those older than one of them."""
    order = (Story.published_at, Story.id)
    ids = select(Story.id).where(Story.visibility == Visibility.PUBLIC)
    if older is not None:
        it = aliased(Story)
        start = select(it.published_at, it.id).where(it.id == older)
        ids = ids.where(tuple_(*order) < start.scalar_subquery())
    return ids.order_by(*(column.desc() for column in order))


def by_author(author: Member, older: int | None = None) -> Select[int]:
    """A member's public stories, newest first."""
    return newest(older).where(Story.author_id == author.id)


def about(company: Company, role: MentionRole, older: int | None = None) -> Select[int]:
    """Public stories that name a company in this role, newest first."""
    named = Mention.company_id == company.id, Mention.role == role
    return _of_these(Mention.story_id, Mention.published_at, older).where(*named)


def in_passing(company: Company, older: int | None = None) -> Select[int]:
    """Public stories about others that name a company, newest first."""
    named = Mention.company_id == company.id, IN_PASSING
    return _of_these(Mention.story_id, Mention.published_at, older).where(*named)


def with_product(product: Product, older: int | None = None) -> Select[int]:
    """Public stories of a product, newest first, each once."""
    bought = mention_product.c
    return _of_these(bought.story_id, bought.published_at, older).where(
        bought.product_id == product.id
    )


def _of_these(
    number: SQLColumnExpression[int],
    published_at: SQLColumnExpression[datetime],
    older: int | None,
) -> Select[int]:
    order = (published_at, number)
    ids = (
        select(number)
        .join(Story, Story.id == number)
        .where(Story.visibility == Visibility.PUBLIC)
        .order_by(*(column.desc() for column in order))
    )
    if older is None:
        return ids
    it = aliased(Story)
    start = select(it.published_at, it.id).where(it.id == older)
    return ids.where(tuple_(*order) < start.scalar_subquery())
