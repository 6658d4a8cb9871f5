"""Pages in the memory of one process."""

from collections import OrderedDict
from threading import Lock

from web.keeping.page import Page

MOST_BYTES = 16 * 1024 * 1024
"""All that a process keeps."""
LARGEST = MOST_BYTES // 16
"""A page larger than this is not worth its place."""


class Local:
    """The pages last asked for, up to so many bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Page | None:
        """The page, which is now the last that was asked for."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: Page) -> None:
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
