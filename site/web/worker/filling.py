"""A new index, filled beside the one in use while that is kept in step."""

import time
from collections.abc import Iterable, Iterator
from threading import Event, Thread

from flask import current_app

from stories import outbox
from stories.models import Errand
from stories.reading.documents import documents, how_many, ids_after
from stories.search import Document, Rebuild
from web.db import db, writing
from web.finding import index
from web.worker.rounds import done, failed

BATCH = 200
TELL_EVERY = 1.0
"""Seconds between two notes of how far it has come."""


class Stopped(Exception):
    """The worker ends before the index is finished."""


class Filling:
    """A thread that fills the index, and what the worker knows of it.

    Stories that change behind the thread's back are noted, and indexed again after
    the swap; the notes are errands before it, so that nothing is lost in between.
    """

    def __init__(self, errand: Errand, stop: Event) -> None:
        self._errands = [errand]
        self._stop = stop
        self._rebuild: Rebuild = index().rebuild()
        self._reached = 0
        self._count = 0
        self._changed: set[int] = set()
        self._trouble: Exception | None = None
        self._told = 0.0
        application = current_app._get_current_object()  # type: ignore[attr-defined]
        self._thread = Thread(target=self._fill, args=(application,), name="filling")
        self._thread.start()

    def wanted_by(self, errand: Errand) -> None:
        """Another wish for a new index: it is fulfilled when this one is in use."""
        if errand.id not in {each.id for each in self._errands}:
            self._errands.append(errand)

    def note(self, ids: Iterable[int]) -> None:
        """These stories changed; those that were already read are read again."""
        self._changed.update(id_ for id_ in ids if id_ <= self._reached)

    def look_after(self) -> bool:
        """Tell how far it is, or finish; whether it is over."""
        if self._thread.is_alive():
            if time.monotonic() - self._told > TELL_EVERY:
                self._tell()
            return False
        if self._trouble is not None:
            self._rebuild.abandon()
            failed(self._errands, self._trouble)
            return True
        self._swap()
        return True

    def give_up(self) -> None:
        """Wait for the thread, which was told to stop, and remove what it made."""
        self._thread.join()
        self._rebuild.abandon()
        with writing():
            outbox.release(db, self._errands)

    def _fill(self, application: object) -> None:
        with application.app_context():  # type: ignore[attr-defined]
            try:
                self._rebuild.put(self._documents())
            except Exception as trouble:  # noqa: BLE001  # the worker tells of it
                self._trouble = trouble

    def _documents(self) -> Iterator[Document]:
        while ids := ids_after(db, self._reached, BATCH):
            if self._stop.is_set():
                raise Stopped
            self._reached = ids[-1]
            yield from documents(db, ids)
            self._count += len(ids)
            db.rollback()
            db.expunge_all()

    def _tell(self) -> None:
        self._told = time.monotonic()
        with writing():
            for errand in self._errands:
                outbox.renew(db, errand, count=self._count, of=how_many(db))

    def _swap(self) -> None:
        """Those that came after the last look have to follow, too."""
        with writing():
            late = ids_after(db, self._reached)
            for story_id in self._changed.union(late):
                outbox.index(db, story_id)
        self._rebuild.swap()
        done(self._errands)
