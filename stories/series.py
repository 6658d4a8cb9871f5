"""A story's place in a series; places are kept for parts that are not here."""

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from stories.entries.story import SeriesEntry
from stories.models import Member, PartElsewhere, Series, Story
from stories.problems import Invalid, Problem
from stories.text import fold


def place(db: Session, author: Member, story: Story, wanted: SeriesEntry) -> None:
    """Put the story where the author wants it: in a series of theirs, or in none."""
    left = story.series_id
    if not wanted.given:
        leave(db, story)
        return
    series = _series(db, author, wanted)
    _refuse_taken(db, story, series, wanted.part)
    story.series_id, story.part = series.id, wanted.part
    if left is not None and left != series.id:
        _mend(db, left)
    before = _mend(db, series.id).get(wanted.part - 1)
    if before is not None:
        before.note = wanted.elsewhere_note
        before.address = wanted.elsewhere_address
    db.flush()


def leave(db: Session, story: Story) -> None:
    """Take the story out of its series, which keeps its place or ends with it."""
    left = story.series_id
    story.series_id = story.part = None
    if left is not None:
        _mend(db, left)


def part_ways(db: Session, story: Story) -> None:
    """The series no longer tells whose story this is: it leaves those of its author."""
    if story.series_id is None:
        return
    others = Story.id != story.id, Story.author_id.is_not(None)
    if db.scalar(select(exists().where(Story.series_id == story.series_id, *others))):
        leave(db, story)
        return
    db.get_one(Series, story.series_id).author_id = None


def own(db: Session, member: Member) -> list[Series]:
    """The member's own series, which a story may be added to."""
    mine = select(Series).where(Series.author_id == member.id)
    return list(db.scalars(mine.order_by(Series.id)))


def _series(db: Session, author: Member, wanted: SeriesEntry) -> Series:
    mine = own(db, author)
    for series in mine:
        if series.id == wanted.series_id:
            return series
    if not wanted.title:
        raise Invalid(Problem("Choose one of your own series."), "series")
    for series in mine:
        if fold(series.title) == fold(wanted.title):
            return series
    series = Series(title=wanted.title, author_id=author.id)
    db.add(series)
    db.flush()
    return series


def _refuse_taken(db: Session, story: Story, series: Series, part: int) -> None:
    taken = exists().where(
        Story.series_id == series.id, Story.part == part, Story.id != story.id
    )
    if db.scalar(select(taken)):
        problem = Problem("The series has a part %(part)d already.", part=part)
        raise Invalid(problem, "series")


def _mend(db: Session, series_id: int) -> dict[int, PartElsewhere]:
    """Keep a place for each part before the last that is not here; all such places.

    A series without stories ends.
    """
    db.flush()
    parts = db.scalars(select(Story.part).where(Story.series_id == series_id))
    here = {part for part in parts if part is not None}
    kept = select(PartElsewhere).where(PartElsewhere.series_id == series_id)
    places = {place.part: place for place in db.scalars(kept)}
    wanted = set(range(1, max(here, default=0))) - here
    for part in places.keys() - wanted:
        db.delete(places.pop(part))
    for part in wanted - places.keys():
        places[part] = PartElsewhere(series_id=series_id, part=part)
        db.add(places[part])
    db.flush()
    if not here:
        db.execute(delete(Series).where(Series.id == series_id))
    return places
