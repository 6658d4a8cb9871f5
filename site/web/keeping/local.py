"""Pages, and parts of them, in the memory of one process."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, Protocol, TypeVar

MOST_BYTES = 12 * 1024 * 1024
"""All that a process keeps of pages."""
LARGEST = 1024 * 1024
"""What is larger than this is not worth its place."""


class Sized(Protocol):
    """What knows how many bytes it takes, about."""

    @property
    def size(self) -> int:
        """Bytes in memory."""


Kept = TypeVar("Kept", bound=Sized)


class Local(Generic[Kept]):
    """What was last asked for, up to so many bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Kept | None:
        """The page, which is now the last that was asked for."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: Kept) -> None:
        """Keep it, and forget those that nobody asked for the longest."""
        with self._lock:
            self._forget(key)
            if page.size > LARGEST:
                return
            self._pages[key] = page
            self._size += page.size
            while self._size > self._most:
                self._forget(next(iter(self._pages)))

    def is_well(self) -> bool:
        """Memory is always there."""
        return True

    def _forget(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._size -= page.size
