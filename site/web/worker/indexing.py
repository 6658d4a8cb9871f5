"""The search index kept in step with the stories, and made anew when it has to be."""

from collections.abc import Iterable
from functools import partial
from threading import Event

from stories import outbox
from stories.models import Errand
from stories.reading.documents import documents
from stories.search import Damaged
from web.db import db, engine, writing
from web.finding import index
from web.worker.filling import Filling
from web.worker.rounds import Errands, attempt, done


class Indexing(Errands):
    """Works alone: only one process writes the index."""

    tasks = ("index", "rebuild")

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._begun = False
        self._filling: Filling | None = None

    def round(self) -> bool:
        """Look after the new index, if one is being made, and do what is due."""
        if not self._begun:
            self._begin()
        if self._filling is not None and self._filling.look_after():
            self._filling = None
        return super().round()

    @property
    def idle(self) -> bool:
        """Whether no new index is being made."""
        return self._filling is None

    def work(self, errands: list[Errand]) -> None:
        """All stories in one commit; where that fails, each in one of its own."""
        stories = [each for each in errands if each.task == "index"]
        if stories and not self._all_at_once(stories):
            for each in stories:
                attempt([each], partial(self._put, [_story_id(each)]))
        for each in errands:
            if each.task == "rebuild":
                self._rebuild(each)

    def end(self) -> None:
        """Give up a new index that is not finished: the next worker makes it."""
        if self._filling is not None:
            self._filling.give_up()

    def _begin(self) -> None:
        if engine().dialect.name == "sqlite":  # nobody else can be at work
            with writing():
                outbox.release_all(db)
        if not index().usable():
            _ask_for_rebuild()
        self._begun = True

    def _all_at_once(self, errands: list[Errand]) -> bool:
        try:
            self._put(dict.fromkeys(_story_id(each) for each in errands))
        except Exception:  # noqa: BLE001  # one of them; which, the next try tells
            db.rollback()
            return False
        done(errands)
        return True

    def _put(self, ids: Iterable[int]) -> None:
        """Take in these stories as they stand. Where the index is of no use, the new
        one that is asked for reads them all."""
        wanted = set(ids)
        found = documents(db, wanted)
        db.rollback()  # nothing is held while the index is written
        try:
            index().put(found)
            index().remove(wanted - {document.id for document in found})
        except Damaged:
            _ask_for_rebuild()
        if self._filling is not None:
            self._filling.note(wanted)

    def _rebuild(self, errand: Errand) -> None:
        if self._filling is None:
            self._filling = Filling(errand, self._stop)
        else:
            self._filling.wanted_by(errand)


def _ask_for_rebuild() -> None:
    with writing():
        outbox.rebuild(db)


def _story_id(errand: Errand) -> int:
    return int(errand.details["story_id"])
