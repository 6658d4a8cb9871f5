"""What the worker does again and again, and how it deals with errands that fail."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import ClassVar, Protocol

from stories import outbox
from stories.models import Errand, now
from web.db import db, writing
from web.logs import log, scrub


class Rounds(Protocol):
    """One kind of work. A round runs in an application context of its own."""

    pause: float
    """Seconds to wait after a round that found nothing to do."""

    def round(self) -> bool:
        """Do some of it; whether there was anything to do."""

    def end(self) -> None:
        """The worker ends."""


class Errands(ABC):
    """Rounds that drain some tasks of the outbox."""

    pause = 0.2  # what comes meanwhile is done as one group
    tasks: ClassVar[tuple[str, ...]]
    most = 100

    def round(self) -> bool:
        """Claim what is due and do it."""
        if not outbox.is_due(db, self.tasks):
            return False
        with writing():
            errands = outbox.claim(db, self.tasks, self.most)
        self.work(errands)
        return bool(errands)

    @abstractmethod
    def work(self, errands: list[Errand]) -> None:
        """Do these errands, and tell the outbox about each."""

    def end(self) -> None:  # noqa: B027  # some have nothing to end
        """Nothing is left behind: what was claimed was done."""


def done(errands: list[Errand]) -> None:
    """The effects are there."""
    with writing():
        outbox.done(db, errands)


def attempt(errands: list[Errand], effect: Callable[[], None]) -> bool:
    """Do what these errands ask for; whether it came about. If not, later again."""
    if not attempt_to_end(errands, effect):
        return False
    done(errands)
    return True


def attempt_to_end(errands: list[Errand], effect: Callable[[], None]) -> bool:
    """The same where the effect itself forgets the errands, in its own transaction.

    They must not be forgotten twice: SQLite gives the number of the last row to the
    next one, and that would be forgotten in its place.
    """
    try:
        effect()
    except Exception as trouble:  # noqa: BLE001  # whatever it is, it is written down
        db.rollback()
        failed(errands, trouble)
        return False
    return True


def still_ours(errands: Iterable[Errand]) -> list[Errand]:
    """Those whose lease has not run out meanwhile: the others may be done twice."""
    return [each for each in errands if (each.claimed_until or now()) > now()]


def failed(errands: list[Errand], trouble: Exception) -> None:
    """Write down what went wrong; the outbox tries again later, if that can help."""
    words = scrub(f"{type(trouble).__name__}: {trouble}")
    log.warning("errand-failed", tasks=[each.task for each in errands], why=words)
    end = outbox.bury if isinstance(trouble, outbox.Hopeless) else outbox.failed
    with writing():
        for errand in errands:
            end(db, errand, words)
