"""Writes a batch of imported stories, each table's rows in one statement."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from stories import counting, history, text
from stories.importing.issues import issues
from stories.importing.naming import Names
from stories.importing.stories import SAID, ReadyStory, StoryRow, midnight
from stories.models import (
    Errand,
    Mention,
    Response,
    Story,
    StoryIssue,
    TimelineEntry,
    Update,
    mention_product,
    now,
)
from stories.models.codes import (
    ClosedWhy,
    Happening,
    Kind,
    MentionRole,
    OriginKind,
    Precision,
)

BULK = 1
Rows = dict[Any, list[dict[str, Any]]]


def unknown(db: Session, rows: Sequence[StoryRow]) -> list[StoryRow]:
    """The rows that are not here yet, each source's record once."""
    known: set[tuple[str, str | None]] = set()
    for source in {row.source for row in rows}:
        ids = [row.source_id for row in rows if row.source == source]
        found = select(Story.source_id).where(
            Story.source == source, Story.source_id.in_(ids)
        )
        known.update((source, number) for number in db.scalars(found))
    fresh: dict[tuple[str, str], StoryRow] = {}
    for row in rows:
        if (row.source, row.source_id) not in known:
            fresh.setdefault((row.source, row.source_id), row)
    return list(fresh.values())


def import_stories(db: Session, names: Names, fresh: Sequence[ReadyStory]) -> None:
    """Write a batch of stories that are not here yet (`unknown`)."""
    if not fresh:
        return
    numbers = _insert_all(db, Story, [_story(one) for one in fresh])
    told = list(zip(numbers, fresh, strict=True))
    named = _mention_all(db, names, told)
    _insert_rows(db, _around(told, named))
    counting.follow(db, *named)
    names.touch(db)
    history.touch_site(db)


def _insert_all(db: Session, table: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and give their numbers, in the same order."""
    written = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(db.scalars(written, rows))


def _insert_rows(db: Session, rows: Rows) -> None:
    for table, values in rows.items():
        db.execute(insert(table), values)


def _story(one: ReadyStory) -> dict[str, Any]:
    row = one.row
    published = midnight(row.published_on)
    moment = published or now()
    updated = max((update.happened_at for update in one.updates), default=None)
    return {
        "title": one.title,
        "text": one.words,
        "html": one.html,
        "renderer": text.RENDERER,
        "language": row.lang,
        "kind": row.kind or Kind.UNKNOWN,
        "origin": OriginKind.IMPORTED,
        "source": row.source,
        "source_id": row.source_id,
        "source_address": row.url,
        "source_licence": row.license,
        "first_published_at": published,
        "first_published_precision": Precision.DAY if published else Precision.UNKNOWN,
        "published_at": moment,
        "last_activity_at": max(moment, updated) if updated else moment,
        "updated_at": updated,
        "grade": None if row.rating is None else round(row.rating * 2),
        "comments_closed_at": now(),
        "comments_closed_why": ClosedWhy.IMPORTED,
        "response_count": len(one.answers) if row.company else 0,
    }


def _mention_all(
    db: Session, names: Names, told: Sequence[tuple[int, ReadyStory]]
) -> dict[int, int]:
    """Mention each story's company and product; gives the companies by story."""
    named = {
        number: names.company(db, one.row.company, one.row.country)
        for number, one in told
        if one.row.company
    }
    if not named:
        return {}
    rows = {number: one.row for number, one in told}
    published = {
        number: midnight(row.published_on) or now() for number, row in rows.items()
    }
    mentions = [
        {
            "story_id": number,
            "company_id": company,
            "role": MentionRole.SUBJECT,
            "published_at": published[number],
            "kind": rows[number].kind or Kind.UNKNOWN,
            "language": rows[number].lang,
        }
        for number, company in named.items()
    ]
    ids = dict(zip(named, _insert_all(db, Mention, mentions), strict=True))
    bought = [
        {
            "mention_id": ids[number],
            "product_id": names.product(db, named[number], one.row.product),
            "story_id": number,
            "published_at": published[number],
        }
        for number, one in told
        if number in named and one.row.product
    ]
    if bought:
        db.execute(insert(mention_product), bought)
    return named


def _around(told: Sequence[tuple[int, ReadyStory]], named: dict[int, int]) -> Rows:
    """What belongs to each story: updates, answers, what the source says, indexing."""
    rows: Rows = defaultdict(list)
    for number, one in told:
        company = named.get(number)
        rows[Update].extend(_updates(number, one))
        rows[StoryIssue].extend(
            {"story_id": number, "issue": issue} for issue in issues(one.row)
        )
        if company:
            rows[Response].extend(_answers(number, company, one))
        rows[TimelineEntry].extend(_said(number, company, one.row))
        rows[Errand].append(
            {
                "task": "index",
                "key": f"story:{number}",
                "bulk": BULK,
                "details": {"story_id": number},
            }
        )
    return {table: values for table, values in rows.items() if values}


def _updates(number: int, one: ReadyStory) -> list[dict[str, Any]]:
    return [
        {
            "story_id": number,
            "text": update.words,
            "html": update.html,
            "renderer": text.RENDERER,
            "language": one.row.lang,
            "happened_at": update.happened_at,
            "happened_precision": update.precision,
            "published_at": update.happened_at,
        }
        for update in one.updates
    ]


def _answers(number: int, company: int, one: ReadyStory) -> list[dict[str, Any]]:
    published = midnight(one.row.published_on) or now()
    return [
        {
            "story_id": number,
            "company_id": company,
            "kind": answer.kind,
            "text": answer.row.body,
            "html": answer.html,
            "renderer": text.RENDERER,
            "language": one.row.lang if answer.row.body else "und",
            "company_name": answer.row.by or one.row.company or "",
            "origin": OriginKind.IMPORTED,
            "posted_at": midnight(answer.row.on) or published,
            "posted_precision": Precision.DAY if answer.row.on else Precision.UNKNOWN,
        }
        for answer in one.answers
    ]


def _said(number: int, company: int | None, row: StoryRow) -> list[dict[str, Any]]:
    said = {name: row.extra[name] for name in SAID if row.extra.get(name) is not None}
    if not said:
        return []
    return [
        {
            "story_id": number,
            "company_id": company,
            "happening": Happening.IMPORTED,
            "by": "site",
            "at": midnight(row.published_on) or now(),
            "details": said,
        }
    ]
