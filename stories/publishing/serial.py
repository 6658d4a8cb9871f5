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
    if wanted.given:
        series = _series(db, author, wanted)
        _refuse_taken(db, story, series, wanted.part)
        story.series_id, story.part = series.id, wanted.part
        db.flush()
        _keep_places(db, series, wanted)
    else:
        story.series_id = story.part = None
        db.flush()
    if left is not None and left != story.series_id:
        forget_empty(db, left)


def forget_empty(db: Session, series_id: int) -> None:
    """Remove a series that no story is part of any more."""
    if db.scalar(select(exists().where(Story.series_id == series_id))):
        return
    db.execute(delete(PartElsewhere).where(PartElsewhere.series_id == series_id))
    db.execute(delete(Series).where(Series.id == series_id))


def _series(db: Session, author: Member, wanted: SeriesEntry) -> Series:
    own = db.scalars(
        select(Series).where(Series.author_id == author.id).order_by(Series.id)
    ).all()
    for series in own:
        if series.id == wanted.series_id:
            return series
    if not wanted.title:
        raise Invalid(Problem("Choose one of your own series."), "series")
    for series in own:
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


def _keep_places(db: Session, series: Series, wanted: SeriesEntry) -> None:
    """A place for each earlier part that is not here; the last one has the note."""
    parts = db.scalars(select(Story.part).where(Story.series_id == series.id))
    here = {part for part in parts if part is not None}
    known = {
        place.part: place
        for place in db.scalars(
            select(PartElsewhere).where(PartElsewhere.series_id == series.id)
        )
    }
    for part in here & known.keys():
        db.delete(known.pop(part))
    for part in set(range(1, wanted.part)) - here - known.keys():
        known[part] = PartElsewhere(series_id=series.id, part=part)
        db.add(known[part])
    before = known.get(wanted.part - 1)
    if before is not None:
        before.note = wanted.elsewhere_note
        before.address = wanted.elsewhere_address
    db.flush()
