"""A company's own sheets (CSV): its cases with what its team noted, and its months.

UTF-8 with a byte order mark, so that spreadsheets read every script. No cell is ever
understood as a formula: what begins like one gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import permissions
from stories.models import DeskNote, Mention, Representative, Story, now
from stories.reading.desk import Row, Work, rows

MARK = "\ufeff"
AT_ONCE = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, wide forms too."""
CASES = (
    "story",
    "title",
    "language",
    "kind",
    "outcome",
    "role",
    "state",
    "published",
    "told",
    "answered",
    "days",
    "clock",
    "reference",
    "assigned",
    "notes",
)
MONTHS = ("month", "answers", "first_answers", "median_days", "late")


def cases(db: Session, role: Representative) -> Iterator[str]:
    """Every story that names the company, a line each, the oldest first."""
    yield MARK + line(CASES)
    last = 0
    while numbers := _after(db, role.company_id, last):
        found = rows(db, role.company_id, numbers, now())
        notes = _notes(db, role.company_id, [each.story.id for each in found])
        for each in found:
            yield line(_cells(each, notes.get(each.story.id, [])))
        last = numbers[-1]
        db.expunge_all()


def months(work: Work) -> Iterator[str]:
    """What the team did in each month."""
    yield MARK + line(MONTHS)
    for each in work.months:
        begins = each.begins.strftime("%Y-%m")
        yield line([begins, each.answers, each.first, each.days, each.late])


def line(cells: Iterable[Any]) -> str:
    """Cells as a line of a sheet."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow([cell(each) for each in cells])
    return written.getvalue()


def cell(value: Any) -> str:
    """A value as a cell; our own numbers are numbers, words are never a formula.

    >>> cell(-3), cell("=1+1"), cell(" =1+1"), cell(None)
    ('-3', "'=1+1", "' =1+1", '')
    """
    if value is None:
        return ""
    words = str(value).replace("\0", "")
    if isinstance(value, (int, float)):
        return words
    return f"'{words}" if words.lstrip(" \u00a0").startswith(FORMULA) else words


def _after(db: Session, company_id: int, last: int) -> list[int]:
    """The next mentions of the company, those before `last` left out."""
    named = (
        select(Mention.id)
        .join(Story, Story.id == Mention.story_id)
        .where(
            Mention.company_id == company_id,
            Mention.id > last,
            Story.visibility.in_(permissions.SEEN),
        )
    )
    return list(db.scalars(named.order_by(Mention.id).limit(AT_ONCE)))


def _notes(
    db: Session, company_id: int, stories: list[int]
) -> dict[int, list[DeskNote]]:
    written = select(DeskNote).where(
        DeskNote.company_id == company_id, DeskNote.story_id.in_(stories)
    )
    found: dict[int, list[DeskNote]] = {}
    for each in db.scalars(written.order_by(DeskNote.id)):
        found.setdefault(each.story_id, []).append(each)
    return found


def _cells(row: Row, notes: list[DeskNote]) -> Iterator[Any]:
    story, mention, clock = row.story, row.mention, row.clock
    yield story.id
    yield story.title
    yield from (story.language, story.kind, story.outcome)
    yield from (mention.role, row.standing.state)
    for at in (story.published_at, mention.told_at, mention.answered_at):
        yield at.date().isoformat() if at else ""
    yield clock.days if clock else None
    yield clock.pace if clock else ""
    yield row.reference
    yield row.assigned.name if row.assigned else ""
    yield "\n".join(f"{each.at.date()} {each.name}: {each.text}" for each in notes)
