"""Followers told what is new: at once, or by a letter that gathers it."""

from functools import partial

from stories import following, outbox
from stories.models import Errand, now
from web.db import db, writing
from web.worker.rounds import Errands, attempt_to_end


class Following(Errands):
    """Some hundred followers in a transaction: what is cut short goes on where it was,
    and no letter is left twice."""

    pause = 1.0
    tasks = ("news",)
    most = 20

    def round(self) -> bool:
        """Leave the letters that are due, then tell of what is new."""
        busy = following.any_due(db, now())
        if busy:
            with writing():
                following.gather(db, now())
        return super().round() or busy

    def work(self, errands: list[Errand]) -> None:
        """Tell all who follow, and remember how far it came."""
        for errand in errands:
            attempt_to_end([errand], partial(_tell, errand))


def _tell(errand: Errand) -> None:
    told = errand.details
    reached: int | None = told.get("reached", 0)
    while reached is not None:
        with writing():
            reached = following.tell(db, told["places"], told["by"], reached)
            if reached is None:
                outbox.done(db, [errand])  # with the last letters: none is left twice
            else:
                outbox.renew(db, errand, reached=reached)
