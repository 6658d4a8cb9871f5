"""What a machine says in other languages: asked for by readers, done by the worker.

A machine's words are kept by the wording that they translate, shown as a machine's, and
found by no search. It is given what everybody can read, and nothing else.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from stories import database, history, languages, outbox, sources
from stories.languages import INTERFACE_LANGUAGES
from stories.models import Errand, Response, Story, Translation, Update, now
from stories.models.codes import Target, Visibility
from stories.models.translations import Maker
from stories.problems import Missing
from stories.sources import Source
from stories.wording import worded

TASK = "machine"
REST = timedelta(days=1)
"""So long the engine is not asked again for what it could not say."""


@dataclass(frozen=True)
class Said:
    """What a machine made of a text."""

    title: str
    text: str
    engine: str
    wording: tuple[str, str]
    """The title and the text that it was given."""


def ask(db: Session, story: Story, language: str) -> None:
    """Have a machine translate what is new to it; asking twice is asking once."""
    if story.visibility != Visibility.PUBLIC or language not in INTERFACE_LANGUAGES:
        raise Missing
    source = sources.find(db, Target.STORY, story.id)
    sources.require_free(source)
    if not is_more(db, story.id, language) or waiting(db, story.id, language):
        return
    key = f"{TASK}:{story.id}:{language}"
    db.execute(delete(Errand).where(Errand.task == TASK, Errand.key == key))
    outbox.leave(db, TASK, key=key, story_id=story.id, language=language)
    history.touch_quietly(db, story)


def waiting(db: Session, story_id: int, language: str) -> Errand | None:
    """The errand that the worker has yet to do, or could not do: what failed is asked
    for again after a day."""
    key = f"{TASK}:{story_id}:{language}"
    counts = or_(Errand.dead_at.is_(None), Errand.dead_at > now() - REST)
    left = select(Errand).where(Errand.task == TASK, Errand.key == key, counts)
    return db.scalars(left.order_by(Errand.id.desc()).limit(1)).first()


def is_more(db: Session, story_id: int, language: str) -> bool:
    """Whether there is anything that a machine has yet to say in this language."""
    return bool(_unsaid(db, story_id, language))


def wanted(db: Session, story_id: int, language: str) -> list[Source]:
    """The texts of a public story that are in other languages, and that no machine has
    yet said in this one as they stand now."""
    unsaid = _unsaid(db, story_id, language)
    return [sources.find(db, target, number) for target, number in unsaid]


def _unsaid(db: Session, story_id: int, language: str) -> list[tuple[Target, int]]:
    there = _public(db, story_id)
    known = select(Translation.target, Translation.target_id).where(
        Translation.story_id == story_id,
        Translation.language == language,
        Translation.maker == Maker.MACHINE,
        Translation.outdated_at.is_(None),
    )
    done = {(target, number) for target, number in db.execute(known).all()}
    return [
        (target, number)
        for target, number, tag in there
        if (target, number) not in done and not languages.match([language], [tag])
    ]


def keep(db: Session, source: Source, language: str, said: Said) -> None:
    """Keep what a machine made of a wording, in the place of what it made before;
    nothing where the text says something else by now."""
    present = afresh(db, source)
    if present is None or (present.title, present.text.text) != said.wording:
        return
    before = (
        (Translation.target == source.target)
        & (Translation.target_id == source.text.id)
        & (Translation.language == language)
        & (Translation.maker == Maker.MACHINE)
    )
    db.execute(delete(Translation).where(before))
    db.add(
        Translation(
            story_id=present.story.id,
            target=present.target,
            target_id=present.text.id,
            maker=Maker.MACHINE,
            engine=said.engine,
            title=said.title,
            source_revision=present.revision,
            **worded(said.text, language).columns(),
        )
    )
    db.flush()
    history.touch_quietly(db, source.story)


def afresh(db: Session, source: Source) -> Source | None:
    """The text as it stands by now, its story held; None where not everybody may read
    it any more."""
    story, number = source.story.id, source.text.id
    db.expire_all()
    held = db.get(Story, story)
    if held is None:
        return None
    database.hold(db, held)
    try:
        present = sources.find(db, source.target, number)
    except Missing:  # withdrawn meanwhile
        return None
    return present if held.visibility == Visibility.PUBLIC else None


def _public(db: Session, story_id: int) -> list[tuple[Target, int, str]]:
    """The texts of a story that everybody can read, with their languages."""
    story = db.get(Story, story_id)
    if story is None or story.visibility != Visibility.PUBLIC or not story.text:
        return []
    found = [(Target.STORY, story.id, story.language)]
    for table, target in ((Update, Target.UPDATE), (Response, Target.RESPONSE)):
        rows = select(table.id, table.language).where(
            table.story_id == story_id,
            table.visibility == Visibility.PUBLIC,
            table.text != "",
        )
        known = db.execute(rows.order_by(table.id)).all()
        found += [(target, number, tag) for number, tag in known]
    return found
