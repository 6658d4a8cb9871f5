"""Looks at what proves that somebody speaks for a company: entries, files outside."""

import time
from functools import partial

from flask import current_app

from stories import outbox
from stories.models import Errand, Representative
from stories.models.codes import Method
from stories.models.speaking import Finding
from stories.representing import looking
from stories.settings import Settings
from web import fetching
from web.db import db, writing
from web.fetching import Unfetchable
from web.worker.rounds import Errands, attempt_to_end

MINUTE = 60.0


class Looking(Errands):
    """One at a time, for servers may be slow; once a minute it asks what is due."""

    tasks = ("look",)
    most = 1

    def __init__(self) -> None:
        self._asked: float | None = None

    def round(self) -> bool:
        """What people asked for, and what was seen long ago."""
        if self._asked is None or time.monotonic() > self._asked + MINUTE:
            self._asked = time.monotonic()
            _send()
        return super().round()

    def work(self, errands: list[Errand]) -> None:
        """Look, and tell what was found."""
        for errand in errands:
            attempt_to_end([errand], partial(_look, errand))


def _send() -> None:
    if looking.due(db, 1):
        with writing():
            for role in looking.due(db):
                looking.send(db, role)


def _look(errand: Errand) -> None:
    role = db.get(Representative, errand.details["representative_id"])
    finding = find(current_app.config["SETTINGS"], role) if role else None
    with writing():
        if role is not None and finding is not None:
            db.refresh(role)
            looking.found(db, role, finding)
        outbox.done(db, [errand])


def find(settings: Settings, role: Representative) -> Finding:
    """What stands now where the proof should be."""
    try:
        if role.method == Method.DNS:
            said = fetching.texts(settings, looking.entry_name(role.domain or ""))
        else:
            said = _file(settings, role.domain or "").splitlines()
    except Unfetchable as trouble:
        return trouble.why
    if role.proof in (each.strip() for each in said):
        return Finding.FOUND
    return Finding.DIFFERENT if said else Finding.MISSING


def _file(settings: Settings, domain: str) -> str:
    """The file on the domain's website; without encryption where it has none."""
    where = f"://{domain}{looking.PATH}"
    try:
        return fetching.get(settings, f"https{where}", within=domain)
    except Unfetchable as trouble:
        if trouble.why not in (Finding.AWAY, Finding.INSIDE):
            raise
    return fetching.get(settings, f"http{where}", within=domain)
