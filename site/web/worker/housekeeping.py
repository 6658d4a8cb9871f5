"""What nobody asks for at the moment: scheduled drafts are published, abandoned ones
forgotten, quiet threads closed."""

from datetime import date

from stories import drafting, scheduling
from stories.models import now
from web.accounts import tidying
from web.db import db, writing


class Housekeeping:
    """Looks every few seconds, and once a day (UTC) more thoroughly."""

    pause = 2.0

    def __init__(self) -> None:
        self._day: date | None = None

    def round(self) -> bool:
        """Never busy: what it finds it does at once."""
        if scheduling.any_due(db):
            with writing():
                scheduling.publish_due(db)
        today = now().date()
        if today != self._day:
            with writing():
                drafting.forget_abandoned(db)
                tidying.forget()
            self._day = today
        return False

    def end(self) -> None:
        """Nothing is left behind."""
