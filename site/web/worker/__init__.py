"""The worker: does what deeds left in the outbox, people's before bulk.

The index and the letters have a thread each, so that a slow mail server keeps no
story from being found.
"""

import signal
from collections.abc import Callable
from threading import Event, Thread
from types import FrameType

from flask import Flask

from web.logs import log
from web.worker.calling import Calling
from web.worker.figuring import Figuring
from web.worker.following import Following
from web.worker.housekeeping import Housekeeping
from web.worker.indexing import Indexing
from web.worker.looking import Looking
from web.worker.mailing import Mailing
from web.worker.rounds import Rounds
from web.worker.speaking import Speaking
from web.worker.sweeping import Sweeping

AFTER_TROUBLE = 1.0


def run(app: Flask, stop: Event | None = None) -> None:
    """Work until `stop`, or until SIGTERM or SIGINT asks to stop."""
    if stop is None:
        stop = _stopped_by_signals()
    threads = [Thread(target=_loop, args=(app, each, stop)) for each in _beside()]
    for thread in threads:
        thread.start()
    try:
        _loop(app, Indexing(stop), stop)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def index_only(app: Flask, stop: Event) -> None:
    """Keep the index in step until `stop`, and leave the rest to others."""
    _loop(app, Indexing(stop), stop)


def drain(app: Flask) -> None:
    """Do all that is due now, here, and return."""
    indexing = Indexing(Event())
    every: list[Rounds] = [indexing, *_beside()]
    with app.app_context():
        while sum(each.round() for each in every) or not indexing.idle:
            pass


def _beside() -> list[Rounds]:
    """All rounds but those of the index."""
    return [
        Housekeeping(),
        Following(),
        Mailing(),
        Looking(),
        Calling(),
        Speaking(),
        Figuring(),
        Sweeping(),
    ]


def _stopped_by_signals() -> Event:
    stop = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, ask)
    return stop


def _loop(app: Flask, rounds: Rounds, stop: Event) -> None:
    while not stop.is_set():
        if not _surely(app, rounds.round, stop):
            stop.wait(rounds.pause)
    with app.app_context():
        rounds.end()


def _surely(app: Flask, round_: Callable[[], bool], stop: Event) -> bool:
    """A round; what is raised is logged, and the next one tries again."""
    try:
        with app.app_context():
            return round_()
    except Exception:  # noqa: BLE001  # the database may be away: nothing may end us
        log.exception("worker-stumbled")
        stop.wait(AFTER_TROUBLE)
        return False
