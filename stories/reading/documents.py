"""Stories as what is indexed of them: their words, and facts to filter by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from sqlalchemy import Row, func, or_, select, true
from sqlalchemy.orm import Session

from stories.cases import Clock
from stories.models import (
    Alias,
    Amount,
    Comment,
    Contact,
    Letter,
    Mention,
    Point,
    Product,
    Quotation,
    Rejoinder,
    Response,
    Story,
    StoryIssue,
    Translation,
    Update,
    mention_product,
)
from stories.models.base import Money
from stories.models.codes import (
    AmountRole,
    CommentState,
    MentionRole,
    Target,
    Visibility,
    Waited,
)
from stories.reading.translated import SHOWN
from stories.search import Document
from stories.search.documents import Said

_BREAK = re.compile(r"</(?:p|h\d|li|blockquote|pre|t[dhr])>|<[bh]r>")
_MARK = re.compile(r"<[^>]*>")

Words = dict[int, list[str]]
"""Texts by story."""
COST = (AmountRole.PAID, AmountRole.LOST, AmountRole.AT_STAKE)
"""Money that stories are searched by."""


def documents(db: Session, ids: Iterable[int]) -> list[Document]:
    """The documents of those of these stories that can be found: the public ones.

    One statement for each kind of row, however many stories there are.
    """
    wanted = list(ids)
    found = select(Story).where(
        Story.id.in_(wanted), Story.visibility == Visibility.PUBLIC
    )
    stories = db.scalars(found).all()
    shown = [story.id for story in stories]
    around = _Around(db, shown)
    return [around.document(story) for story in stories]


def ids_after(db: Session, last: int, most: int | None = None) -> list[int]:
    """The next stories by number, to index them all in turn."""
    return list(
        db.scalars(
            select(Story.id)
            .where(Story.id > last, Story.visibility == Visibility.PUBLIC)
            .order_by(Story.id)
            .limit(most)
        )
    )


def how_many(db: Session) -> int:
    """All stories that can be found."""
    public = select(func.count()).where(Story.visibility == Visibility.PUBLIC)
    return db.scalar(public) or 0


class _Around:
    """What stands around some stories: companies, products, further texts."""

    def __init__(self, db: Session, ids: list[int]) -> None:
        self._extra = _extra(db, ids)
        self._said = _said(db, ids)
        self._mentions = _grouped(db.execute(_mentions(ids)).all())
        self._products = _grouped(db.execute(_products(ids)).all())
        self._issues = _grouped(db.execute(_issues(ids)).all())
        self._minutes = {row[0]: row[1] for row in db.execute(_minutes(ids))}
        self._amounts = _grouped(db.execute(_amounts(ids)).all())
        companies = {row.company_id for rows in self._mentions.values() for row in rows}
        self._names = _grouped(db.execute(_names(companies)).all())

    def document(self, story: Story) -> Document:
        """The story with all this."""
        mentions = self._mentions[story.id]
        products = self._products[story.id]
        happened = story.happened_at or story.first_published_at or story.published_at
        return Document(
            id=story.id,
            title=story.title,
            body=_plain(story.html),
            extra="\n".join(self._extra[story.id]),
            language=story.language,
            said=tuple(self._said[story.id]),
            kind=story.kind,
            outcome=story.outcome,
            origin=story.origin,
            subjects=_of_role(mentions, MentionRole.SUBJECT),
            praised=_of_role(mentions, MentionRole.PRAISED),
            criticised=_of_role(mentions, MentionRole.CRITICISED),
            mentioned=_of_role(mentions, MentionRole.MENTIONED),
            products=tuple(row.product_id for row in products),
            company_names=tuple(
                name.name for row in mentions for name in self._names[row.company_id]
            ),
            product_names=tuple(row.name for row in products),
            issues=tuple(row.issue for row in self._issues[story.id]),
            clocks=_clocks(mentions),
            minutes=story.effort_minutes or self._minutes.get(story.id, 0),
            amounts=tuple(
                (row.currency, int(row.value * Money.PLACES))
                for row in self._amounts[story.id]
            ),
            answered=story.response_count > 0,
            year=happened.year,
            published_at=int(story.published_at.timestamp()),
            last_activity_at=int(story.last_activity_at.timestamp()),
        )


def _extra(db: Session, ids: list[int]) -> Words:
    """Updates, answers of both sides and comments, as they can be read, and the
    letters, quotations and points of the author."""
    found: Words = defaultdict(list)
    for table, seen in (
        (Letter, true()),
        (Quotation, true()),
        (Update, Update.visibility == Visibility.PUBLIC),
        (Response, Response.visibility == Visibility.PUBLIC),
        (Rejoinder, Rejoinder.visibility == Visibility.PUBLIC),
        (Comment, Comment.state == CommentState.PUBLIC),
    ):
        texts = select(table.story_id, table.html).where(table.story_id.in_(ids), seen)
        for story_id, html in db.execute(texts.order_by(table.id)):
            found[story_id].append(_plain(html))
    points = select(Point.story_id, Point.words).where(Point.story_id.in_(ids))
    for story_id, words in db.execute(points.order_by(Point.id)):
        found[story_id].append(words)
    return found


def _said(db: Session, ids: list[int]) -> dict[int, list[Said]]:
    """What people have translated of each story, by language."""
    found: dict[int, dict[str, Said]] = defaultdict(dict)
    for row in db.execute(_translations(ids)):
        known = found[row.story_id].get(row.language, Said(row.language))
        words = _plain(row.html)
        if row.target == Target.STORY:
            known = known._replace(title=row.title, body=words)
        else:
            known = known._replace(extra=f"{known.extra}\n{words}".strip())
        found[row.story_id][row.language] = known
    said = {number: list(tags.values()) for number, tags in found.items()}
    return defaultdict(list, said)


def _translations(ids: list[int]) -> Any:
    """Of texts that can be read."""
    read = [Translation.target == Target.STORY]
    for table, target in ((Update, Target.UPDATE), (Response, Target.RESPONSE)):
        seen = table.story_id.in_(ids) & (table.visibility == Visibility.PUBLIC)
        of = Translation.target_id.in_(select(table.id).where(seen))
        read.append((Translation.target == target) & of)
    columns = (
        Translation.story_id,
        Translation.target,
        Translation.language,
        Translation.title,
        Translation.html,
    )
    wanted = Translation.story_id.in_(ids) & SHOWN & or_(*read)
    return select(*columns).where(wanted).order_by(Translation.id)


def _mentions(ids: Iterable[int]) -> Any:
    return (
        select(
            Mention.story_id,
            Mention.company_id,
            Mention.role,
            Mention.told_at,
            Mention.answered_at,
            Mention.answer_days,
        )
        .where(Mention.story_id.in_(ids))
        .order_by(Mention.position)
    )


def _products(ids: Iterable[int]) -> Any:
    return (
        select(Mention.story_id, mention_product.c.product_id, Product.name)
        .join(mention_product, mention_product.c.mention_id == Mention.id)
        .join(Product, Product.id == mention_product.c.product_id)
        .where(Mention.story_id.in_(ids))
        .order_by(Product.id)
    )


def _issues(ids: Iterable[int]) -> Any:
    return select(StoryIssue.story_id, StoryIssue.issue).where(
        StoryIssue.story_id.in_(ids)
    )


def _minutes(ids: Iterable[int]) -> Any:
    """What the contacts of each story took in all."""
    return (
        select(Contact.story_id, func.sum(Contact.minutes))
        .where(Contact.story_id.in_(ids), Contact.minutes.is_not(None))
        .group_by(Contact.story_id)
    )


def _amounts(ids: Iterable[int]) -> Any:
    return select(Amount.story_id, Amount.currency, Amount.value).where(
        Amount.story_id.in_(ids),
        Amount.role.in_(COST),
        Amount.value.is_not(None),
        Amount.currency.is_not(None),
    )


def _names(companies: Iterable[int]) -> Any:
    return (
        select(Alias.company_id, Alias.name)
        .where(Alias.company_id.in_(companies))
        .order_by(Alias.main.desc(), Alias.id)
    )


def _grouped(rows: Sequence[Row[Any]]) -> dict[int, list[Row[Any]]]:
    """Rows by their first column."""
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _of_role(mentions: list[Row[Any]], role: MentionRole) -> tuple[int, ...]:
    return tuple(row.company_id for row in mentions if row.role == role)


def _clocks(mentions: list[Row[Any]]) -> tuple[str, ...]:
    """How soon each company that a story is about answered; see `Waited`."""
    about = [row for row in mentions if row.role == MentionRole.SUBJECT]
    return tuple(dict.fromkeys(_waited(row) for row in about))


def _waited(mention: Row[Any]) -> Waited:
    if mention.told_at is None:
        return Waited.NOT_TOLD
    if mention.answered_at is None:
        return Waited.WAITING
    return Waited(Clock(mention.answer_days or 0, answered=True).pace)


def _plain(html: str) -> str:
    """The words of HTML that we made."""
    return unescape(_MARK.sub("", _BREAK.sub("\n", html)))
