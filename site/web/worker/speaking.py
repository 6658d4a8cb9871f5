"""What readers ask a machine to say in their language."""

from functools import partial

from flask import current_app

from stories import outbox
from stories.entries import MOST_TITLE
from stories.models import Errand
from stories.outbox import Hopeless
from stories.sources import Source
from stories.translating import machine, pieces
from stories.translating.machine import Said
from web import fetching
from web.db import db, writing
from web.worker.rounds import Errands, attempt_to_end

MOST_TRIES = 3
"""A reader does not wait for days; they can ask again."""


class Speaking(Errands):
    """One story at a time: the engine is the operator's own, and slow."""

    pause = 1.0
    tasks = (machine.TASK,)
    most = 1

    def work(self, errands: list[Errand]) -> None:
        """Have it said, and keep it."""
        for errand in errands:
            attempt_to_end([errand], partial(_say, errand))


def _say(errand: Errand) -> None:
    story, language = int(errand.details["story_id"]), str(errand.details["language"])
    for source in machine.wanted(db, story, language):
        with writing():
            present = machine.afresh(db, source)
        if present is None:
            continue
        said = _asked(present, language, errand)
        with writing():
            machine.keep(db, present, language, said)
            outbox.renew(db, errand)
    with writing():
        outbox.done(db, [errand])


def _asked(source: Source, language: str, errand: Errand) -> Said:
    """Lot by lot, so that nothing is too long for the machine, and what makes Markdown
    of the words stays."""
    settings = current_app.config["SETTINGS"]
    kept, words = pieces.cut(source.text.text)
    given, wording = source.text.language, (source.title, source.text.text)
    db.commit()  # nothing is held while the machine thinks
    said: list[str] = []
    lots = pieces.at_once([*filter(None, [source.title]), *words])
    try:
        for lot in fetching.in_turn(settings, lots, given, language):
            said += lot
            with writing():
                outbox.renew(db, errand)
    except fetching.Unfetchable as trouble:
        if errand.tries >= MOST_TRIES:
            raise Hopeless(trouble.why.value) from trouble
        raise
    title = said.pop(0)[:MOST_TITLE] if wording[0] else ""
    name = fetching.engine_name(settings)
    return Said(title, pieces.joined(kept, said), name, wording)
