"""Hashing passwords, a few at a time: each takes 46 MB and a core for a while."""

from threading import BoundedSemaphore
from typing import Any

from werkzeug.exceptions import ServiceUnavailable

SLOTS = 2
PATIENCE = 10.0
"""Seconds that a request waits for a slot."""

# The first of OWASP's equal choices for Argon2id.
OPTIONS = {
    "argon2__time_cost": 1,
    "argon2__memory_cost": 47_104,
    "argon2__parallelism": 1,
}


class Slots:
    """A context of passlib's that hashes at most `SLOTS` passwords at once."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._slots = BoundedSemaphore(SLOTS)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def hash(self, *args: Any, **more: Any) -> Any:
        return self._in_turn(self._context.hash, *args, **more)

    def verify(self, *args: Any, **more: Any) -> Any:
        return self._in_turn(self._context.verify, *args, **more)

    def verify_and_update(self, *args: Any, **more: Any) -> Any:
        return self._in_turn(self._context.verify_and_update, *args, **more)

    def _in_turn(self, work: Any, *args: Any, **more: Any) -> Any:
        if not self._slots.acquire(timeout=PATIENCE):
            raise ServiceUnavailable(retry_after=int(PATIENCE))
        try:
            return work(*args, **more)
        finally:
            self._slots.release()
