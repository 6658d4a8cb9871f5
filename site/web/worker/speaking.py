"""What readers ask a machine to say in their language."""

import re
from functools import partial

from flask import current_app

from stories import outbox
from stories.entries import MOST_TITLE
from stories.models import Errand
from stories.outbox import Hopeless
from stories.sources import Source
from stories.translating import machine
from stories.translating.machine import Said
from web import fetching
from web.db import db, writing
from web.worker.rounds import Errands, attempt_to_end

MOST_TRIES = 3
"""A reader does not wait for days; they can ask again."""
_PARAGRAPHS = re.compile(r"\n\s*\n")


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
    """Paragraph by paragraph, so that the Markdown between them stays."""
    settings = current_app.config["SETTINGS"]
    pieces = [source.title or "–", *_PARAGRAPHS.split(source.text.text)]
    given, wording = source.text.language, (source.title, source.text.text)
    db.commit()  # nothing is held while the machine thinks
    try:
        title, *said = fetching.translated(settings, pieces, given, language)
    except fetching.Unfetchable as trouble:
        if errand.tries >= MOST_TRIES:
            raise Hopeless(trouble.why.value) from trouble
        raise
    name = fetching.engine_name(settings)
    title = title[:MOST_TITLE] if wording[0] else ""
    return Said(title, "\n\n".join(said), name, wording)
