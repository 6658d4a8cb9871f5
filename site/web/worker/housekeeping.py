"""What nobody asks for at the moment: scheduled drafts are published, abandoned ones
and comments that were never confirmed forgotten, quiet threads closed; offers and roles
lapse, private conversations end, and old HTML is made anew."""

from datetime import date

from stories import attaching, discussing, drafting, offering, scheduling, talking
from stories.entries.story import StoryEntry
from stories.handling import hooks
from stories.models import Member, now
from stories.representing import lasting
from web import forms, i18n, keys, limits, uploading
from web.accounts import tidying
from web.db import db, writing
from web.worker.renewing import Renewing


class Housekeeping:
    """Looks every few seconds, and more thoroughly twice a day: at noon (UTC) the day
    before is over everywhere."""

    pause = 2.0

    def __init__(self) -> None:
        self._half: tuple[date, int] | None = None
        self._tidied: date | None = None
        self._renewing = Renewing()

    def round(self) -> bool:
        """Never busy: what it finds it does at once."""
        if scheduling.any_due(db):
            with writing():
                scheduling.publish_due(db, _as_typed)
        at = now()
        half = (at.date(), at.hour // 12)
        if half != self._half:
            self._tidy(at.date())
            with writing():
                over = bool(offering.lapse_due(db, now()))
                over = bool(talking.end_due(db, now())) or over
                roles = lasting.remind(db) + lasting.lapse(db)
                quiet = discussing.close_quiet(db, now())
            more = quiet or over or roles
            self._half = None if more else half  # the rest in the next round
        self._renewing.some()
        return False

    def _tidy(self, today: date) -> None:
        """What is done once a day, however many rounds the rest takes."""
        if today == self._tidied:
            return
        with writing():
            drafting.forget_abandoned(db)
            discussing.forget_unconfirmed(db, now())
            tidying.forget()
            hooks.forget_old(db)
            hooks.seal_anew(db, keys.seal())
            limits.forget()
            attaching.sweep_all_later(db, uploading.store())
        self._tidied = today

    def end(self) -> None:
        """Nothing is left behind."""


def _as_typed(author: Member, fields: forms.Fields) -> StoryEntry | None:
    """The entry of a draft, its numbers and dates as the author's language has them."""
    with i18n.speaking(author.language):
        return forms.check(StoryEntry, fields).entry
