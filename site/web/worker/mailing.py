"""Letters, sent one after the other."""

from functools import partial

from stories.models import Errand
from web import mail
from web.worker.rounds import Errands, attempt, still_ours


class Mailing(Errands):
    """Each letter is forgotten as soon as it was sent, so that none is sent twice."""

    tasks = ("letter",)
    most = 20

    def work(self, errands: list[Errand]) -> None:
        """Send those that are still ours to send."""
        for errand in errands:
            if still_ours([errand]):
                attempt([errand], partial(mail.deliver, errand))
