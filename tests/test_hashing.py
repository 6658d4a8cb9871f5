"""Passwords are hashed a few at a time, so that sign-ins cannot take the machine."""

from threading import Barrier, Event, Lock, Thread
from time import sleep

import pytest
from werkzeug.exceptions import ServiceUnavailable

from web.accounts import hashing
from web.accounts.hashing import SLOTS, Slots


class Slow:
    """Something that hashes, and notes how many it hashes at once."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.busy = self.most = 0

    def hash(self, password: str) -> str:
        with self.lock:
            self.busy += 1
            self.most = max(self.most, self.busy)
        sleep(0.02)
        with self.lock:
            self.busy -= 1
        return f"hash of {password}"


class Held:
    """Something that hashes until it is told that it may end."""

    def __init__(self, taken: Barrier, done: Event) -> None:
        self.taken, self.done = taken, done

    def hash(self, password: str) -> str:
        self.taken.wait()
        self.done.wait()
        return f"hash of {password}"


def test_no_more_are_hashed_at_once_than_there_are_slots():
    slow = Slow()
    slots = Slots(slow)
    threads = [Thread(target=slots.hash, args=(str(n),)) for n in range(10)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert slow.most <= SLOTS


def test_who_waits_too_long_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(hashing, "PATIENCE", 0.01)
    taken, done = Barrier(SLOTS + 1), Event()
    slots = Slots(Held(taken, done))
    threads = [Thread(target=slots.hash, args=("p",)) for _ in range(SLOTS)]
    for thread in threads:
        thread.start()
    taken.wait()

    with pytest.raises(ServiceUnavailable):
        slots.hash("p")

    done.set()
    for thread in threads:
        thread.join()


def test_the_site_hashes_in_slots(app):
    assert isinstance(app.extensions["security"].pwd_context, Slots)
