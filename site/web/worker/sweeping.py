"""Files that belong to no evidence any more go."""

from functools import partial

from stories import attaching
from stories.models import Errand
from web.db import db, writing
from web.uploading import store
from web.worker.rounds import Errands, attempt


class Sweeping(Errands):
    """One story after another."""

    tasks = ("sweep",)

    def work(self, errands: list[Errand]) -> None:
        """Look through the files of each story."""
        for errand in errands:
            attempt([errand], partial(_sweep, int(errand.details["story_id"])))


def _sweep(story_id: int) -> None:
    with writing():
        attaching.sweep(db, store(), story_id)
