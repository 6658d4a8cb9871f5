"""A story as members have said it in another language, and what is known of each
translation."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from stories import permissions, sources
from stories.models import Member, Response, Revision, Translation, Update
from stories.models.codes import Target, Visibility
from stories.models.translations import Maker
from stories.problems import Missing
from stories.reading import revisions
from stories.reading import story as stories
from stories.reading.revisions import Comparison
from stories.reading.story import StoryPage
from stories.sources import Source

PEOPLE = (joinedload(Translation.translator), joinedload(Translation.reviewer))
Said = Update | Response


@dataclass(frozen=True)
class Part:
    """The translation of an update or an answer, and the language of its original."""

    row: Translation
    of: str


@dataclass(frozen=True)
class TranslatedPage:
    """A story in another language. Its updates and answers are in it where somebody
    has translated them; `parts` are these translations, `told` that of the story."""

    page: StoryPage
    language: str
    told: Translation | None
    parts: dict[tuple[str, int], Part]

    @property
    def title(self) -> str:
        """In this language, where the story itself is translated."""
        return self.told.title if self.told else self.page.story.title


@dataclass(frozen=True)
class About:
    """A translation and its original: `since` is what changed there since it was
    translated, `shown` what one of its own revisions changed."""

    translation: Translation
    source: Source
    revisions: list[Revision]
    shown: Comparison | None
    since: Comparison | None


def page(db: Session, number: int, tag: str, viewer: Member | None) -> TranslatedPage:
    """The story in the language of a tag, as it stands in the address; Missing where
    nobody has translated anything of it."""
    found = stories.page(db, number, viewer)
    rows = _words(db, found, tag)
    if not rows:
        raise Missing
    return _told(found, tag, rows)


def _told(found: StoryPage, tag: str, rows: list[Translation]) -> TranslatedPage:
    """The page with these words in the place of the original's."""
    made = {(each.target.value, each.target_id): each for each in rows}
    told = made.pop((Target.STORY.value, found.story.id), None)
    said: list[Said] = [*found.story.updates, *found.responses]
    parts: dict[tuple[str, int], Part] = {}
    for each in said:
        key, spoken = (each.__tablename__, each.id), each.language
        if isinstance(each, Response) and each.also_language == tag and each.also_html:
            _say_itself(each)
        elif key in made:
            parts[key] = Part(made[key], spoken)
            set_committed_value(each, "html", made[key].html)
            set_committed_value(each, "language", tag)
    return TranslatedPage(found, tag, told, parts)


def by_machine(
    db: Session, number: int, tag: str, viewer: Member | None
) -> TranslatedPage:
    """The story as a machine has said it, as far as it has; `told` is None where it has
    not yet."""
    found = stories.page(db, number, viewer)
    current = select(Translation).where(
        Translation.story_id == number,
        Translation.language == tag,
        Translation.maker == Maker.MACHINE,
        Translation.visibility == Visibility.PUBLIC,
        Translation.outdated_at.is_(None),
    )
    return _told(found, tag, list(db.scalars(current)))


def about(
    db: Session, number: int, viewer: Member | None, revision: int | None = None
) -> About:
    """One translation, for whoever may see it; `revision` is one of its own."""
    row = db.get(Translation, number, options=PEOPLE, populate_existing=True)
    if row is None or row.maker != Maker.HUMAN:
        raise Missing
    source = sources.of(db, row)
    if not _may_see(db, viewer, row, source):
        raise Missing
    kept = _revisions(db, row)
    chosen = next((each for each in kept if each.id == revision), None)
    if revision is not None and chosen is None:
        raise Missing
    since = changed(db, source, row.source_revision)
    return About(row, source, kept, _compared(db, chosen), since)


def changed(db: Session, source: Source, since: int) -> Comparison | None:
    """What changed in an original since an earlier wording, where something did."""
    if since >= source.revision:
        return None
    return revisions.between(db, source.target, source.text.id, since, source.revision)


def _words(db: Session, found: StoryPage, tag: str) -> list[Translation]:
    ids = [each.id for each in found.translations if each.language == tag]
    wanted = select(Translation).where(Translation.id.in_(ids)).options(*PEOPLE)
    return list(db.scalars(wanted)) if ids else []


def _say_itself(row: Response) -> None:
    """What a company has said in this language, too, comes before what others say."""
    set_committed_value(row, "html", row.also_html)
    set_committed_value(row, "language", row.also_language)
    set_committed_value(row, "also_html", "")


def _may_see(
    db: Session, viewer: Member | None, row: Translation, source: Source
) -> bool:
    if row.visibility == Visibility.PUBLIC:
        return True
    if viewer is None:
        return False
    return (
        permissions.is_staff(viewer)
        or row.translator_id == viewer.id
        or sources.owns(db, viewer, source)
    )


def _revisions(db: Session, row: Translation) -> list[Revision]:
    mine = (Revision.target == Target.TRANSLATION) & (Revision.target_id == row.id)
    later = select(Revision).where(mine, Revision.number > 1)
    return list(db.scalars(later.order_by(Revision.number.desc())))


def _compared(db: Session, revision: Revision | None) -> Comparison | None:
    if revision is None:
        return None
    number = revision.number
    return revisions.between(
        db, revision.target, revision.target_id, number - 1, number
    )
