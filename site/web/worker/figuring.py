"""Figures counted for the first time, batch by batch, where an upgrade asks for it."""

from functools import partial

from stories import counting, history, outbox
from stories.models import Errand
from web.db import db, writing
from web.worker.rounds import Errands, attempt


class Figuring(Errands):
    """A batch in a transaction: an errand that is cut short goes on where it was."""

    tasks = ("figures",)
    most = 1

    def __init__(self) -> None:
        self._looked = False

    def round(self) -> bool:
        """At first see whether anything was counted at all."""
        if not self._looked and counting.is_missing(db):
            with writing():
                outbox.leave(db, "figures", bulk=1)
        self._looked = True
        return super().round()

    def work(self, errands: list[Errand]) -> None:
        """Count, and remember how far it came."""
        for errand in errands:
            attempt([errand], partial(_count, errand))


def _count(errand: Errand) -> None:
    reached = errand.details.get("counted", 0)
    for first in counting.batches(db):
        if first > reached:
            with writing():
                counting.follow_batch(db, first)
                outbox.renew(db, errand, counted=first)
    with writing():
        history.touch_figures(db)
