"""The worker: does what deeds left in the outbox, people's before bulk."""

import signal
import time
from types import FrameType

from flask import Flask

PAUSE = 0.2
"""Seconds between two looks into an empty outbox; what came meanwhile is one group."""


class Stop:
    """Whether somebody asked the worker to end."""

    asked = False

    def listen(self) -> None:
        """End after the present errands at SIGTERM or SIGINT."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._ask)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked = True


def run(app: Flask, stop: Stop | None = None) -> None:
    """Work until asked to stop."""
    stop = stop or Stop()
    stop.listen()
    while not stop.asked:
        with app.app_context():
            busy = work()
        if not busy:
            time.sleep(PAUSE)


def work() -> bool:
    """One round; whether there was anything to do."""
    return False
